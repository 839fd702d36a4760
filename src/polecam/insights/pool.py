"""The branch pool as a running story: saved, given back, left."""

from dataclasses import dataclass, field
from datetime import datetime

from polecam.asking.rates import FEWEST_SELLERS
from polecam.bonuses.models import FlowKind, Line, PoolFlow, PoolPart, PoolPayout
from polecam.kit.periods import month_of
from polecam.organisation import settings
from polecam.people.models import Person

COSTS = ("cost_of_client_grosze", "hour_cost_grosze", "ask_minutes", "follow_minutes")
"""The settings behind what a sale saved."""


@dataclass(slots=True)
class Period:
    """Months told together, with sums in grosze. `left_end`: what the pool held when they ended.

    `wins`: sales whose savings are summed. `leavers`: what came of people who left.
    """

    months: list[str]
    wins: int = 0
    benchmark: int = 0
    bonuses: int = 0
    time: int = 0
    saved: int = 0
    flowed: int = 0
    leavers: int = 0
    taken_back: int = 0
    gone: int = 0
    paid: int = 0
    left_end: int = 0
    rates: set[tuple[int, int]] = field(default_factory=set)
    people: set[int] = field(default_factory=set)

    @property
    def first(self) -> str:
        """The first month, YYYY-MM."""
        return self.months[0]

    @property
    def last(self) -> str:
        """The last month, YYYY-MM."""
        return self.months[-1]

    @property
    def into(self) -> int:
        """Everything that flowed in."""
        return self.flowed + self.leavers

    def take_in(self, later: "Period") -> None:
        """The months after, told together with these."""
        self.months += later.months
        for name in _SUMS:
            setattr(self, name, getattr(self, name) + getattr(later, name))
        self.rates |= later.rates
        self.people |= later.people


_SUMS = (
    "wins",
    "benchmark",
    "bonuses",
    "time",
    "saved",
    "flowed",
    "leavers",
    "taken_back",
    "gone",
    "paid",
)


@dataclass(frozen=True, slots=True)
class Paid:
    """A payout with the reader's own part (None: none); every part only for whoever divides."""

    payout: PoolPayout
    own: PoolPart | None
    parts: list[PoolPart]


@dataclass(frozen=True, slots=True)
class Story:
    """Periods, oldest first; whether something waits untold; payouts, newest first. `balance`:
    what the pool holds now, only for whoever divides it."""

    periods: list[Period]
    untold: bool
    payouts: list[Paid]
    balance: int | None

    @property
    def told(self) -> Period | None:
        """All periods together."""
        if not self.periods:
            return None
        whole = Period([])
        for period in self.periods:
            whole.take_in(period)
        whole.left_end = self.periods[-1].left_end
        return whole

    @property
    def paid(self) -> int:
        """Everything given back so far."""
        return sum(one.payout.amount_grosze for one in self.payouts)

    @property
    def paid_since(self) -> int:
        """What of it was given back after the periods told."""
        return self.paid - sum(period.paid for period in self.periods)

    @property
    def own(self) -> int:
        """The reader's own parts together."""
        return sum(one.own.amount_grosze for one in self.payouts if one.own)


def story(reader: Person, branch_id: int, *, at: datetime, divides: bool) -> Story:
    """The pool of a branch for `reader`, month by month.

    A figure about the sales of few is a figure about each one's bonus, and nobody reads a
    colleague's. So a seller is told months that are over, together with the ones before them until
    five people or more earned in them; whoever divides the pool (`divides`) sees every month.
    """
    zone = settings.zone()
    payouts = list(PoolPayout.objects.filter(branch=branch_id).order_by("-at", "-id"))
    months = _months(branch_id, payouts, zone)
    periods, untold = list(months.values()), False
    if not divides:
        now = month_of(at, zone)
        over = [period for period in periods if period.last < now]
        told = _told(over)
        untold = sum(len(one.months) for one in told) < len(periods)
        periods = told
    held = 0
    for period in periods:
        held += period.into - period.gone - period.paid
        period.left_end = held
    return Story(
        periods=periods,
        untold=untold,
        payouts=_payouts(reader, payouts, divides=divides),
        balance=held if divides else None,
    )


def _months(branch_id: int, payouts: list[PoolPayout], zone: str) -> dict[str, Period]:
    found: dict[str, Period] = {}

    def of(month: str) -> Period:
        return found.setdefault(month, Period([month]))

    flows = list(PoolFlow.objects.filter(branch=branch_id).select_related("fact").order_by("id"))
    earners = _earners({flow.fact.referral for flow in flows})
    for flow in flows:
        period = of(flow.month)
        period.people |= earners.get(flow.fact.referral, set())
        if flow.kind == FlowKind.SAVED:
            period.wins += 1
            period.benchmark += flow.benchmark_grosze
            period.bonuses += flow.bonuses_grosze
            period.time += flow.time_grosze
            period.saved += flow.saved_grosze
            period.flowed += flow.amount_grosze
            period.rates.add((flow.benchmark_grosze, flow.pool_bp))
        else:
            period.leavers += flow.amount_grosze
        if flow.back_at is not None:
            gone = of(month_of(flow.back_at, zone))
            gone.taken_back += flow.amount_grosze
            gone.gone += flow.back_grosze or 0
            gone.people |= earners.get(flow.fact.referral, set())
    for payout in payouts:
        of(month_of(payout.at, zone)).paid += payout.amount_grosze
    return {month: found[month] for month in sorted(found)}


def _earners(referrals: set[str]) -> dict[str, set[int]]:
    rows = Line.objects.filter(fact__referral__in=referrals).exclude(amount_grosze=0)
    found: dict[str, set[int]] = {}
    for referral, person in rows.values_list("fact__referral", "person").distinct():
        found.setdefault(referral, set()).add(person)
    return found


def _told(months: list[Period]) -> list[Period]:
    """Months put together until each period is about five people or more; the rest waits."""
    told: list[Period] = []
    waiting: Period | None = None
    for month in months:
        if waiting is None:
            waiting = month
        else:
            waiting.take_in(month)
        quiet = not waiting.wins and not waiting.leavers and not waiting.taken_back
        if quiet or len(waiting.people) >= FEWEST_SELLERS:
            told.append(waiting)
            waiting = None
    return told


def _payouts(reader: Person, rows: list[PoolPayout], *, divides: bool) -> list[Paid]:
    parts = PoolPart.objects.filter(payout__in=rows).select_related("person").order_by("id")
    if not divides:
        parts = parts.filter(person=reader)
    found: dict[int, list[PoolPart]] = {}
    for part in parts:
        found.setdefault(part.payout_id, []).append(part)
    return [
        Paid(
            row,
            next((p for p in found.get(row.pk, []) if p.person_id == reader.pk), None),
            found.get(row.pk, []) if divides else [],
        )
        for row in rows
    ]
