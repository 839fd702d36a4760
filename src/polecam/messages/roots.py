"""The mail that takes a day's root out of the house."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

VERIFY_PATH = "/verify/"


@dataclass(frozen=True, slots=True)
class Day:
    """One sealed day: its root in hex, over so many entries of the journal."""

    day: date
    root: str
    events: int


def compose(language: str, firm: str, days: Sequence[Day]) -> tuple[str, str]:
    """Subject and body for `days`, oldest first; at least one."""
    with translation.override(language):
        shown = [format_date(item.day, "d MMMM y", locale=language) for item in days]
        subject = _("Root of the day %(day)s") % {"day": shown[-1]}
        lines = [
            f"{day} ({_entries(item.events)})\n{item.root}"
            for day, item in zip(shown, days, strict=True)
        ]
        body = _(
            "%(firm)s, journal of recommendations:\n\n"
            "%(roots)s\n\n"
            "Keep this mail: it proves who brought whom on that day, even if somebody should "
            "rewrite the whole journal later. To check a receipt, open %(url)s and paste the "
            "receipt and this mail.\n"
        ) % {
            "firm": firm,
            "roots": "\n\n".join(lines),
            "url": settings.BASE_URL + VERIFY_PATH,
        }
        return subject, body


def _entries(count: int) -> str:
    said = ngettext("%(n)s entry", "%(n)s entries", count)
    return said % {"n": count}
