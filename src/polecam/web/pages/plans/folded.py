"""What is folded away under a rule: how it pays, its most, condition, action, hold and vesting."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polecam.bonuses.models import Base, FactKind, Shape
from polecam.bonuses.planning.component_rules import EARNING, SUMS
from polecam.web.pages.plans import slots
from polecam.web.pages.plans.slots import Notes
from polecam.web.pages.plans.typed import TypedRule
from polecam.web.ui import format as fmt
from polecam.web.ui import plan_nouns as nouns

Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled field under the fold."""

    name: str
    label: str
    value: str
    notes: SafeString
    wrong: bool
    kind: str = "text"
    mode: str = "decimal"
    unit: str = ""
    options: SafeString | str = ""

    @property
    def money(self) -> bool:
        """Whether it is an amount."""
        return self.unit == fmt.unit()


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, with a quiet sentence on what they are for."""

    title: str
    hint: str
    fields: list[Field]
    reshapes: bool = False


def groups(rule: TypedRule, prefix: str, notes: Notes) -> list[Group]:
    """Everything a rule may have beside its sentence."""

    wrong = Notes(notes.errors, {})  # what wants a second look stands open, under the sentence

    def one(
        name: str, label: str, unit: str = "", *, kind: str = "text", options: Options | None = None
    ) -> Field:
        slot, value = prefix + name, rule.slots[name]
        return Field(
            name=slot,
            label=label,
            value=value,
            notes=slots.problems(wrong, slot),
            wrong=bool(notes.error(slot)),
            kind="choice" if options else kind,
            mode="numeric" if unit != fmt.unit() else "decimal",
            unit=unit,
            options=slots.options_of(options, value) if options else "",
        )

    how = [one("shape", _("How it pays"), options=shapes(rule))]
    if rule.slots["fact_kind"] in SUMS:
        how.insert(0, one("base", _("What is measured"), options=bases()))
    return [
        Group(_("How it pays"), "", how, reshapes=True),
        Group(
            _("Most for a month"),
            _("For one person. Empty: no limit."),
            [one("cap_grosze", _("At most"), fmt.unit())],
        ),
        Group(
            _("Condition of the month"),
            _("Counts whole facts of the same person and month. Without it the rule pays nothing."),
            [
                one("needs_kind", _("What it counts"), options=counted(rule)),
                one("needs_least", _("At least")),
                one("needs_most", _("At most")),
            ],
        ),
        Group(
            _("Special action"),
            _("Only between two days, from a budget of its own, in the order of recording."),
            [
                one("window_from", _("First day"), kind="date"),
                one("window_until", _("Last day"), kind="date"),
                one("budget_grosze", _("Budget"), fmt.unit()),
            ],
        ),
        Group(
            _("When it is payable"),
            _("Empty: as in the rules for all."),
            [
                one("hold_days", _("Waits, days")),
                one("vests_after", _("And only after"), options=after(rule)),
            ],
        ),
    ]


def bases() -> Options:
    """What a sum may measure."""
    return [
        (Base.COUNT, _("how many")),
        (Base.VALUE, _("the value of the sale")),
        (Base.MARGIN, _("the branch's margin")),
    ]


def shapes(rule: TypedRule) -> Options:
    """How a rule may pay."""
    fixed = _("a fixed amount for each") if rule.counts else _("a fixed percentage")
    return [
        (Shape.FLAT, fixed),
        (Shape.MARGINAL, _("bands: each by the band it lies in")),
        (Shape.WHOLE, _("bands: the whole month by the band reached")),
        (Shape.ACCELERATOR, _("more from a certain point on")),
    ]


def counted(rule: TypedRule) -> Options:
    """What a condition may count: something else than the rule pays for."""
    kinds = [*EARNING, FactKind.COMPLAINT]
    some = [(kind, str(nouns.NAMES[FactKind(kind)])) for kind in kinds]
    return [("", _("no condition")), *(o for o in some if o[0] != rule.slots["fact_kind"])]


def after(rule: TypedRule) -> Options:
    """What must have happened before an amount is payable."""
    kinds = (FactKind.MEETING, FactKind.SALE, FactKind.RETAINED)
    some = [(str(kind), str(nouns.NAMES[kind])) for kind in kinds]
    typed = rule.slots["vests_after"]
    if typed and typed not in kinds and typed in FactKind.values:
        some.append((typed, str(nouns.NAMES[FactKind(typed)])))
    return [("", _("the time of waiting alone")), *some]
