"""What is kept about a person, in chapters of plain lines for reading and printing."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Chapter:
    """One room's knowledge: lines of (what, value); an empty what begins a new item."""

    title: str
    lines: list[tuple[str, str]]


def titles() -> dict[str, str]:
    """Rooms by what they mean to a person."""
    return {
        "parties": _("Identity and contact"),
        "clients": _("As a client"),
        "referrals": _("Referrals"),
        "claims": _("Who worked with them"),
        "privacy": _("Consents"),
        "asking": _("Moments"),
        "sales": _("Sales and complaints"),
        "messages": _("Messages sent"),
        "imports": _("Rejected rows of files"),
        "files": _("Names of files"),
    }


def chapters(told: dict[str, dict]) -> list[Chapter]:
    """The export, room by room, empty values left out."""
    names = titles()
    found = [Chapter(names.get(room, room), _lines(known)) for room, known in told.items()]
    return [chapter for chapter in found if chapter.lines]


def _lines(known: Any, prefix: str = "") -> list[tuple[str, str]]:
    if isinstance(known, dict):
        lines: list[tuple[str, str]] = []
        for key, value in known.items():
            lines += _lines(value, key.replace("_", " "))
        return lines
    if isinstance(known, list):
        lines = []
        for item in known:
            if lines and isinstance(item, dict):
                lines.append(("", ""))
            lines += _lines(item, prefix)
        return lines
    return [(prefix, str(known))] if known not in ("", None) else []
