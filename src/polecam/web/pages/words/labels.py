"""Channels, relations and results in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from polecam.asking.models import AskChannel, Script
from polecam.insights.word_results import LEAST, Group, Result
from polecam.web.pages.today import cards, forms, why
from polecam.web.ui import format as fmt

CHANNELS = {code: label for code, label in forms.CHANNELS if code}
SHORT = {
    AskChannel.TALK: pgettext_lazy("channel, short", "Talk"),
    AskChannel.PHONE: pgettext_lazy("channel, short", "Phone"),
    AskChannel.MESSAGE: pgettext_lazy("channel, short", "Message"),
}
RELATIONS = {code: label for code, label in forms.RELATIONS if code}


@dataclass(frozen=True, slots=True)
class Sample:
    """Somebody to try words on."""

    first_name: str
    form: str


SAMPLES = (Sample("Anna", "f"), Sample("Piotr", "m"), Sample("Alex", "n"))
"""A woman, a man, and somebody whose form nobody knows."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a group: how it sounds, how often it was used, how often yes."""

    text: str
    language: str
    shown: str
    note: str
    width_bp: int
    best: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Sentences of equal standing, side by side, and what may be said of them."""

    title: str
    own: bool
    lines: list[Line]
    verdict: str

    @property
    def told(self) -> bool:
        """Whether any of its shares can be told."""
        return any(line.shown for line in self.lines)


def kind(code: str) -> str:
    """A kind of moment; "" is any."""
    return why.title(code) if code else _("Any moment")


def place(script: Script) -> str:
    """Channel and relation, as far as the sentence is narrower than any."""
    parts = (CHANNELS.get(script.channel, ""), RELATIONS.get(script.relation, ""))
    return ", ".join(str(part) for part in parts if part)


def table(group: Group) -> Table:
    """A group in words."""
    first = group.results[0].script
    narrower = place(first)
    title = f"{kind(first.moment_kind)} ({narrower})" if narrower else kind(first.moment_kind)
    better = group.better
    return Table(
        title,
        first.seller_id is not None,
        [_line(result, best=result is better) for result in group.results],
        _verdict(group),
    )


def _line(result: Result, *, best: bool) -> Line:
    text, _exit = cards.sounds(result.script, SAMPLES[0])
    share = result.share
    if share is None:
        note = _("%(n)s of %(least)s uses so far") % {"n": result.uses, "least": LEAST}
        return Line(text, result.script.language, "", note, 0, best)
    note = ngettext(
        "%(n)s use; honestly from %(low)s to %(high)s",
        "%(n)s uses; honestly from %(low)s to %(high)s",
        result.uses,
    ) % {"n": result.uses, "low": _percent(share.low), "high": _percent(share.high)}
    width = round(share.value * 10_000)
    return Line(text, result.script.language, _percent(share.value), note, width, best)


def _verdict(group: Group) -> str:
    if len(group.results) < 2:
        return ""
    if group.better:
        return _("The first of them brings a yes more often, and not by chance alone.")
    if group.compared:
        return _("The ranges overlap: nothing to choose between them yet. Say what feels like you.")
    return ngettext(
        "Two sentences are compared from %(n)s use each.",
        "Two sentences are compared from %(n)s uses each.",
        LEAST,
    ) % {"n": LEAST}


def _percent(share: float) -> str:
    return fmt.percent(round(share * 100) * 100)
