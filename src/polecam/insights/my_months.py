"""A seller's months one after another: what each brought and what was paid in it. Gross grosze."""

from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Sum, Value, When

from polecam.bonuses.ledger import UNIT
from polecam.bonuses.models import AccountKind, Entry
from polecam.kit.periods import previous_month
from polecam.people.models import Person

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """What a month `YYYY-MM` brought (taken back deducted), and what was paid out in it."""

    month: str
    earned: int
    paid: int


def my_months(person: Person, now: str) -> list[Month]:
    """The twelve months up to `now` (`YYYY-MM`), newest first, from the first with any amount on.

    Earned: what changed in all of the seller's own accounts together, so moves between them (a
    vesting, a payment, a netting) count for nothing. One query.
    """
    since = now
    for _ in range(MONTHS - 1):
        since = previous_month(since)
    rows = (
        Entry.objects.filter(
            account__person=person,
            account__unit=UNIT,
            transaction__month__gte=since,
            transaction__month__lte=now,
        )
        .exclude(account__kind=AccountKind.EXPENSE)
        .values_list("transaction__month")
        .annotate(
            earned=Sum("amount"),
            paid=Sum(
                Case(
                    When(Q(account__kind=AccountKind.PAID), then="amount"),
                    default=Value(0),
                    output_field=IntegerField(),
                )
            ),
        )
        .order_by("transaction__month")
    )
    sums = {month: (int(earned), int(paid)) for month, earned, paid in rows}
    found, month = [], now
    while sums and month >= min(sums):
        earned, paid = sums.get(month, (0, 0))
        found.append(Month(month, earned, paid))
        month = previous_month(month)
    return found
