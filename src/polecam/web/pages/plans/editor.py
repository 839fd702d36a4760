"""The page of the editor: a draft's rules and terms with slots, what is wrong, what changed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from polecam.bonuses.models import Leaver, PlanVersion, PoolRule
from polecam.bonuses.planning import queries as plan_queries
from polecam.bonuses.planning.diff import diff
from polecam.bonuses.planning.draft import DraftVersion, Problem, Severity
from polecam.bonuses.planning.rules import field_of
from polecam.web.pages.plans import rule_view, slots, was
from polecam.web.pages.plans.slots import Notes, Slot
from polecam.web.pages.plans.typed import Reading, Typed, read, written
from polecam.web.ui import format as fmt
from polecam.web.ui import plan_sentences as sentences
from polecam.web.ui import plan_terms
from polecam.web.ui.plan_problems import told


def base_of(version: PlanVersion) -> PlanVersion | None:
    """What a draft is compared with: the version it began from, else the newest published one."""
    if version.based_on_id:
        return version.based_on
    rows = PlanVersion.objects.filter(plan=version.plan_id, published_at__isnull=False)
    return rows.exclude(pk=version.pk).order_by("valid_from").last()


def stored(version: PlanVersion) -> tuple[Typed, Reading]:
    """The draft as it was saved last."""
    draft = plan_queries.draft_of(version)
    return written(draft), Reading(draft, {})


def typed_as(typed: Typed, version: PlanVersion) -> Reading:
    """What somebody typed, as far as it can be read."""
    return read(typed, start=version.valid_from)


def context(
    version: PlanVersion,
    typed: Typed,
    reading: Reading,
    *,
    at: datetime,
    refused: Iterable[tuple[str, str]] = (),
    saved: bool = True,
) -> dict[str, Any]:
    """Everything the template shows. `refused`: (slot or "", sentence) of an action's refusal.

    `saved`: False when what is shown is only typed yet.
    """
    found = plan_queries.problems_of(version, at, reading.draft)
    notes = noted(reading, found, refused)
    base = base_of(version)
    old = plan_queries.draft_of(base) if base else None
    marks = was.marks(reading.draft, old) if old else {}
    kept = was.before(reading.draft, old) if old else {}
    rules = [
        rule_view.view(
            rule,
            component,
            position,
            notes,
            of=len(typed.rules),
            was=marks[position][0] if position in marks else "",
            changed=marks[position][1] if position in marks else (),
            is_new=old is not None and position not in kept,
        )
        for position, (rule, component) in enumerate(
            zip(typed.rules, reading.draft.components, strict=True), start=1
        )
    ]
    removed = was.gone(reading.draft, old) if old else []
    wrong = sum(map(len, notes.errors.values()))
    return {
        "version": version,
        "plan": version.plan,
        "base": base,
        "rules": rules,
        "gone": [(place, sentences.sentence(one, one.bands)) for place, one in removed],
        "terms": terms(typed, reading.draft, notes, old),
        "whole": notes.errors.get("", []) + notes.errors.get("components", []),
        "wide": notes.warnings.get("components", []),
        "wrong": wrong,
        "look": sum(map(len, notes.warnings.values())),
        "first_wrong": next((name for name in notes.errors if name not in ("", "components")), ""),
        "changes": changes_of(reading.draft, old) if old else 0,
        "saved": saved,
        "seen": version.written_at.isoformat() if version.written_at else "",
    }


def changes_of(draft: DraftVersion, old: DraftVersion) -> int:
    """How many things differ from the version before."""
    return len(diff(old, draft))


def noted(reading: Reading, found: list[Problem], refused: Iterable[tuple[str, str]]) -> Notes:
    """Each problem at its slot: what cannot be read first, then what the rules say."""
    errors: dict[str, list[str]] = {slot: [text] for slot, text in reading.errors.items()}
    warnings: dict[str, list[str]] = {}
    for problem in found:
        slot = slot_of(problem)
        if slot in reading.errors:
            continue  # it could not be read; what the rules say about nothing would be odd
        place = problem.position
        component = None if place is None else reading.draft.components[place - 1]
        side = errors if problem.severity is Severity.ERROR else warnings
        side.setdefault(slot, []).append(told(problem, component))
    for slot, sentence in refused:
        if not errors.get(slot):
            errors.setdefault(slot, []).append(sentence)
    return Notes(errors, warnings)


def slot_of(problem: Problem) -> str:
    """The slot of a problem: of a whole row, that of its table's row."""
    if problem.row is not None and problem.field == "bands":
        return f"components-{problem.position}-bands-{problem.row}-bands"
    return field_of(problem)


