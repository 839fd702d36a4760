"""What a person owes back is settled: netted with their own consent, paid back, or let go.

Wages are never netted silently (Kodeks pracy, art. 91): without the written consent of the person,
which they give themselves and take back at any time, nothing is taken from later amounts.
"""

from datetime import datetime

from polecam.bonuses import ledger
from polecam.bonuses.closing import figures as closing
from polecam.bonuses.closing import receivables
from polecam.bonuses.ledger import Move
from polecam.bonuses.models import (
    AccountKind,
    NettingConsent,
    Settlement,
    SettlementWay,
    TransactionKind,
)
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.people.models import Membership, Person
from polecam.people.permissions import Permission, require, standing
from polecam.store.tx import action, lock

MOST = 100_000_000
"""The highest limit of a consent: 1,000,000 zł."""

ACCOUNTS = {
    SettlementWay.NETTED: (TransactionKind.RECOVER, AccountKind.PAYABLE),
    SettlementWay.REPAID: (TransactionKind.REPAID, AccountKind.PAID),
    SettlementWay.WAIVED: (TransactionKind.WAIVE, AccountKind.EXPENSE),
}
"""Way -> (kind of transaction, account it goes out of into `receivable`)."""


def agree(*, by: Person, at: datetime, limit_grosze: int) -> NettingConsent:
    """`by` agrees that up to `limit_grosze` they owe is taken from their later amounts.

    A new agreement takes the place of the one before. Its wording follows the kind of engagement.
    Raises Refused("netting_limit").
    """
    if not 0 < limit_grosze <= MOST:
        raise Refused("netting_limit", field="limit")
    with action():
        lock(by)
        _end(by, at=at)
        kind = closing.engagements([by.pk], ledger.open_month(at))[by.pk]["kind"]
        consent = NettingConsent.objects.create(
            person=by, limit_grosze=limit_grosze, wording=f"{kind}-1", given_at=at
        )
        data = {"person": by.pk, "wording": consent.wording, "limit_grosze": limit_grosze}
        record("netting_consent.given", consent, by=by, at=at, data=data)
    return consent


def disagree(*, by: Person, at: datetime) -> bool:
    """`by` takes the agreement back; what was netted before stays. Whether there was one."""
    with action():
        lock(by)
        return _end(by, at=at)


def settle(
    *, by: Person | None, at: datetime, person: Person, way: str, amount_grosze: int, why: str
) -> Settlement:
    """A part of what `person` owes is settled. `why`: a few words, kept with it.

    netted: out of what the next statement to be closed pays, as far as the person's consent and
    that statement reach; a debt is netted at the earliest in its own month's statement.
    Raises Refused("choice_unknown", "settle_oneself", "settle_reason", "settle_amount",
    "settle_more_than_owed" with `most`, "netting_without_consent", "netting_over_limit" with
    `most`, "netting_over_payout" with `most`), NotAllowed.
    """
    _require_near(by, person)
    if way not in SettlementWay.values:
        raise Refused("choice_unknown", field="way")
    if by is not None and by.pk == person.pk:
        raise Refused("settle_oneself")
    if len(why.strip()) < 3:
        raise Refused("settle_reason", field="why")
    if amount_grosze <= 0:
        raise Refused("settle_amount", field="amount")
    with action():
        person = lock(person)
        ledger.lock_accounts([person.pk], AccountKind.values)
        consent, month = None, ledger.open_month(at)
        if way == SettlementWay.NETTED:
            month = receivables.netting_month(at)
            consent = _require_may_net(person, amount_grosze, month)
        _fits(amount_grosze, receivables.owed(person.pk), "settle_more_than_owed")
        kind, source = ACCOUNTS[SettlementWay(way)]
        move = Move(kind, person.pk, source, AccountKind.RECEIVABLE, amount_grosze)
        (posting,) = ledger.post([move], month=month, at=at)
        made = Settlement.objects.create(
            person=person,
            way=way,
            amount_grosze=amount_grosze,
            consent=consent,
            why=why.strip()[:200],
            posting=posting,
            by=by,
            at=at,
        )
        data = {"person": person.pk, "way": str(way), "amount_grosze": amount_grosze}
        record("settlement.made", made, by=by, at=at, data=data)
    return made


def _require_near(by: Person | None, person: Person) -> None:
    """Whoever settles in a branch where the person works or worked."""
    places = Membership.objects.filter(person=person).values_list("branch_id", flat=True)
    allowed = set(standing(by).branches(Permission.SETTLE)) & set(places) if by else set()
    require(by, Permission.SETTLE, min(allowed, default=0))


def _require_may_net(person: Person, amount: int, month: str) -> NettingConsent:
    consent = receivables.consent_of(person.pk)
    if consent is None:
        raise Refused("netting_without_consent")
    _fits(amount, receivables.limit_left(consent), "netting_over_limit")
    _fits(amount, receivables.owed(person.pk, until=month), "settle_more_than_owed")
    _fits(amount, receivables.payout(person.pk, month), "netting_over_payout")
    return consent


def _fits(amount: int, most: int, code: str) -> None:
    if amount > most:
        raise Refused(code, field="amount", most=f"{max(0, most) // 100},{max(0, most) % 100:02}")


def _end(person: Person, *, at: datetime) -> bool:
    consent = receivables.consent_of(person.pk)
    if consent is None:
        return False
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at"])
    record("netting_consent.withdrawn", consent, by=person, at=at, data={"person": person.pk})
    return True
