"""A mentor's or leader's extra: from the branch's own budget, never from the sellers' shares."""

from datetime import datetime

from polecam.bonuses import ledger
from polecam.bonuses.closing.promises import is_paid
from polecam.bonuses.models import AccountKind, ExtraPosting, TransactionKind
from polecam.claims.models import Extra, ExtraBudget, ExtraRole
from polecam.claims.queries import shares
from polecam.claims.shares.rules import fits_budget
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, require, standing
from polecam.referrals import states
from polecam.referrals.models import Referral
from polecam.store.tx import action, lock


def give(*, by: Person, at: datetime, referral: Referral, person: Person, role: str) -> Extra:
    """The boss thanks a mentor or leader for help with one referral; payable at once.

    The amount is the branch's setting, the same for everyone. The same help twice is refused, and
    so is whoever shares the credit already. Raises Refused("extra_role", "extra_oneself",
    "person_left", "share_stranger", "referral_waits", "referral_ended", "extra_in_set",
    "extra_twice", "extra_budget"), NotAllowed.
    """
    if role not in ExtraRole.values:
        raise Refused("extra_role", field="role")
    if person.pk == by.pk:
        raise Refused("extra_oneself", field="person")
    with action():
        require(by, Permission.GIVE_EXTRA, referral.branch_id)
        referral = lock(referral)
        _require_helped(referral, person)
        if Extra.objects.filter(referral=referral, person=person, role=role).exists():
            raise Refused("extra_twice", field="person")
        month, amount = ledger.open_month(at), _each(referral, at)
        budget = _budget(referral.branch_id, month, at)
        fits_budget(budget.used_grosze, budget.granted_grosze, amount)
        budget.used_grosze += amount
        budget.save(update_fields=["used_grosze"])
        extra = Extra.objects.create(
            referral=referral,
            person=person,
            role=role,
            budget=budget,
            amount_grosze=amount,
            given_by=by,
            at=at,
        )
        move = ledger.Move(
            TransactionKind.EXTRA, person.pk, AccountKind.EXPENSE, AccountKind.PAYABLE, amount
        )
        (posting,) = ledger.post([move], month=month, at=at)
        ExtraPosting.objects.create(extra=extra, posting=posting)
        _tell("extra.given", extra, by=by, at=at)
    return extra


def take_back(referral: Referral, *, at: datetime, by: Person | None) -> int:
    """An inner step of voiding the sale of a locked referral: its unpaid extras go back.

    Each amount returns to the budget it came from. What was paid, or a closed month promised, was
    thanks for help given, and stays. Returns how many went back.
    """
    rows = ExtraPosting.objects.filter(extra__referral=referral, taking_back=None)
    rows = rows.select_for_update(of=("self",), no_key=True).select_related("extra", "posting")
    found = list(rows.order_by("extra__budget_id", "id"))
    for pk in sorted({row.extra.budget_id for row in found}):  # budgets before accounts
        lock(ExtraBudget(pk=pk))
    ledger.lock_accounts(
        {row.extra.person_id for row in found}, (AccountKind.EXPENSE, AccountKind.PAYABLE)
    )
    taken = [row for row in found if not is_paid(row.posting)]
    for row in taken:
        budget = lock(row.extra.budget)
        budget.used_grosze -= row.extra.amount_grosze
        budget.save(update_fields=["used_grosze"])
    for row in taken:
        row.taking_back = ledger.reverse(row.posting, month=ledger.open_month(at), at=at)
        row.save(update_fields=["taking_back"])
        _tell("extra.taken_back", row.extra, by=by, at=at)
    return len(taken)


def _require_helped(referral: Referral, person: Person) -> None:
    """There is something to help with, and the helper sells here and has no part of it."""
    if referral.consented_at is None:
        raise Refused("referral_waits")
    if referral.erased_at is not None or referral.state in states.ENDED:
        raise Refused("referral_ended")
    if not person.is_active:
        raise Refused("person_left", field="person")
    if not standing(person).may(Permission.WORK_REFERRALS, referral.branch_id):
        raise Refused("share_stranger", field="person")
    earning = {referral.originator_id, *(share.person_id for share in shares(referral))}
    if person.pk in earning:
        raise Refused("extra_in_set", field="person")


def _each(referral: Referral, at: datetime) -> int:
    return int(settings.value("extra_each_grosze", at=at, branch=referral.branch_id))


def _budget(branch_id: int, month: str, at: datetime) -> ExtraBudget:
    """The month's budget, locked; granted by the setting at its first use."""
    granted = settings.value("extra_month_grosze", at=at, branch=branch_id)
    ExtraBudget.objects.bulk_create(
        [ExtraBudget(branch_id=branch_id, month=month, granted_grosze=granted)],
        ignore_conflicts=True,
    )
    rows = ExtraBudget.objects.select_for_update(of=("self",), no_key=True)
    return rows.get(branch_id=branch_id, month=month)


def _tell(kind: str, extra: Extra, *, by: Person | None, at: datetime) -> None:
    data = {
        "extra": extra.public_id,
        "person": extra.person_id,
        "role": str(extra.role),
        "amount_grosze": extra.amount_grosze,
        "month": extra.budget.month,
    }
    record(kind, extra.referral, by=by, at=at, branch=extra.referral.branch_id, data=data)
