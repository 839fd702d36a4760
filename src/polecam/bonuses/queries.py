"""Reading plans: which version holds, and what it pays."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from polecam.bonuses.closing.promises import lasting
from polecam.bonuses.models import (
    CreditedFact,
    FactKind,
    Line,
    LineState,
    Plan,
    PlanVersion,
    Suspense,
)
from polecam.bonuses.planning.coverage import version_in_force
from polecam.bonuses.rates import Rates, rates
from polecam.sales.models import Complaint

__all__ = [
    "SHARED",
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


def due_lines(at: datetime) -> QuerySet[Line]:
    """Held lines whose hold has ended and whose component asks for nothing more.

    A component that `vests_after` a kind of fact waits until the same referral has one. The
    quality gate: an open complaint on a sale keeps what it earned held, where the plan says so.
    """
    complained = Complaint.objects.filter(decided_at=None).values("sale__public_id")
    reached = CreditedFact.objects.filter(
        referral=OuterRef("fact__referral"),
        kind=OuterRef("component__vests_after"),
        reverses=None,
        reversal=None,
    )
    held = Line.objects.filter(state=LineState.PENDING, vests_at__lte=at)
    return held.filter(Q(component__vests_after="") | Exists(reached)).exclude(
        fact__kind__in=(FactKind.SALE, FactKind.RETAINED),
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


SHARED = (FactKind.CONSENT, FactKind.MEETING, FactKind.SALE, FactKind.RETAINED)
"""Facts that the sellers of a referral share. Everything else is one person's alone, whole."""


def credited(referral: str) -> list[Credited]:
    """What a referral (public id) earned its sellers together and was not taken back: by kind (and
    by months stayed), oldest first."""
    rows = CreditedFact.objects.filter(
        referral=referral, kind__in=SHARED, reverses=None, reversal=None
    )
    found: dict[tuple[str, int], list[CreditedFact]] = {}
    for fact in rows.select_related("version").order_by("confirmed_at", "id"):
        found.setdefault((fact.kind, fact.ordinal), []).append(fact)
    return [Credited(facts) for facts in found.values()]


def may_take_back(line: Line, at: datetime) -> bool:
    """Unpaid amounts always; what was paid, or a closed month promised, while the plan's clawback
    lasts. `line` with its fact and version."""
    return not lasting([line], at)


def suspended() -> QuerySet[Suspense]:
    """What waits for a decision now."""
    return Suspense.objects.filter(ended_at=None).order_by("id")


def published(branch_id: int | None) -> QuerySet[PlanVersion]:
    """Versions of the plan that holds in a branch (its own, else the firm's), oldest first."""
    own = Plan.objects.filter(branch_id=branch_id) if branch_id is not None else Plan.objects.none()
    firm = Plan.objects.filter(branch__isnull=True).order_by("id")
    plan = own.filter(planversion__published_at__isnull=False).first() or firm.first()
    return PlanVersion.objects.filter(plan=plan, published_at__isnull=False).order_by("valid_from")
