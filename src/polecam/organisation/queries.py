"""Reads of settings. They hold no personal data besides the id of whoever set them."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from polecam.organisation.models import Setting


def in_force(at: datetime) -> dict[str, Setting]:
    """The firm's own rows that hold at `at`, by key; keys left at their default are missing."""
    rows = Setting.objects.filter(branch=None, valid_from__lte=at).order_by("valid_from", "id")
    return {row.key: row for row in rows}


def history(key: str) -> QuerySet[Setting]:
    """Every value the firm gave to a setting, newest first, those to come included."""
    return Setting.objects.filter(branch=None, key=key).order_by("-valid_from", "-id")


def histories(keys: Collection[str]) -> dict[str, list[Setting]]:
    """The same for several settings, in one query."""
    found: dict[str, list[Setting]] = {key: [] for key in keys}
    rows = Setting.objects.filter(branch=None, key__in=keys).order_by("-valid_from", "-id")
    for row in rows if keys else ():
        found[row.key].append(row)
    return found
