"""The evidence on one sheet of A4, by typst: everything goes in as data."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from polecam.insights.parameters import Parameters
from polecam.web.pages.evidence import parameter_words
from polecam.web.ui import typeset

T = TypeVar("T")
TEMPLATE = Path(__file__).with_name("report.typ")
NAMED = (
    "cost_of_client_grosze",
    "yearly_margin_grosze",
    "retention_bp",
    "discount_bp",
    "uplift_bp",
    "incremental_bp",
    "hour_cost_grosze",
)
"""The parameters whose source stands on the sheet."""


def pdf(said: dict[str, Any]) -> bytes:
    """One page; `said`: its texts, ready to read (see report.typ)."""
    charts = [chart for chart in said.get("charts", []) if chart["bars"]]
    for chart in charts:
        top = max([bar[1] for bar in chart["bars"]], default=0) or 1
        chart["bars"] = [
            [label, max(0.0, value) / top, shown, mine]
            for label, value, shown, mine in chart["bars"]
        ]
    halves = _halves(said.pop("sections"), lambda section: 3 + 2 * len(section["lines"]))
    sources = _halves(said["sources"], lambda _source: 1)
    return typeset.pdf(TEMPLATE, said | {"charts": charts, "sections": halves, "sources": sources})


def _halves(items: list[T], height: Callable[[T], int]) -> list[list[T]]:
    """In two columns of nearly the same height, in order."""
    heights = [height(item) for item in items]
    cut = min(
        range(len(items) + 1), key=lambda at: abs(sum(heights[:at]) - sum(heights[at:])), default=0
    )
    return [items[:cut], items[cut:]]


def method() -> str:
    """How the figures come about, in three sentences."""
    return _(
        "Whole months that are over, with five people or more in each, so that no figure tells "
        "about one person. Counted figures are exact; a range holds eight of ten likely values. "
        "Own data join the defaults by weight (30 cases), never by a jump. "
        "CLV = m r : (1 + i - r); referral value by Kumar, Petersen and Leone (2010)."
    )


def sources(parameters: Parameters) -> list[list[str]]:
    """What was counted with, and where it is from."""
    lines = [parameter_words.line(parameters.held[key]) for key in NAMED]
    return [[line.sentence, line.origin] for line in lines]


def foot(firm: str, day: str) -> str:
    """Who made it, when, with what."""
    return _("%(firm)s, made on %(day)s with Polecam. All bonuses are gross.") % {
        "firm": firm,
        "day": day,
    }
