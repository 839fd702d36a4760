"""The evidence in words: every figure with its range, whose data it rests on, and its sum."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.insights.evidence_data import Ground
from polecam.insights.evidence_report import Report
from polecam.insights.intervals import Figure
from polecam.kit.money import half_up
from polecam.web.ui import format as fmt
from polecam.web.ui.parts import Row

COUNTED, YOURS, MIXED, DEFAULT = "counted", "yours", "mixed", "default"
TONES = {COUNTED: "leaf", YOURS: "leaf", MIXED: "honey", DEFAULT: "line"}


@dataclass(frozen=True, slots=True)
class Line:
    """One figure. `span`: its range, empty for a counted fact; `rows`: where it is from."""

    label: str
    value: str
    mark: str
    span: str = ""
    rows: list[Row] = field(default_factory=list)
    strong: bool = False

    @property
    def said(self) -> str:
        """Whose data it rests on."""
        return mark(self.mark)

    @property
    def tone(self) -> str:
        """Of its chip."""
        return TONES[self.mark]


@dataclass(frozen=True, slots=True)
class Section:
    """One question of the report. `lines` is empty where `missing` says what must come first."""

    code: str
    title: str
    lines: list[Line]
    missing: str = ""
    note: str = ""

    @property
    def on_paper(self) -> dict[str, Any]:
        """As the sheet takes it."""
        return {
            "title": self.title,
            "missing": self.missing,
            "note": self.note,
            "lines": [
                [line.label, line.value, line.span, line.said, line.strong] for line in self.lines
            ],
        }


def mark(code: str) -> str:
    """Whose data a figure rests on."""
    return {
        COUNTED: _("counted"),
        YOURS: _("yours"),
        MIXED: _("yours and default"),
        DEFAULT: _("default"),
    }[code]


def periods() -> list[tuple[str, str]]:
    """Key and name of each period."""
    return [("quarter", _("Quarter")), ("year", _("Year")), ("all", _("All so far"))]


def span_of_months(ground: Ground) -> str:
    """`sierpień–październik`, or one month."""
    if not ground.months:
        return ""
    first, last = ground.months[0], ground.months[-1]
    return fmt.month(first) if first == last else f"{fmt.month(first)}–{fmt.month(last)}"


def money_span(found: Figure) -> str:
    """The range of an amount, in whole zlotys; nothing for a counted fact."""
    return "" if found.exact else span(found, whole)


def percent(share: float) -> str:
    """A chance in whole percent."""
    return fmt.percent(round(share * 100) * 100)


def percent_span(found: Figure) -> str:
    """Its range."""
    return span(found, percent)


def ratio(value: float) -> str:
    """`5,3 zł`: what one złoty returned above itself."""
    return f"{fmt.decimal(value)}{fmt.NARROW}{fmt.unit()}"


def minutes(value: float) -> str:
    """`9 min`."""
    return _("%(n)s min") % {"n": fmt.decimal(value)}


def span(found: Figure, shown: Callable[[float], str]) -> str:
    """A range, each end as `shown` says it."""
    return _("from %(low)s to %(high)s") % {"low": shown(found.low), "high": shown(found.high)}


def about(grosze: float) -> str:
    """`≈ 1 250 zł`: an estimate."""
    return fmt.zl(round(grosze), approx=True)


def whole(grosze: float) -> str:
    """`1 250 zł`: to a whole zloty."""
    return fmt.zl(half_up(round(grosze), 100) * 100)


def share(rate: float) -> str:
    """`0,8`."""
    return fmt.decimal(rate, 2)


def mark_of(found: Report, *keys: str, data: bool = False) -> str:
    """All parameters own: yours. Own data or some own: both. Else default."""
    own = [found.parameters.held[key].own for key in keys]
    if all(own):
        return YOURS
    return MIXED if any(own) or (data and found.ground.wins) else DEFAULT


def months_note(ground: Ground) -> str:
    """How many months may be told, and how many may not."""
    told = ngettext("%(n)s whole month", "%(n)s whole months", len(ground.months)) % {
        "n": len(ground.months)
    }
    if not ground.left_out:
        return told
    left = ngettext(
        "%(n)s left out, of fewer than five people",
        "%(n)s left out, of fewer than five people",
        ground.left_out,
    ) % {"n": ground.left_out}
    return f"{told}; {left}"


def margin_note(found: Report) -> str:
    """Whose margin it is."""
    if found.parameters.own("yearly_margin_grosze"):
        return _("your own figure")
    if not found.ground.wins:
        return _("an assumption, no sales of yours yet")
    return ngettext(
        "%(n)s sale of yours, joined with an assumption of weight 30",
        "%(n)s sales of yours, joined with an assumption of weight 30",
        found.ground.wins,
    ) % {"n": found.ground.wins}
