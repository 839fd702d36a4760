"""Somebody recommended before: the blind notice, and the two offers that come with it."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from polecam.actions import notices
from polecam.claims.notices import Notice, notice
from polecam.kit.errors import NotAllowed, Refused
from polecam.referrals import queries
from polecam.referrals.models import Referral
from polecam.web.access import SELLERS, door
from polecam.web.pages.referrals.facts import Facts
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui.firm import firm
from polecam.web.ui.refusals import sentence_of


def shown(known: Facts) -> dict[str, Any] | None:
    """A colleague was first: since when and until when, never who, never whether a client."""
    referral = known.referral
    if not referral.second or known.holds:
        return None
    found = None
    if referral.originator_id == known.reader.pk:
        found = notice(known.reader, referral, at=known.at, zone=firm().zone)
    said = _("This person was recommended before. Your authorship stays on record.")
    if found is None or not found.opened:
        return {"said": said, "open_url": _to("notice", referral) if found else ""}
    return {"said": _told(found) or said} | _offers(found, referral)


def _told(found: Notice) -> str:
    if found.known is None:
        return ""
    return fmt.tie(
        _(
            "Already recommended, by a colleague, since %(since)s; exclusive until %(until)s. "
            "Your authorship stays on record."
        )
        % {"since": fmt.day(found.known.since), "until": fmt.day(found.known.until)}
    )


def _offers(found: Notice, referral: Referral) -> dict[str, Any]:
    """Ask for a share, or stay; nothing to offer once the colleague's time is over."""
    if found.known is None:
        return {}
    return {
        "ask_url": _share_page(referral),
        "stay_url": "" if found.stays else _to("stay", referral),
        "stays": found.stays,
    }


def _share_page(referral: Referral) -> str:
    """Where a share is asked for."""
    try:
        return reverse("shares:ask", args=[referral.public_id])
    except NoReverseMatch:
        return ""


def _to(name: str, referral: Referral) -> str:
    return reverse(f"referrals:{name}", args=[referral.public_id])


def _own(request: Request, ref: str, at: datetime) -> Referral:
    """What the person brought. Raises Http404."""
    try:
        referral = queries.find(request.user, ref, at=at)
    except Referral.DoesNotExist:
        raise Http404 from None
    if referral.originator_id != request.user.pk:
        raise Http404
    return referral


@door("referrals:notice", SELLERS)
@require_POST
def open_notice(request: Request, ref: str) -> HttpResponse:
    """Open the notice: a POST, since it is journalled."""
    at = datetime.now(UTC)
    referral = _own(request, ref, at)
    try:
        notices.read(by=request.user, at=at, referral=referral)
    except Refused as error:
        _say(request, error)
    return HttpResponseRedirect(f"{_to('one', referral)}#second", status=303)


@door("referrals:stay", SELLERS)
@require_POST
def stay(request: Request, ref: str) -> HttpResponse:
    """Stay as a further recommendation."""
    at = datetime.now(UTC)
    referral = _own(request, ref, at)
    try:
        notices.stay(by=request.user, at=at, referral=referral)
    except Refused as error:
        _say(request, error)
    return HttpResponseRedirect(f"{_to('one', referral)}#second", status=303)


def _say(request: Request, error: Refused) -> None:
    if isinstance(error, NotAllowed):
        raise error
    messages.error(request, sentence_of(error))
