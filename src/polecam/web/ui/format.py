"""Ready strings for numbers, money, dates and spans, in the language that is active.

Cheap on purpose: a list formats its rows once with these and hands strings to the template.
Amounts are in grosze, shares in basis points, instants aware; days are those of the active zone
(the organisation's; see `web.ui.zone`).
"""

import re
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, ngettext, npgettext
from django.utils.translation import gettext as _

from polecam.organisation import currencies
from polecam.organisation.currencies import PLN, Currency

NARROW = "\u202f"
"""Narrow no-break space: between thousands and before the unit."""
HARD = "\u00a0"
"""No-break space."""

MONTHS = {
    "pl": "sty lut mar kwi maj cze lip sie wrz paź lis gru".split(),
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
}
FULL_MONTHS = {
    "pl": (
        "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik "
        "listopad grudzień"
    ).split(),
    "en": (
        "January February March April May June July August September October November December"
    ).split(),
}
IN_MONTHS = {
    "pl": (
        "w\u00a0styczniu|w\u00a0lutym|w\u00a0marcu|w\u00a0kwietniu|w\u00a0maju|w\u00a0czerwcu|"
        "w\u00a0lipcu|w\u00a0sierpniu|we\u00a0wrześniu|w\u00a0październiku|w\u00a0listopadzie|"
        "w\u00a0grudniu"
    ).split("|"),
    "en": [f"in\u00a0{name}" for name in FULL_MONTHS["en"]],
}
WEEKDAYS = {
    "pl": "pon. wt. śr. czw. pt. sob. niedz.".split(),
    "en": "Mon Tue Wed Thu Fri Sat Sun".split(),
}
FULL_WEEKDAYS = {
    "pl": "poniedziałek wtorek środa czwartek piątek sobota niedziela".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}
ORPHAN = re.compile(r"(?<![^\W\d_])([^\W\d_]) (?=\S)")
"""A word of one letter and the space after it."""
COUNTED = re.compile(r"(?<=\d) (?=[^\W\d_])")
"""A number and the word it counts."""


def language() -> str:
    """`pl` or `en`, whichever is active."""
    return "en" if (get_language() or "pl").startswith("en") else "pl"


# --- numbers and money ----------------------------------------------------------------------------


def number(value: int) -> str:
    """`12 345`: thousands apart by a narrow no-break space, a true minus sign."""
    sign = "−" if value < 0 else ""
    return sign + f"{abs(value):,}".replace(",", NARROW)


def amount(grosze: int, *, round_to_zloty: bool = False) -> str:
    """The number of a sum without its unit: `1 250`, `12,50`; grosze only when they are not 0.

    `round_to_zloty` rounds half away from zero, for estimates.
    """
    size = abs(grosze)
    zloty, rest = divmod(size, 100)
    if round_to_zloty:
        zloty, rest = (size + 50) // 100, 0
    text = f"{zloty:,}".replace(",", NARROW)
    if rest:
        text += f"{'.' if language() == 'en' else ','}{rest:02}"
    return f"−{text}" if grosze < 0 and (zloty or rest) else text


_currency: ContextVar[Currency] = ContextVar("currency", default=PLN)


def use_currency(code: str) -> None:
    """From now on, in this request, amounts are told in the currency of this code."""
    _currency.set(currencies.of(code))


def currency() -> Currency:
    """The money in which amounts are told, and typed."""
    return _currency.get()


def unit() -> str:
    """The sign that stands after an amount: `zł`, `€`."""
    return _currency.get().sign


def _priced(text: str | Promise) -> str:
    return str(text) % {"unit": unit()}


priced = lazy(_priced, str)
"""`priced(gettext_lazy("Amount, %(unit)s gross"))`: the sign is put in when the text is shown."""


def cell_format() -> str:
    """How a spreadsheet shows an amount."""
    return f'#,##0.00 "{unit()}"'


def zl(grosze: int, *, approx: bool = False, plus: bool = False) -> str:
    """`1 250 zł`, `12,50 zł`, or in the firm's other currency; `approx` gives `≈ 38 zł`, `plus`
    marks a gain with `+`."""
    text = amount(grosze, round_to_zloty=approx)
    if plus and grosze > 0:
        text = f"+{text}"
    told = f"{text}{NARROW}{unit()}"
    return f"≈{NARROW}{told}" if approx else told


def percent(bp: int) -> str:
    """Basis points as a share: 1250 -> `12,5%`, 4300 -> `43%`."""
    whole, rest = divmod(abs(bp), 100)
    text = f"{whole}.{rest:02}".rstrip("0").rstrip(".")
    if language() == "pl":
        text = text.replace(".", ",")
    return f"{'−' if bp < 0 else ''}{text}%"


def decimal(value: float, digits: int = 1) -> str:
    """`2,4` in Polish, `2.4` in English; no needless zero."""
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = text.replace("-", "−")
    return text.replace(".", ",") if language() == "pl" else text


# --- days and times -------------------------------------------------------------------------------


def local(at: datetime) -> datetime:
    """The instant on the clocks of the organisation."""
    return timezone.localtime(at)


