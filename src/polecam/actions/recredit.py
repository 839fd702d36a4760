"""A decision moves what was earned: the old facts are taken back, the next round is credited.

The wholes, their dates, months and plan stay the same, and each one's parts sum to them, so a
dispute conserves money to the grosz (invariant 14). Where a component pays by what a month adds up
to, it conserves what is measured: each seller's month is computed anew. An inner step of the action
that ends a dispute.
"""

from datetime import datetime

from polecam.actions import pool_steps, suspense
from polecam.actions.bonus_steps import enter, hold_for, take_back, vest
from polecam.bonuses import rules
from polecam.bonuses.models import CreditedFact, Line
from polecam.bonuses.queries import Credited, due_lines, may_take_back
from polecam.claims.models import Dispute
from polecam.insights.dispute_money import affected, layout_after
from polecam.people.models import Person


def take_hold(dispute: Dispute, by_bp: int) -> None:
    """Lock all that a decision moves, before anything of it is posted: lines, then accounts."""
    _taken(dispute, by_bp)


def _taken(
    dispute: Dispute, by_bp: int
) -> tuple[list[Line], list[tuple[Credited, dict[int, int]]]]:
    pool_steps.hold([dispute.referral.branch_id])
    lines = suspense.locked_lines(dispute.referral)
    found = [(one, layout_after(dispute, one, by_bp)) for one in affected(dispute)]
    people = {person for one, after in found for person in (*one.layout, *after)}
    facts = [fact for one, _after in found for fact in one.facts]
    hold_for(facts, people | {line.person_id for line in lines})
    return lines, found


def share_again(dispute: Dispute, by_bp: int, *, at: datetime, by: Person | None) -> list[str]:
    """Give the raiser `by_bp` more of everything the decision reaches; kinds that changed.

    Called with the referral locked and nothing waiting any more. What was paid goes the way of
    `bonuses.void`: a receivable for who got it, a new line for who gets it now. What was paid so
    long ago that the plan asks nothing back stays with everyone as it was, and its kind is left
    out.
    """
    lines, found = _taken(dispute, by_bp)
    changed = []
    for one, after in found:
        facts = {fact.pk for fact in one.facts}
        own = [line for line in lines if line.fact_id in facts]
        if after == one.layout or not all(may_take_back(line, at) for line in own):
            continue
        take_back(one.facts, own, at=at, by=by, anew=True)
        _credit(one, after, at=at, by=by)
        changed.append(str(one.facts[0].kind))
    return changed


def _credit(one: Credited, after: dict[int, int], *, at: datetime, by: Person | None) -> None:
    """The next round: the same whole, shared anew; what was due already is payable at once."""
    old = one.facts[0]
    facts = enter(
        [
            CreditedFact(
                kind=old.kind,
                source=old.source,
                referral=old.referral,
                version=old.version,
                branch_id=old.branch_id,
                person_id=part.person_id,
                share_bp=part.share_bp,
                share_offset_bp=part.offset_bp,
                base_grosze=old.base_grosze,
                value_grosze=old.value_grosze,
                ordinal=old.ordinal,
                round=old.round + 1,
                month=old.month,
                confirmed_at=old.confirmed_at,
                vests_at=old.vests_at,
            )
            for part in rules.slices(after)
        ],
        at=at,
        by=by,
        instead_of=one.facts,
    )
    due: dict[int, list[Line]] = {}
    for line in due_lines(at).filter(fact__in=facts).order_by("id"):
        due.setdefault(line.person_id, []).append(line)
    for person_id in sorted(due):
        vest(person_id, due[person_id], at=at, by=by)
