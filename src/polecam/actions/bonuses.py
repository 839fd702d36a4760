"""What earns money is credited, held, vested, or taken back."""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.db.models import Sum

from polecam.actions.plans import publish_plan
from polecam.bonuses import engine, leavers, ledger, rules
from polecam.bonuses.models import (
    AccountKind,
    CreditedFact,
    LedgerTransaction,
    Line,
    LineState,
    PlanVersion,
    TransactionKind,
)
from polecam.bonuses.queries import due_lines
from polecam.claims.queries import shares
from polecam.journal.record import record
from polecam.kit import periods
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.referrals.models import Referral
from polecam.store import clock
from polecam.store.tx import action

__all__ = ["credit", "nightly", "publish_plan", "vest_due", "void"]

log = logging.getLogger(__name__)


class Source(Protocol):
    """What was confirmed: a referral (its consent), a meeting, a sale."""

    public_id: str


def credit(
    *,
    kind: str,
    referral: Referral,
    source: Source,
    at: datetime,
    base_grosze: int = 0,
    by: Person | None = None,
) -> list[CreditedFact]:
    """Credit a confirmed fact to the sellers who share the referral; returns the facts written.

    An inner step of the action that confirms, called in its transaction with the referral locked.
    `kind` is a FactKind, `base_grosze` the margin of a sale. The plan version in force at capture
    holds. Each kind earns once per referral: a second time nothing is written. Without a plan at
    capture, or a component for the kind, nothing is earned.
    """
    if referral.plan_version_id is None or _credited(kind, referral):
        return []
    version = PlanVersion.objects.get(pk=referral.plan_version_id)
    parts = {row.person_id: row.share_bp for row in shares(referral, at=at)}
    parts, inherited = leavers.paid(referral, version, parts, at=at)
    facts = [
        CreditedFact(
            kind=kind,
            source=source.public_id,
            referral=referral.public_id,
            version=version,
            branch_id=referral.branch_id,
            person_id=part.person_id,
            share_bp=part.share_bp,
            share_offset_bp=part.offset_bp,
            base_grosze=base_grosze,
            month=_open_month(at),
            confirmed_at=at,
            vests_at=rules.vests_at(at, version.hold_days),
        )
        for part in rules.slices(parts)
    ]
    facts = CreditedFact.objects.bulk_create(facts)
    engine.run(engine.of_facts([fact.pk for fact in facts]), at=at)
    amounts = dict(
        Line.objects.filter(fact__in=facts).values_list("fact").annotate(Sum("amount_grosze"))
    )
    _tell_heirs(referral, inherited, kind=kind, source=source.public_id, by=by, at=at)
    for fact in facts:
        record(
            "bonus.credited",
            fact,
            by=by,
            at=at,
            branch=fact.branch_id,
            data={
                "kind": str(kind),
                "source": fact.source,
                "referral": fact.referral,
                "person": fact.person_id,
                "amount_grosze": amounts.get(fact.pk, 0),
            },
        )
    return facts


def _tell_heirs(
    referral: Referral,
    inherited: Iterable[leavers.Inherited],
    *,
    kind: str,
    source: str,
    by: Person | None,
    at: datetime,
) -> None:
    """A leaver's part goes to whoever works the referral on: the plan says so."""
    for one in inherited:
        record(
            "bonus.inherited",
            referral,
            by=by,
            at=at,
            branch=referral.branch_id,
            data={
                "kind": str(kind),
                "source": source,
                "leaver": one.leaver_id,
                "heir": one.heir_id,
                "share_bp": one.share_bp,
            },
        )


def void(*, source: Source, at: datetime, by: Person | None = None) -> list[Line]:
    """Take back what a source earned: a complaint was upheld, or a sale is void.

    An inner step of that action, called in its transaction. Unpaid lines become void, their
    amounts go back where they came from; a paid line within the clawback becomes a receivable,
    which is only recorded. Returns the lines taken back; the second time none.
    """
    facts = CreditedFact.objects.filter(source=source.public_id, reverses=None, reversal=None)
    lines = list(
        Line.objects.filter(fact__in=facts)
        .select_for_update(of=("self",))
        .select_related("fact__version", "accrual")
        .order_by("id")
    )
    kept = {line.fact_id for line in lines if not _may_take_back(line, at)}
    month = _open_month(at)
    taken = [line for line in lines if line.fact_id not in kept]
    for line in taken:
        line.voiding = _take_back(line, month=month, at=at)
        line.state = LineState.VOID
        line.save(update_fields=["state", "voiding"])
    for fact in facts.exclude(pk__in=kept).order_by("id"):
        _reverse_fact(fact, month=month, at=at, by=by)
    return taken


