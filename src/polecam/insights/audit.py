"""The auditor's way: a balance -> its transactions -> their entries and lines -> fact -> journal.

Reads only. People and branches where the reader may audit; what happened is told without names of
friends or clients.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from polecam.bonuses.ledger import UNIT
from polecam.bonuses.models import AccountKind, Entry, LedgerTransaction, Line, Statement
from polecam.journal.models import Event, Seal
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing

KINDS = (
    AccountKind.PENDING,
    AccountKind.PAYABLE,
    AccountKind.DISPUTED,
    AccountKind.RECEIVABLE,
    AccountKind.PAID,
    AccountKind.EXPENSE,
)
OF_BRANCH = (AccountKind.POOL, AccountKind.EXPENSE)


def people(person: Person) -> QuerySet[Person]:
    """Whose accounts `person` may audit: members, past ones too, of their branches."""
    branches = standing(person).branches(Permission.AUDIT)
    return Person.objects.filter(memberships__branch__in=branches).distinct()


def branches(person: Person) -> QuerySet[Branch]:
    """Branches whose accounts `person` may audit."""
    return Branch.objects.filter(pk__in=standing(person).branches(Permission.AUDIT))


def holders(person: Person) -> QuerySet[Person]:
    """Those among `people` who have an account, by name."""
    return people(person).filter(account__unit=UNIT).order_by("last_name", "first_name", "id")


def balances_of(ids: Iterable[int], month: str) -> dict[int, dict[str, int]]:
    """Person id -> account -> grosze at the end of a month `YYYY-MM`: summed from the entries."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = _entries(month).filter(account__person__in=list(ids))
    for person, kind, total in (
        rows.order_by().values_list("account__person", "account__kind").annotate(Sum("amount"))
    ):
        found[person][kind] = int(total)
    return found


def branch_balances(ids: Iterable[int], month: str) -> dict[int, dict[str, int]]:
    """As `balances_of`, for branches."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = _entries(month).filter(account__branch__in=list(ids))
    for branch, kind, total in (
        rows.order_by().values_list("account__branch", "account__kind").annotate(Sum("amount"))
    ):
        found[branch][kind] = int(total)
    return found


def totals(person: Person, month: str) -> dict[str, int]:
    """Account -> grosze of everyone `person` may audit, at the end of a month."""
    rows = _entries(month).filter(account__person__in=people(person))
    return {
        kind: int(total)
        for kind, total in rows.order_by().values_list("account__kind").annotate(Sum("amount"))
    }


def _entries(month: str) -> QuerySet[Entry]:
    return Entry.objects.filter(account__unit=UNIT, transaction__month__lte=month)


@dataclass(frozen=True, slots=True)
class AccountView:
    """One account until the end of a month: its balance, and its entries, newest first."""

    balance: int
    entries: QuerySet[Entry]


def account(who: Person | Branch, kind: str, month: str) -> AccountView:
    """An account of a person or a branch."""
    own = Q(account__person=who) if isinstance(who, Person) else Q(account__branch=who)
    rows = _entries(month).filter(own, account__kind=kind)
    balance = int(rows.aggregate(total=Sum("amount"))["total"] or 0)
    return AccountView(balance, rows.select_related("transaction").order_by("-transaction_id"))


def transactions(person: Person) -> QuerySet[LedgerTransaction]:
    """Transactions `person` may audit."""
    return LedgerTransaction.objects.filter(
        Q(person__in=people(person)) | Q(person=None, branch__in=branches(person))
    )


def entries_of(transaction: LedgerTransaction) -> list[Entry]:
    """Both sides, with accounts and whose they are."""
    rows = Entry.objects.filter(transaction=transaction)
    return list(rows.select_related("account__person", "account__branch").order_by("id"))


def lines_of(transaction: LedgerTransaction) -> QuerySet[Line]:
    """The lines a transaction carried."""
    carried = (
        Q(accrual=transaction)
        | Q(vesting=transaction)
        | Q(paying=transaction)
        | Q(voiding=transaction)
        | Q(suspense__holding=transaction)
        | Q(suspense__release=transaction)
    )
    rows = Line.objects.filter(carried).distinct()
    return rows.select_related("component", "fact").order_by("id")


def lines(person: Person) -> QuerySet[Line]:
    """Lines `person` may audit, with all that carried them."""
    return Line.objects.filter(person__in=people(person)).select_related(
        "person", "component", "fact__version__plan", "fact__branch", "accrual", "vesting",
        "paying", "voiding", "corrects",
    )  # fmt: skip


def statements(person: Person) -> QuerySet[Statement]:
    """Statements `person` may audit."""
    rows = Statement.objects.filter(person__in=people(person))
    return rows.select_related("person", "payroll_month", "payment")


@dataclass(frozen=True, slots=True)
class Sealed:
    """One event of the journal, and the seal over its day (None: not sealed yet)."""

    event: Event
    seal: Seal | None


def events_of(line: Line) -> list[Sealed]:
    """What the journal says of a line's fact, of its source, and of the movements of the line."""
    carried = [
        one.public_id
        for one in (line.accrual, line.vesting, line.paying, line.voiding)
        if one is not None
    ]
    fact = line.fact
    rows = Event.objects.filter(
        Q(subject__in=[fact.public_id, *carried])
        | Q(subject=fact.source, kind__in=CONFIRMING)
        | Q(kind="bonus.voided", data__fact=fact.public_id)
    ).order_by("id")
    found = list(rows[:50])
    seals = list(
        Seal.objects.filter(
            first_event_id__lte=max((one.pk for one in found), default=0),
            last_event_id__gte=min((one.pk for one in found), default=0),
        ).defer("leaves")
    )
    return [
        Sealed(
            one,
            next((s for s in seals if s.first_event_id <= one.pk <= s.last_event_id), None),
        )
        for one in found
    ]


CONFIRMING = (
    "referral.consented",
    "referral.meeting_confirmed",
    "sale.reported",
    "sale.confirmed",
    "sale.voided",
    "complaint.upheld",
)
"""What the journal says about the source of a fact, as far as it matters for money."""
