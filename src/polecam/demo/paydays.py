"""The payroll of the demo: every month published, closed by two people and paid, but for the last.

The last month that ended is published and waits for the visitor to close it. One sale that was
paid turns out not to count: its seller owes a part back and has agreed to have it netted.
"""

from datetime import date, datetime, timedelta

from polecam.actions import closing, paying, receivables, sales
from polecam.bonuses.models import FactKind, Line, LineState
from polecam.demo.found import World
from polecam.demo.people import ADMIN, BOSS, OFFICE, SELLERS
from polecam.kit.periods import previous_month
from polecam.sales.models import Sale, SaleState

PAYROLL = OFFICE[-1]
PUBLISHED, ASKED, CLOSED, PAID, VOIDED, AGREED = 2, 4, 5, 10, 12, 14
"""Days of the month after."""
LIMIT_GROSZE = 30_000


def day(world: World, *, on: date, today: date, at: datetime) -> None:
    """What payroll does on the morning of a day `on`, in a story that ends `today`."""
    month = previous_month(f"{on:%Y-%m}")
    payroll = world.people[PAYROLL.first]
    if month == previous_month(f"{today:%Y-%m}"):
        if on.day == PUBLISHED:
            closing.publish(by=payroll, at=at, month=month)
        return
    if not Line.objects.filter(month__lte=month).exists():
        return  # nobody had earned anything yet
    if on.day == PUBLISHED:
        closing.publish(by=payroll, at=at, month=month)
    elif on.day == ASKED:
        closing.ask(by=payroll, at=at, month=month)
    elif on.day == CLOSED:
        closing.close(by=world.people[ADMIN.first], at=at, month=month)
    elif on.day == PAID:
        paying.pay(by=payroll, at=at, month=month)
    elif month == previous_month(previous_month(f"{today:%Y-%m}")):
        _owed(world, on, at=at)


def _owed(world: World, on: date, *, at: datetime) -> None:
    """In the last month but one: a paid sale was cancelled; two days later its seller agrees."""
    if on.day == VOIDED:
        sale = _paid_sale(world, at=at)
        if sale is not None:
            sales.void(by=world.people[BOSS.first], at=at, sale=sale, reason="cancelled")
    elif on.day == AGREED:
        voided = Line.objects.filter(state=LineState.VOID).exclude(paid_grosze=0).first()
        if voided is not None:
            receivables.agree(by=voided.person, at=at, limit_grosze=LIMIT_GROSZE)


def _paid_sale(world: World, *, at: datetime) -> Sale | None:
    """The last paid sale of one seller alone (none of the visitor's) that may be asked back."""
    quiet = {world.people[name].pk for name in (SELLERS[0].first, SELLERS[1].first, BOSS.first)}
    lines = Line.objects.filter(
        state=LineState.PAID,
        fact__kind=FactKind.SALE,
        fact__share_bp=10_000,
        fact__confirmed_at__gt=at - timedelta(days=80),
    ).exclude(person__in=quiet)
    sources = lines.order_by("-id").values_list("fact__source", flat=True)
    for source in sources[:5]:
        sale = Sale.objects.filter(public_id=source).exclude(state=SaleState.VOID).first()
        if sale is not None:
            return sale
    return None
