"""Codes of surveys in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from polecam.insights.intervals import Figure
from polecam.insights.surveys import Told
from polecam.kit.money import WHOLE_BP
from polecam.surveys.models import Survey
from polecam.surveys.rules import HELPED
from polecam.web.ui import format as fmt

MINUS = "\N{MINUS SIGN}"


HELPED_MOST: dict[str, str | Promise] = {
    "listened": gettext_lazy("Somebody listened"),
    "clear": gettext_lazy("Clear words"),
    "quick": gettext_lazy("Quick and simple"),
    "fitted": gettext_lazy("It suited me"),
    "kept_word": gettext_lazy("Promises were kept"),
    "other": gettext_lazy("Something else"),
}


def helped() -> list[tuple[str, str]]:
    """What may have helped most, each in a few words."""
    return [(code, str(HELPED_MOST[code])) for code in HELPED]


def periods() -> list[tuple[str, str]]:
    """Key and name of each period."""
    return [("month", _("Month")), ("quarter", _("Quarter")), ("year", _("Year"))]


def signed(value: float) -> str:
    """`+42`, `0`, `-7` with a real minus."""
    whole = round(value)
    return f"+{whole}" if whole > 0 else f"{MINUS}{-whole}" if whole < 0 else "0"


def between(score: Figure) -> str:
    """The range of a score in words."""
    return _("honestly from %(low)s to %(high)s") % {
        "low": signed(score.low),
        "high": signed(score.high),
    }


def share(value: float) -> str:
    """0.384 as `38%`."""
    return fmt.percent(round(value * WHOLE_BP / 100) * 100)


def between_shares(part: Figure) -> str:
    """The range of a share in words."""
    return _("honestly from %(low)s to %(high)s") % {
        "low": share(part.low),
        "high": share(part.high),
    }


def span(told: Told) -> str:
    """The months shown: `sierpień–październik`, or one of them."""
    if not told.months:
        return ""
    first, last = told.months[0], told.months[-1]
    return fmt.month(first) if first == last else f"{fmt.month(first)}–{fmt.month(last)}"


def bars(told: Told) -> list[tuple[str, int, str, bool]]:
    """What helped most as rows of bars: label, value, words, not one's own."""
    labels, whole = dict(helped()), sum(count for _code, count in told.helped)
    return [(labels[code], count, share(count / whole), False) for code, count in told.helped]


def groups(told: Told) -> list[tuple[str, str]]:
    """The three groups behind the score: share and label."""
    glad, between_, not_glad = told.groups
    return [
        (share(glad / told.answers), _("9 or 10")),
        (share(between_ / told.answers), _("7 or 8")),
        (share(not_glad / told.answers), _("0 to 6")),
    ]


def message(survey: Survey) -> str:
    """What the adviser passes on with the link, in the client's language."""
    with override(survey.language):
        return _("Two taps, if you like: how has it been with us so far?")
