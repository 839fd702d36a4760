"""Which columns somebody chose for a file with the same headings: looked up, kept.

A shape holds a keyed hash of the headings and names of fields: no heading in words, no cell.
"""

from datetime import datetime

from django.db.models import F

from polecam.imports import headings
from polecam.imports.columns import WITHIN, Guess, Row, headings_of
from polecam.imports.models import Import, Shape
from polecam.people.models import Person
from polecam.store.crypto import keyed

ORDERS = {"full_name", "name_last_first"}


def key_of(names: list[str]) -> str:
    """The hash of headings, whatever their case and accents; "" for fewer than two."""
    plain = [headings.plain(name) for name in names]
    return keyed("import.shape", *plain) if sum(map(bool, plain)) > 1 else ""


def find(rows: list[Row], kind: str, *, header: int | None = None) -> tuple[Shape, int] | None:
    """The remembered shape of one of the first rows, and the line of those headings."""
    lines = [line for line, _ in rows[:WITHIN] if header is None or line == header]
    keys = {key_of(headings_of(rows, line)): line for line in reversed(lines)}
    keys.pop("", None)
    shape = (
        Shape.objects.filter(kind=kind, headings__in=keys)
        .select_related("used_by")
        .order_by("-used_at")
        .first()
    )
    return (shape, keys[shape.headings]) if shape else None


def remember(job: Import, guess: Guess, *, by: Person | None, at: datetime) -> None:
    """Inner step: the next file with these headings is read as this import was started.

    `guess`: what the file looked like. The order of names is decided anew by every file, unless
    somebody chose another one than the cells had told.
    """
    if not (key := key_of(guess.headings)):
        return
    kept = {name: job.options[name] for name in ("owners", "unknown") if name in job.options}
    kept["order"] = any(
        field in ORDERS and guess.mapping.get(place) in ORDERS - {field}
        for place, field in job.mapping.items()
    )
    said = {"mapping": job.mapping, "options": kept, "used_at": at, "used_by": by}
    shape, made = Shape.objects.get_or_create(kind=job.kind, headings=key, defaults=said)
    if not made:
        Shape.objects.filter(pk=shape.pk).update(**said, times=F("times") + 1)
