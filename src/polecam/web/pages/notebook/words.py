"""Pages and sources in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.asking.models import Setback
from polecam.insights.reliability import CAME_BY, REMINDED, WARM, Source
from polecam.web.pages.notebook.forms import ABOUT
from polecam.web.ui import format as fmt


@dataclass(frozen=True, slots=True)
class Page:
    """One page, opened for its seller."""

    ident: str
    about: str
    what: str
    when_next: str
    then_do: str
    at: datetime
    closed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One source: how many came, the chance, its honest range."""

    label: str
    shown: str
    note: str
    width_bp: int


def page(found: Setback) -> Page:
    """The page with its texts unsealed."""
    return Page(
        found.public_id,
        str(dict(ABOUT).get(found.kind, "")),
        found.what,
        found.when_next,
        found.then_do,
        found.noted_at,
        found.closed_at is not None,
    )


def groups(found: list[Source]) -> list[tuple[str, list[Line]]]:
    """Sources by what they are about; a group with nothing to tell is left out."""
    titles = {
        WARM: _("How warm the recommendation was"),
        REMINDED: _("A reminder before it"),
        CAME_BY: _("How the recommendation came"),
    }
    made = [
        (title, [_line(source) for source in found if source.by == by])
        for by, title in titles.items()
    ]
    return [(title, lines) for title, lines in made if lines]


def _line(source: Source) -> Line:
    names = {
        (WARM, "asked"): _("The friend had not heard of it yet"),
        (WARM, "told"): _("The client had told the friend"),
        (WARM, "waits"): _("The friend waited for the call"),
        (REMINDED, "yes"): _("With a reminder"),
        (REMINDED, "no"): _("Without a reminder"),
        (CAME_BY, "asked"): _("After an ask"),
        (CAME_BY, "spontaneous"): _("Unasked, by the client's own idea"),
        (CAME_BY, "walk_in"): _("The friend came in"),
        (CAME_BY, "imported"): _("From an earlier list"),
    }
    said = ngettext(
        "%(came)s of %(n)s meeting; honestly from %(low)s to %(high)s",
        "%(came)s of %(n)s meetings; honestly from %(low)s to %(high)s",
        source.meetings,
    ) % {
        "came": source.came,
        "n": source.meetings,
        "low": fmt.percent(round(source.low_bp, -2)),
        "high": fmt.percent(round(source.high_bp, -2)),
    }
    return Line(
        names[source.by, source.value],
        fmt.percent(round(source.chance_bp, -2)),
        said,
        source.chance_bp,
    )
