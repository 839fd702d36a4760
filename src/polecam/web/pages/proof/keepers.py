"""Who gets each day's root by mail: oneself, and outside addresses that the admin added."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polecam.actions import roots
from polecam.claims import papers
from polecam.kit.errors import Refused
from polecam.people.permissions import Permission, standing
from polecam.web.access import ADMINS, ANYONE, door
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of


class Outside(forms.Form):
    """Somebody who does not work here."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)


def card(request: Request) -> dict[str, Any]:
    """What the page of seals says about who keeps them."""
    admin = standing(request.user).may(Permission.MANAGE_SETTINGS)
    return {
        "keeps": papers.keeps_roots(request.user),
        "admin": admin,
        "outside": list(papers.outside_keepers()) if admin else [],
    }


def back() -> HttpResponseRedirect:
    """To the page of seals, as after every POST."""
    return HttpResponseRedirect(reverse("proof:seals"), status=303)


@door("proof:keep", ANYONE)
@require_POST
def keep(request: Request) -> HttpResponse:
    """Mail me each day's root."""
    roots.keep(by=request.user, at=datetime.now(UTC))
    messages.success(request, _("From the next night on, each day's root comes to your mailbox."))
    return back()


@door("proof:stop", ANYONE)
@require_POST
def stop(request: Request) -> HttpResponse:
    """No more mails."""
    roots.stop(by=request.user, at=datetime.now(UTC))
    messages.success(request, _("No more roots. Those you have stay good."))
    return back()


@door("proof:outside", ADMINS)
@require_http_methods(["GET", "POST"])
def outside(request: Request) -> HttpResponse:
    """Add an address outside the firm."""
    form = Outside(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            roots.keep_outside(
                by=request.user,
                at=datetime.now(UTC),
                email=form.cleaned_data["email"],
                language=get_language() or "pl",
            )
        except Refused as error:
            form.add_error("email", sentence_of(error))
        else:
            messages.success(request, _("From the next night on, each day's root goes there, too."))
            return back()
    status = 422 if form.errors else 200
    return render(request, "proof/outside.html", {"form": form}, status=status)


@door("proof:stop_outside", ADMINS)
@require_POST
def stop_outside(request: Request, holder: str) -> HttpResponse:
    """Mail no more roots to an outside address."""
    found = get_object_or_404(papers.outside_keepers(), public_id=holder)
    roots.stop_outside(by=request.user, at=datetime.now(UTC), holder=found)
    messages.success(request, _("No more roots go there."))
    return back()
