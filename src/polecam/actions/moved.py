"""A house that moved to another database, whole and still."""

from datetime import datetime

from polecam.journal.record import record
from polecam.organisation.settings import organisation
from polecam.store import tx


def arrived(*, at: datetime, rows: int) -> None:
    """Note the move in the journal of the new database."""
    with tx.action():
        record("data.moved", organisation(), by=None, at=at, data={"rows": rows})
