"""How a file was read, in words, and what may be read another way."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from polecam.actions import imports
from polecam.actions.import_outcome import Outcome
from polecam.imports import clients, columns, letters
from polecam.imports.models import Import, ImportKind, Shape
from polecam.web.pages.imports.forms import KINDS
from polecam.web.ui import format as fmt

LETTERS: dict[str, str | Promise] = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp1250": gettext_lazy("windows-1250 (Windows)"),
    "iso8859-2": gettext_lazy("ISO-8859-2 (older systems, Linux)"),
    "cp852": gettext_lazy("CP852 (DOS)"),
    "mazovia": gettext_lazy("Mazovia (DOS, before 1995)"),
}
SEPARATORS: dict[str, str | Promise] = {
    ";": gettext_lazy("semicolons"),
    ",": gettext_lazy("commas"),
    "\t": gettext_lazy("tabs"),
    "|": gettext_lazy("vertical bars"),
}
LINES_SHOWN = 12
SHOWN = 48


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a select."""

    value: str
    label: str
    chosen: bool


def context(job: Import, rows: list[columns.Row], outcome: Outcome | None) -> dict[str, Any]:
    """What the card „How the file was read" shows."""
    how = job.options.get("reading", {})
    original = bool(job.options.get("raw"))
    return {
        "how": [said for said in _sentences(job, how, rows, outcome) if said],
        "unsure": not how.get("sure", True),
        "lines": _lines(job, how, rows),
        "letters": _letters(how) if original else [],
        "sheets": _sheets(how) if original else [],
        "remembered": _remembered(job),
        "better": _better(job, rows),
    }


def _sentences(
    job: Import, how: dict[str, Any], rows: list[columns.Row], outcome: Outcome | None
) -> list[str]:
    return [
        _source(how),
        _("The letters had been spoiled on the way and were put right.") if how.get("mend") else "",
        _headings(job, how, rows),
        _left_out(how),
        _names(job, rows),
        _several(job, rows),
        _again(outcome),
    ]


def _source(how: dict[str, Any]) -> str:
    written = str(LETTERS.get(how.get("letters", ""), ""))
    if how.get("kind") == "vcard":
        return _("Contact cards in %(letters)s.") % {"letters": written}
    if how.get("kind") == "workbook":
        said = _("The sheet “%(sheet)s” of a workbook.") % {"sheet": how["sheet"]}
        if how["sheets"]:
            said += " " + _("Not read: %(sheets)s.") % {"sheets": ", ".join(how["sheets"])}
        return said
    if how.get("kind") != "csv":
        return ""
    parted = SEPARATORS.get(how["separator"], how["separator"])
    return _("Text in %(letters)s, columns parted by %(signs)s.") % {
        "letters": written,
        "signs": parted,
    }


def _headings(job: Import, how: dict[str, Any], rows: list[columns.Row]) -> str:
    header = int(job.options.get("header", 1))
    if how.get("kind") == "vcard":
        return ""
    if not header:
        return _("No headings: the first row is a client already.")
    said = _("Headings in row %(line)s.") % {"line": header}
    above = sum(1 for line, _cells in rows if 0 < line < header)
    if above:
        said += " " + ngettext(
            "%(n)s row above them is a title.", "%(n)s rows above them are a title.", above
        ) % {"n": above}
    return said


def _left_out(how: dict[str, Any]) -> str:
    count = how.get("left_out", 0)
    if not count:
        return ""
    lines = ", ".join(str(line) for line, _why in how["left"]) + ("…" if count > 10 else "")
    return ngettext(
        "%(n)s row is a total or the footer of a report and was left out: row %(lines)s.",
        "%(n)s rows are totals or the footer of a report and were left out: rows %(lines)s.",
        count,
    ) % {"n": count, "lines": lines}


def _names(job: Import, rows: list[columns.Row]) -> str:
    found = {field: int(place) for place, field in job.mapping.items()}
    place = found.get("full_name", found.get("name_last_first"))
    if place is None or job.options.get("reading", {}).get("kind") == "vcard":
        return ""
    header = int(job.options.get("header", 1))
    cells = [row[place] for line, row in rows if line > header and place < len(row)]
    forward, backward = columns.orders(cells)
    other = backward if "full_name" in found else forward
    said = (
        _("Names are read as the first name, then the last.")
        if "full_name" in found
        else _("Names are read as the last name, then the first.")
    )
    if not forward and not backward:
        return said + " " + _("The names themselves do not tell: please check.")
    if other:
        return (
            said
            + " "
            + ngettext(
                "%(n)s of the first rows looks the other way round: please check.",
                "%(n)s of the first rows look the other way round: please check.",
                other,
            )
            % {"n": other}
        )
    return said


