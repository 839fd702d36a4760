"""The firm's catalogue of moments: changed, added to, taken back. Each change is journalled."""

from dataclasses import fields
from datetime import datetime

from polecam.asking import catalogue
from polecam.asking.models import Moment, MomentType
from polecam.asking.named import Wanted, checked
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store.fields import new_public_id
from polecam.store.tx import action, lock

COLUMNS = tuple(field.name for field in fields(Wanted))


def change(*, by: Person, at: datetime, kind: MomentType, wanted: Wanted) -> MomentType:
    """Give a kind other words, strength or length, or put it out of use.

    Moments already noted keep their end; Today follows at once. Raises Refused (asking.named, and
    "moment_needed" for a kind that protects the client), NotAllowed.
    """
    wanted = checked(wanted, good=kind.good)
    with action():
        require(by, Permission.EDIT_MOMENTS)
        kind = lock(kind)
        if not wanted.used and kind.code in catalogue.ALWAYS:
            raise Refused("moment_needed", field="used")
        changed = [name for name in COLUMNS if getattr(kind, name) != getattr(wanted, name)]
        if not changed:
            return kind
        for name in changed:
            setattr(kind, name, getattr(wanted, name))
        kind.changed_by, kind.changed_at = by, at
        kind.save(update_fields=[*changed, "changed_by", "changed_at"])
        _tell("moment_type.changed", kind, by, at)
    return kind


def add(*, by: Person, at: datetime, good: bool, wanted: Wanted) -> MomentType:
    """A kind of the firm's own. Raises Refused (asking.named, "moment_title_taken"), NotAllowed."""
    wanted = checked(wanted, good=good)
    with action():
        require(by, Permission.EDIT_MOMENTS)
        for name in ("title_pl", "title_en"):
            if MomentType.objects.filter(**{f"{name}__iexact": getattr(wanted, name)}).exists():
                raise Refused("moment_title_taken", field=name)
        kind = MomentType.objects.create(
            code=f"own-{new_public_id()}"[:20],
            good=good,
            own=True,
            order=MomentType.objects.count(),
            changed_by=by,
            changed_at=at,
            **{name: getattr(wanted, name) for name in COLUMNS},
        )
        _tell("moment_type.added", kind, by, at)
    return kind


def take_back(*, by: Person, at: datetime, kind: MomentType) -> None:
    """Remove a kind of the firm's own; one that was noted already only goes out of use.

    Raises Refused("moment_delivered") for a kind that came with the house, NotAllowed.
    """
    with action():
        require(by, Permission.EDIT_MOMENTS)
        kind = lock(kind)
        if not kind.own:
            raise Refused("moment_delivered")
        kind.used, kind.changed_by, kind.changed_at = False, by, at
        kind.save(update_fields=["used", "changed_by", "changed_at"])
        _tell("moment_type.taken_back", kind, by, at)
        if not Moment.objects.filter(kind=kind.code).exists():
            kind.delete()


def _tell(what: str, kind: MomentType, by: Person, at: datetime) -> None:
    data = {
        "code": kind.code,
        "good": kind.good,
        "strength": kind.strength,
        "days": kind.days,
        "used": kind.used,
    }
    record(what, kind, by=by, at=at, data=data)
