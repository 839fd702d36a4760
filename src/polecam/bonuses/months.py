"""One month of the ledger: opening + movements = closing, for one seller or for many."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Sum, Value, When

from polecam.bonuses.ledger import UNIT
from polecam.bonuses.models import AccountKind, Entry, TransactionKind

OWED = (
    AccountKind.PENDING,
    AccountKind.PAYABLE,
    AccountKind.DISPUTED,
    AccountKind.RECEIVABLE,
)
"""What is the seller's and not yet paid; a receivable counts against it."""
EARNING = (
    TransactionKind.ACCRUE,
    TransactionKind.EXTRA,
    TransactionKind.SHARE_OUT,
    TransactionKind.GUARANTEE,
)
TAKING = (TransactionKind.VOID, TransactionKind.POOL)
"""Taken back; or, of somebody who left, passed on to the branch pool."""
SETTLING = (
    TransactionKind.DRAW,
    TransactionKind.RECOVER,
    TransactionKind.REPAID,
    TransactionKind.WAIVE,
)


@dataclass(frozen=True)
class MonthView:
    """A seller's month, in gross grosze. `accrued`: by the plan, extras of mentors and leaders,
    parts of a pool, a guarantee; `settled`: what was owed back and is settled; `owed`: what is
    still; `vested` moved from held to payable within `closing`, or was payable at once; `waiting`:
    what of `closing` waits for a decision in a dispute; `has_past`: months before have entries."""

    opening: int = 0
    accrued: int = 0
    voided: int = 0
    paid: int = 0
    settled: int = 0
    closing: int = 0
    vested: int = 0
    withdrawn_payable: int = 0
    waiting: int = 0
    owed: int = 0
    has_past: bool = False

    @property
    def earned(self) -> int:
        """What the month brought: accrued less taken back."""
        return self.accrued - self.voided

    @property
    def payout(self) -> int:
        """What became payable in the month, less what was taken back of what had been payable, or
        waits for a decision."""
        return self.vested - self.withdrawn_payable


def month_view(person_id: int, month: str) -> MonthView:
    """The month `YYYY-MM` of one seller."""
    return month_views([person_id], month).get(person_id, MonthView())


def month_views(person_ids: Iterable[int], month: str) -> dict[int, MonthView]:
    """The month of many sellers in one query; those without any entry so far are left out."""
    sums: dict[int, dict[tuple[bool, str, str], int]] = defaultdict(dict)
    for person, past, kind, account, amount in _entries(person_ids, month):
        sums[person][bool(past), kind, account] = int(amount)
    return {person: _view(found) for person, found in sums.items()}


def _entries(person_ids: Iterable[int], month: str) -> "QuerySet[Entry, tuple]":
    return (
        Entry.objects.filter(
            account__person__in=list(person_ids),
            account__unit=UNIT,
            transaction__month__lte=month,
        )
        .annotate(
            past=Case(
                When(transaction__month__lt=month, then=Value(1)),
                default=Value(0),
                output_field=IntegerField(),
            )
        )
        .values_list("account__person", "past", "transaction__kind", "account__kind")
        .annotate(total=Sum("amount"))
        .order_by("account__person")
    )


def _view(sums: dict[tuple[bool, str, str], int]) -> MonthView:
    def total(kinds: Iterable[str], accounts: Iterable[str], *, past: bool = False) -> int:
        return sum(
            amount
            for (before, kind, account), amount in sums.items()
            if before == past and kind in kinds and account in accounts
        )

    every = tuple(TransactionKind.values)
    opening = total(every, OWED, past=True)
    return MonthView(
        opening=opening,
        accrued=total(EARNING, OWED),
        voided=-total(TAKING, OWED),
        paid=-total((TransactionKind.PAY,), OWED),
        settled=total(SETTLING, OWED),
        closing=sum(amount for (_, _, account), amount in sums.items() if account in OWED),
        vested=total(
            (
                TransactionKind.VEST,
                TransactionKind.RELEASE,
                TransactionKind.EXTRA,
                TransactionKind.SHARE_OUT,
                TransactionKind.GUARANTEE,
                TransactionKind.DRAW,
            ),
            (AccountKind.PAYABLE,),
        ),
        withdrawn_payable=-total(
            (*TAKING, TransactionKind.HOLD, TransactionKind.RECOVER), (AccountKind.PAYABLE,)
        ),
        waiting=sum(n for (_, _, account), n in sums.items() if account == AccountKind.DISPUTED),
        owed=-sum(n for (_, _, account), n in sums.items() if account == AccountKind.RECEIVABLE),
        has_past=any(before for before, _, _ in sums),
    )
