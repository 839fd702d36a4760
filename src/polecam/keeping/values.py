"""One spelling of every value, whichever database it comes from: what JSON can carry."""

import base64
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import Field

KINDS = {
    **dict.fromkeys(
        (
            "AutoField BigAutoField SmallAutoField IntegerField BigIntegerField SmallIntegerField "
            "PositiveIntegerField PositiveBigIntegerField PositiveSmallIntegerField"
        ).split(),
        "int",
    ),
    **dict.fromkeys("CharField TextField EmailField SlugField URLField".split(), "text"),
    "BooleanField": "bool",
    "DateField": "day",
    "DateTimeField": "at",
    "JSONField": "json",
    "BinaryField": "bytes",
}
Change = Callable[[Any], Any]


def kind_of(field: Field) -> str:
    """The kind of a column's values; a foreign key has that of what it points to.

    Raises KeyError for a type nobody thought of.
    """
    while field.remote_field is not None:
        field = field.target_field  # type: ignore[attr-defined] # of foreign keys alone
    return KINDS[field.get_internal_type()]


def _instant(value: Any) -> str:
    """UTC as Django writes it into SQLite: `2026-11-26 07:15:00.123456`, no fraction if none."""
    if isinstance(value, str):
        if len(value) == 19 or (len(value) == 26 and not value.endswith(".000000")):
            return value
        value = datetime.fromisoformat(value)
    if value.tzinfo is not None:
        value = value.astimezone(UTC).replace(tzinfo=None)
    return str(value)


def _json(value: Any) -> str:
    parsed = json.loads(value) if isinstance(value, str) else value
    return json.dumps(parsed, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _base64(value: Any) -> str:
    return base64.b64encode(value).decode()


OUT: dict[str, Change] = {
    "bool": bool,
    "at": _instant,
    "day": str,
    "json": _json,
    "bytes": _base64,
}
"""From a database to the one spelling; what is not here is the same everywhere."""
IN: dict[str, dict[str, Change]] = {
    "sqlite": {"bool": int, "bytes": base64.b64decode},
    "postgresql": {"at": "{}+00".format, "bytes": base64.b64decode},
}
"""From the one spelling to a database."""


def changes(kinds: Sequence[str], table: dict[str, Change]) -> list[tuple[int, Change]]:
    """Which columns need which change."""
    return [(place, table[kind]) for place, kind in enumerate(kinds) if kind in table]


def change(rows: Sequence[Sequence[Any]], how: list[tuple[int, Change]]) -> list[list[Any]]:
    """The rows with these changes made; None stays None."""
    made = [list(row) for row in rows]
    for place, do in how:
        for row in made:
            if row[place] is not None:
                row[place] = do(row[place])
    return made
