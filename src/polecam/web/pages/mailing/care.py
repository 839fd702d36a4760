"""What an admin does about messages that could not be sent."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from polecam.actions import outbox_care
from polecam.kit.errors import NotAllowed, Refused
from polecam.messages import queries
from polecam.messages.models import Message
from polecam.web.access import ADMINS, door
from polecam.web.pages.mailing import forms
from polecam.web.pages.mailing.outbox import show
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of


@door("mailing:again", ADMINS)
@require_POST
def again(request: Request, ref: str) -> HttpResponse:
    """Once more, for a reason."""
    found, form = _found(request, ref), forms.Again(request.POST)
    if not form.is_valid():
        return show(request, found, form, forms.Aside())
    said = _("It goes once more, within a minute.")
    return _done(request, found, said, outbox_care.send_again, **form.cleaned_data)


@door("mailing:aside", ADMINS)
@require_POST
def aside(request: Request, ref: str) -> HttpResponse:
    """Not at all, for a reason."""
    found, form = _found(request, ref), forms.Aside(request.POST)
    if not form.is_valid():
        return show(request, found, forms.Again(), form)
    said = _("Put aside. It will not be sent.")
    return _done(request, found, said, outbox_care.put_aside, **form.cleaned_data)


@door("mailing:lift", ADMINS)
@require_POST
def lift(request: Request, ref: str) -> HttpResponse:
    """The address works again."""
    said = _("From now on messages go there again, this one first.")
    return _done(request, _found(request, ref), said, outbox_care.lift)


@door("mailing:all_again", ADMINS)
@require_POST
def all_again(request: Request) -> HttpResponse:
    """Everything that was given up."""
    count = outbox_care.send_all_again(by=request.user, at=datetime.now(UTC))
    said = ngettext("%(n)s message goes once more.", "%(n)s messages go once more.", count)
    messages.success(request, said % {"n": count})
    return HttpResponseRedirect(reverse("mailing:outbox"), status=303)


def _found(request: Request, ref: str) -> Message:
    return get_object_or_404(queries.visible_to(request.user), public_id=ref)


def _done(
    request: Request, found: Message, said: str, act: Callable[..., object], **more: Any
) -> HttpResponse:
    try:
        act(by=request.user, at=datetime.now(UTC), message=found, **more)
    except NotAllowed:
        raise
    except Refused as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("mailing:message", args=[found.public_id]), status=303)
