"""The journal of one referral in plain sentences, newest first: only what the reader may see."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from polecam.journal.models import Event
from polecam.people.models import Person
from polecam.people.staff import stood_in, with_deputies
from polecam.sales.models import Complaint
from polecam.web.pages.referrals import moves
from polecam.web.pages.referrals.facts import Facts
from polecam.web.ui import parts
from polecam.web.ui.firm import firm
from polecam.web.ui.sentences import TELLERS, Names, load_tales, sentence

SHOWN = {
    "ask.made": ("leaf", "leaf"),
    "ask.answered": ("leaf", "leaf"),
    "invitation.made": ("send", ""),
    "invitation.taken": ("forward", ""),
    "invitation.expired": ("hourglass", ""),
    "referral.captured": ("shield-check", "chaber"),
    "referral.imported": ("archive", ""),
    "consent.given": ("mail", ""),
    "consent.confirmed": ("lock-open", "chaber"),
    "consent.withdrawn": ("lock", ""),
    "consent.declined": ("hand", ""),
    "referral.consented": ("file-check", "chaber"),
    "referral.second": ("users", ""),
    "referral.again": ("users", "chaber"),
    "referral.stays": ("user-check", ""),
    "referral.contacted": ("phone", ""),
    "referral.meeting_set": ("calendar-plus", ""),
    "referral.meeting_held": ("calendar-check", "leaf"),
    "referral.meeting_confirmed": ("check-check", "leaf"),
    "referral.no_show": ("calendar", ""),
    "referral.next_step": ("bell", ""),
    "referral.lost": ("archive", ""),
    "referral.objected": ("ban", ""),
    "referral.expired": ("hourglass", ""),
    "share.set": ("split", "chaber"),
    "share.proposed": ("split", ""),
    "share.agreed": ("check", ""),
    "share.declined": ("hand", ""),
    "share.withdrawn": ("undo-2", ""),
    "share.expired": ("hourglass", ""),
    "extra.given": ("sprout", "leaf"),
    "extra.taken_back": ("undo-2", ""),
    "handoff.proposed": ("lightbulb", ""),
    "handoff.offered": ("handshake", "chaber"),
    "handoff.accepted": ("check", "chaber"),
    "handoff.agreed": ("thumbs-up", "chaber"),
    "handoff.done": ("user-check", "leaf"),
    "handoff.declined": ("hand", ""),
    "handoff.withdrawn": ("undo-2", ""),
    "handoff.expired": ("hourglass", ""),
    "handoff.returned": ("undo-2", ""),
    "claim.extended": ("shield-check", "chaber"),
    "claim.ended": ("shield-check", ""),
    "objection.recorded": ("ban", ""),
    "sale.reported": ("handshake", "leaf"),
    "sale.confirmed": ("badge-check", "leaf"),
    "sale.retained": ("badge-check", "leaf"),
    "sale.voided": ("rotate-ccw", ""),
    "complaint.recorded": ("circle-alert", ""),
    "complaint.upheld": ("scale", ""),
    "complaint.rejected": ("scale", ""),
}
"""Kinds that make a story, with their icon and tone; the rest is for machines."""
MOST = 200
TOLD_BY_OTHERS = ("won", "lost", "handed_on")
"""Ends of an exclusivity that another event tells."""
OWN = frozenset({"ask.made", "ask.answered"})
"""The answer to an ask is read by its asker alone."""


def events(known: Facts, name: str) -> list[parts.Event]:
    """What is ahead, then what happened."""
    load_tales()
    found = [e for e in _read(known) if e.kind in SHOWN and e.kind in TELLERS]
    told = [e for e in found if _tellable(e, known.reader)]
    names = Names(
        people=_people(known, told),
        others=_others(known, name),
        deputised=stood_in(told, firm().zone),
    )
    items = [
        parts.Event(
            sentence=sentence(event, known.reader, names),
            at=event.at,
            icon=_icon(event),
            tone=SHOWN[event.kind][1],
        )
        for event in told
    ]
    ahead = _ahead(known)
    return [*ahead, *items]


def _icon(event: Event) -> str:
    if event.kind == "referral.contacted":
        if event.data.get("channel") == "phone":
            return "phone" if event.data.get("result") == "reached" else "phone-missed"
        return "mail" if event.data.get("channel") == "email" else "message-square"
    return SHOWN[event.kind][0]


def _next_icon(known: Facts) -> str:
    if known.meeting and not known.meeting.held_at and not known.meeting.missed_at:
        return "calendar-check"
    if known.referral.next_step:
        return "bell"
    return "mail" if known.referral.preferred_channel == "email" else "phone"


def _tellable(event: Event, reader: Person) -> bool:
    """An answer is its asker's; an end that the sale or the quiet end tells is not told twice."""
    if event.kind in OWN:
        return event.by_id == reader.pk
    if event.kind == "share.set" and event.data.get("reason") == "handoff":
        return len(event.data.get("people", ())) > 1  # a floor fixed moves no share
    return event.kind != "claim.ended" or event.data.get("reason") not in TOLD_BY_OTHERS


def _ahead(known: Facts) -> list[parts.Event]:
    if not known.holds or not moves.quick(known):
        return []
    said = moves.sentence(known).partition(": ")[2] or moves.sentence(known)
    return [
        parts.Event(
            sentence=said[:1].upper() + said[1:],
            icon=_next_icon(known),
            tone="next",
            note=_("ahead of you"),
            strong=True,
        )
    ]


def _read(known: Facts) -> list[Event]:
    """Events of the referral and of what belongs to it, in one query."""
    referral = known.referral
    wanted = _about("referral", referral.public_id)
    if referral.invitation and not referral.invitation.reusable:
        wanted |= _about("invitation", referral.invitation.public_id)
    if referral.ask and known.part:
        wanted |= _about("ask", referral.ask.public_id)
    if known.sale:
        complaints = Complaint.objects.filter(sale=known.sale).values("public_id")
        wanted |= _about("sale", known.sale.public_id)
        wanted |= Q(subject_type="complaint", subject__in=complaints)
    return list(with_deputies(Event.objects.filter(wanted)).order_by("-id")[:MOST])


def _about(kind: str, public_id: str) -> Q:
    """Events of one subject; with its type, so that an index finds them."""
    return Q(subject_type=kind, subject=public_id)


def _people(known: Facts, told: list[Event]) -> dict[int, Person]:
    people = {
        known.reader.pk: known.reader,
        known.referral.originator_id: known.referral.originator,
    }
    people |= {share.person_id: share.person for share in known.shares}
    named = {event.data.get(key) for event in told for key in ("giver", "receiver")}
    wanted = {event.by_id for event in told} | named
    missing = {key for key in wanted if isinstance(key, int)} - people.keys()
    if missing:
        people |= {person.pk: person for person in Person.objects.filter(pk__in=missing)}
    return people


def _others(known: Facts, name: str) -> dict[object, str]:
    client = known.referral.client
    return {
        "prospect": name,
        "client": client.party.full_name if client else "",
    }
