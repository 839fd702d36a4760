"""What earns money is credited, held, vested, or taken back."""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.db.models import Q, QuerySet, Sum

from polecam.actions import own_facts, pool_steps, suspense
from polecam.actions.bonus_steps import enter, hold_for, take_back, vest
from polecam.actions.own_facts import credit_reference
from polecam.actions.plans import publish_plan
from polecam.bonuses import engine, leavers, ledger, rules
from polecam.bonuses.models import CreditedFact, FactKind, Line, PlanVersion
from polecam.bonuses.queries import due_lines, may_take_back
from polecam.claims.disputes import queries as disputes
from polecam.claims.queries import shares
from polecam.journal.record import record
from polecam.kit import periods
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.referrals.models import Referral
from polecam.sales.models import Sale
from polecam.store.tx import action, each

__all__ = ["credit", "credit_reference", "nightly", "publish_plan", "vest_due", "void"]

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
    value_grosze: int = 0,
    ordinal: int = 0,
    confirmed_at: datetime | None = None,
    by: Person | None = None,
) -> list[CreditedFact]:
    """Credit a confirmed fact to the sellers who share the referral; returns the facts written.

    An inner step of the action that confirms, called in its transaction with the referral locked.
    `kind` is a FactKind, `base_grosze` the margin of a sale and `value_grosze` its value,
    `ordinal` the months of a client who stayed. `confirmed_at` (default: `at`): when it came true,
    with the shares of then. The plan version in force at capture holds. Each kind (and ordinal)
    earns once per referral: a second time nothing is written. Without a plan at capture, or a
    component for the kind, nothing is earned. What a running dispute contests of it waits from the
    first moment.
    """
    if referral.plan_version_id is None or _credited(kind, referral, ordinal):
        return []
    version = PlanVersion.objects.get(pk=referral.plan_version_id)
    then = confirmed_at or at
    parts = {row.person_id: row.share_bp for row in shares(referral, at=then)}
    parts, inherited = leavers.paid(referral, version, parts, at=then)
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
            value_grosze=value_grosze,
            ordinal=ordinal,
            month=ledger.open_month(at),
            confirmed_at=then,
            vests_at=rules.vests_at(then, version.hold_days),
        )
        for part in rules.slices(parts)
    ]
    _tell_heirs(referral, inherited, kind=kind, source=source.public_id, by=by, at=at)
    if disputes.running(referral) is not None:  # a part of it will wait: a second posting
        suspense.locked_lines(referral)
        hold_for(facts, parts)
    facts = enter(facts, at=at, by=by)
    suspense.hold_new(referral, at=at)
    return facts


def credit_sale(
    *, referral: Referral, sale: Sale, at: datetime, by: Person | None
) -> list[CreditedFact]:
    """A confirmed sale: the sellers who share the referral, and who had given it away."""
    facts = credit(
        kind=FactKind.SALE,
        referral=referral,
        source=sale,
        at=at,
        base_grosze=sale.margin_grosze,
        value_grosze=sale.value_grosze,
        by=by,
    )
    return facts + own_facts.credit_handoffs(referral=referral, sale=sale, at=at, by=by)


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
    which is only recorded. With a sale goes what came of it: that the client stayed, that a
    hand-off won, what it brought into the branch pool. Returns the lines taken back; the second
    time none.
    """
    facts = _of(source)
    pool_steps.hold(facts.values_list("branch", flat=True))
    lines = list(
        Line.objects.filter(fact__in=facts)
        .select_for_update(of=("self",), no_key=True)
        .select_related("fact__version", "accrual")
        .order_by("id")
    )
    kept = {line.fact_id for line in lines if not may_take_back(line, at)}
    taken = [line for line in lines if line.fact_id not in kept]
    pool_steps.take_back(source.public_id, at=at, by=by)
    take_back(facts.exclude(pk__in=kept).order_by("id"), taken, at=at, by=by)
    return taken


def _of(source: Source) -> QuerySet[CreditedFact]:
    """What stands on a source and was not taken back; on a sale, hand-offs that won, too."""
    sold = CreditedFact.objects.filter(kind=FactKind.SALE, source=source.public_id)
    won = Q(kind=FactKind.HANDOFF, referral__in=sold.values("referral"))
    found = CreditedFact.objects.filter(Q(source=source.public_id) | won)
    return found.filter(reverses=None, reversal=None)


def vest_due(*, at: datetime, by: Person | None = None) -> int:
    """Make payable whatever has been held long enough; returns how many lines vested.

    One short transaction per seller. An open complaint on a sale keeps its lines held, a dispute
    the contested part of a line: the rest vests.
    """
    people = due_lines(at).order_by("person").values_list("person", flat=True).distinct()
    return each(list(people), lambda person_id: _vest_person(person_id, at=at, by=by))


def nightly(*, at: datetime, by: Person | None = None) -> list[str]:
    """Compute the open month and the one before anew and compare them with what the events wrote.

    A missing line is posted, to a wrong one comes a line of the difference; both are named in the
    log, counted in the journal and returned in words. Normally there is nothing to say.
    """
    this = ledger.open_month(at)
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


def _credited(kind: str, referral: Referral, ordinal: int) -> bool:
    facts = CreditedFact.objects.filter(kind=kind, referral=referral.public_id, ordinal=ordinal)
    return facts.exists()


def _vest_person(person_id: int, *, at: datetime, by: Person | None) -> int:
    """What a leaver's plan gives to the branch pool goes there, the rest to the person."""
    with action():
        lines = due_lines(at).filter(person=person_id).order_by("id")
        pool_steps.hold_for_leaver(person_id, lines, at=at)
        locked = list(lines.select_for_update(of=("self",), no_key=True))
        own, left = pool_steps.of_leavers(person_id, locked)
        return vest(person_id, own, at=at, by=by) + pool_steps.pool(left, at=at, by=by)
