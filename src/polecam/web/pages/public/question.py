"""What the friend is asked about another adviser, and who their adviser is now."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from polecam.actions.handoff_friend import agreed_now, code_of
from polecam.claims.handoffs.queries import for_friend
from polecam.claims.models import Claim, Handoff, HandoffKind
from polecam.people.models import Person
from polecam.privacy import wordings
from polecam.privacy.models import Consent
from polecam.referrals.models import Referral
from polecam.web.pages.public.views import language
from polecam.web.ui import format as fmt
from polecam.web.ui import handoff_words as words
from polecam.web.ui.firm import firm


@dataclass(frozen=True)
class Question:
    """What the friend is asked: who proposes whom, why, and the words a yes agrees to."""

    handoff: Handoff
    receiver: Person
    text: str
    sentences: list[str]
    without: str


def question(referral: Referral, *, at: datetime) -> Question | None:
    """The hand-off that waits for the friend's word; None without one, or without a consent."""
    handoff = for_friend(referral, at=at)
    if handoff is None or handoff.receiver is None:
        return None
    agreed = agreed_now(referral, at=at)
    if not agreed:
        return None
    sentences = [_sentence(handoff, consent, referral) for consent in agreed]
    without = (
        _("With a no nobody will get in touch.")
        if handoff.kind == HandoffKind.LEAVING
        else _("With a no nothing changes.")
    )
    return Question(handoff, handoff.receiver, _text(handoff, handoff.receiver), sentences, without)


def _sentence(handoff: Handoff, consent: Consent, referral: Referral) -> str:
    text = wordings.text(code_of(handoff, consent.channel), language())
    said = wordings.fill(text, firm=firm().name, branch=referral.branch, seller=handoff.receiver)
    return fmt.tie(said.partition("\n")[0])


def _text(handoff: Handoff, receiver: Person) -> str:
    names = {"giver": handoff.giver.first_name, "receiver": receiver.full_name}
    if handoff.until is not None:
        said = _("%(giver)s is back on %(day)s. Until then %(receiver)s would get in touch.")
        said = said % (names | {"day": fmt.weekday(handoff.until)})
    elif handoff.kind == HandoffKind.LEAVING:
        said = _("%(giver)s no longer looks after this. %(receiver)s would get in touch instead.")
        said = said % names
    else:
        said = _("%(giver)s proposes that %(receiver)s gets in touch instead.") % names
    return fmt.tie(f"{said} {_reason(handoff, receiver)}".strip())


def _reason(handoff: Handoff, receiver: Person) -> str:
    who = receiver.first_name
    if handoff.wanted_language:
        return f"{who} {words.skill('language', handoff.wanted_language)}."
    if handoff.wanted_place:
        said = _("%(receiver)s is closer: %(place)s.")
        return said % {"receiver": who, "place": handoff.wanted_place}
    if handoff.kind == HandoffKind.PRODUCT:
        return _("%(receiver)s knows this subject best.") % {"receiver": who}
    return ""


def adviser(consent: Consent, rows: list[Consent], referral: Referral) -> Person:
    """Who gets in touch: whoever leads it now, once the friend agreed to them."""
    claim = Claim.objects.filter(referral=referral, ended_at=None).select_related("holder").first()
    if claim is None:
        return consent.receiver
    agreed = [row for row in rows if row.withdrawn_at is None]
    if any(row.names_branch or row.receiver_id == claim.holder_id for row in agreed):
        return claim.holder
    return consent.receiver
