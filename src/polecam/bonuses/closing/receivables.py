"""What people owe back, and how much of it may be taken from what they are paid. Reads only."""

from datetime import datetime

from django.db.models import Sum

from polecam.bonuses import ledger
from polecam.bonuses.closing import figures as closing
from polecam.bonuses.closing import reads as closing_reads
from polecam.bonuses.models import Account, AccountKind, Entry, NettingConsent, Settlement
from polecam.kit import periods


def owed(person_id: int, *, until: str = "") -> int:
    """Grosze somebody owes back now, or owed at the end of the month `until`; 0 or more."""
    if not until:
        own = Account.objects.filter(
            person=person_id, kind=AccountKind.RECEIVABLE, unit=ledger.UNIT
        )
        return max(0, -(own.values_list("balance", flat=True).first() or 0))
    entries = Entry.objects.filter(
        account__person=person_id,
        account__kind=AccountKind.RECEIVABLE,
        account__unit=ledger.UNIT,
        transaction__month__lte=until,
    )
    return max(0, -int(entries.aggregate(total=Sum("amount"))["total"] or 0))


def owing() -> dict[int, int]:
    """Person id -> grosze they owe back now."""
    rows = Account.objects.filter(
        kind=AccountKind.RECEIVABLE, unit=ledger.UNIT, person__isnull=False, balance__lt=0
    )
    return {person: -balance for person, balance in rows.values_list("person", "balance")}


def consent_of(person_id: int) -> NettingConsent | None:
    """The agreement that holds now."""
    return NettingConsent.objects.filter(person=person_id, withdrawn_at=None).first()


def limit_left(consent: NettingConsent) -> int:
    """What of a consent's limit is not used up, in grosze."""
    used = Settlement.objects.filter(consent=consent).aggregate(total=Sum("amount_grosze"))
    return consent.limit_grosze - int(used["total"] or 0)


def netting_month(at: datetime) -> str:
    """The month whose statement is made less by netting: the next to be closed, at most today's."""
    now = ledger.open_month(at)
    return min(closing.next_to_close() or now, now)


def payout(person_id: int, month: str) -> int:
    """What the statement of a month (see `netting_month`) would pay somebody as things stand; it
    may be below zero."""
    last = periods.previous_month(month)
    due = closing_reads.due([person_id], month, last).get(person_id, closing_reads.Due())
    return sum(amount for _line, amount in due.lines) + due.others
