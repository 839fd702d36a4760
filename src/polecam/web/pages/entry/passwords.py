"""A forgotten password: a link by e-mail, good for an hour and once."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from polecam.actions import own_account
from polecam.kit.errors import Refused
from polecam.people.models import Person
from polecam.web.access import PUBLIC, door
from polecam.web.limits import limited
from polecam.web.pages.entry import forms
from polecam.web.ui.refusals import sentence_of

EVEN_SECONDS = 0.4
"""Many times what writing the letter down takes; the worker sends it afterwards."""


def typed_email(request: HttpRequest, **_kwargs: Any) -> str:
    """The address asked for, so that one mailbox is not flooded."""
    return request.POST.get("email", "").strip().lower()[:254]


@door("entry:forgotten", PUBLIC)
@limited("forgotten", per=(60, 3600))
@limited("forgotten-for", per=(3, 3600), by=typed_email)
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for the link. The answer is the same whether the address is known or not."""
    form = forms.Forgotten(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with even():
            person = Person.objects.filter(
                email__iexact=form.cleaned_data["email"], is_active=True
            ).first()
            if person is not None:
                url = f"{settings.BASE_URL}{path_for(person)}"
                own_account.send_password_link(person=person, at=datetime.now(UTC), url=url)
        return HttpResponseRedirect(reverse("entry:reset_sent"), status=303)
    return render(
        request, "entry/forgotten.html", {"form": form}, status=422 if form.errors else 200
    )


@contextmanager
def even(seconds: float = EVEN_SECONDS) -> Iterator[None]:
    """Take as long whether there is something to do or not, so that nobody learns it by waiting."""
    began = time.monotonic()
    yield
    time.sleep(max(0.0, began + seconds - time.monotonic()))


def path_for(person: Person) -> str:
    """Where the person chooses a new password: good for an hour, and once."""
    uid = urlsafe_base64_encode(person.public_id.encode())
    return reverse("entry:reset", args=[uid, default_token_generator.make_token(person)])


@door("entry:reset_sent", PUBLIC)
def sent(request: HttpRequest) -> HttpResponse:
    """Look into your mailbox."""
    return render(request, "entry/reset_sent.html")


def person_of(uid: str, token: str) -> Person | None:
    """Whom the link belongs to, if it is still good."""
    try:
        public_id = urlsafe_base64_decode(uid).decode("ascii")
    except ValueError:
        return None
    person = Person.objects.filter(public_id=public_id, is_active=True).first()
    good = person is not None and default_token_generator.check_token(person, token)
    return person if good else None


@door("entry:reset", PUBLIC)
@limited("reset", per=(100, 3600), methods=("GET", "POST"))
@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Choose a new password; then sign in with it."""
    person = person_of(uid, token)
    if person is None:
        return render(request, "entry/reset_over.html", status=410)
    form = forms.NewPassword(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            own_account.choose_password(
                by=person, at=datetime.now(UTC), password=form.cleaned_data["new_password1"]
            )
        except Refused as error:
            form.add_error("new_password1", sentence_of(error))
        else:
            messages.success(request, _("Your new password is set. Sign in with it."))
            return HttpResponseRedirect(reverse("entry:sign_in"), status=303)
    return render(request, "entry/reset.html", {"form": form}, status=422 if form.errors else 200)
