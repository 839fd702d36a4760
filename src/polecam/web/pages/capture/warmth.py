"""How far the client went: one tap on the receipt or on the referral's page, never required."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from polecam.actions.warmth import set_warmth
from polecam.kit.errors import NotAllowed, Refused
from polecam.referrals.models import Warmth
from polecam.web.access import SELLERS, door
from polecam.web.pages.capture.access import person_of, referral_of, see_other
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of

STEPS: tuple[tuple[str, str | Promise], ...] = (
    (Warmth.ASKED, gettext_lazy("not yet")),
    (Warmth.TOLD, gettext_lazy("has heard of it")),
    (Warmth.WAITS, gettext_lazy("waits for the call")),
)


@door("capture:warmth", SELLERS)
@require_POST
def note(request: Request, referral: str) -> HttpResponse:
    """Note it, and back to where it was tapped."""
    found = referral_of(request, referral)
    try:
        set_warmth(
            by=person_of(request),
            at=datetime.now(UTC),
            referral=found,
            warmth=request.POST.get("warmth", ""),
        )
    except NotAllowed:
        raise
    except Refused as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, _("Noted."))
    page = "referrals:one" if request.POST.get("from") == "page" else "capture:receipt"
    return see_other(reverse(page, args=[found.public_id]))
