"""Publishing a plan by the system itself: at set-up, for the demo, in tests.

People write drafts (`plan_drafts`) and publish them in twos (`plan_publishing`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from polecam.actions.plan_drafts import next_number, write
from polecam.actions.plan_publishing import publish, require_sound
from polecam.bonuses.models import Base, FactKind, Leaver, Plan, PlanVersion
from polecam.bonuses.planning.draft import DraftComponent, DraftVersion
from polecam.bonuses.planning.queries import TERMS, problems_of
from polecam.organisation.models import Branch
from polecam.store.tx import action, lock


@dataclass(frozen=True)
class Rule:
    """What one kind of fact pays: a fixed amount in grosze, or basis points of a sale's margin."""

    fact_kind: str
    amount_grosze: int = 0
    rate_bp: int = 0


STANDARD = (
    Rule(FactKind.CONSENT, amount_grosze=1_000),
    Rule(FactKind.MEETING, amount_grosze=4_000),
    Rule(FactKind.SALE, rate_bp=1_250),
)
"""10 zł a confirmed consent, 40 zł a confirmed meeting, 12.5% of margin a confirmed sale."""


def publish_plan(
    *,
    by: None = None,
    at: datetime,
    name: str,
    rules: Sequence[Rule] = STANDARD,
    branch: Branch | None = None,
    valid_from: datetime | None = None,
    hold_days: int = 30,
    clawback_days: int = 90,
    quality_gate: bool = True,
    leaver: str = Leaver.SELLER,
    pool_bp: int = 0,
    draft: DraftVersion | None = None,
) -> PlanVersion:
    """The system itself, never a person: the next version of the plan that covers everybody in
    `branch` (None: in the firm), in force from `valid_from` (default: at once). What was captured
    before keeps its own version.

    `draft`: the whole version, instead of `rules` and the terms. The rules are those of every
    version: raises Refused as `plan_publishing.approve` does.
    """
    draft = draft or DraftVersion(
        valid_from=valid_from or at,
        components=tuple(_component(rule) for rule in rules),
        hold_days=hold_days,
        clawback_days=clawback_days,
        quality_gate=quality_gate,
        leaver=leaver,
        pool_bp=pool_bp,
    )
    with action():
        plan, _ = Plan.objects.get_or_create(
            branch=branch, covers_all=True, defaults={"name": name, "created_at": at}
        )
        plan = lock(plan)
        version = PlanVersion(plan=plan, number=next_number(plan), written_by=by, written_at=at)
        for term in TERMS:
            setattr(version, term, getattr(draft, term))
        require_sound(problems_of(version, at, draft))
        version.save()
        write(version, draft)
        publish(version, by=by, at=at)
    return version


def _component(rule: Rule) -> DraftComponent:
    return DraftComponent(
        rule.fact_kind,
        base=Base.MARGIN if rule.rate_bp else Base.COUNT,
        amount_grosze=rule.amount_grosze,
        rate_bp=rule.rate_bp,
    )
