"""What an adviser does for a client; each view calls one action."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polecam.actions import clients
from polecam.asking.models import Moment
from polecam.clients.models import Client
from polecam.clients.queries import askable_by, contact_of
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of
from polecam.organisation.models import Branch
from polecam.people.permissions import standing
from polecam.web.access import SELLERS, door
from polecam.web.pages.clients import forms
from polecam.web.types import Request
from polecam.web.ui.firm import firm
from polecam.web.ui.refusals import sentence_of

BOTH = require_http_methods(["GET", "HEAD", "POST"])


def own(request: Request, ref: str) -> Client:
    """A client the person may ask. Raises Http404."""
    rows = askable_by(request.user).select_related("party", "branch", "owner")
    client = rows.filter(public_id=ref).first()
    if client is None:
        raise Http404
    return client


def back(request: Request, client: Client, said: str) -> HttpResponse:
    """To the client's page, with a sentence."""
    messages.success(request, said)
    return HttpResponseRedirect(reverse("clients:one", args=[client.public_id]), status=303)


def handled(form: django_forms.Form, act: Callable[[dict[str, Any]], Client]) -> Client | None:
    """The client the action returned; None when the form or the rules have something to say."""
    if not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except NotAllowed:
        raise
    except Refused as error:
        field = error.field if error.field in form.fields else None
        form.add_error(field, sentence_of(error))
        return None


def shown(request: Request, template: str, form: django_forms.Form, **more: object) -> HttpResponse:
    """The form again, with what was typed."""
    status = 422 if form.errors else 200
    return render(request, f"clients/{template}.html", {"form": form, **more}, status=status)


@door("clients:new", SELLERS)
@BOTH
def new(request: Request) -> HttpResponse:
    """A client of one's own, entered by hand."""
    form = forms.NewClientForm(request.POST or None)
    branch = Branch.objects.get(pk=standing(request.user).home or 0)
    made = handled(
        form,
        lambda data: clients.add(
            by=request.user, at=datetime.now(UTC), branch=branch, owner=request.user, **data
        ),
    )
    if made:
        return back(request, made, _("The client is in your list."))
    return shown(request, "new", form)


@door("clients:change", SELLERS)
@BOTH
def change(request: Request, ref: str) -> HttpResponse:
    """Name and contact data, put right by the adviser."""
    client = own(request, ref)
    if client.owner_id != request.user.pk:
        raise Http404
    phone, email = contact_of(request.user, client)
    now = {
        "first_name": client.party.first_name,
        "last_name": client.party.last_name,
        "phone": phone,
        "email": email,
        "product": client.product,
        "renews_on": client.renews_on,
    }
    form = forms.ClientForm(request.POST or None, initial=now)
    changed = handled(
        form,
        lambda data: clients.change(by=request.user, at=datetime.now(UTC), client=client, **data),
    )
    if changed:
        return back(request, client, _("Saved."))
    return shown(request, "change", form, client=client)


@door("clients:rest", SELLERS)
@BOTH
def rest(request: Request, ref: str) -> HttpResponse:
    """Not now until a day."""
    client = own(request, ref)
    form = forms.RestForm(request.POST or None)
    at = datetime.now(UTC)
    rested = handled(
        form,
        lambda data: clients.rest_until(by=request.user, at=at, client=client, until=data["until"]),
    )
    if rested:
        return back(request, client, _("Noted. Until then nobody is reminded."))
    return shown(request, "rest", form, client=client)


@door("clients:rest_over", SELLERS)
@require_POST
def rest_over(request: Request, ref: str) -> HttpResponse:
    """The rest ends today."""
    client = own(request, ref)
    clients.rest_until(by=request.user, at=datetime.now(UTC), client=client, until=None)
    return back(request, client, _("The rest is over."))


@door("clients:never", SELLERS)
@require_POST
def never(request: Request, ref: str) -> HttpResponse:
    """The client does not want to be asked, ever."""
    client = own(request, ref)
    clients.never_ask(by=request.user, at=datetime.now(UTC), client=client)
    return back(request, client, _("Noted. Nobody asks this client any more."))


@door("clients:undo_never", SELLERS)
@require_POST
def undo_never(request: Request, ref: str) -> HttpResponse:
    """A slip of the finger, taken back."""
    client = own(request, ref)
    clients.undo_never_ask(by=request.user, at=datetime.now(UTC), client=client)
    return back(request, client, _("Taken back."))


@door("clients:again", SELLERS)
@BOTH
def again(request: Request, ref: str) -> HttpResponse:
    """The client said so themselves: one sentence to confirm, then it stands with who and when."""
    client = own(request, ref)
    if client.owner_id != request.user.pk:
        raise Http404
    if request.method == "POST":
        clients.ask_again(by=request.user, at=datetime.now(UTC), client=client)
        return back(request, client, _("Noted. The client may be asked again."))
    return render(request, "clients/again.html", {"client": client})


@door("clients:wrong", SELLERS)
@BOTH
def wrong(request: Request, ref: str) -> HttpResponse:
    """A moment at which asking would be wrong."""
    client = own(request, ref)
    form = forms.WrongForm(request.POST or None)
    at = datetime.now(UTC)

    def note(data: dict[str, Any]) -> Client:
        clients.note_moment(
            by=request.user,
            at=at,
            client=client,
            kind=data["kind"],
            on=day_of(at, firm().zone),
            until=data["until"],
        )
        return client

    if handled(form, note):
        return back(request, client, _("Noted. Until it is settled nobody is reminded."))
    return shown(request, "wrong", form, client=client)


@door("clients:close_moment", SELLERS)
@require_POST
def close_moment(request: Request, ref: str, moment: str) -> HttpResponse:
    """A moment is over."""
    client = own(request, ref)
    found = Moment.objects.filter(client=client, public_id=moment).select_related("client").first()
    if found is None:
        raise Http404
    clients.close_moment(by=request.user, at=datetime.now(UTC), moment=found)
    return back(request, client, _("Closed."))
