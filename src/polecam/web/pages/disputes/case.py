"""A case as everyone involved reads it: one text for both sides, whoever looks.

Where it was raised from a further recommendation the sides do not know each other: they are called
by letters until a decision that shares something is carried out.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from polecam.claims.disputes import queries, rules
from polecam.claims.models import (
    RUNNING_DISPUTES,
    CreditShare,
    Dispute,
    DisputeDecision,
    DisputeParty,
    DisputeState,
)
from polecam.claims.rules import Part as SharePart
from polecam.insights import dispute_evidence
from polecam.journal.models import Event
from polecam.people.models import Person
from polecam.people.staff import stood_in
from polecam.web.pages.referrals.timeline import SHOWN
from polecam.web.ui import dispute_labels as labels
from polecam.web.ui import format as fmt
from polecam.web.ui import parts
from polecam.web.ui.drawings import Part
from polecam.web.ui.firm import firm
from polecam.web.ui.sentences import TELLERS, Names, load_tales, sentence

ICONS = {
    "referral": ("send", "leaf"),
    "invitation": ("forward", ""),
    "claim": ("shield-check", "chaber"),
    "handoff": ("handshake", "chaber"),
    "share": ("split", "chaber"),
    "receipt": ("badge-check", "leaf"),
    "sale": ("handshake", "leaf"),
    "dispute": ("scale", ""),
}
WAYS = {
    "referral": lambda: _("from the page of the referral"),
    "line": lambda: _("from a line of the bonus"),
    "handoff": lambda: _("from a hand-off"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """Somebody on the page: by first name, or by a letter. `form`: of their verbs."""

    first_name: str
    form: str = "n"
    last_name: str = ""


@dataclass(slots=True)
class Case:
    """A dispute with everything about it that was read once."""

    dispute: Dispute
    parties: list[DisputeParty]
    decisions: list[DisputeDecision]
    sides: dict[int, Side]
    blind: bool

    def name(self, person_id: int | None) -> str:
        """What somebody is called on this page."""
        side = self.sides.get(person_id or 0)
        return side.first_name if side else _("a colleague")


def read(dispute: Dispute) -> Case:
    """The parties, the decisions, and what everyone is called."""
    rows = DisputeParty.objects.filter(dispute=dispute).select_related("person").order_by("id")
    parties = sorted(rows, key=lambda row: row.person_id != dispute.raised_by_id)
    decisions = list(
        DisputeDecision.objects.filter(dispute=dispute).select_related("decider").order_by("number")
    )
    blind = queries.is_blind(dispute) and not any(one.share_set for one in decisions)
    if blind:
        sides = {
            row.person_id: Side(_("Side %(letter)s") % {"letter": chr(ord("A") + place)})
            for place, row in enumerate(parties)
        }
    else:
        sides = {row.person_id: _side(row.person, parties) for row in parties}
    deciders = [one.decider for one in decisions]
    for person in [*deciders, *([dispute.decider] if dispute.decider else [])]:
        sides.setdefault(person.pk, Side(person.first_name, person.form, person.last_name))
    return Case(dispute, parties, decisions, sides, blind)


def _side(person: Person, parties: list[DisputeParty]) -> Side:
    same = [row for row in parties if row.person.first_name == person.first_name]
    name = person.full_name if len(same) > 1 else person.first_name
    return Side(name, person.form, person.last_name)


def context(case: Case) -> dict[str, Any]:
    """What the part of the page shows that is the same for everyone."""
    dispute = case.dispute
    before = [SharePart(row.person_id, row.before_bp) for row in case.parties if row.before_bp]
    events, later = _evidence(case)
    return {
        "reason": labels.REASONS[dispute.reason],
        "state": labels.STATES[dispute.state],
        "raised": _raised(case),
        "contested": _contested(dispute),
        "now": _parts(case, before),
        "asked": _parts(case, _as_asked(dispute, before)) if dispute.contested_bp else [],
        "said": _said(case),
        "decisions": [_decision(case, one) for one in case.decisions],
        "appeal": _appeal(case),
        "decider": _decider(case),
        "events": events,
        "later": later,
    }


def _raised(case: Case) -> str:
    dispute = case.dispute
    own = next(row.before_bp for row in case.parties if row.person_id == dispute.raised_by_id)
    said = _("%(who)s: a part of %(claimed)s would be right. So far it is %(before)s.") % {
        "who": case.name(dispute.raised_by_id),
        "claimed": fmt.percent(dispute.claimed_bp),
        "before": fmt.percent(own),
    }
    if dispute.claimed_bp <= own:
        said = _("%(who)s asks about the amount, not about the shares.") % {
            "who": case.name(dispute.raised_by_id)
        }
    way = "" if case.blind else f", {WAYS[dispute.about]()}"
    return fmt.tie(f"{said} {fmt.when(dispute.raised_at).capitalize()}{way}.")


def _contested(dispute: Dispute) -> str:
    if not dispute.contested_bp:
        return fmt.tie(_("No part is contested, so no money waits."))
    if dispute.state not in RUNNING_DISPUTES:
        said = _("It was about %(part)s of the credit. Nothing waits any more.")
        return fmt.tie(said % {"part": fmt.percent(dispute.contested_bp)})
    return fmt.tie(
        _("To be settled: %(part)s of the credit. Only that waits, the rest goes its usual way.")
        % {"part": fmt.percent(dispute.contested_bp)}
    )


def _as_asked(dispute: Dispute, before: list[SharePart]) -> list[SharePart]:
    own = rules.part_bp(before, dispute.raised_by_id)
    floors = CreditShare.objects.filter(referral=dispute.referral_id, at__lte=dispute.raised_at)
    rows = list(floors.order_by("number").values_list("person_id", "floor_bp", "number"))
    newest = max((number for _person, _floor, number in rows), default=0)
    floor = {person: bp for person, bp, number in rows if number == newest}
    held = [
        SharePart(part.person_id, part.share_bp, floor_bp=floor.get(part.person_id, 0))
        for part in before
    ]
    return rules.raised_to(held, dispute.raised_by_id, own + dispute.contested_bp)


def _parts(case: Case, some: list[SharePart]) -> list[Part]:
    """In the order of the sides, so that a side keeps its colour."""
    order = [row.person_id for row in case.parties]
    rows = sorted(some, key=lambda part: order.index(part.person_id))
    return [Part(case.name(part.person_id), part.share_bp) for part in rows]


def _said(case: Case) -> list[dict[str, Any]]:
    """Each side's words: the question's own, and a statement each."""
    found = []
    for row in case.parties:
        texts = [case.dispute.note] if row.person_id == case.dispute.raised_by_id else []
        texts.append(row.statement)
        spoke = row.stated_at or (texts[0] and case.dispute.raised_at)
        found.append(
            {
                "name": case.name(row.person_id),
                "texts": [text for text in texts if text],
                "forgotten": bool(row.stated_at and not row.statement),
                "at": spoke or None,
            }
        )
    return found


def _decision(case: Case, one: DisputeDecision) -> dict[str, Any]:
    given = ""
    if one.granted_bp:
        own = next(
            row.before_bp for row in case.parties if row.person_id == case.dispute.raised_by_id
        )
        given = _("%(who)s: %(before)s before, %(after)s from now on.") % {
            "who": case.name(case.dispute.raised_by_id),
            "before": fmt.percent(own),
            "after": fmt.percent(own + one.granted_bp),
        }
    return {
        "title": _("Second decision") if one.number == 2 else _("Decision"),
        "outcome": labels.OUTCOMES[one.outcome],
        "rule": labels.RULES[one.rule],
        "rule_words": labels.RULE_WORDS[one.rule],
        "words": one.words,
        "given": fmt.tie(given),
        "who": case.name(one.decider_id),
        "at": one.at,
    }


def _appeal(case: Case) -> dict[str, Any] | None:
    row = next((row for row in case.parties if row.appealed_at), None)
    if row is None:
        return None
    return {"name": case.name(row.person_id), "text": row.appeal, "at": row.appealed_at}


def _decider(case: Case) -> str:
    """Who decides until when, or until when it may be appealed."""
    dispute = case.dispute
    who, until = case.name(dispute.decider_id), fmt.when(dispute.due_at)
    if dispute.state == DisputeState.DECIDED:
        return fmt.tie(
            _("Final %(when)s, or as soon as everyone accepts it. Until then the money waits.")
            % {"when": until}
        )
    if dispute.state in (DisputeState.OPEN, DisputeState.APPEALED):
        return fmt.tie(
            _("%(who)s decides, until %(when)s; is no party here. Later it goes one step up.")
            % {"who": who, "when": until}
        )
    return ""


def _evidence(case: Case) -> tuple[list[parts.Event], list[parts.Event]]:
    load_tales()
    known, later = dispute_evidence.story(case.dispute)
    sealed = dispute_evidence.sealed_up_to()
    names = Names(
        people=case.sides,
        others={"prospect": _("the friend"), "client": _("a client")},
        deputised=stood_in([*known, *later], firm().zone),
    )

    def told(events: list[Event]) -> list[parts.Event]:
        return [_event(case, event, names, sealed) for event in events if event.kind in TELLERS]

    return told(known), told(later)


def _event(case: Case, event: Event, names: Names, sealed: int) -> parts.Event:
    room = event.kind.partition(".")[0]
    icon, tone = SHOWN.get(event.kind) or ICONS.get(room, ("circle-check", ""))
    notes = [case.sides[event.by_id].first_name] if event.by_id in case.sides else []
    notes.append(_("sealed") if event.pk <= sealed else _("sealed tonight"))
    return parts.Event(
        sentence=_sentence(case, event, names),
        at=event.at,
        icon=icon,
        tone=tone,
        note=" · ".join(notes),
    )


def _sentence(case: Case, event: Event, names: Names) -> str:
    """As the journal tells it to somebody who is no side; a split by what everyone is called."""
    if event.kind == "referral.second":
        return fmt.tie(_("The same person was recommended once more."))
    if event.kind == "share.set":
        people, shares = event.data.get("people", []), event.data.get("shares_bp", [])
        split = [
            f"{case.name(person)} {fmt.percent(bp)}"
            for person, bp in zip(people, shares, strict=True)
        ]
        return fmt.tie(_("The split from now on: %(parts)s.") % {"parts": fmt.listed(split)})
    return sentence(event, None, names)
