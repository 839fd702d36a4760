"""The contested part of the money waits: inner steps of disputes, credits, voids and vestings.

Only what a decision could move is taken aside, of unpaid lines of those who would lose it; each
line waits at most once. Locks: the referral (by the caller), lines by id, then accounts.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from polecam.bonuses import ledger
from polecam.bonuses.closing.promises import promised
from polecam.bonuses.ledger import Move
from polecam.bonuses.models import AccountKind, Line, LineState, Suspense, TransactionKind
from polecam.bonuses.queries import suspended
from polecam.claims.disputes import queries, rules
from polecam.claims.models import Dispute
from polecam.insights.dispute_money import affected, layout_after
from polecam.journal.record import record
from polecam.kit.money import half_up
from polecam.referrals.models import Referral

UNPAID = {LineState.PENDING: AccountKind.PENDING, LineState.PAYABLE: AccountKind.PAYABLE}


def locked_lines(referral: Referral) -> list[Line]:
    """Every line of a referral, locked in the order of ids."""
    rows = Line.objects.filter(fact__referral=referral.public_id).select_for_update(
        of=("self",), no_key=True
    )
    return list(rows.select_related("fact__version", "accrual", "component").order_by("id"))


def hold(dispute: Dispute, *, at: datetime) -> list[Suspense]:
    """Take aside what is contested of every unpaid line that does not wait yet.

    What was paid of a line, or a closed month promised of it, is not taken aside.
    """
    if not dispute.contested_bp:
        return []
    lines = locked_lines(dispute.referral)
    ledger.lock_accounts({line.person_id for line in lines}, AccountKind.values)
    sure = promised(lines)
    waiting = set(suspended().filter(line__in=lines).values_list("line_id", flat=True))
    amounts: dict[int, int] = {}
    for one in affected(dispute):
        after = layout_after(dispute, one, dispute.contested_bp)
        facts = {fact.pk for fact in one.facts}
        for line in lines:
            if line.fact_id in facts and line.state in UNPAID and line.pk not in waiting:
                gone = _contested(line, one.layout, after)
                free = line.amount_grosze - line.paid_grosze - sure.get(line.pk, 0)
                amounts[line.pk] = max(0, min(gone, free))
    return _hold(dispute, [line for line in lines if amounts.get(line.pk)], amounts, at=at)


def _contested(line: Line, before: Mapping[int, int], after: Mapping[int, int]) -> int:
    """What of a line would go, were `after` to hold: exactly so where each fact is paid by itself,
    else as great a part of the line as the share would lose."""
    if line.component.stands_alone:
        return rules.waits(line.whole_grosze, before, after).get(line.person_id, 0)
    had = before[line.person_id]
    lost = max(0, had - after.get(line.person_id, 0))
    return max(0, half_up(line.amount_grosze * lost, had))


def _hold(
    dispute: Dispute, lines: list[Line], amounts: dict[int, int], *, at: datetime
) -> list[Suspense]:
    moves = [
        Move(
            TransactionKind.HOLD,
            line.person_id,
            UNPAID[LineState(line.state)],
            AccountKind.DISPUTED,
            amounts[line.pk],
        )
        for line in lines
    ]
    held = ledger.post(moves, month=ledger.open_month(at), at=at)
    rows = [
        Suspense.objects.create(
            dispute=dispute, line=line, amount_grosze=move.amount, holding=posted, at=at
        )
        for line, move, posted in zip(lines, moves, held, strict=True)
    ]
    for row in rows:
        _told("bonus.suspended", row, at)
    return rows


def hold_new(referral: Referral, *, at: datetime) -> list[Suspense]:
    """Something was credited while a dispute runs: its contested part waits as well."""
    dispute = queries.running(referral)
    return hold(dispute, at=at) if dispute else []


def release(rows: Iterable[Suspense], *, at: datetime) -> list[Suspense]:
    """Give back what waited to where its line is now. The lines are locked by the caller."""
    rows = list(rows)
    if not rows:
        return []
    states = dict(
        Line.objects.filter(pk__in=[row.line_id for row in rows]).values_list("pk", "state")
    )
    moves = [
        Move(
            TransactionKind.RELEASE,
            row.line.person_id,
            AccountKind.DISPUTED,
            UNPAID[LineState(states[row.line_id])],
            row.amount_grosze,
        )
        for row in rows
    ]
    for row, posted in zip(
        rows, ledger.post(moves, month=ledger.open_month(at), at=at), strict=True
    ):
        row.release, row.ended_at = posted, at
        row.save(update_fields=["release", "ended_at"])
        _told("bonus.released", row, at)
    return rows


def release_lines(lines: Collection[Line], *, at: datetime) -> None:
    """Nothing of these (locked) lines waits any more: they are about to be taken back."""
    release(suspended().filter(line__in=lines).select_related("line", "dispute"), at=at)


def release_all(dispute: Dispute, *, at: datetime) -> None:
    """The dispute is over: whatever waited for it goes back."""
    locked_lines(dispute.referral)
    release(suspended().filter(dispute=dispute).select_related("line", "dispute"), at=at)


def amounts_of(lines: Collection[Line]) -> dict[int, int]:
    """How much of each line waits, by the line's id."""
    rows = suspended().filter(line__in=lines)
    return dict(rows.values_list("line_id", "amount_grosze"))


def _told(kind: str, row: Suspense, at: datetime) -> None:
    data = {
        "dispute": row.dispute.public_id,
        "line": row.line.public_id,
        "person": row.line.person_id,
        "grosze": row.amount_grosze,
    }
    record(kind, row, by=None, at=at, branch=row.dispute.branch_id, data=data)
