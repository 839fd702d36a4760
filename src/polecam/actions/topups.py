"""A month that is over is filled up: a guarantee as a bonus, a draw as an advance.

What a draw gave is owed back; it is recovered by a settlement with the person's written consent
only, never here.
"""

from datetime import date, datetime, timedelta

from django.db.models import Q, Sum

from polecam.bonuses import ledger, proration
from polecam.bonuses.models import (
    AccountKind,
    ExtraPosting,
    Line,
    LineState,
    MonthState,
    MonthTopUp,
    PayrollMonth,
    PlanVersion,
    TransactionKind,
)
from polecam.bonuses.planning import coverage
from polecam.bonuses.topup_rules import fill, is_guaranteed
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of, first_day, month_bounds, next_month
from polecam.organisation import settings
from polecam.people.models import Engagement, Membership, Person
from polecam.people.queries import SELLING_ROLES
from polecam.store.tx import action, each

ACCOUNTS = {
    "guarantee": (TransactionKind.GUARANTEE, AccountKind.EXPENSE),
    "draw": (TransactionKind.DRAW, AccountKind.RECEIVABLE),
}
"""How each is posted, and where its amount comes from; it becomes payable."""


def fill_month(*, month: str, at: datetime, by: Person | None = None) -> int:
    """Fill up the month `YYYY-MM` of every seller whose plan promises it; how many postings.

    Called when the month is closed, before its statements are written, and harmless again: each
    kind fills up a person's month once. One short transaction for each person. An inner step: the
    caller has asked for the permission. Raises Refused("month_runs", "month_closed").
    """
    start, end = month_bounds(month, settings.zone())
    if at < end:
        raise Refused("month_runs")
    closed = PayrollMonth.objects.filter(month__gte=month)
    if closed.filter(state__in=(MonthState.CLOSED, MonthState.PAID)).exists():
        raise Refused("month_closed")
    if not _anything_promised():
        return 0
    sold = Membership.objects.filter(role__in=SELLING_ROLES, since__lt=end)
    sold = sold.filter(Q(until=None) | Q(until__gt=start)).order_by("person", "since", "id")
    last = {one.person_id: one for one in sold.select_related("person")}
    return each([last[pk] for pk in sorted(last)], lambda one: _fill(one, month, end, at=at, by=by))


def _anything_promised() -> bool:
    promising = PlanVersion.objects.filter(published_at__isnull=False)
    return promising.filter(Q(guarantee_grosze__gt=0) | Q(draw_grosze__gt=0)).exists()


def _fill(member: Membership, month: str, end: datetime, *, at: datetime, by: Person | None) -> int:
    """By the version that covered the person when the month, or their work here, ended."""
    person = member.person
    then = min(end, member.until or end) - timedelta(microseconds=1)
    version = coverage.version_in_force(person, member.branch_id, then)
    if version is None or not _is_engaged(person, month):
        return 0
    since = began(person)
    guarantee = version.guarantee_grosze
    if not is_guaranteed(month, since, version.guarantee_months):
        guarantee = 0
    if not guarantee and not version.draw_grosze:
        return 0
    with action():
        ledger.lock_accounts(
            [person.pk], (AccountKind.EXPENSE, AccountKind.PAYABLE, AccountKind.RECEIVABLE)
        )
        factor_bp = proration.factor_of(person.pk, version.plan_id, month)
        earned = earned_in(person, month)
        filled = fill(earned, guarantee=guarantee, draw=version.draw_grosze, factor_bp=factor_bp)
        amounts = {
            "guarantee": (filled.guarantee, filled.guarantee_target),
            "draw": (filled.draw, filled.draw_target),
        }
        known = MonthTopUp.objects.filter(person=person, month=month)
        done = set(known.values_list("kind", flat=True))
        if "guarantee" not in done and "draw" in done:  # the draw was all there was to fill up
            return 0
        posted = 0
        for kind, (amount, target) in amounts.items():
            if amount and kind not in done:
                row = MonthTopUp(
                    person=person,
                    version=version,
                    month=month,
                    kind=kind,
                    target_grosze=target,
                    earned_grosze=earned,
                    factor_bp=factor_bp,
                    amount_grosze=amount,
                )
                _post(row, at=at, by=by)
                posted += 1
    return posted


def _post(row: MonthTopUp, *, at: datetime, by: Person | None) -> None:
    kind, source = ACCOUNTS[row.kind]
    move = ledger.Move(kind, row.person_id, source, AccountKind.PAYABLE, row.amount_grosze)
    (row.posting,) = ledger.post([move], month=row.month, at=at)
    row.save()
    data = {"person": row.person_id, "kind": row.kind, "month": row.month}
    data |= {"grosze": row.amount_grosze}
    record("month.filled", row.posting, by=by, at=at, data=data)


def earned_in(person: Person, month: str) -> int:
    """What was posted for the person in a month and stands: lines and extras, in grosze.

    What was taken back of earlier months does not count: it is no part of this one.
    """
    lines = Line.objects.filter(person=person, month=month)
    lines = lines.exclude(state__in=(LineState.VOID, LineState.POOLED, LineState.OWED))
    extras = ExtraPosting.objects.filter(
        extra__person=person, posting__month=month, taking_back=None
    )
    own = lines.aggregate(total=Sum("amount_grosze"))["total"] or 0
    return max(0, own + (extras.aggregate(total=Sum("extra__amount_grosze"))["total"] or 0))


def began(person: Person) -> date | None:
    """The first day of the person's engagement without a break; without one, of their work here."""
    rows = list(Engagement.objects.filter(person=person).order_by("-since"))
    if not rows:
        first = Membership.objects.filter(person=person).order_by("since").first()
        return day_of(first.since, settings.zone()) if first else None
    since = rows[0].since
    for row in rows[1:]:
        if row.until != since:
            break
        since = row.since
    return since


def _is_engaged(person: Person, month: str) -> bool:
    """Somebody without any engagement on record counts as engaged."""
    rows = Engagement.objects.filter(person=person)
    first, after = first_day(month), first_day(next_month(month))
    live = rows.filter(since__lt=after).filter(Q(until=None) | Q(until__gt=first))
    return live.exists() or not rows.exists()
