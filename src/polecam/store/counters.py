"""Counters that actions keep in step: add to a row, making it when it is missing."""

from django.db import models
from django.db.models import F


def add(model: type[models.Model], key: dict[str, object], deltas: dict[str, int]) -> None:
    """Add `deltas` to the one row of `model` with the unique `key`, atomically, on both databases.

    One statement when the row exists. It is made with zeros first, because PostgreSQL checks the
    constraints of a proposed row even if ON CONFLICT turns it into an update. Raises
    IntegrityError when a constraint of the table would be broken.
    """
    changes = {name: F(name) + delta for name, delta in deltas.items() if delta}
    if not changes:
        return
    rows = model._default_manager.filter(**key)
    if not rows.update(**changes):
        model._default_manager.bulk_create([model(**key)], ignore_conflicts=True)
        rows.update(**changes)
