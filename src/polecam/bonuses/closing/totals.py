"""Control totals of a month: what payroll compares before anything is paid. Pure, but for people.

All in gross grosze, but `people`, `paid_people` and `lines`, which are numbers.
"""

from collections import Counter
from collections.abc import Iterable

from polecam.bonuses.closing.figures import MOVEMENTS, Figures
from polecam.bonuses.ledger import UNIT
from polecam.bonuses.models import Account, Entry

COUNTS = ("people", "paid_people", "lines")
SUMS = ("opening", *MOVEMENTS.values(), "closing", "payout")


def totals(found: Iterable[Figures]) -> dict[str, int]:
    """Sums over the statements of a month, by name: COUNTS, SUMS, payout by kind of engagement."""
    sums: Counter[str] = Counter(dict.fromkeys((*COUNTS, *SUMS), 0))
    for one in found:
        sums["people"] += 1
        sums["paid_people"] += one.payout.amount > 0
        sums["lines"] += len(one.payout.lines)
        sums["opening"] += one.opening["total"]
        sums["closing"] += one.closing["total"]
        sums["payout"] += one.payout.amount
        sums[f"payout_{one.engagement['kind']}"] += one.payout.amount
        for movement in one.movements:
            sums[movement.kind] += movement.amount or movement.moved
    return dict(sums)


def stands_for_all(branches: Iterable[int]) -> bool:
    """Whether everyone who has an account works, or worked, in one of these branches (ids): a month
    is the whole firm's, so whoever closes it may see the money of everybody in it."""
    strangers = Account.objects.filter(person__isnull=False, unit=UNIT).exclude(
        person__memberships__branch__in=list(branches)
    )
    return not strangers.exists()


def people(month: str) -> list[int]:
    """Ids of everyone with an entry in the ledger until the end of a month, in order."""
    rows = Entry.objects.filter(
        account__person__isnull=False, account__unit=UNIT, transaction__month__lte=month
    )
    return sorted(rows.order_by().values_list("account__person", flat=True).distinct())
