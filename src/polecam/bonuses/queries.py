"""Reading plans: which version holds, and what it pays."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from polecam.bonuses.models import (
    CreditedFact,
    FactKind,
    Line,
    LineState,
    Plan,
    PlanVersion,
    Suspense,
)
from polecam.bonuses.rates import Rates, rates
from polecam.bonuses.rules import may_claw_back
from polecam.sales.models import Complaint

__all__ = [
    "Credited",
    "Rates",
    "credited",
    "due_lines",
    "may_take_back",
    "published",
    "rates",
    "suspended",
    "version_in_force",
]


def version_in_force(branch_id: int, at: datetime) -> PlanVersion | None:
    """The published version that holds in a branch at `at`: of its own plan, else of the firm's."""
    return (
        PlanVersion.objects.filter(
            Q(plan__branch_id=branch_id) | Q(plan__branch_id=None),
            published_at__lte=at,
            valid_from__lte=at,
        )
        .order_by(F("plan__branch_id").desc(nulls_last=True), "-valid_from", "-id")
        .first()
    )


def due_lines(at: datetime) -> QuerySet[Line]:
    """Held lines whose hold has ended. The quality gate: an open complaint on a sale keeps its
    lines held, where the plan says so."""
    complained = Complaint.objects.filter(decided_at=None).values("sale__public_id")
    return Line.objects.filter(state=LineState.PENDING, vests_at__lte=at).exclude(
        fact__kind=FactKind.SALE,
        fact__source__in=complained,
        fact__version__quality_gate=True,
    )


@dataclass(frozen=True)
class Credited:
    """One confirmed thing of a referral as it is credited now: its facts, one for each seller."""

    facts: list[CreditedFact]

    @property
    def layout(self) -> dict[int, int]:
        """Person id -> basis points; they sum to the whole."""
        return {fact.person_id: fact.share_bp for fact in self.facts}


def credited(referral: str) -> list[Credited]:
    """What a referral (public id) has earned and was not taken back, by kind, oldest first."""
    rows = CreditedFact.objects.filter(referral=referral, reverses=None, reversal=None)
    kinds: dict[str, list[CreditedFact]] = {}
    for fact in rows.select_related("version").order_by("confirmed_at", "id"):
        kinds.setdefault(fact.kind, []).append(fact)
    return [Credited(facts) for facts in kinds.values()]


def may_take_back(line: Line, at: datetime) -> bool:
    """Unpaid amounts always; paid ones while the plan's clawback lasts."""
    fact = line.fact
    return line.state != LineState.PAID or may_claw_back(
        fact.confirmed_at, fact.version.clawback_days, at
    )


def suspended() -> QuerySet[Suspense]:
    """What waits for a decision now."""
    return Suspense.objects.filter(ended_at=None).order_by("id")


def published(branch_id: int | None) -> QuerySet[PlanVersion]:
    """Versions of the plan that holds in a branch (its own, else the firm's), oldest first."""
    own = Plan.objects.filter(branch_id=branch_id) if branch_id is not None else Plan.objects.none()
    firm = Plan.objects.filter(branch__isnull=True).order_by("id")
    plan = own.filter(planversion__published_at__isnull=False).first() or firm.first()
    return PlanVersion.objects.filter(plan=plan, published_at__isnull=False).order_by("valid_from")
