"""What stands in the database, without ids, times and secrets: equal for equal histories."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connections, models, router

IDENT = re.compile(r"(own-)?[0-9a-z]{15}|[0-9a-f]{32,}|\d{4}-\d\d-\d\dT.*")
"""Public ids, digests and moments within an event's data."""
LEFT_OUT = {
    "store.Hit",
    "store.Beat",
    "journal.Cursor",  # looked at by itself: nobody failed, nothing is leased
    "journal.ActionKey",
}
LEFT_OUT_FIELDS = {
    "journal.Event": {"txid"},
    "journal.Seal": {"events", "leaves"},
    "mail.Message": {
        *("tries", "trouble", "state", "subject", "next_try_at", "leased_until", "handed_at"),
        *("sent_at", "failed_at"),
    },
    "imports.Import": {"options", "next_line"},
    "bonuses.LedgerTransaction": {"number"},
}
ABOUT_TRIES = ("message.", "import.applied", "retention.ran", "bonus.run")
"""Events that tell how something was tried, not what came of it."""
Picture = dict[str, Counter]


def picture() -> Picture:
    """Every table as a bag of rows."""
    return {label: Counter(_rows(model)) for label, model in _models().items()}


def differences(one: Picture, other: Picture) -> Iterator[str]:
    """What stands in one and not in the other."""
    for label, rows in one.items():
        for row, count in (rows - other[label]).items():
            yield f"missing  {label} x{count}: {row}"
        for row, count in (other[label] - rows).items():
            yield f"too much {label} x{count}: {row}"


@cache
def _models() -> dict[str, type[models.Model]]:
    return {
        model._meta.label: model
        for model in apps.get_models()
        if model.__module__.startswith("polecam.") and model._meta.label not in LEFT_OUT
    }


def _rows(model: type[models.Model]) -> Iterator[tuple]:
    label, said = model._meta.label, getattr(model, "DATA", {})
    fields, statement = _statement(model)
    with connections[router.db_for_read(model) or "default"].cursor() as cursor:
        cursor.execute(statement)
        for row in cursor.fetchall():
            values = tuple(
                (field.name, _shown(field, value, said.get(field.name, "")))
                for field, value in zip(fields, row, strict=True)
            )
            if label == "journal.Event" and dict(values)["kind"].startswith(ABOUT_TRIES):
                continue
            yield values


@cache
def _statement(model: type[models.Model]) -> tuple[list[models.Field], str]:
    left_out = LEFT_OUT_FIELDS.get(model._meta.label, set())
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in left_out
    ]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    return fields, f'SELECT {columns} FROM "{model._meta.db_table}"'


def _shown(field: models.Field, value: Any, kind: str) -> Any:
    if isinstance(field, models.JSONField):
        return _plain(json.loads(value) if isinstance(value, str) else value)
    if field.is_relation or isinstance(field, models.DateTimeField) or value is None:
        return value is not None
    if kind in ("number", "enum", "date") and not IDENT.fullmatch(str(value)):
        return str(value)
    return bool(value)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return tuple(sorted((key, _plain(one)) for key, one in value.items()))
    if isinstance(value, list):
        return tuple(_plain(one) for one in value)
    return "*" if isinstance(value, str) and IDENT.fullmatch(value) else value
