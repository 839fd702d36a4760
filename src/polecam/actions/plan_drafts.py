"""Writing a draft of a bonus plan: begin, save, let go.

Contract for the pages (all keyword-only, all raise NotAllowed as well):
- Who writes: whoever may WRITE_PLAN in the plan's branch; the firm's plan, whoever may
  MANAGE_PLANS. `bonuses.planning.queries`: `may_write(person, plan)`, `drafts(plan)`,
  `draft_of(version) -> DraftVersion` (also of a published one), `problems_of(version, at)`.
- A draft is kept as typed: gaps, overlaps and missing terms are problems, not refusals. Only what
  no table can hold (a negative amount, a rate above 100%, a row that ends before it starts, two
  rows from the same point) is refused by `save`, with `field` "<field>" or
  "components-<position>-<field>" or "components-<position>-bands-<row>-<field>", and nothing is
  written: the page shows the form again as it was typed.
- `seen`: the draft's `written_at` as the page showed it; another save in between is refused
  ("plan_draft_moved_on"), so that two writers never overwrite each other.
- A submitted draft is not edited ("plan_submitted"): `plan_publishing.withdraw` it first.
"""

from dataclasses import asdict
from datetime import datetime

from django.db.models import Max

from polecam.bonuses.models import Band, Component, Plan, PlanVersion
from polecam.bonuses.planning import rules as plan_rules
from polecam.bonuses.planning import templates
from polecam.bonuses.planning.draft import DraftVersion
from polecam.bonuses.planning.queries import SENTENCE, TERMS, draft_of, may_write_in
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.kit.periods import day_bounds, first_day, month_bounds, month_of, next_month
from polecam.organisation import settings
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store.tx import action, lock, lock_keys

LONGEST_NAME = 80
MOST_RULES = 40
"""More sentences nobody reads."""


def start(
    *,
    by: Person,
    at: datetime,
    branch: Branch | None = None,
    plan: Plan | None = None,
    name: str = "",
    template: str = "",
    copy_of: PlanVersion | None = None,
    valid_from: datetime | None = None,
) -> PlanVersion:
    """Begin the next version of `plan`; without one, of the plan that covers everybody in `branch`
    (None: in the firm), which is founded under `name` if there is none yet.

    It begins as a copy of `copy_of`, else from the `template` (its code), else empty,
    in force from `valid_from` (default: the first day of the next month). One draft of a
    plan at a time. Raises Refused("plan_draft_exists", "plan_template", "plan_name",
    "plan_copy").
    """
    branch_id = plan.branch_id if plan else (branch.pk if branch else None)
    require_writer(by, branch_id)
    draft = _beginning(by, template, copy_of, valid_from or _next_month(at))
    with action():
        lock_keys([f"plan-for-all:{branch_id}"])
        plan = plan or Plan.objects.filter(branch=branch_id, covers_all=True).first()
        plan = plan or _founded(branch_id, name, at, covers_all=True)
        return _begun(plan, draft, by=by, at=at, template=template, copy_of=copy_of)


def found(
    *, by: Person, at: datetime, branch: Branch | None, name: str, template: str = ""
) -> PlanVersion:
    """A further plan, with its first draft: it covers only whom it is assigned to.

    Raises Refused("plan_name", "plan_template").
    """
    branch_id = branch.pk if branch else None
    require_writer(by, branch_id)
    draft = _beginning(by, template, None, _next_month(at))
    with action():
        plan = _founded(branch_id, name, at, covers_all=False)
        return _begun(plan, draft, by=by, at=at, template=template, copy_of=None)


def rename(*, by: Person, at: datetime, plan: Plan, name: str) -> Plan:
    """Give a plan another name. Raises Refused("plan_name")."""
    require_writer(by, plan.branch_id)
    name = _named(name)
    with action():
        plan = lock(plan)
        if plan.name != name:
            plan.name = name
            plan.save(update_fields=["name"])
            record("plan.renamed", plan, by=by, at=at, branch=plan.branch_id)
    return plan


def save(
    *, by: Person, at: datetime, version: PlanVersion, draft: DraftVersion, seen: datetime | None
) -> PlanVersion:
    """Keep the whole draft: terms, components in their order, bands. The same again changes
    nothing.

    Raises Refused("plan_submitted", "plan_published", "plan_draft_moved_on", "plan_long",
    "plan_amounts", "plan_days", "plan_condition", "plan_band_backwards", "plan_band_twice",
    "plan_window_backwards", "choice_unknown").
    """
    with action():
        version = writable(by, version)
        if seen is not None and seen != version.written_at:
            raise Refused("plan_draft_moved_on")
        keep(version, draft, by=by, at=at)
    return version


