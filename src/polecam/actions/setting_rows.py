"""A value of a setting that is still ahead does not come after all."""

from datetime import datetime

from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.organisation.models import Organisation, Setting
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store import tx


def take_back(*, by: Person | None, at: datetime, row: Setting) -> None:
    """Take a value back before its day: nothing was counted by it yet. Raises Refused
    ("setting_started") once it holds; the past stays."""
    with tx.action():
        firm = Organisation.objects.select_for_update(no_key=True).get()
        require(by, Permission.MANAGE_SETTINGS, row.branch_id)
        row = tx.lock(row)
        if row.valid_from <= at:
            raise Refused("setting_started")
        record(
            "setting.taken_back",
            row.branch or firm,
            by=by,
            at=at,
            branch=row.branch_id,
            data={"key": row.key, "from": row.valid_from},
        )
        row.delete()
