"""Writing a draft of a bonus plan: begin, save, add and move sentences, let go.

Contract for the pages (all keyword-only, all raise NotAllowed as well):
- Who writes: whoever may WRITE_PLAN in the plan's branch; the firm's plan, whoever may
  MANAGE_PLANS. `bonuses.plan_queries`: `may_write(person, plan)`, `drafts(plan)`,
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

from datetime import datetime

from polecam.bonuses.models import Component, Plan, PlanVersion
from polecam.bonuses.plan_draft import DraftVersion
from polecam.organisation.models import Branch
from polecam.people.models import Person


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

    It begins as a copy of `copy_of`, else from the `template` (a code of `bonuses.templates`), else
    empty, in force from `valid_from` (default: the first day of the next month). One draft of a
    plan at a time. Raises Refused("plan_draft_exists", "plan_template", "plan_name",
    "plan_unread").
    """
    raise NotImplementedError


def found(
    *, by: Person, at: datetime, branch: Branch | None, name: str, template: str = ""
) -> PlanVersion:
    """A further plan, with its first draft: it covers only whom it is assigned to.

    Raises Refused("plan_name", "plan_template").
    """
    raise NotImplementedError


def rename(*, by: Person, at: datetime, plan: Plan, name: str) -> Plan:
    """Give a plan another name. Raises Refused("plan_name")."""
    raise NotImplementedError


def save(
    *, by: Person, at: datetime, version: PlanVersion, draft: DraftVersion, seen: datetime | None
) -> PlanVersion:
    """Keep the whole draft: terms, components in their order, bands.

    Raises Refused("plan_submitted", "plan_published", "plan_draft_moved_on", "plan_amounts",
    "plan_band_backwards", "plan_band_twice", "plan_window_backwards", "choice_unknown").
    """
    raise NotImplementedError


def add_component(
    *, by: Person, at: datetime, version: PlanVersion, fact_kind: str, shape: str = "flat"
) -> Component:
    """Add a sentence at the end, with usual amounts. Raises Refused as `save` does."""
    raise NotImplementedError


def remove_component(*, by: Person, at: datetime, version: PlanVersion, position: int) -> None:
    """Take a sentence out; those after it move up. Raises Refused("plan_no_component") too."""
    raise NotImplementedError


def move_component(
    *, by: Person, at: datetime, version: PlanVersion, position: int, to: int
) -> None:
    """Move a sentence to another place (1 is first). Raises Refused("plan_no_component") too."""
    raise NotImplementedError


def discard(*, by: Person, at: datetime, version: PlanVersion) -> None:
    """Let a draft go, for good. Raises Refused("plan_published", "plan_submitted")."""
    raise NotImplementedError
