"""Another adviser instead: the friend's own answer, in one POST."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from polecam.actions import handoff_friend
from polecam.claims.models import Handoff
from polecam.kit.errors import Refused
from polecam.privacy import links
from polecam.privacy.models import Consent
from polecam.referrals.models import Referral
from polecam.web.access import PUBLIC, door
from polecam.web.limits import limited, link
from polecam.web.pages.public.own import USES, find
from polecam.web.pages.public.views import device, language, see_other
from polecam.web.ui.refusals import sentence_of


@door("public:instead", PUBLIC)
@limited("own-link", USES, link)
def instead(request: HttpRequest, token: str) -> HttpResponse:
    """Yes or no to the question that was read (`handoff`); opening the address changes nothing."""
    at = datetime.now(UTC)
    consent = find(token, links.FRIEND)
    answer = request.POST.get("answer", "")
    referral = Referral.objects.filter(public_id=consent.referral).first()
    if request.method == "POST" and answer in ("yes", "no") and referral is not None:
        _answer(request, consent, referral, yes=answer == "yes", at=at)
    return see_other("public:friend", token)


def _answer(
    request: HttpRequest, consent: Consent, referral: Referral, *, yes: bool, at: datetime
) -> None:
    asked = request.POST.get("handoff", "")
    handoff = Handoff.objects.filter(referral=referral, public_id=asked).first()
    try:
        if handoff is None:
            raise Refused("handoff_over")
        done = handoff_friend.answer_handoff(
            consent=consent,
            at=at,
            handoff=handoff,
            yes=yes,
            language=language(),
            device=device(request),
        )
    except Refused as error:
        messages.error(request, sentence_of(error))
        return
    if yes and done.receiver is not None:
        said = _("Thank you. %(receiver)s will get in touch.")
        messages.success(request, said % {"receiver": done.receiver.full_name})
    else:
        messages.success(request, _("Thank you for the answer. It is noted."))