def terms(
    typed: Typed, draft: DraftVersion, notes: Notes, old: DraftVersion | None
) -> dict[str, Any]:
    """The rules for all: two sentences with slots, two choices, and what is folded away."""
    changed = {
        name
        for name in typed.terms
        if old is not None and getattr(old, name) != getattr(draft, name) and name != "valid_from"
    }
    days = {
        "hold_days": (plan_terms.waits, draft.hold_days, _("Days an amount waits")),
        "clawback_days": (
            plan_terms.asked_back,
            draft.clawback_days,
            _("Days in which a paid amount may be asked back"),
        ),
    }
    said = {}
    for name, (speak, count, label) in days.items():
        unit = fmt.days(abs(count)).split(fmt.HARD)[-1]
        slot = Slot(name, typed.terms[name], label, unit, "numeric")
        said[name] = (
            slots.filled(speak(slots.mark(name)), {name: slot}, notes, changed),
            slots.problems(notes, name),
        )
    begins = Slot("valid_from", typed.terms["valid_from"], _("In force from"), kind="date")
    return {
        "hold": said["hold_days"],
        "clawback": said["clawback_days"],
        "valid_from": slots.drawn(begins, notes),
        "valid_from_notes": slots.problems(notes, "valid_from"),
        "quality": bool(typed.terms["quality_gate"]),
        "quality_said": plan_terms.quality(True),
        "quality_notes": slots.problems(notes, "quality_gate"),
        "leavers": [(code, plan_terms.leaver(code)) for code in Leaver.values],
        "leaver": typed.terms["leaver"],
        "more": _more(typed, notes),
        "more_open": any(typed.terms[name] not in ("", "0") for name in MORE)
        or any(notes.error(name) for name in MORE),
        "pool_options": slots.options_of(_pool_rules(), typed.terms["pool_rule"]),
    }


MORE = ("guarantee_grosze", "guarantee_months", "draw_grosze", "pool_bp")


def _more(typed: Typed, notes: Notes) -> list[dict[str, Any]]:
    labels = {
        "guarantee_grosze": (_("A month brings at least"), fmt.unit()),
        "guarantee_months": (_("In the first months of work (empty: always)"), ""),
        "draw_grosze": (_("An advance fills a month up to"), fmt.unit()),
        "pool_bp": (_("Into the branch pool, of the cost saved"), "%"),
    }
    return [
        {
            "name": name,
            "label": label,
            "unit": unit,
            "value": "" if typed.terms[name] == "0" else typed.terms[name],
            "notes": slots.problems(notes, name),
            "wrong": bool(notes.error(name)),
        }
        for name, (label, unit) in labels.items()
    ]


def _pool_rules() -> list[tuple[str, str]]:
    said = {
        PoolRule.EQUAL: _("equally"),
        PoolRule.PART_TIME: _("by part of full time"),
        PoolRule.HELP: _("by help given"),
    }
    return [(str(code), said[code]) for code in PoolRule]


def unsaved(version: PlanVersion, reading: Reading) -> DraftVersion:
    """The draft that was typed, for `actions.plan_drafts.save`."""
    draft = reading.draft
    if fmt.as_day(draft.valid_from) == fmt.as_day(version.valid_from):
        return replace(draft, valid_from=version.valid_from)  # its hour stays
    return draft