def discard(*, by: Person, at: datetime, version: PlanVersion) -> None:
    """Let a draft go, for good. Raises Refused("plan_published", "plan_submitted")."""
    with action():
        version = writable(by, version)
        _clear(version)
        PlanVersion.objects.filter(based_on=version).update(based_on=None)
        _tell("plan.draft_discarded", version, by=by, at=at)
        version.delete()


def require_writer(by: Person, branch_id: int | None) -> None:
    """Raise NotAllowed unless `by` may write the plans of the branch, or those of the firm."""
    right = Permission.MANAGE_PLANS if branch_id is None else Permission.WRITE_PLAN
    require(by, right, branch_id)


def writable(by: Person, version: PlanVersion) -> PlanVersion:
    """Inner step: the version locked, still a draft that `by` may write on."""
    version = lock(version)
    require_writer(by, version.plan.branch_id)
    if version.published_at is not None:
        raise Refused("plan_published")
    if version.submitted_at is not None:
        raise Refused("plan_submitted")
    return version


def keep(version: PlanVersion, draft: DraftVersion, *, by: Person, at: datetime) -> None:
    """Inner step: write a locked draft's terms and sentences, if they differ from what it has."""
    if len(draft.components) > MOST_RULES:
        raise Refused("plan_long", most=MOST_RULES)
    problem = plan_rules.unkeepable(draft)
    if problem is not None:
        code, field = plan_rules.UNKEEPABLE[problem.code], plan_rules.field_of(problem)
        raise Refused(code, field=field, problem=problem)
    if draft == draft_of(version):
        return
    _clear(version)
    write(version, draft)
    version.written_by, version.written_at = by, at
    version.save()
    _tell("plan.draft_saved", version, by=by, at=at, components=len(draft.components))


def write(version: PlanVersion, draft: DraftVersion) -> None:
    """Inner step: the terms onto an unpublished version (not saved), its sentences into tables."""
    for name in TERMS:
        setattr(version, name, getattr(draft, name))
    made = Component.objects.bulk_create(
        Component(
            version=version,
            position=position,
            **{name: getattr(one, name) for name in SENTENCE},
        )
        for position, one in enumerate(draft.components, start=1)
    )
    Band.objects.bulk_create(
        Band(component=component, **asdict(band))
        for component, one in zip(made, draft.components, strict=True)
        for band in one.bands
    )


def next_number(plan: Plan) -> int:
    """The number of a plan's next version."""
    last = PlanVersion.objects.filter(plan=plan).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _beginning(
    by: Person, template: str, copy_of: PlanVersion | None, valid_from: datetime
) -> DraftVersion:
    if copy_of is not None:
        theirs = copy_of.plan.branch_id
        if copy_of.published_at is None or not (theirs is None or may_write_in(by, theirs)):
            raise Refused("plan_copy")
        return templates.renewed(draft_of(copy_of), valid_from)
    if not template:
        return DraftVersion(valid_from)
    if template not in templates.CODES:
        raise Refused("plan_template", field="template")
    zone = settings.zone()
    _, until = month_bounds(month_of(valid_from, zone), zone)
    return templates.build(template, valid_from, until, settings.currency())


def _begun(
    plan: Plan,
    draft: DraftVersion,
    *,
    by: Person,
    at: datetime,
    template: str,
    copy_of: PlanVersion | None,
) -> PlanVersion:
    plan = lock(plan)
    if PlanVersion.objects.filter(plan=plan, published_at=None).exists():
        raise Refused("plan_draft_exists")
    version = PlanVersion(
        plan=plan,
        number=next_number(plan),
        written_by=by,
        written_at=at,
        based_on=copy_of,
        template="" if copy_of else template,
        **{name: getattr(draft, name) for name in TERMS},
    )
    version.save()
    write(version, draft)
    based_on = copy_of.public_id if copy_of else ""
    _tell("plan.draft_started", version, by=by, at=at, based_on=based_on, template=version.template)
    return version


def _founded(branch_id: int | None, name: str, at: datetime, *, covers_all: bool) -> Plan:
    return Plan.objects.create(
        branch_id=branch_id, name=_named(name), covers_all=covers_all, created_at=at
    )


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refused("plan_name", field="name", longest=LONGEST_NAME)
    return name


def _next_month(at: datetime) -> datetime:
    zone = settings.zone()
    return day_bounds(first_day(next_month(month_of(at, zone))), zone)[0]


def _clear(version: PlanVersion) -> None:
    Band.objects.filter(component__version=version).delete()
    Component.objects.filter(version=version).delete()


def _tell(kind: str, version: PlanVersion, *, by: Person, at: datetime, **more: int | str) -> None:
    data = {"plan": version.plan.public_id, "number": version.number, **more}
    record(kind, version, by=by, at=at, branch=version.plan.branch_id, data=data)
