"""What a manager decides about a client: whose it is, and whether the branch shares it."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polecam.actions import clients
from polecam.insights import portfolio
from polecam.kit.errors import Refused
from polecam.people.models import Person
from polecam.web.access import MANAGERS, door
from polecam.web.pages.clients.acts import back
from polecam.web.pages.clients.views import found
from polecam.web.types import Request


@door("clients:assign", MANAGERS)
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: Request, ref: str) -> HttpResponse:
    """Another adviser: first what would change and what would not, then one POST."""
    client = found(request, ref)
    at = datetime.now(UTC)
    given = request.POST if request.method == "POST" else request.GET
    owner = Person.objects.filter(public_id=given.get("owner", "")).first()
    if owner is None or not owner.is_active:
        raise Refused("owner_unfit", field="owner")
    if request.method == "POST":
        clients.assign(by=request.user, at=at, client=client, owner=owner)
        return back(request, client, _("The client has an adviser."))
    if owner.pk == client.owner_id:
        messages.info(request, _("This is their adviser already."))
    context = {
        "client": client,
        "owner": owner,
        "same": owner.pk == client.owner_id,
        "led": portfolio.through(client, request.user, at=at),
    }
    return render(request, "clients/assign.html", context)


@door("clients:share", MANAGERS)
@require_POST
def share(request: Request, ref: str) -> HttpResponse:
    """The whole branch may ask, or the adviser alone."""
    client = found(request, ref)
    shared = request.POST.get("shared") == "yes"
    clients.share(by=request.user, at=datetime.now(UTC), client=client, shared=shared)
    return back(request, client, _("Saved."))
