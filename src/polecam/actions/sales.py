"""Sales: reported by the holder, confirmed by someone else or by a matched file, perhaps voided."""

import secrets
from datetime import date, datetime

from polecam.actions import bonuses, extras, own_facts, pool_steps
from polecam.actions.holder import earners, keep, release, require_impartial, take_up
from polecam.actions.new_client import call_off_moment, make_client
from polecam.journal.record import record
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of, month_of
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.referrals import states, tally
from polecam.referrals.models import Contact, ContactResult, Meeting, Referral
from polecam.referrals.steps import SALE_VOID
from polecam.sales import rules
from polecam.sales.models import Complaint, Ground, LateReason, Sale, SaleState, VoidReason
from polecam.store.tx import action, lock

COUNTING = (SaleState.CONFIRMED, SaleState.RETAINED)


def report(
    *,
    by: Person,
    at: datetime,
    referral: Referral,
    value_grosze: int,
    margin_grosze: int,
    sold_on: date,
    contract: str = "",
    late_reason: str = "",
) -> Sale:
    """The friend bought: the referral is won and its money probable. Twice the same is once.

    Until it is confirmed the holder may report again with other figures. Raises Refused
    ("sale_in_future", "sale_before_referral", "sale_backdated", "sale_value", "sale_margin",
    "sale_state", "contract_taken"), NotAllowed.
    """
    zone = settings.zone()
    contract = " ".join(contract.split())[:40]
    rules.require_amounts(value_grosze, margin_grosze)
    if late_reason and late_reason not in LateReason.values:
        raise Refused("sale_backdated", field="late_reason", days=rules.BACKDATE_DAYS)
    captured_on = day_of(referral.captured_at, zone)
    rules.require_day(sold_on, day_of(at, zone), captured_on, late_reason)
    with action():
        lock(referral)  # sent twice at the same time: the second finds the first one's sale
        sale = Sale.objects.select_related("referral").filter(referral=referral).first()
        if sale is None:
            referral, _claim = take_up(by=by, at=at, referral=referral)
            sale = Sale(referral=referral, seller=by, branch_id=referral.branch_id)
        else:
            sale = _own_reported(sale, by)
        figures = {
            "value_grosze": value_grosze,
            "margin_grosze": margin_grosze,
            "sold_on": sold_on,
            "contract": contract,
        }
        if sale.pk and all(getattr(sale, name) == new for name, new in figures.items()):
            return sale
        require_free(contract, sale)
        corrected = sale.pk is not None
        for name, new in figures.items():
            setattr(sale, name, new)
        sale.late_reason, sale.reported_at = late_reason, at
        sale.save()
        if not corrected:
            referral.next_step, referral.next_step_at = "", None
            keep(referral, at=at, state=states.WON)
        data = {"sale": sale.public_id, "corrected": corrected, "sold_on": sold_on}
        data |= {"value_grosze": value_grosze, "margin_grosze": margin_grosze}
        branch = sale.branch_id
        if not corrected:
            record("referral.won", referral, by=by, at=at, branch=branch, data=data)
        record(
            "sale.reported",
            sale,
            by=by,
            at=at,
            branch=branch,
            data=data | {"referral": sale.referral.public_id, "late_reason": late_reason},
        )
    return sale


def _own_reported(sale: Sale, by: Person) -> Sale:
    if sale.seller_id != by.pk:
        raise NotAllowed("not_holder")
    sale = lock(sale)
    rules.require_state(sale.state, {SaleState.REPORTED})
    return sale


def require_free(contract: str, sale: Sale) -> None:
    """Raise Refused("contract_taken") when another sale of the branch has this contract."""
    same = Sale.objects.filter(branch_id=sale.branch_id, contract=contract)
    if contract and same.exclude(state=SaleState.VOID).exclude(pk=sale.pk).exists():
        raise Refused("contract_taken", field="contract")


def confirm(*, by: Person, at: datetime, sale: Sale) -> Sale:
    """Someone else's word makes the sale count: facts, lines, ledger, client, in one transaction.

    Raises Refused ("own_confirmation", "sale_state"), NotAllowed.
    """
    with action():
        return confirm_inside(by=by, at=at, sale=sale, via="person")


def confirm_inside(*, by: Person, at: datetime, sale: Sale, via: str) -> Sale:
    """Inner step of a confirmation: `via` is `person` or `file`."""
    require(by, Permission.CONFIRM, sale.branch_id)
    referral = lock(sale.referral)
    sale = lock(sale)
    require_impartial(by, earners(referral) | {sale.seller_id}, sale.branch_id, at=at)
    if sale.state in COUNTING:
        return sale
    rules.require_state(sale.state, {SaleState.REPORTED})
    sale.client = make_client(sale, referral, by=by, at=at)
    sale.state, sale.confirmed_at = SaleState.CONFIRMED, at
    sale.confirmed_by, sale.confirmed_via = by, via
    sale.save()
    month = month_of(at, settings.zone())
    _count(sale, referral, month, 1)
    release(referral, at=at, reason="won")
    record(
        "sale.confirmed",
        sale,
        by=by,
        at=at,
        branch=sale.branch_id,
        data={
            "referral": referral.public_id,
            "via": via,
            "value_grosze": sale.value_grosze,
            "margin_grosze": sale.margin_grosze,
        },
    )
    bonuses.credit_sale(referral=referral, sale=sale, at=at, by=by)
    return sale


