"""Copies of the house: made, tried, and forgotten when their time is over."""

import errno
from datetime import datetime
from pathlib import Path

from django.conf import settings

from polecam.journal.record import record
from polecam.keeping import copies, rules
from polecam.keeping.models import Backup, Cause
from polecam.kit.errors import Refused
from polecam.store import tx
from polecam.store.clock import now
from polecam.store.fields import new_public_id


def back_up(*, at: datetime, cause: Cause, folder: Path) -> Backup:
    """Make a copy in `folder` while people go on working; its row.

    Not one transaction: SQLite's write lock would be held for as long as it takes. What goes wrong
    is noted with the row and raised again: Refused, OSError. No half file is left.
    """
    ident = new_public_id()
    name = rules.name_of(at, cause)
    with tx.action():
        if Backup.objects.filter(name=name).exists():
            raise Refused("copy_just_made")
        row = Backup.objects.create(public_id=ident, name=name, cause=cause, began_at=at)
    try:
        made = copies.write(folder, name, ident=ident, at=at)
    except BaseException as error:
        _failed(row, problem_of(error), at=at)
        raise
    with tx.action():
        row = tx.lock(row)
        row.ended_at = max(at, now())
        row.size, row.digest = made.size, made.digest
        row.save(update_fields=["ended_at", "size", "digest"])
        data = {"why": str(cause), "rows": made.closing.rows, "files": len(made.closing.files)}
        record("backup.made", row, by=None, at=at, data=data)
    return row


def back_up_due(*, at: datetime) -> Backup | None:
    """The night's copy, where a folder is set."""
    folder: Path | None = settings.BACKUP_FOLDER
    return back_up(at=at, cause=Cause.NIGHT, folder=folder) if folder else None


def forget_due(*, at: datetime) -> int:
    """Delete the copies whose time is over, so that whoever was erased vanishes from them too; how
    many. One that was begun a day ago and never ended was stopped."""
    folder: Path | None = settings.BACKUP_FOLDER
    gone = copies.remove_old(folder, at) if folder and folder.is_dir() else []
    stopped = Backup.objects.filter(ended_at=None, problem="", began_at__lte=at - rules.LONGEST)
    with tx.action():
        Backup.objects.filter(name__in=gone, removed_at=None).update(removed_at=at)
        stopped.update(problem="stopped")
    return len(gone)


def tried(*, at: datetime, name: str) -> None:
    """The copy of that name was restored into an empty database, and everything held."""
    with tx.action():
        row = tx.lock(Backup.objects.get(name=name))
        row.tried_at = at
        row.save(update_fields=["tried_at"])
        record("backup.tried", row, by=None, at=at)


def problem_of(error: BaseException) -> str:
    """What stands with a copy that failed: one word."""
    if isinstance(error, Refused):
        return error.code
    if isinstance(error, OSError):
        return "disk_full" if error.errno in {errno.ENOSPC, errno.EDQUOT} else "folder"
    return "stopped" if isinstance(error, KeyboardInterrupt | SystemExit) else "failed"


def _failed(row: Backup, problem: str, *, at: datetime) -> None:
    with tx.action():
        row = tx.lock(row)
        row.problem = problem[:40]
        row.save(update_fields=["problem"])
        record("backup.failed", row, by=None, at=at, data={"why": problem})
