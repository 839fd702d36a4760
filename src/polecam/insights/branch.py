"""A branch for its boss: from ask to sale, what referrals save, who may be shown by name.

Answers to asks are read by the asker alone (invariant 21). Stages divided by asks would tell
answers, so every figure here sums whole closed months in which five people or more heard one;
then no total, and no difference of two totals, is about fewer than five. A place counts with what
hung below it in each month (insights.blocks).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Sum

from polecam.bonuses.models import Line, LineState
from polecam.insights.blocks import Cells, Places, heard_in, many, told
from polecam.insights.parameters import Parameters
from polecam.insights.team import week_of
from polecam.kit.money import half_up
from polecam.kit.periods import month_of, previous_month
from polecam.organisation.tree import History, within
from polecam.people.models import Person
from polecam.people.queries import team
from polecam.people.rules import may_be_named, notice_in_force
from polecam.referrals.models import StageTally
from polecam.referrals.queries import meetings_to_confirm
from polecam.sales.queries import confirmable_by

PERIODS = {"month": 1, "quarter": 3, "year": 12}
STAGES = ("asks", "referrals", "consents", "meetings", "sales")


@dataclass(frozen=True, slots=True)
class Stages:
    """Sums of the months shown (`YYYY-MM`, first to last); `left_out`: months of fewer people."""

    months: tuple[str, ...]
    left_out: int
    counts: dict[str, int]
    cells: Cells = field(default_factory=lambda: Cells({}, ()))

    @property
    def shown(self) -> bool:
        """Whether any month may be told."""
        return bool(self.months)


@dataclass(frozen=True, slots=True)
class Savings:
    """(cost otherwise - cost by referral) x wins, in grosze, each part of it (evidence.md).

    The report of the evidence says the same, with ranges (insights.evidence_report).
    """

    wins: int
    cost_grosze: int
    otherwise_grosze: int
    bonuses_grosze: int
    time_grosze: int
    asks: int
    yes: int
    parameters: Parameters
    others_grosze: int = 0
    """Thanks to clients, and the programme."""

    @property
    def by_referral_grosze(self) -> int:
        """What these clients cost by referral."""
        return self.bonuses_grosze + self.time_grosze + self.others_grosze

    @property
    def saved_grosze(self) -> int:
        """What stays in the branch; may be negative."""
        return self.otherwise_grosze - self.by_referral_grosze


@dataclass(frozen=True, slots=True)
class Named:
    """What a boss may see of one seller by name: asks of the last seven days. Nothing else."""

    person: Person
    asks: int


@dataclass(frozen=True, slots=True)
class Open:
    """Whether names may be shown: `in_force` the notice, `waiting` who have not read it yet.

    `named`: those who read it and asked; who did not ask is nobody's business (domain.md).
    """

    in_force: bool
    named: list[Named]
    waiting: int
    people: int


def closed_months(at: datetime, zone: str, count: int) -> list[str]:
    """The last `count` months that are over at `at`, oldest first."""
    months = [previous_month(month_of(at, zone))]
    while len(months) < count:
        months.append(previous_month(months[-1]))
    return months[::-1]


def stages(
    branch: int, at: datetime, zone: str, count: int, history: History | None = None
) -> Stages:
    """From ask to sale over the last `count` closed months of five people or more."""
    return stages_of([branch], at, zone, count, history)[branch]


def stages_of(
    places: Iterable[int], at: datetime, zone: str, count: int, history: History | None = None
) -> dict[int, Stages]:
    """The same for several places, each with what was below it; three queries for all of them."""
    months = closed_months(at, zone, count)
    history, wanted = history or History(), list(places)
    people = heard_in(history.ever_below(wanted, months), months)
    tallied = StageTally.objects.filter(branch_id__in=history.ever_below(wanted, months))
    sums: Any = tallied.filter(month__in=months).values("branch_id", "month")
    rows = {
        (row["branch_id"], row["month"]): row
        for row in sums.annotate(**{f"sum_{name}": Sum(name) for name in STAGES}).order_by()
        if any(row[f"sum_{name}"] for name in STAGES)
    }
    found = {}
    for place in wanted:
        cells = told(history, [place], months, lambda some, month: many(people, some, month))
        kept = [rows[key] for key in cells.keys if key in rows]
        counts = {name: sum(max(0, row[f"sum_{name}"]) for row in kept) for name in STAGES}
        silent = {month for of, month in rows if of in cells.asked} - set(cells.months)
        found[place] = Stages(cells.months, len(silent), counts, cells)
    return found


def savings(found: Stages, parameters: Parameters) -> Savings | None:
    """What the wins of these months saved; None without an own cost, without a win, or where a sum
    of bonuses would tell about fewer than five people."""
    wins, cost = found.counts["sales"], parameters.cost_of_client
    if cost is None or not found.shown or not wins:
        return None
    bonuses = _bonuses(found.cells)
    if bonuses is None:
        return None
    asks, yes = found.counts["asks"], found.counts["referrals"]
    minutes = asks * parameters.value("ask_minutes") + yes * parameters.value("follow_minutes")
    thanks = wins * parameters.value("client_reward_grosze")
    return Savings(
        wins=wins,
        cost_grosze=cost,
        otherwise_grosze=cost * wins,
        bonuses_grosze=bonuses,
        time_grosze=half_up(minutes * parameters.value("hour_cost_grosze"), 60),
        asks=asks,
        yes=yes,
        parameters=parameters,
        others_grosze=thanks + len(found.months) * parameters.value("programme_month_grosze"),
    )


def open_names(branch: int, notice: date | None, at: datetime, zone: str, today: date) -> Open:
    """Sellers who read a notice that is in force, by first name; never by result."""
    people = list(team(branch))
    inside = within(branch, today)
    named = [p for p in people if may_be_named(notice, p.notice_acknowledged_at, at, zone)]
    asks = _asks_of_week(inside, [p.pk for p in named], at)
    return Open(
        in_force=notice_in_force(notice, today),
        named=[Named(p, asks[p.pk]) for p in named if p.pk in asks],
        waiting=len(people) - len(named),
        people=len(people),
    )


def to_confirm(boss: Person) -> int:
    """Sales and meetings that wait for this person's word."""
    sales = confirmable_by(boss).order_by().values_list("pk")
    return sales.union(meetings_to_confirm(boss).order_by().values_list("pk"), all=True).count()


def _asks_of_week(inside: Iterable[int], people: Iterable[int], at: datetime) -> dict[int, int]:
    rows = week_of(inside, at).filter(seller_id__in=list(people))
    return dict(rows.values_list("seller_id").annotate(n=Count("pk")).order_by())


def _bonuses(cells: Cells) -> int | None:
    """Lines that stand; None if fewer than five people, but somebody, earned them in a block."""
    rows = (
        Line.objects.filter(fact__branch_id__in=cells.asked, month__in=cells.months)
        .exclude(state=LineState.VOID)
        .values_list("fact__branch_id", "month", "person_id")
        .annotate(total=Sum("amount_grosze"))
        .order_by()
    )
    people: dict[tuple[int, str], set[int]] = {}
    sums: dict[tuple[int, str], int] = {}
    for place, month, person, total in rows:
        people.setdefault((place, month), set()).add(person)
        sums[place, month] = sums.get((place, month), 0) + total

    def readable(some: Places, month: str) -> bool:
        return many(people, some, month) or not any((one, month) in people for one in some)

    if any(not readable(some, month) for month in cells.months for some in cells.blocks[month]):
        return None
    return sum(total for key, total in sums.items() if key in cells.keys)
