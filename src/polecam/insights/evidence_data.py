"""What happened in a branch or the firm: only sums, only whole closed months of five people.

Answers to asks are read by the asker alone (invariant 21), amounts by their seller. So a month
counts only if five people or more heard an answer in it, and either nobody or five people or more
earned something in it; then no sum, and no difference of two sums, is about fewer than five. A
place counts with what hung below it in each month (insights.blocks). Time logs of sellers (room
`effort`) are never read here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, Sum

from polecam.asking.models import MomentTally
from polecam.bonuses.models import ExtraPosting, Line, LineState, PoolFlow
from polecam.insights.blocks import Places, many, told
from polecam.insights.branch import closed_months
from polecam.insights.intervals import MOST
from polecam.kit.periods import month_bounds, month_of
from polecam.organisation.tree import History
from polecam.referrals.models import StageTally
from polecam.sales.models import Sale, SaleState

PERIODS = {"quarter": 3, "year": 12, "all": 60}
"""Closed months that a period looks back; `all`: five years, as long as anything is kept."""
KEPT = (SaleState.CONFIRMED, SaleState.RETAINED)
Key = tuple[int, str]
"""Branch and month."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Sums over the months that may be told. Money in grosze, gross.

    `months`: first to last (`YYYY-MM`); `cells`: so many pairs of branch and month;
    `left_out`: such pairs with something in them, of fewer than five people; `margins`: of the
    newest sales one by one, for the range of their mean alone.
    """

    months: tuple[str, ...] = ()
    cells: int = 0
    left_out: int = 0
    answers: int = 0
    yes: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    bonuses: int = 0
    pool: int = 0
    margins: tuple[int, ...] = ()

    @property
    def shown(self) -> bool:
        """Whether any month may be told."""
        return bool(self.months)

    @property
    def wins(self) -> int:
        """Confirmed sales to referred clients, taken-back ones deducted."""
        return max(0, self.counts.get("sales", 0))

    @property
    def margin(self) -> int:
        """Margin on those sales."""
        return max(0, self.counts.get("margin_grosze", 0))


COUNTED = ("asks", "referrals", "consents", "meetings", "sales", "margin_grosze")


def ground(
    branches: Iterable[int], at: datetime, zone: str, period: str, history: History | None = None
) -> Ground:
    """What may be told about these branches in a period, in seven queries however many they are."""
    history, months = history or History(), closed_months(at, zone, PERIODS[period])
    wanted = list(branches)
    ids = history.ever_below(wanted, months)
    scope = Q(branch_id__in=ids, month__gte=months[0], month__lte=months[-1])
    heard, bonuses = _heard(scope), _bonuses(ids, months)
    hearing = {key: set(row["people"]) for key, row in heard.items()}
    earning = {key: set(row["people"]) for key, row in bonuses.items()}

    def readable(some: Places, month: str) -> bool:
        return many(earning, some, month) or not any((one, month) in earning for one in some)

    cells = told(history, wanted, months, lambda some, month: many(hearing, some, month))
    keys = cells.where(readable).keys
    inside = {(one, month) for month in months for one in history.whole(wanted, month)}
    stages = {key: row for key, row in _stages(scope).items() if key in inside}
    if not keys:
        return Ground(left_out=len(stages))
    kept = [stages[key] for key in keys if key in stages]
    shown = tuple(sorted({month for _branch, month in keys}))
    return Ground(
        months=shown,
        cells=len(keys & heard.keys()),
        left_out=len(stages.keys() - keys),
        answers=sum(heard[key]["answers"] for key in keys & heard.keys()),
        yes=sum(heard[key]["said_yes"] for key in keys & heard.keys()),
        counts={name: sum(max(0, row[f"sum_{name}"]) for row in kept) for name in COUNTED},
        bonuses=sum(bonuses[key]["total"] for key in keys if key in bonuses)
        + _extras(ids, shown, keys & bonuses.keys()),
        pool=_pool(scope, keys),
        margins=_margins(ids, shown, keys, zone),
    )


def _heard(scope: Q) -> dict[Key, dict[str, Any]]:
    """Who heard answers, how many, how many of them a yes."""
    rows = (
        MomentTally.objects.filter(scope, asks__gt=0)
        .values_list("branch_id", "month", "seller_id")
        .annotate(answers=Sum("asks"), said_yes=Sum("yes"))
        .order_by()
    )
    found: dict[Key, dict[str, Any]] = {}
    for branch, month, seller, answers, yes in rows:
        row = found.setdefault((branch, month), {"people": [], "answers": 0, "said_yes": 0})
        row["people"].append(seller)
        row["answers"] += answers
        row["said_yes"] += yes
    return found


def _stages(scope: Q) -> dict[Key, dict[str, Any]]:
    """Months in which anything happened at all."""
    rows: Any = (
        StageTally.objects.filter(scope)
        .values("branch_id", "month")
        .annotate(**{f"sum_{name}": Sum(name) for name in COUNTED})
        .order_by()
    )
    return {
        (row["branch_id"], row["month"]): row
        for row in rows
        if any(row[f"sum_{name}"] for name in COUNTED)
    }


def _bonuses(branches: list[int], within: list[str]) -> dict[Key, dict[str, Any]]:
    """Lines that stand, by branch and month of posting, and who earned them."""
    rows = (
        Line.objects.filter(
            fact__branch_id__in=branches, month__gte=within[0], month__lte=within[-1]
        )
        .exclude(state=LineState.VOID)
        .values_list("fact__branch_id", "month", "person_id")
        .annotate(total=Sum("amount_grosze"))
        .order_by()
    )
    found: dict[Key, dict[str, Any]] = {}
    for branch, month, person, total in rows:
        row = found.setdefault((branch, month), {"people": [], "total": 0})
        row["people"].append(person)
        row["total"] += total
    return found


def _extras(branches: list[int], months: tuple[str, ...], told: set[Key]) -> int:
    """Extras of mentors and leaders that were not taken back."""
    rows = (
        ExtraPosting.objects.filter(
            extra__referral__branch_id__in=branches,
            posting__month__gte=months[0],
            posting__month__lte=months[-1],
            taking_back=None,
        )
        .values_list("extra__referral__branch_id", "posting__month")
        .annotate(total=Sum("extra__amount_grosze"))
        .order_by()
    )
    return sum(total for branch, month, total in rows if (branch, month) in told)


def _pool(scope: Q, told: set[Key]) -> int:
    """What flowed into branch pools and was not taken back."""
    rows = (
        PoolFlow.objects.filter(scope, taking_back=None)
        .values_list("branch_id", "month")
        .annotate(total=Sum("amount_grosze"))
        .order_by()
    )
    return sum(total for branch, month, total in rows if (branch, month) in told)


def _margins(
    branches: list[int], months: tuple[str, ...], told: set[Key], zone: str
) -> tuple[int, ...]:
    start, end = month_bounds(months[0], zone)[0], month_bounds(months[-1], zone)[1]
    rows = (
        Sale.objects.filter(
            branch_id__in=branches, state__in=KEPT, confirmed_at__gte=start, confirmed_at__lt=end
        )
        .order_by("-confirmed_at", "-id")
        .values_list("branch_id", "confirmed_at", "margin_grosze")[: 2 * MOST]
    )
    return tuple(
        margin for branch, at, margin in rows if at and (branch, month_of(at, zone)) in told
    )
