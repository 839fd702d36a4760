"""Publishing a draft with four eyes: one person submits it, another approves it or sends it back.

States of a version, for the pages: `published_at` set: published; else `submitted_at` set: waits
for a second person; else a draft (`returned_at`, `returned_by`, `returned_reason` say that and why
it came back last). `bonuses.planning.queries.may_approve(person, version)`, `to_approve(person)`.
"""

from datetime import datetime

from polecam.actions.plan_drafts import require_writer, writable
from polecam.bonuses.models import PlanVersion
from polecam.bonuses.planning import rules as plan_rules
from polecam.bonuses.planning.draft import Problem
from polecam.bonuses.planning.queries import problems_of
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store.tx import action, lock

LONGEST_REASON = 500
SAID = {
    "starts_in_past": "plan_backwards",
    "starts_taken": "plan_version_same_day",
    "plan_empty": "plan_without_rules",
    "base_not_measured": "plan_rate_without_margin",
    "regulated_quality": "plan_needs_quality",
    "regulated_hold": "plan_needs_hold",
    "regulated_clawback": "plan_needs_clawback",
}
"""Problems with a refusal of their own; the others are counted."""


def submit(*, by: Person, at: datetime, version: PlanVersion) -> PlanVersion:
    """The writer wants the draft published. Checked by `plan_rules.problems`; warnings pass.

    Raises Refused("plan_submitted", "plan_published", "plan_has_problems" with `count`, or the
    rule's own code: see `SAID`), NotAllowed.
    """
    with action():
        version = writable(by, version)
        require_sound(problems_of(version, at))
        version.submitted_at, version.submitted_by = at, by
        version.save(update_fields=["submitted_at", "submitted_by"])
        _tell("plan.submitted", version, by=by, at=at)
    return version


def withdraw(*, by: Person, at: datetime, version: PlanVersion) -> PlanVersion:
    """A writer takes it back, to write on. Raises Refused("plan_not_submitted"), NotAllowed."""
    with action():
        version = _submitted(version)
        require_writer(by, version.plan.branch_id)
        _give_back(version)
        _tell("plan.withdrawn", version, by=by, at=at)
    return version


def approve(
    *, by: Person, at: datetime, version: PlanVersion, seen: datetime | None = None
) -> PlanVersion:
    """A second person publishes it: from now on it never changes, and the team hears of it.

    A version meant from today on holds from this moment. `seen`: its `submitted_at` as the page
    showed it. Raises Refused("plan_not_submitted", "plan_own_draft", "plan_draft_moved_on",
    "plan_has_problems" with `count`, or the rule's own code: see `SAID`), NotAllowed.
    """
    with action():
        version = _as_second_person(by, version)
        if seen is not None and seen != version.submitted_at:
            raise Refused("plan_draft_moved_on")
        require_sound(problems_of(version, at))
        publish(version, by=by, at=at)
    return version


def send_back(*, by: Person, at: datetime, version: PlanVersion, reason: str) -> PlanVersion:
    """The second person gives it back to the writer, saying why.

    Raises Refused("plan_not_submitted", "plan_own_draft", "plan_reason"), NotAllowed.
    """
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise Refused("plan_reason", field="reason", longest=LONGEST_REASON)
    with action():
        version = _as_second_person(by, version)
        _give_back(version)
        version.returned_at, version.returned_by, version.returned_reason = at, by, reason
        version.save(update_fields=["returned_at", "returned_by", "returned_reason"])
        _tell("plan.returned", version, by=by, at=at)
    return version


def publish(version: PlanVersion, *, by: Person | None, at: datetime) -> None:
    """Inner step: a locked, checked draft becomes a published version."""
    version.valid_from = plan_rules.starts(version.valid_from, at, settings.zone())
    version.published_at, version.published_by = at, by
    version.save(update_fields=["valid_from", "published_at", "published_by"])
    _tell("plan.published", version, by=by, at=at, valid_from=version.valid_from)


def require_sound(found: list[Problem]) -> None:
    """Raise Refused where an error keeps a version from being published."""
    wrong = plan_rules.errors(found)
    if not wrong:
        return
    first = wrong[0]
    code = SAID.get(first.code) or plan_rules.UNKEEPABLE.get(first.code, "plan_has_problems")
    raise Refused(code, field=plan_rules.field_of(first), count=len(wrong))


def _as_second_person(by: Person, version: PlanVersion) -> PlanVersion:
    version = _submitted(version)
    require(by, Permission.APPROVE_PLAN, version.plan.branch_id)
    if by.pk == version.submitted_by_id:
        raise Refused("plan_own_draft")
    return version


def _submitted(version: PlanVersion) -> PlanVersion:
    version = lock(version)
    if version.published_at is not None or version.submitted_at is None:
        raise Refused("plan_not_submitted")
    return version


def _give_back(version: PlanVersion) -> None:
    version.submitted_at = None
    version.save(update_fields=["submitted_at"])


def _tell(
    kind: str, version: PlanVersion, *, by: Person | None, at: datetime, **more: datetime
) -> None:
    data = {"plan": version.plan.public_id, "number": version.number, **more}
    record(kind, version, by=by, at=at, branch=version.plan.branch_id, data=data)
