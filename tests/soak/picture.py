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
PEOPLE = {
    *("person", "outside", "decider", "mentor", "manager", "leaver", "heir", "giver", "receiver"),
    *("cover", "colleague"),
}
NUMBERED = {
    **dict.fromkeys(PEOPLE, "people.Person"),
    **dict.fromkeys(("branch", "to", "before"), "organisation.Branch"),
    "plan_version": "bonuses.PlanVersion",
}
"""What an event tells by number, and whose number that is. PostgreSQL never gives a number twice,
also not one of a transaction that was killed, so it is the order that is compared."""
ABOUT_TRIES = ("message.", "import.applied", "retention.ran", "bonus.run")
"""Events that tell how something was tried, not what came of it."""
Picture = dict[str, Counter]
Order = dict[int, int]
"""The place of each row of a table, by its key."""


def picture() -> Picture:
    """Every table as a bag of rows."""
    order = {label: _order(label) for label in set(NUMBERED.values())}
    return {label: Counter(_rows(model, order)) for label, model in _models().items()}


def _order(label: str) -> Order:
    idents = apps.get_model(label)._default_manager.order_by("pk").values_list("pk", flat=True)
    return {ident: place for place, ident in enumerate(idents, start=1)}


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


def _rows(model: type[models.Model], order: dict[str, Order]) -> Iterator[tuple]:
    label, said = model._meta.label, getattr(model, "DATA", {})
    fields, statement = _statement(model)
    with connections[router.db_for_read(model) or "default"].cursor() as cursor:
        cursor.execute(statement)
        for row in cursor.fetchall():
            values = tuple(
                (field.name, _shown(field, value, said.get(field.name, ""), order))
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


def _shown(field: models.Field, value: Any, kind: str, order: dict[str, Order]) -> Any:
    if isinstance(field, models.JSONField):
        return _plain(json.loads(value) if isinstance(value, str) else value, order)
    if field.is_relation or isinstance(field, models.DateTimeField) or value is None:
        return value is not None
    if kind in ("number", "enum", "date") and not IDENT.fullmatch(str(value)):
        return str(value)
    return bool(value)


def _plain(value: Any, order: dict[str, Order], key: str = "") -> Any:
    if isinstance(value, dict):
        return tuple(sorted((name, _plain(one, order, name)) for name, one in value.items()))
    if isinstance(value, list):
        return tuple(_plain(one, order, "person" if key == "people" else "") for one in value)
    if isinstance(value, int) and key in NUMBERED:
        return order[NUMBERED[key]].get(value, value)
    return "*" if isinstance(value, str) and IDENT.fullmatch(value) else value