def as_day(value: date | datetime) -> date:
    """The calendar day of an instant; a day is itself."""
    return local(value).date() if isinstance(value, datetime) else value


def today() -> date:
    """Today, in the organisation's zone."""
    return timezone.localdate()


def day(value: date | datetime, *, reference: date | None = None) -> str:
    """`23 lis`, `23 Nov`; with the year when it is not that of `reference` (today)."""
    d = as_day(value)
    text = f"{d.day}{HARD}{MONTHS[language()][d.month - 1]}"
    return text if d.year == (reference or today()).year else f"{text}{HARD}{d.year}"


def weekday(value: date | datetime, *, reference: date | None = None) -> str:
    """`pon. 23 lis`, `Mon 23 Nov`."""
    d = as_day(value)
    return f"{WEEKDAYS[language()][d.weekday()]}{HARD}{day(d, reference=reference)}"


def near(value: date | datetime, *, reference: date | None = None) -> str:
    """`dziś`, `jutro`, `wczoraj`; within six days `pon. 23 lis`; else `23 lis`."""
    d = as_day(value)
    now = reference or today()
    away = (d - now).days
    words = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    if away in words:
        return words[away]
    return weekday(d, reference=now) if abs(away) < 7 else day(d, reference=now)


def clock(at: datetime) -> str:
    """`14:30`."""
    return f"{local(at):%H:%M}"


def when(at: datetime, *, reference: date | None = None) -> str:
    """`dziś, 09:12`; `23 lis, 09:12`."""
    return f"{near(at, reference=reference)}, {clock(at)}"


def month(value: str | date) -> str:
    """`listopad 2026` for `2026-11` or a day in it; without the year when it is this year's."""
    year, index = _month(value)
    name = FULL_MONTHS[language()][index - 1]
    return name if year == today().year else f"{name}{HARD}{year}"


def in_month(value: str | date) -> str:
    """`w listopadzie`, `in November`."""
    return IN_MONTHS[language()][_month(value)[1] - 1]


def _month(value: str | date) -> tuple[int, int]:
    if isinstance(value, str):
        year, index = value.split("-")[:2]
        return int(year), int(index)
    return value.year, value.month


# --- spans ----------------------------------------------------------------------------------------


def months_between(start: date, end: date) -> int:
    """Whole months from `start` to `end`."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def span(start: date | datetime, end: date | datetime) -> tuple[str, int]:
    """How long: (`years`, 6), (`months`, 8) or (`days`, 3); whole units, rounded down."""
    first, last = as_day(start), as_day(end)
    months = max(0, months_between(first, last))
    if months >= 24 or months == 12:
        return "years", months // 12
    return ("months", months) if months >= 2 else ("days", max(0, (last - first).days))


def since(start: date | datetime, *, reference: date | None = None) -> str:
    """`od 6 lat`, `od roku`, `od 8 mies.`, `od 3 dni`; English `for 6 years`."""
    unit, n = span(start, reference or today())
    if unit == "years":
        text = npgettext("since", "for %(n)s year", "for %(n)s years", n)
        return _("for a year") if n == 1 else tie(text % {"n": n})
    if unit == "months":
        return tie(npgettext("since", "for %(n)s month", "for %(n)s months", n) % {"n": n})
    return tie(npgettext("since", "for %(n)s day", "for %(n)s days", n) % {"n": n})


def ago(start: date | datetime, *, reference: date | None = None) -> str:
    """`6 lat temu`, `rok temu`, `8 mies. temu`, `wczoraj`; English `8 months ago`."""
    now = reference or today()
    if (now - as_day(start)).days < 2:
        return near(start, reference=now)
    unit, n = span(start, now)
    if unit == "years":
        text = npgettext("ago", "%(n)s year ago", "%(n)s years ago", n)
        return _("a year ago") if n == 1 else tie(text % {"n": n})
    if unit == "months":
        return tie(npgettext("ago", "%(n)s month ago", "%(n)s months ago", n) % {"n": n})
    return tie(npgettext("ago", "%(n)s day ago", "%(n)s days ago", n) % {"n": n})


def days(n: int) -> str:
    """`1 dzień`, `3 dni`, `90 dni`."""
    return tie(ngettext("%(n)s day", "%(n)s days", n) % {"n": n})


def days_left(until: date | datetime, *, reference: date | None = None) -> int:
    """Days from today until a day, never below 0."""
    return max(0, (as_day(until) - (reference or today())).days)


# --- words ----------------------------------------------------------------------------------------


def tie(text: str) -> str:
    """No line ends with a one-letter word or parts a number from what it counts."""
    return COUNTED.sub(HARD, ORPHAN.sub(rf"\1{HARD}", text))


def listed(names: list[str]) -> str:
    """`Ola, Kamil i Ewa`; `Ola, Kamil and Ewa`."""
    if len(names) < 2:
        return "".join(names)
    return tie(_("%(most)s and %(last)s") % {"most": ", ".join(names[:-1]), "last": names[-1]})
