"""A plan as it stands in the editor: the text of every slot, to and from a draft.

Names of slots are those of `plan_rules.field_of`: `hold_days`, `components-2-rate_bp`,
`components-2-bands-1-upper`; so whatever a rule finds wrong stands at its slot.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from polecam.bonuses.models import Base, FactKind, Leaver, PoolRule, Shape
from polecam.bonuses.planning.component_rules import EARNING
from polecam.bonuses.planning.draft import DraftBand, DraftComponent, DraftVersion
from polecam.web.pages.plans import readers

MOST_RULES, MOST_ROWS = 40, 30

TERMS: dict[str, tuple[Callable[[str], Any], Callable[[Any], str]]] = {
    "valid_from": (readers.opening, readers.show_day),
    "hold_days": (readers.whole, readers.show_whole),
    "clawback_days": (readers.whole, readers.show_whole),
    "guarantee_grosze": (readers.grosze, readers.show_amount),
    "guarantee_months": (readers.whole, readers.show_whole),
    "draw_grosze": (readers.grosze, readers.show_amount),
    "pool_bp": (readers.basis_points, readers.show_rate),
    "leaver": (str, str),
    "pool_rule": (str, str),
    "quality_gate": (bool, lambda gate: "on" if gate else ""),
}
COMPONENT: dict[str, tuple[Callable[[str], Any], Callable[[Any], str]]] = {
    "fact_kind": (str, str),
    "base": (str, str),
    "shape": (str, str),
    "amount_grosze": (readers.grosze, readers.show_amount),
    "rate_bp": (readers.basis_points, readers.show_rate),
    "floor_grosze": (readers.grosze, readers.show_amount),
    "cap_grosze": (readers.grosze, readers.show_amount),
    "needs_kind": (str, str),
    "needs_least": (readers.whole, lambda n: readers.show_whole(n or None)),
    "needs_most": (readers.optional_whole, readers.show_whole),
    "window_from": (readers.opening, readers.show_day),
    "window_until": (readers.closing, readers.show_last_day),
    "budget_grosze": (readers.grosze, readers.show_amount),
    "hold_days": (readers.optional_whole, readers.show_whole),
    "vests_after": (str, str),
    "months": (readers.whole, lambda n: readers.show_whole(n or None)),
}

CHOICES: dict[str, tuple[str, ...]] = {
    "fact_kind": EARNING,
    "base": tuple(Base.values),
    "shape": tuple(Shape.values),
    "needs_kind": ("", *FactKind.values),
    "vests_after": ("", *FactKind.values),
}


@dataclass
class TypedRule:
    """The slots of one sentence, and of its table."""

    slots: dict[str, str]
    rows: list[dict[str, str]] = field(default_factory=list)

    @property
    def banded(self) -> bool:
        """Whether it pays by a table."""
        return self.slots.get("shape", "flat") != "flat"

    @property
    def counts(self) -> bool:
        """Whether it measures how many, not how much."""
        return self.slots.get("base", "count") == "count"

    @property
    def pay(self) -> str:
        """The field of what is paid."""
        return "amount_grosze" if self.counts else "rate_bp"

    def borders(self) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
        """How the borders of this table are read and shown: (lower), (upper)."""
        if not self.counts:
            return (readers.border, readers.show_sum), (readers.border, readers.show_sum)
        upper = (readers.units, readers.show_units)
        if self.slots.get("shape") == "whole":
            return upper, upper
        return (readers.first_unit, readers.show_first_unit), upper


@dataclass
class Typed:
    """The slots of a whole version."""

    terms: dict[str, str]
    rules: list[TypedRule]


@dataclass
class Reading:
    """What a Typed means, as far as it can be read; `errors`: slot -> sentence."""

    draft: DraftVersion
    errors: dict[str, str]


def posted(data: Mapping[str, str]) -> Typed:
    """The slots of a form that was sent."""
    rules = []
    for position in range(1, MOST_RULES + 1):
        prefix = f"components-{position}-"
        if f"{prefix}fact_kind" not in data:
            break
        slots = {name: data.get(prefix + name, "") for name in COMPONENT}
        for name, known in CHOICES.items():
            if slots[name] not in known:  # nobody typed that: a form does not offer it
                slots[name] = known[0]
        rows: list[dict[str, str]] = []
        while f"{prefix}bands-{len(rows) + 1}-lower" in data and len(rows) < MOST_ROWS:
            row = f"{prefix}bands-{len(rows) + 1}-"
            rows.append({name: data.get(row + name, "") for name in ("lower", "upper", "pay")})
        rules.append(TypedRule(slots, rows))
    terms = {name: data.get(name, "") for name in TERMS}
    terms["leaver"] = terms["leaver"] or Leaver.SELLER
    terms["pool_rule"] = terms["pool_rule"] or PoolRule.EQUAL
    return Typed(terms, rules)


def written(draft: DraftVersion) -> Typed:
    """The slots that show a draft."""
    terms = {name: show(getattr(draft, name)) for name, (_read, show) in TERMS.items()}
    return Typed(terms, [rule_of(component) for component in draft.components])


def rule_of(component: DraftComponent) -> TypedRule:
    """The slots of one component."""
    slots = {name: show(getattr(component, name)) for name, (_r, show) in COMPONENT.items()}
    rule = TypedRule(slots)
    (_, show_lower), (_, show_upper) = rule.borders()
    show_pay = COMPONENT[rule.pay][1]
    for band in component.bands:
        paid = getattr(band, rule.pay)
        row = {"lower": show_lower(band.lower), "upper": show_upper(band.upper)}
        rule.rows.append(row | {"pay": show_pay(paid) or "0"})
    return rule


def read(typed: Typed, *, start: datetime) -> Reading:
    """The draft that was typed. What cannot be read counts as nothing and is told at its slot.

    `start`: from when the version holds where no readable day was typed.
    """
    errors: dict[str, str] = {}

    def value(reader: Callable[[str], Any], text: str, slot: str) -> Any:
        try:
            return reader(text)
        except readers.Unreadable as error:
            errors[slot] = str(error)
            return reader("")

    terms = {name: value(reader, typed.terms[name], name) for name, (reader, _s) in TERMS.items()}
    if terms["valid_from"] is None:
        terms["valid_from"] = start
        errors.setdefault("valid_from", readers.choose_a_day())
    components = tuple(
        _component(rule, f"components-{position}-", value)
        for position, rule in enumerate(typed.rules, start=1)
    )
    return Reading(DraftVersion(components=components, **terms), errors)


def _component(rule: TypedRule, prefix: str, value: Callable[..., Any]) -> DraftComponent:
    slots = {
        name: value(reader, rule.slots[name], prefix + name)
        for name, (reader, _show) in COMPONENT.items()
        if name in shown(rule)
    }
    bands = [
        _band(rule, row, f"{prefix}bands-{number}-", value)
        for number, row in enumerate(rule.rows if rule.banded else (), start=1)
    ]
    return DraftComponent(**slots, bands=tuple(bands))


def shown(rule: TypedRule) -> set[str]:
    """The slots that a rule of this kind and shape has; the others count as nothing."""
    hidden = {"amount_grosze", "rate_bp", "floor_grosze"}
    if not rule.banded:
        hidden = {"rate_bp", "floor_grosze"} if rule.counts else {"amount_grosze"}
    if rule.slots.get("fact_kind") != "retained":
        hidden.add("months")
    return set(COMPONENT) - hidden


def _band(
    rule: TypedRule, row: dict[str, str], prefix: str, value: Callable[..., Any]
) -> DraftBand:
    (read_lower, _), (read_upper, _) = rule.borders()
    return DraftBand(
        lower=value(read_lower, row["lower"], f"{prefix}lower") or 0,
        upper=value(read_upper, row["upper"], f"{prefix}upper"),
        **{rule.pay: value(COMPONENT[rule.pay][0], row["pay"], f"{prefix}{rule.pay}")},
    )
