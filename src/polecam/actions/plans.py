"""Publishing a bonus plan: rules everyone can read, in force from a date, never changed after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from polecam.bonuses.models import Base, Component, FactKind, Leaver, Plan, PlanVersion
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.organisation.models import Branch
from polecam.organisation.settings import organisation
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store.tx import action


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
    by: Person | None,
    at: datetime,
    name: str,
    rules: Sequence[Rule] = STANDARD,
    branch: Branch | None = None,
    valid_from: datetime | None = None,
    hold_days: int = 30,
    clawback_days: int = 90,
    quality_gate: bool = True,
    leaver: str = Leaver.SELLER,
) -> PlanVersion:
    """Publish the next version of the plan of `branch` (None: of the firm), in force from
    `valid_from` (default: at once). What was captured before keeps its own version. `leaver`:
    whether somebody who left still earns, or whoever works the referral on.

    Raises Refused: choice_unknown, plan_backwards, plan_without_rules, plan_rate_without_margin,
    plan_amounts, plan_needs_quality or plan_needs_clawback (a regulated firm),
    plan_version_same_day.
    """
    require(by, Permission.MANAGE_PLANS, branch.pk if branch else None)
    start = valid_from or at
    if leaver not in Leaver.values:
        raise Refused("choice_unknown", field="leaver")
    _check(rules, start=start, at=at)
    if organisation().regulated:
        _check_regulated(quality_gate=quality_gate, clawback_days=clawback_days)
    with action():
        plan, _ = Plan.objects.get_or_create(
            branch=branch, defaults={"name": name, "created_at": at}
        )
        plan = Plan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)
        versions = PlanVersion.objects.filter(plan=plan)
        if versions.filter(valid_from=start).exists():
            raise Refused("plan_version_same_day", field="valid_from")
        version = PlanVersion.objects.create(
            plan=plan,
            number=(versions.aggregate(last=Max("number"))["last"] or 0) + 1,
            valid_from=start,
            hold_days=hold_days,
            clawback_days=clawback_days,
            quality_gate=quality_gate,
            leaver=leaver,
        )
        Component.objects.bulk_create(
            Component(
                version=version,
                position=position,
                fact_kind=rule.fact_kind,
                base=Base.MARGIN if rule.rate_bp else Base.COUNT,
                amount_grosze=rule.amount_grosze,
                rate_bp=rule.rate_bp,
            )
            for position, rule in enumerate(rules, start=1)
        )
        version.published_at, version.published_by = at, by
        version.save(update_fields=["published_at", "published_by"])
        record(
            "plan.published",
            version,
            by=by,
            at=at,
            branch=branch.pk if branch else None,
            data={"number": version.number, "valid_from": start},
        )
    return version


def _check(rules: Sequence[Rule], *, start: datetime, at: datetime) -> None:
    if start < at:
        raise Refused("plan_backwards", field="valid_from")
    if not rules:
        raise Refused("plan_without_rules")
    for rule in rules:
        if rule.rate_bp and rule.fact_kind != FactKind.SALE:
            raise Refused("plan_rate_without_margin")
        if bool(rule.amount_grosze) == bool(rule.rate_bp) or rule.amount_grosze < 0:
            raise Refused("plan_amounts")
        if not 0 <= rule.rate_bp <= 10_000:
            raise Refused("plan_amounts")


def _check_regulated(*, quality_gate: bool, clawback_days: int) -> None:
    """EBA/GL/2016/06 on pay in sales: a quality criterion and a clawback."""
    if not quality_gate:
        raise Refused("plan_needs_quality")
    if clawback_days < 1:
        raise Refused("plan_needs_clawback")
