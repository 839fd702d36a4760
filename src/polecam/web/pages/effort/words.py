"""What an hour is worth, in words: bars, ranges, grades, and the sum behind each figure."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.effort.models import Effort, Grade, Source, TimeEntry
from polecam.insights.hours import LEAST_MINUTES, Hour, Usual, easy_share, times_better
from polecam.insights.intervals import Figure
from polecam.web.pages.effort.forms import SOURCES
from polecam.web.ui import format as fmt
from polecam.web.ui.parts import Row


@dataclass(frozen=True, slots=True)
class Behind:
    """The sum behind the value of one source's hour."""

    title: str
    rows: list[Row]
    note: str


def source(code: str) -> str:
    """A source by its name."""
    return str(dict(SOURCES)[Source(code)])


def grade(code: str) -> str:
    """How good the evidence of a time is."""
    return {
        Grade.TIMED: _("measured"),
        Grade.REPORTED: _("as noted"),
        Grade.DEFAULT: _("assumed"),
    }[Grade(code)]


def duration(minutes: int) -> str:
    """`45 min`, `7,6 godz.`."""
    if minutes < 60:
        return _("%(n)s min") % {"n": minutes}
    return _("%(n)s h") % {"n": fmt.decimal(minutes / 60)}


def zl_per_hour(grosze: float) -> str:
    """`164 zł/godz.`, whole zlotys."""
    return _("%(amount)s %(unit)s/h") % {
        "amount": fmt.amount(round(grosze), round_to_zloty=True),
        "unit": fmt.unit(),
    }


def span_of(found: Figure) -> str:
    """`od 120 do 210`, whole zlotys."""
    return _("honestly from %(low)s to %(high)s") % {
        "low": fmt.amount(round(found.low), round_to_zloty=True),
        "high": fmt.amount(round(found.high), round_to_zloty=True),
    }


def bars(hours: list[Hour]) -> list[tuple[str, float, str, bool]]:
    """Rows of the drawing: sources whose hour can be told."""
    return [
        (
            source(hour.source),
            max(0.0, hour.value.value),
            zl_per_hour(hour.value.value),
            hour.source == Source.REFERRAL,
        )
        for hour in hours
        if hour.value
    ]


def notes(hours: list[Hour]) -> list[str]:
    """The range and the evidence under each bar."""
    said = _("%(range)s; time %(grade)s")
    return [
        said % {"range": span_of(hour.value), "grade": grade(hour.grade)}
        for hour in hours
        if hour.value
    ]


def verdict(hours: list[Hour]) -> str:
    """One sentence that compares, only as far as the ranges allow."""
    referral, *others = hours
    others = [hour for hour in others if hour.value]
    if not referral.value or not others:
        return ""
    least = others[-1]
    times = times_better(referral, least)
    if times is not None:
        return _(
            "An hour of referrals brought you %(times)s times as much as an hour of: %(source)s."
        ) % {
            "times": fmt.decimal(times, 1 if times < 10 else 0),
            "source": source(least.source).lower(),
        }
    if any(times_better(other, referral) for other in others):
        return _(
            "In these months another source paid better for an hour. That, too, is good to know."
        )
    return _("The ranges touch, so these months do not say which hour is worth more.")


def time_of(hours: list[Hour]) -> str:
    """How much time referrals took."""
    return _("Your time for referrals: %(time)s") % {"time": duration(hours[0].total_minutes)}


def behind(hours: list[Hour], usual: Usual) -> list[Behind]:
    """Where each figure is from."""
    return [_behind(hour, usual) for hour in hours]


def _behind(hour: Hour, usual: Usual) -> Behind:
    own = hour.source == Source.REFERRAL
    if hour.earned is None:
        earned = Row(_("Income"), "–", _("you have not told it"))
    elif own:
        earned = Row(_("Bonus"), fmt.zl(hour.earned), _("gross, your lines of these months"))
    else:
        earned = Row(_("Income"), fmt.zl(hour.earned), _("gross, as you told it"))
    rows = [earned]
    rows += [
        Row(_("Time"), duration(hour.minutes[code]), _grade_note(hour, code, usual))
        for code in Grade.values
        if hour.minutes[code]
    ]
    if hour.value:
        rows.append(Row(_("One hour, gross"), zl_per_hour(hour.value.value), total=True))
    return Behind(source(hour.source), rows, _behind_note(hour))


def _grade_note(hour: Hour, code: str, usual: Usual) -> str:
    if code == Grade.TIMED:
        return _("measured by the timer")
    if code == Grade.REPORTED:
        return _("as you noted it")
    asks = ngettext("%(n)s ask", "%(n)s asks", hour.asks) % {"n": hour.asks}
    yes = ngettext("%(n)s yes", "%(n)s times yes", hour.yes) % {"n": hour.yes}
    return _("assumed on days without a note: %(asks)s x %(a)s min, %(yes)s x %(b)s min") % {
        "asks": asks,
        "a": usual.ask_minutes,
        "yes": yes,
        "b": usual.follow_minutes,
    }


def _behind_note(hour: Hour) -> str:
    easy, said = easy_share(hour)
    felt = (
        _("It felt easy %(easy)s times of %(said)s.") % {"easy": easy, "said": said} if said else ""
    )
    if hour.value:
        return f"{span_of(hour.value)}. {felt}".capitalize().strip()
    if hour.total_minutes < LEAST_MINUTES:
        few = _("An hour is told from %(n)s noted minutes on.") % {"n": LEAST_MINUTES}
        return f"{few} {felt}".strip()
    return felt


@dataclass(frozen=True, slots=True)
class Noted:
    """One entry of the list."""

    ident: str
    title: str
    sub: str
    minutes: str


def noted(entry: TimeEntry) -> Noted:
    """An entry: what for, when, how it felt."""
    felt = {"": "", Effort.EASY: _("easy"), Effort.HARD: _("hard")}[entry.effort]
    parts = [fmt.near(entry.day), grade(entry.grade), felt]
    return Noted(
        entry.public_id,
        source(entry.source),
        " · ".join(str(part) for part in parts if part),
        duration(entry.minutes),
    )
