"""A month is closed: its statements published, asked about, locked by a second person.

Nothing is ever opened again: what comes later is a difference in the month that is open then.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from polecam.actions import closing_checks
from polecam.actions.closing_checks import require_for_all
from polecam.bonuses import ledger
from polecam.bonuses.closing import figures as closing
from polecam.bonuses.closing import totals as closing_totals
from polecam.bonuses.closing.figures import Figures
from polecam.bonuses.models import (
    AccountKind,
    MonthState,
    PayrollMonth,
    Statement,
    StatementState,
)
from polecam.journal.record import record, record_many
from polecam.kit.errors import Refused
from polecam.people.models import Person
from polecam.people.permissions import Permission
from polecam.store.tx import action, in_steps, lock

AT_ONCE = 200
SHORT = 32  # as much of a digest as an id of the journal may hold


@in_steps()
def publish(*, by: Person | None, at: datetime, month: str) -> int:
    """Write down the statements of the next month to be closed, once it has ended.

    Its guarantees and advances are filled up first. Again later: only those that say something
    else by then are written anew. One short transaction for `AT_ONCE` people; returns how many
    statements were written. Raises Refused("month_unknown", "month_runs", "month_order",
    "month_closed"), NotAllowed.
    """
    require_for_all(by, Permission.CLOSE_MONTH, Permission.APPROVE_MONTH)
    closing_checks.require_ended(month, at)
    closing_checks.require_next(month)
    closing_checks.fill_up(month, at=at, by=by)
    with action():
        row, _made = PayrollMonth.objects.get_or_create(month=month)
    people = closing_totals.people(month)
    return sum(_publish(row, chunk, by=by, at=at) for chunk in _chunks(people))


@in_steps()
def ask(*, by: Person | None, at: datetime, month: str) -> PayrollMonth:
    """Publish what is new and ask that the month be closed, with its control totals as they stand.

    The same again is once. Raises what `publish` raises, and Refused("month_before_unpaid",
    "month_differs", "month_not_proven") with how many in `n`.
    """
    require_for_all(by, Permission.CLOSE_MONTH)
    publish(by=by, at=at, month=month)
    closing_checks.require_clean(month)
    with action():
        row = _locked(month)
        statements = list(Statement.objects.filter(payroll_month=row).order_by("person"))
        digest = closing.digest_of_month(one.digest for one in statements)
        if (row.state, row.digest, row.asked_by) == (MonthState.ASKED, digest, by):
            return row
        row.state, row.asked_at, row.asked_by = MonthState.ASKED, at, by
        row.totals = closing_totals.totals(closing.read(one.body) for one in statements)
        row.digest = digest
        row.save()
        _tell("payroll_month.asked", row, by=by, at=at)
    return row


def take_back_ask(*, by: Person | None, at: datetime, month: str) -> PayrollMonth:
    """The month is not to be closed yet. Raises Refused("month_not_asked"), NotAllowed."""
    require_for_all(by, Permission.CLOSE_MONTH, Permission.APPROVE_MONTH)
    with action():
        row = _locked(month)
        if row.state != MonthState.ASKED:
            raise Refused("month_not_asked")
        row.state, row.asked_at, row.asked_by = MonthState.OPEN, None, None
        row.save(update_fields=["state", "asked_at", "asked_by"])
        _tell("payroll_month.not_asked", row, by=by, at=at)
    return row


def close(*, by: Person, at: datetime, month: str) -> PayrollMonth:
    """A second person closes a month: its statements are locked, byte for byte as asked for.

    One transaction: all of it or nothing. Every statement is computed anew first, with the
    accounts held; if one says something else than was asked for, nothing is closed.
    Raises Refused("month_not_asked", "month_same_person", "month_changed", "month_closed",
    "month_before_unpaid"), NotAllowed.
    """
    require_for_all(by, Permission.APPROVE_MONTH)
    closing_checks.require_ended(month, at)
    with action():
        row = _locked(month)
        if row.state != MonthState.ASKED:
            raise Refused("month_not_asked")
        if row.asked_by_id == by.pk:
            raise Refused("month_same_person")
        closing_checks.require_paid_before(month)
        people = closing_totals.people(month)
        ledger.lock_accounts(people, (AccountKind.PAYABLE,))
        digests = [digest for _pk, _found, _body, digest in _computed(people, month)]
        if closing.digest_of_month(digests) != row.digest:
            raise Refused("month_changed")
        own = Statement.objects.filter(payroll_month=row)
        written = own.order_by("person").values_list("digest", flat=True)
        if closing.digest_of_month(written) != row.digest:  # published again after the asking
            raise Refused("month_changed")
        own.update(state=StatementState.LOCKED, locked_at=at)
        row.state, row.closed_at, row.closed_by = MonthState.CLOSED, at, by
        row.save(update_fields=["state", "closed_at", "closed_by"])
        record_many(
            "statement.locked",
            "statement",
            [
                (public_id, {"month": month, "person": person})
                for public_id, person in own.values_list("public_id", "person").order_by("person")
            ],
            by=by,
            at=at,
        )
        _tell("payroll_month.closed", row, by=by, at=at)
    return row


def _locked(month: str) -> PayrollMonth:
    row = PayrollMonth.objects.filter(month=month).first()
    if row is None:
        raise Refused("month_unknown")
    row = lock(row)
    if row.state in (MonthState.CLOSED, MonthState.PAID):
        raise Refused("month_closed")
    return row


def _chunks(people: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(people), AT_ONCE):
        yield people[start : start + AT_ONCE]


def _computed(people: list[int], month: str) -> Iterator[tuple[int, Figures, str, str]]:
    """(person's id, figures, body, digest) in the order of ids."""
    for chunk in _chunks(people):
        for pk, found in sorted(closing.figures(chunk, month).items()):
            body = closing.write(found)
            yield pk, found, body, closing.digest(body)


def _publish(row: PayrollMonth, people: list[int], *, by: Person | None, at: datetime) -> int:
    with action():
        row = _locked(row.month)
        stored = {
            one.person_id: one
            for one in Statement.objects.filter(payroll_month=row, person__in=people)
        }
        fresh, changed = [], []
        for pk, found, body, digest in _computed(people, row.month):
            old = stored.pop(pk, None)
            if old is None:
                fresh.append(_fill(Statement(payroll_month=row, person_id=pk), found, body, digest))
            elif old.digest != digest:
                changed.append(_fill(old, found, body, digest))
        for one in (*fresh, *changed):
            one.published_at = at
        Statement.objects.bulk_create(fresh)
        Statement.objects.bulk_update(changed, [*FIGURES, "published_at"], batch_size=100)
        Statement.objects.filter(pk__in=[one.pk for one in stored.values()]).delete()
        for kind, rows in (("statement.published", fresh), ("statement.changed", changed)):
            _tell_each(kind, rows, row.month, by=by, at=at)
    return len(fresh) + len(changed)


FIGURES = ("engagement", "opening_grosze", "closing_grosze", "payout_grosze", "body", "digest")


def _fill(one: Statement, found: Figures, body: str, digest: str) -> Statement:
    one.engagement = str(found.engagement["kind"])
    one.opening_grosze = found.opening["total"]
    one.closing_grosze = found.closing["total"]
    one.payout_grosze = found.payout.amount
    one.body, one.digest = body, digest
    return one


def _tell_each(
    kind: str, rows: Iterable[Statement], month: str, *, by: Person | None, at: datetime
) -> None:
    told = [(one.public_id, {"month": month, "person": one.person_id}) for one in rows]
    record_many(kind, "statement", told, by=by, at=at)


def _tell(kind: str, row: PayrollMonth, *, by: Person | None, at: datetime) -> None:
    data = {
        "month": row.month,
        "digest": row.digest[:SHORT],
        "people": row.totals.get("people", 0),
        "payout": row.totals.get("payout", 0),
    }
    record(kind, row, by=by, at=at, data=data)
