"""Inner steps of the branch pool, inside the transaction of the action that calls them.

Locks: the referral, the branch's accounts, lines by id, then sellers' accounts.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from polecam.actions import suspense
from polecam.bonuses import leavers, ledger
from polecam.bonuses.models import (
    AccountKind,
    CreditedFact,
    FlowKind,
    Leaver,
    Line,
    LineState,
    PoolFlow,
    TransactionKind,
)
from polecam.bonuses.pool import ledger as pool_ledger
from polecam.bonuses.pool.rules import back
from polecam.journal.record import record
from polecam.people.models import Person
from polecam.people.queries import left

hold = pool_ledger.hold


def standing_flows() -> QuerySet[PoolFlow]:
    """Flows that were not taken back."""
    return PoolFlow.objects.filter(back_at=None)


# --- a leaver's part ------------------------------------------------------------------------------


def hold_for_leaver(person_id: int, lines: QuerySet[Line], *, at: datetime) -> None:
    """Before the due lines of somebody who left are locked: the pools they may go to."""
    if left([person_id], at=None):
        rows = lines.filter(fact__version__leaver=Leaver.POOL)
        places = set(rows.values_list("fact__branch", flat=True))
        for branch_id in sorted({pool_ledger.home_of(place, at) for place in places}):
            pool_ledger.lock(branch_id)


def of_leavers(person_id: int, lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The person's own due lines, and those that the plan gives to the branch pool: credited when
    the person had left already."""
    to_pool = leavers.goes_to_pool(person_id, {line.fact_id for line in lines})
    own = [line for line in lines if line.fact_id not in to_pool]
    return own, [line for line in lines if line.fact_id in to_pool]


def pool(lines: list[Line], *, at: datetime, by: Person | None) -> int:
    """These due (locked) lines of one leaver flow into the pools of their branches; how many.

    A fact with a line that waits for a dispute waits as a whole; so does one whose later
    differences leave nothing.
    """
    waiting = {line.fact_id for line in lines if line.pk in suspense.amounts_of(lines)}
    by_fact: dict[int, list[Line]] = {}
    for line in lines:
        if line.fact_id not in waiting:
            by_fact.setdefault(line.fact_id, []).append(line)
    facts = CreditedFact.objects.select_related("version").in_bulk(by_fact)
    pooled = 0
    for pk in sorted(by_fact):
        total = sum(line.amount_grosze for line in by_fact[pk])
        if total > 0:
            _pool(facts[pk], by_fact[pk], total, at=at, by=by)
            pooled += len(by_fact[pk])
    return pooled


def _pool(
    fact: CreditedFact, lines: list[Line], total: int, *, at: datetime, by: Person | None
) -> None:
    month = ledger.open_month(at)
    posting = pool_ledger.Posting(
        TransactionKind.POOL,
        branch={AccountKind.EXPENSE: -total, AccountKind.POOL: total},
        person_id=fact.person_id,
        person={AccountKind.PENDING: -total, AccountKind.EXPENSE: total},
    )
    home = pool_ledger.home_of(fact.branch_id, at)
    (posted,) = pool_ledger.post(home, [posting], month=month, at=at)
    Line.objects.filter(pk__in=[line.pk for line in lines]).update(
        state=LineState.POOLED, vesting=posted
    )
    flow = PoolFlow.objects.create(
        kind=FlowKind.LEFT,
        branch_id=home,
        fact=fact,
        version=fact.version,
        month=month,
        benchmark_grosze=0,
        bonuses_grosze=0,
        time_grosze=0,
        saved_grosze=0,
        pool_bp=0,
        amount_grosze=total,
        posting=posted,
        at=at,
    )
    tell("pool.flowed", flow, by=by, at=at)


# --- taking back ----------------------------------------------------------------------------------


def take_back(source: str, *, at: datetime, by: Person | None) -> int:
    """What a sale (public id) saved does not hold any more; grosze taken out of the pool."""
    flows = standing_flows().filter(kind=FlowKind.SAVED, fact__source=source)
    return _take_back(flows, at=at, by=by)


def take_back_left(facts: Iterable[CreditedFact], *, at: datetime, by: Person | None) -> int:
    """What a leaver's facts brought goes back with them; grosze taken out of the pool."""
    ids = [fact.pk for fact in facts]
    flows = standing_flows().filter(kind=FlowKind.LEFT, fact__in=ids)
    return _take_back(flows, at=at, by=by)


def _take_back(flows: QuerySet[PoolFlow], *, at: datetime, by: Person | None) -> int:
    taken = 0
    for flow in flows.select_for_update(of=("self",), no_key=True).order_by("id"):
        pool_ledger.lock(flow.branch_id)
        gone = back(flow.amount_grosze, pool_ledger.balance(flow.branch_id))
        if gone:
            posting = pool_ledger.Posting(
                TransactionKind.VOID, {AccountKind.POOL: -gone, AccountKind.EXPENSE: gone}
            )
            month = ledger.open_month(at)
            (flow.taking_back,) = pool_ledger.post(flow.branch_id, [posting], month=month, at=at)
        flow.back_grosze, flow.back_at = gone, at
        flow.save(update_fields=["taking_back", "back_grosze", "back_at"])
        tell("pool.taken_back", flow, by=by, at=at, back_grosze=gone)
        taken += gone
    return taken


def tell(kind: str, flow: PoolFlow, *, by: Person | None, at: datetime, **data: int) -> None:
    """An event of the branch's own story; the sale is found by its fact."""
    about = {"kind": str(flow.kind), "fact": flow.fact.public_id, "grosze": flow.amount_grosze}
    record(kind, flow, by=by, at=at, branch=flow.branch_id, data=about | data)