def void(*, by: Person, at: datetime, sale: Sale, reason: str) -> Sale:
    """The sale does not count: its unpaid lines are voided, the referral ends, figures go back.

    Its seller may void it until it is confirmed; afterwards who confirms, never the seller.
    Raises Refused ("void_reason", "own_confirmation", "sale_state"), NotAllowed.
    """
    if reason not in VoidReason.values:
        raise Refused("void_reason", field="reason")
    with action():
        referral = lock(sale.referral)
        sale = lock(sale)
        if sale.state == SaleState.VOID:
            return sale
        if sale.state != SaleState.REPORTED or sale.seller_id != by.pk:
            require(by, Permission.CONFIRM, sale.branch_id)
            require_impartial(by, earners(referral) | {sale.seller_id}, sale.branch_id, at=at)
        counted = sale.state in COUNTING
        sale.state, sale.void_at, sale.void_by = SaleState.VOID, at, by
        sale.void_reason = reason
        sale.save()
        if counted:
            confirmed_in = month_of(sale.confirmed_at or at, settings.zone())
            _count(sale, referral, confirmed_in, -1)
            call_off_moment(sale, at=at)
        if referral.state == states.WON:
            referral.lost_reason = SALE_VOID
            keep(referral, at=at, state=states.LOST)
            release(referral, at=at, reason="lost")
        record(
            "sale.voided",
            sale,
            by=by,
            at=at,
            branch=sale.branch_id,
            data={"referral": referral.public_id, "reason": reason, "counted": counted},
        )
        pool_steps.hold([sale.branch_id])
        extras.take_back(referral, at=at, by=by)
        if counted:
            bonuses.void(source=sale, at=at, by=by)
    return sale


def take_back(*, by: Person, at: datetime, sale: Sale) -> Referral:
    """The seller's own slip: a report that nobody has confirmed is undone and the work goes on.

    The referral stands where it stood, with its claim, and may be reported again. Raises
    Refused("sale_state") once the sale was confirmed or voided, or somebody complained of it,
    NotAllowed for anyone else.
    """
    with action():
        referral = lock(sale.referral)
        sale = _own_reported(sale, by)
        if Complaint.objects.filter(sale=sale).exists():  # it stays on record with its sale
            raise Refused("sale_state")
        data = {"referral": referral.public_id, "reason": "mistake", "counted": False}
        record("sale.voided", sale, by=by, at=at, branch=sale.branch_id, data=data)
        sale.delete()
        referral.state, referral.state_at = _before_sale(referral), at
        keep(referral, at=at)
    return referral


def _before_sale(referral: Referral) -> str:
    if Meeting.objects.filter(referral=referral).exists():
        return states.MEETING
    reached = Contact.objects.filter(referral=referral, result=ContactResult.REACHED)
    return states.CONTACTED if reached.exists() else states.CONSENTED


def record_complaint(
    *, by: Person, at: datetime, sale: Sale, ground: str, note: str = ""
) -> Complaint:
    """The manager records a complaint on a sale; while it is open, nothing of the sale vests.

    Raises Refused ("complaint_ground", "sale_state", "complaint_open", "own_confirmation"),
    NotAllowed.
    """
    if ground not in Ground.values:
        raise Refused("complaint_ground", field="ground")
    with action():
        require(by, Permission.RECORD_COMPLAINT, sale.branch_id)
        referral = lock(sale.referral)
        sale = lock(sale)
        require_impartial(by, earners(referral) | {sale.seller_id}, sale.branch_id, at=at)
        rules.require_state(sale.state, COUNTING)
        if Complaint.objects.filter(sale=sale, decided_at=None).exists():
            raise Refused("complaint_open")
        complaint = Complaint.objects.create(
            sale=sale,
            ground=ground,
            note=note.strip()[:240],
            nonce=secrets.token_hex(16),
            recorded_by=by,
            recorded_at=at,
        )
        _record_complaint("complaint.recorded", complaint, by=by, at=at, text=complaint.note)
    return complaint


def decide_complaint(
    *, by: Person, at: datetime, complaint: Complaint, upheld: bool, decision: str
) -> Complaint:
    """A named human decides, with words: upheld, the sale's unpaid lines are void; else they vest.

    Raises Refused ("complaint_words", "complaint_decided", "own_confirmation"), NotAllowed.
    """
    if not decision.strip():
        raise Refused("complaint_words", field="decision")
    with action():
        sale = complaint.sale
        require(by, Permission.RECORD_COMPLAINT, sale.branch_id)
        referral = lock(sale.referral)
        require_impartial(by, earners(referral) | {sale.seller_id}, sale.branch_id, at=at)
        complaint = lock(complaint)
        if complaint.decided_at:
            raise Refused("complaint_decided")
        complaint.decided_at, complaint.decided_by = at, by
        complaint.upheld, complaint.decision = upheld, decision.strip()[:240]
        complaint.save(update_fields=["decided_at", "decided_by", "upheld", "decision"])
        kind = "complaint.upheld" if upheld else "complaint.rejected"
        _record_complaint(kind, complaint, by=by, at=at, text=complaint.decision)
        if upheld:
            bonuses.void(source=sale, at=at, by=by)
            own_facts.credit_complaint(referral=referral, complaint=complaint, at=at, by=by)
    return complaint


def _record_complaint(
    kind: str, complaint: Complaint, *, by: Person, at: datetime, text: str
) -> None:
    sale = complaint.sale
    data = {"sale": sale.public_id, "referral": sale.referral.public_id}
    data |= {"ground": complaint.ground}
    branch, nonce = sale.branch_id, complaint.nonce
    record(kind, complaint, by=by, at=at, branch=branch, data=data, text=text, nonce=nonce)


def _count(sale: Sale, referral: Referral, month: str, sign: int) -> None:
    tally.bump(
        sale.branch_id,
        referral.originator_id,
        month,
        sales=sign,
        margin_grosze=sign * sale.margin_grosze,
    )
