"""Publishing a draft with four eyes: one person submits it, another approves it or sends it back.

States of a version, for the pages: `published_at` set: published; else `submitted_at` set: waits
for a second person; else a draft (`returned_at`, `returned_by`, `returned_reason` say that and why
it came back last). `bonuses.plan_queries.may_approve(person, version)`, `to_approve(person)`.
"""

from datetime import datetime

from polecam.bonuses.models import PlanVersion
from polecam.people.models import Person


def submit(*, by: Person, at: datetime, version: PlanVersion) -> PlanVersion:
    """The writer wants the draft published. Checked by `plan_rules.problems`; warnings pass.

    Raises Refused("plan_submitted", "plan_published", "plan_has_problems" with `count`,
    "plan_backwards", "plan_version_same_day"), NotAllowed.
    """
    raise NotImplementedError


def withdraw(*, by: Person, at: datetime, version: PlanVersion) -> PlanVersion:
    """A writer takes it back, to write on. Raises Refused("plan_not_submitted"), NotAllowed."""
    raise NotImplementedError


def approve(
    *, by: Person, at: datetime, version: PlanVersion, seen: datetime | None = None
) -> PlanVersion:
    """A second person publishes it: from now on it never changes, and the team hears of it.

    A version meant from today on holds from this moment. `seen`: its `submitted_at` as the page
    showed it. Raises Refused("plan_not_submitted", "plan_own_draft", "plan_draft_moved_on",
    "plan_has_problems", "plan_backwards", "plan_version_same_day"), NotAllowed.
    """
    raise NotImplementedError


def send_back(*, by: Person, at: datetime, version: PlanVersion, reason: str) -> PlanVersion:
    """The second person gives it back to the writer, saying why.

    Raises Refused("plan_not_submitted", "reason_missing"), NotAllowed.
    """
    raise NotImplementedError
