"""The branch pool: what vested sales saved flows in, the boss divides it by the plan's rule."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, Min, OuterRef, QuerySet, Sum

from polecam.actions.pool_steps import tell
from polecam.bonuses import ledger
from polecam.bonuses.models import (
    AccountKind,
    CreditedFact,
    ExtraPosting,
    FactKind,
    FlowKind,
    Line,
    LineState,
    PoolFlow,
    PoolPart,
    PoolPayout,
    TransactionKind,
)
from polecam.bonuses.pool import ledger as pool_ledger
from polecam.bonuses.pool.rules import Saving, time_of
from polecam.insights.pool import COSTS
from polecam.insights.pool_division import division
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.organisation import settings
from polecam.organisation.models import Branch, Setting
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.referrals.models import Referral
from polecam.sales.queries import under_complaint
from polecam.store.tx import action, each, lock


def flow_due(*, at: datetime) -> int:
    """Every sale that vested, by a plan with a pool, brings the branch its part of what it saved.

    Computed once, before anything of it is paid out, by the costs as of the sale; a sale made
    before the cost of a client was known brings nothing. Each in its own short transaction.
    Returns how many sales.
    """
    return each(list(_due(at)), lambda fact_id: _flow(fact_id, at=at))


def _due(at: datetime) -> Iterable[int]:
    """The first fact of each sale without a flow: nothing of the sale is held any more."""
    known = Setting.objects.filter(key="cost_of_client_grosze", value__isnull=False)
    since = known.aggregate(since=Min("valid_from"))["since"]
    if since is None:
        return []
    rows = _sold().filter(version__pool_bp__gt=0, confirmed_at__gte=since, vests_at__lte=at)
    held = Line.objects.filter(fact__source=OuterRef("source"), state=LineState.PENDING)
    flowed = PoolFlow.objects.filter(kind=FlowKind.SAVED, fact__source=OuterRef("source"))
    rows = rows.filter(~Exists(held.filter(fact__kind=FactKind.SALE)), ~Exists(flowed))
    rows = rows.exclude(source__in=under_complaint().values("sale__public_id"))
    first = rows.values("source").annotate(first=Min("id")).order_by("first")
    return first.values_list("first", flat=True)


def _sold() -> QuerySet[CreditedFact]:
    return CreditedFact.objects.filter(kind=FactKind.SALE, reverses=None, reversal=None)


def _flow(fact_id: int, *, at: datetime) -> int:
    with action():
        fact = CreditedFact.objects.select_related("version").get(pk=fact_id)
        lock(Referral.objects.get(public_id=fact.referral))  # a void comes before it or after it
        home = pool_ledger.home_of(fact.branch_id, at)
        pool_ledger.lock(home)
        if not _sold().filter(pk=fact.pk).exists() or _flowed(fact):
            return 0
        saving = saving_of(fact)
        if saving is None:
            return 0
        flow = _write(fact, home, saving, at=at)
        tell("pool.flowed", flow, by=None, at=at)
    return 1


def _flowed(fact: CreditedFact) -> bool:
    return PoolFlow.objects.filter(kind=FlowKind.SAVED, fact__source=fact.source).exists()


def saving_of(fact: CreditedFact) -> Saving | None:
    """What the sale of a fact saved, by the costs as of the sale; None where none was known."""
    costs = settings.values(*COSTS, at=fact.confirmed_at, branch=fact.branch_id)
    benchmark = costs["cost_of_client_grosze"]
    if benchmark is None:
        return None
    lines = Line.objects.filter(fact__referral=fact.referral).exclude(state=LineState.VOID)
    extras = ExtraPosting.objects.filter(extra__referral__public_id=fact.referral, taking_back=None)
    bonuses = lines.aggregate(total=Sum("amount_grosze"))["total"] or 0
    bonuses += extras.aggregate(total=Sum("extra__amount_grosze"))["total"] or 0
    time = time_of(costs["ask_minutes"], costs["follow_minutes"], costs["hour_cost_grosze"])
    return Saving(benchmark, bonuses, time)


def _write(fact: CreditedFact, home: int, saving: Saving, *, at: datetime) -> PoolFlow:
    month, pool_bp = ledger.open_month(at), fact.version.pool_bp
    amount = saving.flow(pool_bp)
    posting = None
    if amount:
        move = pool_ledger.Posting(
            TransactionKind.POOL, {AccountKind.EXPENSE: -amount, AccountKind.POOL: amount}
        )
        (posting,) = pool_ledger.post(home, [move], month=month, at=at)
    return PoolFlow.objects.create(
        branch_id=home,
        fact=fact,
        version=fact.version,
        month=month,
        benchmark_grosze=saving.benchmark,
        bonuses_grosze=saving.bonuses,
        time_grosze=saving.time,
        saved_grosze=saving.saved,
        pool_bp=pool_bp,
        amount_grosze=amount,
        posting=posting,
        at=at,
    )


def share_out(
    *, by: Person, at: datetime, branch: Branch, amount_grosze: int, seen_grosze: int
) -> PoolPayout:
    """The boss divides `amount_grosze` of the pool by the rule of the plan; payable at once.

    `seen_grosze`: what the pool held when the boss looked, so that the same click twice, or two
    bosses at once, divide it once. Raises Refused("pool_changed", "pool_amount", "pool_nobody"),
    NotAllowed.
    """
    with action():
        require(by, Permission.SHARE_OUT_POOL, branch.pk)
        balance = pool_ledger.lock(branch.pk)[AccountKind.POOL].balance
        if balance != seen_grosze:
            raise Refused("pool_changed")
        if not 0 < amount_grosze <= balance:
            raise Refused("pool_amount", field="amount", most=balance)
        divided = division(branch.pk, amount_grosze, at=at)
        if not divided.rows:
            raise Refused("pool_nobody")
        payout = PoolPayout.objects.create(
            branch=branch,
            rule=divided.rule,
            amount_grosze=amount_grosze,
            since=divided.since,
            by=by,
            at=at,
        )
        rows = [row for row in divided.rows if row.amount_grosze]
        moves = [_to(row.person.pk, row.amount_grosze) for row in rows]
        posted = pool_ledger.post(branch.pk, moves, month=ledger.open_month(at), at=at)
        PoolPart.objects.bulk_create(
            PoolPart(
                payout=payout,
                person=row.person,
                weight=row.weight,
                amount_grosze=row.amount_grosze,
                posting=posting,
            )
            for row, posting in zip(rows, posted, strict=True)
        )
        data = {"rule": str(payout.rule), "grosze": amount_grosze, "people": len(rows)}
        record("pool.shared_out", payout, by=by, at=at, branch=branch.pk, data=data)
    return payout


def _to(person_id: int, amount: int) -> pool_ledger.Posting:
    """Out of the pool, and out of what the branch spent on it; the person's from now on."""
    return pool_ledger.Posting(
        TransactionKind.SHARE_OUT,
        branch={AccountKind.POOL: -amount, AccountKind.EXPENSE: amount},
        person_id=person_id,
        person={AccountKind.EXPENSE: -amount, AccountKind.PAYABLE: amount},
    )
