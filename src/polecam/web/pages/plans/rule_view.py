"""One rule of the editor: its sentence with slots, its table, what is folded, what is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polecam.bonuses.models import Base, FactKind, Shape
from polecam.bonuses.planning.component_rules import SUMS
from polecam.bonuses.planning.draft import DraftComponent
from polecam.web.pages.plans import folded, slots
from polecam.web.pages.plans.slots import Notes, Slot
from polecam.web.pages.plans.typed import TypedRule
from polecam.web.ui import format as fmt
from polecam.web.ui import plan_nouns as nouns
from polecam.web.ui import plan_sentences as sentences

FOLDED = (
    "base",
    "shape",
    "cap_grosze",
    "needs_kind",
    "needs_least",
    "needs_most",
    "window_from",
    "window_until",
    "budget_grosze",
    "hold_days",
    "vests_after",
)
"""Slots under the fold."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    number: int
    lower: SafeString
    upper: SafeString
    pay: SafeString
    notes: SafeString


@dataclass(frozen=True, slots=True)
class Rule:
    """What the template shows of one rule."""

    position: int
    title: str
    hidden: list[tuple[str, str]]
    sentence: SafeString
    notes: SafeString
    rows: list[Row]
    banded: bool
    said: list[str]
    groups: list[folded.Group]
    open: bool
    was: str = ""
    is_new: bool = False
    first: bool = False
    last: bool = False
    heads: tuple[str, str, str] = field(default=("", "", ""))


def view(
    rule: TypedRule,
    component: DraftComponent,
    position: int,
    notes: Notes,
    *,
    of: int,
    was: str = "",
    changed: Iterable[str] = (),
    is_new: bool = False,
) -> Rule:
    """The rule at `position` of `of`; `was` and `changed`: beside the version before."""
    prefix = f"components-{position}-"
    differs = {prefix + name for name in changed}
    main = ("fact_kind", "months", "amount_grosze", "rate_bp", "floor_grosze", "bands")
    groups = folded.groups(rule, prefix, notes)
    return Rule(
        position=position,
        title=str(nouns.NAMES[component.fact_kind]),
        hidden=hidden(rule, prefix),
        sentence=slots.filled(
            _marked(component, prefix), _slots(rule, component, prefix), notes, differs
        ),
        notes=SafeString(
            slots.problems(notes, *(prefix + name for name in main))
            + slots.problems(Notes({}, notes.warnings), *(prefix + name for name in FOLDED))
        ),
        rows=[
            _row(rule, row, number, prefix, notes, whole=component.shape == Shape.WHOLE)
            for number, row in enumerate(rule.rows if rule.banded else (), start=1)
        ],
        banded=rule.banded,
        said=sentences.details(component),
        groups=groups,
        open=any(one.wrong for group in groups for one in group.fields),
        was=was,
        is_new=is_new,
        first=position == 1,
        last=position == of,
        heads=heads(rule),
    )


def hidden(rule: TypedRule, prefix: str) -> list[tuple[str, str]]:
    """What is sent along though nobody chooses it here."""
    names = ["fact_kind"] if rule.slots["fact_kind"] in SUMS else ["fact_kind", "base"]
    return [(prefix + name, rule.slots[name]) for name in names]


def _marked(component: DraftComponent, prefix: str) -> str:
    """The main sentence with marks where its slots stand."""
    filling = sentences.Filling(
        amount=slots.mark(f"{prefix}amount_grosze"),
        rate=slots.mark(f"{prefix}rate_bp"),
        floor=slots.mark(f"{prefix}floor_grosze"),
        months=slots.mark(f"{prefix}months"),
    )
    return sentences.template(component, filling, _("as in the table"), floor=True)


def _slots(rule: TypedRule, component: DraftComponent, prefix: str) -> dict[str, Slot]:
    """The fields that may stand in the main sentence."""
    kind = str(nouns.NAMES[FactKind(component.fact_kind)])
    # The number itself is in the slot: what is left is the word, in the form the number asks for.
    months = nouns.months(component.months).split("\u00a0")[-1]
    made = [
        Slot(
            "amount_grosze",
            rule.slots["amount_grosze"],
            _("%(what)s: amount") % {"what": kind},
            fmt.unit(),
        ),
        Slot("rate_bp", rule.slots["rate_bp"], _("%(what)s: percentage") % {"what": kind}, "%"),
        Slot(
            "floor_grosze",
            rule.slots["floor_grosze"] or "0",
            _("%(what)s: least amount") % {"what": kind},
            fmt.unit(),
        ),
        Slot(
            "months",
            rule.slots["months"],
            _("%(what)s: months") % {"what": kind},
            months,
            "numeric",
        ),
    ]
    return {
        prefix + one.name: Slot(prefix + one.name, one.value, one.label, one.unit, one.mode)
        for one in made
    }


def heads(rule: TypedRule) -> tuple[str, str, str]:
    """What stands above the columns of a table."""
    money = {"unit": fmt.unit()}
    if rule.slots["base"] == Base.COUNT:
        if rule.slots["shape"] == Shape.WHOLE:
            return _("from, in the month"), _("to less than"), _("for each, %(unit)s") % money
        return _("from which one"), _("to which one"), _("for each, %(unit)s") % money
    return _("from, %(unit)s") % money, _("to, %(unit)s") % money, _("percent")


def _row(
    rule: TypedRule, row: dict[str, str], number: int, prefix: str, notes: Notes, *, whole: bool
) -> Row:
    name = f"{prefix}bands-{number}-"
    said = {"n": number}
    pay = f"{name}{rule.pay}"
    # A row's error stands at what the rules call the field; its slot has one name in every table.
    alias = Notes(
        {**notes.errors, f"{name}pay": [e for e in (notes.error(pay),) if e]},
        {**notes.warnings, f"{name}pay": notes.warnings.get(pay, [])},
    )
    return Row(
        number=number,
        lower=slots.drawn(Slot(f"{name}lower", row["lower"], _("Row %(n)s: from") % said), alias),
        upper=slots.drawn(Slot(f"{name}upper", row["upper"], _("Row %(n)s: to") % said), alias),
        pay=slots.drawn(Slot(f"{name}pay", row["pay"], _("Row %(n)s: pays") % said), alias),
        notes=slots.problems(alias, f"{name}lower", f"{name}upper", f"{name}pay", f"{name}bands"),
    )
