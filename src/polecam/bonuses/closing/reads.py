"""The sums and lines under statements, a few queries for any number of people.

What a closed month promises counts as paid: `spoken_for` names the month up to which somebody's
payable amounts belong to an earlier statement.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Case, F, Min, Q, QuerySet, Sum, Value, When
from django.db.models.fields import CharField

from polecam.bonuses.closing.promises import by_line, promised_month, waiting_after
from polecam.bonuses.ledger import UNIT
from polecam.bonuses.models import (
    AccountKind,
    Entry,
    LedgerTransaction,
    Line,
    LineState,
    MonthState,
    PayrollMonth,
    Suspense,
    TransactionKind,
)
from polecam.bonuses.months import OWED
from polecam.kit import periods

Moves = dict[tuple[str, str], dict[str, int]]
BY_LINES = (
    TransactionKind.ACCRUE,
    TransactionKind.VEST,
    TransactionKind.HOLD,
    TransactionKind.RELEASE,
    TransactionKind.PAY,
)
"""Kinds whose amounts on `payable` stand line by line; so does a void that has lines."""


@dataclass
class Sums:
    """By person: opening and closing by account; movements by (kind, component) and account."""

    opening: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    closing: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    movements: dict[int, Moves] = field(default_factory=lambda: defaultdict(dict))


@dataclass
class Due:
    """What is to be paid to one person: [line's public id, grosze], and all that has no line."""

    lines: list[list] = field(default_factory=list)
    others: int = 0


def first_month() -> str:
    """The first month of the ledger; "" while it is empty."""
    return LedgerTransaction.objects.aggregate(first=Min("month"))["first"] or ""


def sums(people: list[int], month: str) -> Sums:
    """Opening, movements and closing of a month: one query."""
    found = Sums()
    rows = (
        Entry.objects.filter(
            account__person__in=people,
            account__unit=UNIT,
            account__kind__in=OWED,
            transaction__month__lte=month,
        )
        .annotate(
            kind=Case(
                When(transaction__month__lt=month, then=Value("")),
                default=F("transaction__kind"),
                output_field=CharField(),
            ),
            part=Case(
                When(
                    transaction__month=month,
                    transaction__kind=TransactionKind.ACCRUE,
                    then=F("transaction__component__public_id"),
                ),
                default=Value(""),
                output_field=CharField(),
            ),
        )
        .values_list("account__person", "kind", "part", "account__kind")
        .annotate(total=Sum("amount"))
        .order_by("account__person", "kind", "part", "account__kind")
    )
    for person, kind, part, account, total in rows:
        amount = int(total)
        found.closing[person][account] = found.closing[person].get(account, 0) + amount
        if kind == "":
            found.opening[person][account] = amount
        elif amount:
            found.movements[person].setdefault((kind, part or ""), {})[account] = amount
    return found


def moved_lines(people: list[int], month: str) -> dict[int, dict[tuple[str, str], list[list]]]:
    """The lines behind the movements of a month, in the order of their ids."""
    found: dict[int, dict[tuple[str, str], list[list]]] = defaultdict(lambda: defaultdict(list))
    lines = Line.objects.filter(person__in=people).order_by("id")
    accrued = lines.filter(accrual__month=month)
    for person, part, line, amount in accrued.values_list(
        "person", "component__public_id", "public_id", "amount_grosze"
    ):
        found[person][TransactionKind.ACCRUE, part].append([line, amount])
    voided = lines.filter(voiding__month=month)
    for person, line, amount in voided.values_list("person", "public_id", "amount_grosze"):
        found[person][TransactionKind.VOID, ""].append([line, -amount])
    vested = lines.filter(vesting__month=month, vesting__kind=TransactionKind.VEST)
    waited = _waited_at_vesting(vested)
    for person, pk, line, amount in vested.values_list(
        "person", "pk", "public_id", "amount_grosze"
    ):
        found[person][TransactionKind.VEST, ""].append([line, amount - waited.get(pk, 0)])
    pooled = lines.filter(vesting__month=month, vesting__kind=TransactionKind.POOL)
    for person, line, amount in pooled.values_list("person", "public_id", "amount_grosze"):
        found[person][TransactionKind.POOL, ""].append([line, -amount])
    rows = Suspense.objects.filter(line__person__in=people).order_by("id")
    for kind, which in (
        (TransactionKind.HOLD, rows.filter(holding__month=month)),
        (TransactionKind.RELEASE, rows.filter(release__month=month)),
    ):
        for person, line, amount in which.values_list(
            "line__person", "line__public_id", "amount_grosze"
        ):
            found[person][kind, ""].append([line, amount])
    return found


def _waited_at_vesting(lines: QuerySet[Line]) -> dict[int, int]:
    """What of a line waited for a decision when the rest of it vested, by the line's id."""
    rows = Suspense.objects.filter(line__in=lines, holding__lt=F("line__vesting")).filter(
        Q(release=None) | Q(release__gt=F("line__vesting"))
    )
    return by_line(rows)


def last_closed() -> str:
    """The last closed month `YYYY-MM`; "" before the first closing."""
    closed = PayrollMonth.objects.filter(state__in=(MonthState.CLOSED, MonthState.PAID))
    return closed.order_by("-month").values_list("month", flat=True).first() or ""


def spoken_for(people: Iterable[int], month: str, last: str | None = None) -> dict[int, str]:
    """The month up to which an earlier statement pays these people; "" for those it does not.

    That of a closed month not yet paid; and, for a month which is not the next to be closed, the
    one before it, whose statement will pay first. `last`: the last closed month, if known.
    """
    ids = list(people)
    last = last_closed() if last is None else last
    following = periods.next_month(last) if last else first_month()
    if following and month > following:
        return dict.fromkeys(ids, periods.previous_month(month))
    promised = promised_month(ids)
    return {pk: promised.get(pk, "") for pk in ids}


def due(people: list[int], month: str, last: str | None = None) -> dict[int, Due]:
    """What the statement of a month pays these people, as it stands now."""
    found: dict[int, Due] = defaultdict(Due)
    before = spoken_for(people, month, last)
    lines = Line.objects.filter(
        person__in=people, state=LineState.PAYABLE, vesting__month__lte=month
    ).order_by("id")
    later = waiting_after(Suspense.objects.filter(line__in=lines), month)
    given = _given_back(lines, before, month) if any(before.values()) else {}
    for pk, person, line, amount, paid, vested in lines.values_list(
        "pk", "person", "public_id", "amount_grosze", "paid_grosze", "vesting__month"
    ):
        part = given.get(pk, 0) if vested <= before[person] else amount - paid - later.get(pk, 0)
        if part:
            found[person].lines.append([line, part])
    for person, amount in _others(people, month, before).items():
        found[person].others = amount
    return found


def _given_back(lines: "QuerySet[Line]", before: dict[int, str], month: str) -> dict[int, int]:
    """Of lines an earlier statement pays: what a decision gave back after it, by the line's id."""
    found: dict[int, int] = defaultdict(int)
    rows = Suspense.objects.filter(
        line__in=lines, release__month__lte=month, holding__month__lte=month
    )
    for pk, person, amount, released in rows.values_list(
        "line", "line__person", "amount_grosze", "release__month"
    ):
        if released > before[person]:
            found[pk] += amount
    return found


def _others(people: list[int], month: str, before: dict[int, str]) -> dict[int, int]:
    """What is payable without a line: extras, parts of a pool, guarantees, less what was netted."""
    found: dict[int, int] = defaultdict(int)
    rows = (
        Entry.objects.filter(
            account__person__in=people,
            account__unit=UNIT,
            account__kind=AccountKind.PAYABLE,
            transaction__month__lte=month,
        )
        .exclude(transaction__kind__in=BY_LINES)
        .exclude(transaction__voided_lines__isnull=False)
        .exclude(transaction__reversal__isnull=False)
        .exclude(transaction__reverses__isnull=False)
        .order_by()
        .values_list("account__person", "transaction__month")
        .annotate(total=Sum("amount"))
    )
    known = set()
    for person, posted, total in rows:
        known.add(person)
        if posted > before[person]:
            found[person] += int(total)
    free = [pk for pk in known if not before[pk]]
    for person, paid in paid_without_lines(free).items() if free else ():
        found[person] -= paid
    return found


def paid_without_lines(people: list[int]) -> dict[int, int]:
    """What was paid so far of amounts that have no line, by the person's id."""
    paid = (
        Entry.objects.filter(
            account__person__in=people,
            account__unit=UNIT,
            account__kind=AccountKind.PAID,
            transaction__kind=TransactionKind.PAY,
        )
        .order_by()
        .values_list("account__person")
        .annotate(total=Sum("amount"))
    )
    found = {person: int(total) for person, total in paid}
    lines = Line.objects.filter(person__in=list(found)).order_by().values_list("person")
    for person, total in lines.annotate(total=Sum("paid_grosze")):
        found[person] -= int(total)
    return found
