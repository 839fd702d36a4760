"""Back from an absence: what happened meanwhile."""

from datetime import UTC, datetime

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from polecam.insights import meanwhile as reads
from polecam.web.access import SELLERS, door
from polecam.web.pages.staff import doors
from polecam.web.types import Request


@door("staff:meanwhile", SELLERS)
@require_GET
def meanwhile(request: Request) -> HttpResponse:
    """What happened while the reader was away; the hand-offs when they were not."""
    at = datetime.now(UTC)
    absence = reads.returned_from(request.user, at=at)
    if absence is None:
        return HttpResponseRedirect(reverse("handoffs:list"))
    context = {"found": reads.meanwhile(request.user, absence, at=at)}
    return doors.page(request, "staff/meanwhile.html", context)
