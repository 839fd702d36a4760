"""What a manager decides about a client: whose it is, and whether the branch shares it."""

from datetime import UTC, datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from polecam.actions import clients
from polecam.kit.errors import Refused
from polecam.people.models import Person
from polecam.web.access import MANAGERS, door
from polecam.web.pages.clients.acts import back
from polecam.web.pages.clients.views import found
from polecam.web.types import Request


@door("clients:assign", MANAGERS)
@require_POST
def assign(request: Request, ref: str) -> HttpResponse:
    """Another adviser."""
    client = found(request, ref)
    people = Person.objects.filter(public_id=request.POST.get("owner", ""))
    owner = people.first()
    if owner is None:
        raise Refused("owner_unfit", field="owner")
    clients.assign(by=request.user, at=datetime.now(UTC), client=client, owner=owner)
    return back(request, client, _("The client has an adviser."))


@door("clients:share", MANAGERS)
@require_POST
def share(request: Request, ref: str) -> HttpResponse:
    """The whole branch may ask, or the adviser alone."""
    client = found(request, ref)
    shared = request.POST.get("shared") == "yes"
    clients.share(by=request.user, at=datetime.now(UTC), client=client, shared=shared)
    return back(request, client, _("Saved."))
