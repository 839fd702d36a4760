"""Reading plans to write them: drafts as values, who may write and approve, what is unread."""

from datetime import datetime

from django.db.models import Q, QuerySet

from polecam.bonuses.models import Band, Component, Plan, PlanVersion
from polecam.bonuses.planning import coverage
from polecam.bonuses.planning import rules as plan_rules
from polecam.bonuses.planning.draft import DraftBand, DraftComponent, DraftVersion, Problem
from polecam.organisation.settings import organisation
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing

TERMS = (
    "valid_from",
    "hold_days",
    "clawback_days",
    "quality_gate",
    "leaver",
    "guarantee_grosze",
    "guarantee_months",
    "draw_grosze",
    "pool_bp",
    "pool_rule",
)
"""The columns of a version that a draft carries."""
SENTENCE = (
    "fact_kind",
    "base",
    "shape",
    "amount_grosze",
    "rate_bp",
    "floor_grosze",
    "cap_grosze",
    "needs_kind",
    "needs_least",
    "needs_most",
    "window_from",
    "window_until",
    "budget_grosze",
    "hold_days",
    "vests_after",
    "months",
)
"""The columns of a component that a draft carries."""
ROW = ("lower", "upper", "amount_grosze", "rate_bp")
"""The columns of a band."""


def draft_of(version: PlanVersion) -> DraftVersion:
    """A version, draft or published, as values: its components in order, their rows upwards."""
    components = list(Component.objects.filter(version=version).order_by("position"))
    rows: dict[int, list[DraftBand]] = {}
    for band in Band.objects.filter(component__version=version).order_by("lower"):
        kept = DraftBand(**{name: getattr(band, name) for name in ROW})
        rows.setdefault(band.component_id, []).append(kept)
    return DraftVersion(
        components=tuple(
            DraftComponent(
                **{name: getattr(one, name) for name in SENTENCE}, bands=tuple(rows.get(one.pk, ()))
            )
            for one in components
        ),
        **{name: getattr(version, name) for name in TERMS},
    )


def problems_of(
    version: PlanVersion, at: datetime, draft: DraftVersion | None = None
) -> list[Problem]:
    """What is wrong with a version at `at` (`plan_rules.problems`), or with a `draft` of it."""
    firm = organisation()
    others = PlanVersion.objects.filter(plan=version.plan_id, published_at__isnull=False)
    return plan_rules.problems(
        draft or draft_of(version),
        at=at,
        zone=firm.zone,
        regulated=firm.regulated,
        taken=set(others.exclude(pk=version.pk).values_list("valid_from", flat=True)),
    )


def may_write(person: Person, plan: Plan) -> bool:
    """A branch's plan: whoever may WRITE_PLAN there; the firm's: whoever may MANAGE_PLANS."""
    return may_write_in(person, plan.branch_id)


def may_write_in(person: Person, branch_id: int | None) -> bool:
    """The same, before there is a plan."""
    if branch_id is None:
        return standing(person).may(Permission.MANAGE_PLANS)
    return standing(person).may(Permission.WRITE_PLAN, branch_id)


def may_approve(person: Person, version: PlanVersion) -> bool:
    """A second person who may APPROVE_PLAN in the plan's branch (the firm's: anywhere)."""
    return version.submitted_by_id != person.pk and standing(person).may(
        Permission.APPROVE_PLAN, version.plan.branch_id
    )


def drafts(plan: Plan) -> QuerySet[PlanVersion]:
    """The draft of a plan, submitted or not; one at most."""
    return PlanVersion.objects.filter(plan=plan, published_at=None)


def to_approve(person: Person) -> QuerySet[PlanVersion]:
    """Submitted drafts that wait for this person, longest waiting first."""
    branches = standing(person).branches(Permission.APPROVE_PLAN)
    rows = PlanVersion.objects.filter(published_at=None, submitted_at__isnull=False)
    rows = rows.exclude(submitted_by=person).order_by("submitted_at")
    if not branches:
        return rows.none()
    return rows.filter(Q(plan__branch=None) | Q(plan__branch__in=branches)).select_related(
        "plan", "submitted_by"
    )


def returned_to(person: Person) -> QuerySet[PlanVersion]:
    """Drafts this person had submitted and got back, until written on."""
    return PlanVersion.objects.filter(
        published_at=None, submitted_at=None, submitted_by=person, returned_at__isnull=False
    ).select_related("plan", "returned_by")


def visible_plans(person: Person) -> QuerySet[Plan]:
    """Plans the person may write or approve: the firm's and those of their branches."""
    able = standing(person)
    branches = {
        branch
        for right in (Permission.WRITE_PLAN, Permission.APPROVE_PLAN, Permission.MANAGE_PLANS)
        for branch in able.branches(right)
    }
    if not branches:
        return Plan.objects.none()
    return Plan.objects.filter(Q(branch=None) | Q(branch__in=branches)).order_by("branch_id", "id")


def unread(person: Person, at: datetime) -> list[PlanVersion]:
    """Published versions that hold for the person in their own branches now, or will, and that
    they have not acknowledged yet: soonest first. Only who earns reads: sellers and bosses."""
    found = _concerning(person, at).values()
    fresh = [version for version in found if not version.__dict__["is_read"]]
    return sorted(fresh, key=lambda version: (version.valid_from, version.pk))


def concerns(person: Person, version: PlanVersion, at: datetime) -> bool:
    """Whether the plan of a published version holds for the person now, or will."""
    found = _concerning(person, at).values()
    return any(version.plan_id == other.plan_id for other in found)


def _concerning(person: Person, at: datetime) -> dict[int, PlanVersion]:
    """Id -> version in force now or later for the person, in each branch where they earn."""
    branches = standing(person).branches(Permission.SEE_OWN_MONEY)
    return {row.pk: row for branch in branches for row in coverage.holding(person, branch, at)}
