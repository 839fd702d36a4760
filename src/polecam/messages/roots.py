"""What the mail that takes a day's root out of the house says of its days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from django.conf import settings
from django.utils import translation
from django.utils.translation import ngettext

VERIFY_PATH = "/verify/"


@dataclass(frozen=True, slots=True)
class Day:
    """One sealed day: its root in hex, over so many entries of the journal."""

    day: date
    root: str
    events: int


def facts(language: str, days: Sequence[Day]) -> dict[str, str]:
    """What fills the mail about `days`, oldest first; at least one."""
    with translation.override(language):
        shown = [format_date(item.day, "d MMMM y", locale=language) for item in days]
        lines = [
            f"{day} ({_entries(item.events)})\n{item.root}"
            for day, item in zip(shown, days, strict=True)
        ]
    url = settings.BASE_URL + VERIFY_PATH
    return {"day": shown[-1], "roots": "\n\n".join(lines), "url": url}


def _entries(count: int) -> str:
    said = ngettext("%(n)s entry", "%(n)s entries", count)
    return said % {"n": count}
