"""Reads of places and settings: no personal data in them besides the id of whoever set a value."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet

from polecam.organisation.models import Branch, Placement, Setting
from polecam.organisation.settings import KINDS, rows_for


def is_taken(name: str, *, but: Branch | None = None) -> bool:
    """Whether another place has this name; SQLite folds no letter but a to z, so Python does."""
    rows = Branch.objects.exclude(pk=but.pk) if but else Branch.objects.all()
    return name.casefold() in {one.casefold() for one in rows.values_list("name", flat=True)}


def open_places(ids: Iterable[int], on: date) -> QuerySet[Branch]:
    """Those of these places that work on a day, by name."""
    found = Branch.objects.filter(Q(closed_on=None) | Q(closed_on__gt=on), pk__in=list(ids))
    return found.order_by("name", "id")


def placements(branch: Branch) -> QuerySet[Placement]:
    """Where a place stood, stands and will stand, newest first."""
    return Placement.objects.filter(branch=branch).select_related("parent").order_by("-since")


def in_force(at: datetime) -> dict[str, Setting]:
    """The firm's own rows that hold at `at`, by key; keys left at their default are missing."""
    rows = Setting.objects.filter(branch=None, valid_from__lte=at).order_by("valid_from", "id")
    return {row.key: row for row in rows}


def at_levels(
    branch: Branch | int | None, at: datetime, keys: Collection[str] = tuple(KINDS)
) -> dict[tuple[str, int], Setting]:
    """The last row at `at` of each key and height above a place, from the firm down; each with the
    place that said it. One query."""
    ident = branch.pk if isinstance(branch, Branch) else branch
    rows = rows_for(ident, at).filter(valid_from__lte=at, key__in=keys).select_related("branch")
    return {(row.key, row.height): row for row in rows.order_by("height", "valid_from", "id")}


def in_place(branch: Branch, at: datetime) -> dict[str, Setting]:
    """The rows that hold for a place at `at`, by key, each with the place that said it (none: the
    firm); keys left at their default are missing. One query."""
    levels = at_levels(branch, at)
    return {key: row for (key, _height), row in levels.items() if row.value is not None}


def history(key: str, branch: Branch | None = None) -> QuerySet[Setting]:
    """Every value the firm, or a place, gave to a setting, newest first, those to come included."""
    return Setting.objects.filter(branch=branch, key=key).order_by("-valid_from", "-id")


def histories(keys: Collection[str]) -> dict[str, list[Setting]]:
    """The same for several settings, in one query."""
    found: dict[str, list[Setting]] = {key: [] for key in keys}
    rows = Setting.objects.filter(branch=None, key__in=keys).order_by("-valid_from", "-id")
    for row in rows if keys else ():
        found[row.key].append(row)
    return found