def _several(job: Import, rows: list[columns.Row]) -> str:
    if job.kind != ImportKind.CLIENTS:
        return ""
    header, today = int(job.options.get("header", 1)), job.created_at.date()
    data = [(line, cells) for line, cells in rows if line > header]
    count = sum(
        clients.parse(line, cells, job.mapping, today=today).spare > 0 for line, cells in data
    )
    if not count:
        return ""
    return ngettext(
        "%(n)s row holds more than one number or address: the first mobile number and the first "
        "address are taken.",
        "%(n)s rows hold more than one number or address: the first mobile number and the first "
        "address are taken.",
        count,
    ) % {"n": count}


def _again(outcome: Outcome | None) -> str:
    count = outcome.repeated if outcome else 0
    if not count:
        return ""
    return ngettext(
        "%(n)s row speaks again of somebody named above: one client, what is new is added.",
        "%(n)s rows speak again of somebody named above: one client each, what is new is added.",
        count,
    ) % {"n": count}


def _lines(job: Import, how: dict[str, Any], rows: list[columns.Row]) -> list[Option]:
    if how.get("kind") == "vcard":
        return []
    header = int(job.options.get("header", 1))
    shown = [row for row in rows if row[0] > 0][:LINES_SHOWN]
    if header and all(line != header for line, _cells in shown):
        shown += [row for row in rows if row[0] == header]
    found = [Option("0", _("there are none"), not header)]
    for line, cells in shown:
        words = " · ".join(cell.strip() for cell in cells if cell.strip())[:SHOWN]
        found.append(Option(str(line), f"{line}: {words}", line == header))
    return found


def _letters(how: dict[str, Any]) -> list[Option]:
    if how.get("letters") not in letters.SINGLE:
        return []
    sure = how.get("sure", True)
    return [
        Option(name, str(LETTERS[name]), sure and name == how["letters"]) for name in letters.SINGLE
    ]


def _sheets(how: dict[str, Any]) -> list[Option]:
    if not how.get("sheets"):
        return []
    return [Option(name, name, name == how["sheet"]) for name in [how["sheet"], *how["sheets"]]]


def _remembered(job: Import) -> str:
    """`Read as last time (12 Nov, by Ada).`; nothing for a file with new headings."""
    if not (ident := job.options.get("shape")):
        return ""
    shape = Shape.objects.select_related("used_by").filter(pk=ident).first()
    if shape is None:
        return ""
    day = fmt.day(shape.used_at)
    if shape.used_by is None:
        return _("Read as last time (%(day)s).") % {"day": day}
    said = {"day": day, "name": shape.used_by.full_name}
    return _("Read as last time (%(day)s, by %(name)s).") % said


def _better(job: Import, rows: list[columns.Row]) -> dict[str, str]:
    """Another kind of file that this clearly is, and the door for it."""
    kind = columns.better_kind(rows, job.kind) if rows else ""
    if kind == ImportKind.SALES:
        return {"kind": "", "name": _("sales"), "url": reverse("confirm:file")}
    if not kind:
        return {}
    return {"kind": kind, "name": str(dict(KINDS)[ImportKind(kind)]), "url": ""}


def choice(job: Import, data: QueryDict) -> imports.Choice:
    """How the form wants the file read; what is as before is left out."""
    how = job.options.get("reading", {})
    line, header = data.get("header", ""), int(job.options.get("header", 1))
    sheet, written = data.get("sheet", ""), data.get("letters", "")
    kind = data.get("kind", "")
    same = written == how.get("letters") and how.get("sure", True)
    return imports.Choice(
        header=int(line) if line.isdecimal() and len(line) < 8 and int(line) != header else None,
        letters=written if written in letters.SINGLE and not same else "",
        sheet=sheet if sheet in how.get("sheets", []) else "",
        kind=kind if kind in dict(KINDS) and kind != job.kind else "",
        anew=bool(data.get("anew")),
    )