def vest_due(*, at: datetime, by: Person | None = None) -> int:
    """Make payable whatever has been held long enough; returns how many lines vested.

    One short transaction per seller. An open complaint on a sale keeps its lines held.
    """
    vested = 0
    people = due_lines(at).order_by("person").values_list("person", flat=True).distinct()
    for person_id in list(people):
        with action():
            vested += _vest_person(person_id, at=at, by=by)
    return vested


def nightly(*, at: datetime, by: Person | None = None) -> list[str]:
    """Compute the open month and the one before anew and compare them with what the events wrote.

    A missing line is posted, a wrong one cannot be changed; both are named in the log, counted in
    the journal and returned in words. Normally there is nothing to say.
    """
    this = _open_month(at)
    wrong: list[str] = []
    for month in (periods.previous_month(this), this):
        scope = engine.of_month(month)
        with action():
            found = engine.differences(scope)
            posted = engine.run(scope, at=at)
            lines = Line.objects.filter(month=month)
            record(
                "bonus.run",
                settings.organisation(),
                by=by,
                at=at,
                data={
                    "month": month,
                    "lines": lines.count(),
                    "grosze": lines.aggregate(total=Sum("amount_grosze"))["total"] or 0,
                    "wrong": len(found),
                    "posted": len(posted),
                },
            )
        wrong += found
    for problem in wrong:
        log.error("bonus run: %s", problem)
    return wrong


def _open_month(at: datetime) -> str:
    return rules.lands_in(at, clock.now(at), settings.zone())


def _credited(kind: str, referral: Referral) -> bool:
    return CreditedFact.objects.filter(kind=kind, referral=referral.public_id).exists()


def _may_take_back(line: Line, at: datetime) -> bool:
    """Unpaid amounts always; paid ones while the plan's clawback lasts."""
    fact = line.fact
    return line.state != LineState.PAID or rules.may_claw_back(
        fact.confirmed_at, fact.version.clawback_days, at
    )


def _take_back(line: Line, *, month: str, at: datetime) -> LedgerTransaction:
    """A held line alone in its transaction: that one is reversed. Else an amount moves back."""
    alone = not Line.objects.filter(accrual=line.accrual_id).exclude(pk=line.pk).exists()
    if line.state == LineState.PENDING and alone:
        return ledger.reverse(line.accrual, month=month, at=at)
    where = {
        LineState.PENDING: AccountKind.PENDING,
        LineState.PAYABLE: AccountKind.PAYABLE,
        LineState.PAID: AccountKind.RECEIVABLE,
    }[LineState(line.state)]
    move = ledger.Move(
        TransactionKind.VOID, line.person_id, where, AccountKind.EXPENSE, line.amount_grosze
    )
    return ledger.post([move], month=month, at=at)[0]


def _reverse_fact(fact: CreditedFact, *, month: str, at: datetime, by: Person | None) -> None:
    back = CreditedFact.objects.create(
        kind=fact.kind,
        source=fact.source,
        referral=fact.referral,
        version=fact.version,
        branch_id=fact.branch_id,
        person_id=fact.person_id,
        share_bp=fact.share_bp,
        share_offset_bp=fact.share_offset_bp,
        base_grosze=fact.base_grosze,
        month=month,
        confirmed_at=at,
        vests_at=fact.vests_at,
        reverses=fact,
    )
    record(
        "bonus.voided",
        back,
        by=by,
        at=at,
        branch=fact.branch_id,
        data={"fact": fact.public_id, "source": fact.source, "person": fact.person_id},
    )


def _vest_person(person_id: int, *, at: datetime, by: Person | None) -> int:
    lines = list(
        due_lines(at).filter(person=person_id).select_for_update(of=("self",)).order_by("id")
    )
    if not lines:
        return 0
    total = sum(line.amount_grosze for line in lines)
    month = _open_month(at)
    move = ledger.Move(
        TransactionKind.VEST, person_id, AccountKind.PENDING, AccountKind.PAYABLE, total
    )
    (vesting,) = ledger.post([move], month=month, at=at)
    Line.objects.filter(pk__in=[line.pk for line in lines]).update(
        state=LineState.PAYABLE, vesting=vesting
    )
    record(
        "bonus.vested",
        vesting,
        by=by,
        at=at,
        data={"person": person_id, "lines": len(lines), "grosze": total},
    )
    return len(lines)
