"""Facts that are one person's alone, whole: a hand-off that won, a colleague coached, a published
reference; and what a seller answers for, an upheld complaint. Inner steps of the deeds themselves.
"""

from datetime import datetime
from typing import Protocol

from polecam.actions.bonus_steps import enter
from polecam.bonuses import ledger, rules
from polecam.bonuses.models import CreditedFact, FactKind, Leaver, PlanVersion
from polecam.bonuses.planning.coverage import version_in_force
from polecam.claims.models import Handoff, HandoffKind, HandoffState
from polecam.kit.money import WHOLE_BP
from polecam.people.models import Person
from polecam.people.queries import left
from polecam.referrals.models import Referral
from polecam.sales.models import Complaint, Sale
from polecam.store.tx import action

GIVEN = (HandoffKind.PRODUCT, HandoffKind.LANGUAGE, HandoffKind.PLACE, HandoffKind.OTHER)
"""Hand-offs that are a gift: not an absence, not a portfolio that somebody left behind."""


class Source(Protocol):
    """What was confirmed: a coaching, a reference, a hand-off, a complaint."""

    public_id: str


def credit_handoffs(
    *, referral: Referral, sale: Sale, at: datetime, by: Person | None
) -> list[CreditedFact]:
    """The sale of a referral that was given away: a fact for each one who gave it away, once.

    Not for whoever sold it in the end, and not for somebody who left, where the plan gives a
    leaver's money to whoever works on.
    """
    version = PlanVersion.objects.filter(pk=referral.plan_version_id or 0).first()
    if version is None:
        return []
    given = Handoff.objects.filter(
        referral=referral, state=HandoffState.DONE, kind__in=GIVEN, bulk=None
    )
    first: dict[int, Handoff] = {}
    for handoff in given.exclude(giver=sale.seller_id).order_by("done_at", "id"):
        first.setdefault(handoff.giver_id, handoff)
    gone = left(first, at=at) if version.leaver == Leaver.HOLDER else set()
    facts = [
        _fact(FactKind.HANDOFF, giver, version, referral.branch_id, handoff, at=at, of=referral)
        for giver, handoff in sorted(first.items())
        if giver not in gone and not _has(FactKind.HANDOFF, referral.public_id, giver)
    ]
    return enter(facts, at=at, by=by) if facts else []


def credit_complaint(
    *, referral: Referral, complaint: Complaint, at: datetime, by: Person | None
) -> list[CreditedFact]:
    """An upheld complaint counts against whoever made the sale, once a referral; it earns nothing.

    Conditions of a plan count it.
    """
    version = PlanVersion.objects.filter(pk=referral.plan_version_id or 0).first()
    seller = complaint.sale.seller_id
    if version is None or _has(FactKind.COMPLAINT, referral.public_id, seller):
        return []
    fact = _fact(
        FactKind.COMPLAINT, seller, version, referral.branch_id, complaint, at=at, of=referral
    )
    return enter([fact], at=at, by=by)


def credit_alone(
    *,
    kind: str,
    person: Person,
    branch_id: int,
    source: Source,
    at: datetime,
    by: Person | None,
) -> list[CreditedFact]:
    """Something without a referral behind it, by the version in force for the person now."""
    version = version_in_force(person, branch_id, at)
    if version is None or _has(kind, source.public_id, person.pk):
        return []
    return enter([_fact(kind, person.pk, version, branch_id, source, at=at)], at=at, by=by)


def credit_reference(
    *, seller: Person, branch_id: int, reference: Source, at: datetime, by: Person | None
) -> list[CreditedFact]:
    """A client's reference was published: it is its seller's. Twice the same is once.

    References themselves (quotes, letters, reviews) come with a later issue; their action of
    publishing only has to call this, in its transaction, with the row as `reference`.
    """
    with action():
        return credit_alone(
            kind=FactKind.REFERENCE,
            person=seller,
            branch_id=branch_id,
            source=reference,
            at=at,
            by=by,
        )


def _has(kind: str, referral: str, person_id: int) -> bool:
    return CreditedFact.objects.filter(kind=kind, referral=referral, person=person_id).exists()


def _fact(
    kind: str,
    person_id: int,
    version: PlanVersion,
    branch_id: int,
    source: Source,
    *,
    at: datetime,
    of: Referral | None = None,
) -> CreditedFact:
    return CreditedFact(
        kind=kind,
        source=source.public_id,
        referral=of.public_id if of else source.public_id,
        version=version,
        branch_id=branch_id,
        person_id=person_id,
        share_bp=WHOLE_BP,
        month=ledger.open_month(at),
        confirmed_at=at,
        vests_at=rules.vests_at(at, version.hold_days),
    )
