"""My referrals, and one of them; reading only (what is done to them stands in `work`)."""

from datetime import UTC, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from polecam.claims import queries as claims
from polecam.claims.contact import reveal
from polecam.insights import pipeline
from polecam.kit.errors import NotAllowed, Refused
from polecam.people.models import Person
from polecam.referrals import queries
from polecam.referrals.models import Referral
from polecam.web.access import SELLERS, door
from polecam.web.pages.referrals import page, shelves
from polecam.web.types import Request
from polecam.web.ui.firm import firm


def found(person: Person, ref: str, at: datetime) -> Referral:
    """The referral with this public id, if the person may know of it. Raises Http404."""
    try:
        return queries.find(person, ref, at=at)
    except Referral.DoesNotExist:
        raise Http404 from None


@door("referrals:list", SELLERS)
@require_safe
def list_(request: Request) -> HttpResponse:
    """Everything the person brought or holds. `?show=`, `?q=` and `?page=` make deep links."""
    at = datetime.now(UTC)
    show = request.GET.get("show", pipeline.ALL)
    text = request.GET.get("q", "")[:80].strip()
    typed = request.GET.get("page", "1")
    shelf = pipeline.shelf(
        request.user,
        at=at,
        zone=firm().zone,
        show=show if show in pipeline.SHOWS else pipeline.ALL,
        text=text,
        number=int(typed) if typed.isdigit() and len(typed) < 7 else 1,
    )
    return render(request, "referrals/list.html", shelves.context(shelf, text, at=at))


@door("referrals:one", SELLERS)
@require_safe
def one(request: Request, ref: str) -> HttpResponse:
    """One referral: what is the case, what now, the bonus, the consent, the journal."""
    at = datetime.now(UTC)
    referral = found(request.user, ref, at)
    return render(request, "referrals/one.html", page.context(request.user, referral, at=at))


@door("referrals:number", SELLERS)
@require_POST
def number(request: Request, ref: str) -> HttpResponse:
    """Show the number or address of the consented channel to the holder, and to nobody else.

    A POST, so that it stands in no address, history or preview; nothing is written.
    """
    at = datetime.now(UTC)
    referral = found(request.user, ref, at)
    channel = request.POST.get("channel", "phone")[:5]
    opened = page.opened(channel, _revealed(request.user, referral, channel, at))
    if request.headers.get("HX-Request"):
        return render(request, "referrals/number.html", {"opened": opened})
    context = page.context(request.user, referral, at=at)
    return render(request, "referrals/one.html", context | {"opened": opened})


def _revealed(person: Person, referral: Referral, channel: str, at: datetime) -> str:
    """For others NotAllowed (403); for the holder without an active consent Refused (409)."""
    try:
        return reveal(person, referral, channel, at)
    except NotAllowed:
        claim = claims.active(referral, at=at)
        if claim is not None and claim.holder_id == person.pk:
            raise Refused("no_consent") from None
        raise
