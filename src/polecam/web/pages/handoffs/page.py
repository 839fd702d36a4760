"""One hand-off in words, and the rows of the list: each reader sees their own side of it."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from polecam.bonuses.queries import rates
from polecam.claims.handoffs import queries
from polecam.claims.models import OPEN_HANDOFFS, Handoff, HandoffState
from polecam.claims.rules import Part
from polecam.insights import expected
from polecam.insights.pipeline_money import likely
from polecam.people.models import Person
from polecam.referrals import states
from polecam.referrals.models import Referral
from polecam.web.ui import format as fmt
from polecam.web.ui import handoff_words as words
from polecam.web.ui import referral_labels as labels
from polecam.web.ui.firm import firm
from polecam.web.ui.parts import Event

GLYPHS = {
    HandoffState.PROPOSED: ("lightbulb", "chaber"),
    HandoffState.OFFERED: ("handshake", "chaber"),
    HandoffState.ACCEPTED: ("hourglass", "honey"),
    HandoffState.DONE: ("user-check", "leaf"),
    HandoffState.RETURNED: ("undo-2", ""),
}


def context(reader: Person, handoff: Handoff, *, at: datetime) -> dict[str, Any]:
    """What the template shows of one hand-off."""
    split = queries.parts_of(handoff)
    people = people_of(handoff, split)
    live = handoff.state in OPEN_HANDOFFS and handoff.expires_at > at
    return {
        "handoff": handoff,
        "title": words.became(handoff, reader),
        "about": words.about(handoff, reader),
        "stage": states.stage(handoff.referral.state),
        "why": str(words.BECAUSE[handoff.kind]),
        "wanted": words.wished(queries.wanted_of(handoff)),
        "note": handoff.note if _reads_note(reader, handoff) else "",
        "parts": words.drawn(split, people, reader),
        "split_words": words.in_words(split, people, reader),
        "floor_words": words.floor_words(handoff, reader),
        "worth": worth(handoff.referral, split, reader, handoff, at=at),
        "asks": asks(reader, handoff) if live else "",
        "may_withdraw": live and may_withdraw(reader, handoff),
        "may_step_back": live
        and handoff.state == HandoffState.ACCEPTED
        and handoff.receiver_id == reader.pk,
        "live": live,
        "not_asked": handoff.state == HandoffState.ACCEPTED
        and handoff.asked_friend_at is None
        and handoff.giver_id == reader.pk,
        "events": events(handoff),
        "referral_url": referral_url(reader, handoff),
    }


def people_of(handoff: Handoff, split: list[Part]) -> dict[int, Person]:
    """Everyone in the split, by key."""
    known = {handoff.giver_id: handoff.giver}
    if handoff.receiver is not None:
        known[handoff.receiver.pk] = handoff.receiver
    author = handoff.referral.originator
    known[author.pk] = author
    missing = {p.person_id for p in split if p.person_id} - known.keys()
    return known | (Person.objects.in_bulk(missing) if missing else {})


def _reads_note(reader: Person, handoff: Handoff) -> bool:
    """The two it was written between, whoever wrote it, and whoever may still take it."""
    sides = (handoff.giver_id, handoff.receiver_id, handoff.proposed_by_id)
    return reader.pk in sides or handoff.receiver_id is None


def asks(reader: Person, handoff: Handoff) -> str:
    """Whose word is wanted: "take" (or not), "agree" (or not), or nobody's of this reader."""
    if handoff.state == HandoffState.PROPOSED and handoff.giver_id == reader.pk:
        return "agree"
    if handoff.state != HandoffState.OFFERED or handoff.giver_id == reader.pk:
        return ""
    if handoff.receiver_id == reader.pk:
        return "take"
    own = reader.pk in (handoff.referral.originator_id, handoff.proposed_by_id)
    return "" if own or handoff.receiver_id is not None else "take_open"


def may_withdraw(reader: Person, handoff: Handoff) -> bool:
    """Whether the reader may take it back, or (once agreed) step back."""
    if handoff.state == HandoffState.PROPOSED:
        return handoff.proposed_by_id == reader.pk
    return handoff.giver_id == reader.pk


def worth(
    referral: Referral,
    split: list[Part],
    reader: Person,
    handoff: Handoff | None,
    *,
    at: datetime,
) -> str:
    """What a sale would bring all of them, and what is still to be expected for the reader."""
    if referral.plan_version_id is None or referral.state not in states.WORKABLE:
        return ""
    own = next((p.share_bp for p in split if p.person_id == reader.pk), 0)
    if not own and handoff is not None and handoff.receiver_id is None:
        own = next((p.share_bp for p in split if not p.person_id), 0)
    chances = likely(referral.branch_id, at=at, zone=firm().zone)
    paid = rates(referral.plan_version_id)
    whole = expected.of_referral(referral.state, paid, chances)
    mine = expected.of_referral(referral.state, paid, chances, share_bp=own)
    said = _(
        "A sale brings about %(sale)s to all of you, gross. Your part may still bring %(mine)s, "
        "with what is uncertain counted in."
    )
    sale = whole.sale_grosze // 100 * 100
    return fmt.tie(said % {"sale": fmt.zl(sale), "mine": fmt.zl(mine.grosze, approx=True)})


def events(handoff: Handoff) -> list[Event]:
    """How it went so far, oldest last."""
    giver = handoff.giver.first_name
    began = _("An absence begins: %(who)s") if handoff.until is not None else _("%(who)s offers it")
    rows = [
        Event(began % {"who": giver}, handoff.made_at, "handshake", "chaber"),
        _when(_("a colleague takes it; the floor is fixed"), _taken_at(handoff), "check"),
        _when(_("the friend is asked"), handoff.asked_friend_at, "mail"),
        _when(_("the friend agrees"), handoff.friend_at, "thumbs-up"),
        _when(_("the work and the shares move"), handoff.done_at, "user-check"),
        _when(words.became(handoff, handoff.giver), handoff.ended_at, "undo-2"),
    ]
    return [row for row in reversed(rows) if row is not None]


def _taken_at(handoff: Handoff) -> datetime | None:
    declined = handoff.state == HandoffState.DECLINED and handoff.ended_at == handoff.answered_at
    return None if declined else handoff.answered_at


def _when(sentence: str, at: datetime | None, icon: str) -> Event | None:
    return Event(sentence[:1].upper() + sentence[1:], at, icon, "leaf") if at else None


def referral_url(reader: Person, handoff: Handoff) -> str:
    """The referral's page, for those who may open it: not before it is theirs."""
    own = reader.pk in (handoff.giver_id, handoff.referral.originator_id)
    done = handoff.state in (HandoffState.DONE, HandoffState.RETURNED)
    if own or (done and handoff.receiver_id == reader.pk):
        return reverse("referrals:one", args=[handoff.referral.public_id])
    return ""


# --- the list -------------------------------------------------------------------------------------


def row(handoff: Handoff, reader: Person) -> dict[str, Any]:
    """One row: what it is about, where it stands, until when."""
    glyph, tone = GLYPHS.get(HandoffState(handoff.state), ("history", ""))
    live = handoff.state in OPEN_HANDOFFS
    return {
        "url": reverse("handoffs:one", args=[handoff.public_id]),
        "title": words.about(handoff, reader),
        "sub": words.became(handoff, reader),
        "side": _("until %(day)s") % {"day": fmt.near(handoff.expires_at)} if live else "",
        "glyph": glyph,
        "tone": tone,
    }


def need_of(referral: Referral) -> str:
    """What the friend looks for, in words."""
    return str(labels.NEEDS.get(referral.need, ""))
