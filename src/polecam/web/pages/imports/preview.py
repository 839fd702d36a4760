"""The preview: which column means what, the first rows, whose the clients become, what will be."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from polecam.actions import imports
from polecam.imports import columns, stage
from polecam.imports.models import Import, ImportKind
from polecam.imports.reasons import COLUMNS, reason
from polecam.imports.reasons import column as column_name
from polecam.kit.names import fold
from polecam.people.models import Person
from polecam.people.queries import team
from polecam.web.pages.imports import reading

HEAD = 400
ROWS_SHOWN = 2
SAMPLE_LETTERS = 28
FORECAST = 500
MOST_NAMES = 40
OWNER_FIELDS = {ImportKind.CLIENTS: "owner", ImportKind.REFERRALS: "seller"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file: its heading, what it means, the first cells."""

    index: int
    heading: str
    field: str
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Named:
    """A seller as the file writes them, and who that is."""

    key: str
    name: str
    chosen: str


def context(job: Import, *, at: datetime) -> dict[str, Any]:
    """What the preview shows."""
    head = stage.head(job.upload, HEAD)
    header = int(job.options.get("header", 1))
    data = [cells for line, cells in head if line > header]
    width = max((len(cells) for _line, cells in head), default=0)
    headings = columns.headings_of(head, header)
    missing = columns.missing(job.mapping, job.kind)
    forecast = None if missing else _forecast(job, at)
    outcome = forecast["outcome"] if forecast else None
    return reading.context(job, head, outcome) | {
        "columns": [_column(n, headings, job.mapping, data) for n in range(width)],
        "choices": [(field, str(COLUMNS[field])) for field in columns.FIELDS[ImportKind(job.kind)]],
        "missing": [column_name(field) for field in missing],
        "by_column": job.options.get("owners") == "column",
        "unknown": job.options.get("unknown", "spread"),
        "owner_column": _has_owner(job),
        "names": _names(job),
        "team": list(team(job.branch_id)),
        "forecast": forecast,
    }


def mapped_headings(job: Import) -> list[str]:
    """What the columns mean, for when the file itself is gone."""
    width = max((int(index) for index in job.mapping), default=-1) + 1
    return [column_name(job.mapping.get(str(index), "")) for index in range(width)]


def _column(
    index: int, headings: list[str], mapping: dict[str, str], data: list[list[str]]
) -> Column:
    heading = headings[index] if index < len(headings) else ""
    shown = [row[index] for row in data if index < len(row) and row[index].strip()]
    label = heading.strip()[:60] or _("Column %(n)s") % {"n": index + 1}
    return Column(
        index,
        label,
        mapping.get(str(index), ""),
        [cell[:SAMPLE_LETTERS] for cell in shown[:ROWS_SHOWN]],
    )


def _has_owner(job: Import) -> bool:
    return OWNER_FIELDS.get(ImportKind(job.kind)) in job.mapping.values()


def _names(job: Import) -> list[Named]:
    """Sellers as the first thousand rows write them who are nobody by that name."""
    field = OWNER_FIELDS.get(ImportKind(job.kind))
    index = next((int(i) for i, name in job.mapping.items() if name == field), None)
    if index is None:
        return []
    known = {frozenset(fold(person.full_name).split()) for person in team(job.branch_id)}
    aliases = job.options.get("aliases", {})
    found: dict[str, Named] = {}
    header = int(job.options.get("header", 1))
    for line, cells in stage.head(job.upload, 1000):
        name = cells[index].strip() if line > header and index < len(cells) else ""
        key = fold(name)
        if key and frozenset(key.split()) not in known and len(found) < MOST_NAMES:
            found.setdefault(key, Named(key, name[:80], aliases.get(key, "")))
    return list(found.values())


def _forecast(job: Import, at: datetime) -> dict[str, Any]:
    outcome = imports.forecast(job, at=at, most=FORECAST)
    rows = [
        (item.line, column_name(item.column), reason(item.reason)) for item in outcome.rejected[:5]
    ]
    return {
        "outcome": outcome,
        "rejected": len(outcome.rejected),
        "rows": rows,
        "part": min(FORECAST, job.total) if job.total > FORECAST else 0,
    }


def chosen(job: Import, data: QueryDict) -> dict[str, Any]:
    """What the form says: `c0`..`cN` columns, `owners`, `unknown`, `who` + `seller` pairs."""
    known = set(columns.FIELDS[ImportKind(job.kind)])
    mapping = {
        name[1:]: value
        for name, value in data.items()
        if name[:1] == "c" and name[1:].isdigit() and value in known
    }
    people: dict[str, Person] = {person.public_id: person for person in team(job.branch_id)}
    pairs = zip(data.getlist("who"), data.getlist("seller"), strict=False)
    return {
        "mapping": mapping,
        "owners": data.get("owners") if data.get("owners") in imports.OWNERS else "spread",
        "unknown": data.get("unknown") if data.get("unknown") in imports.UNKNOWN else "spread",
        "aliases": {fold(who): seller for who, seller in pairs if seller in people},
    }
