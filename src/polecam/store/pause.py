"""The house is closed for a few minutes: pages say so kindly, the worker rests.

A file in POLECAM_HOME that names the database it is about. Whoever works with another database,
as after a move, is not concerned by it: the old one stays closed. An action that had begun before
does not commit any more: after a move nobody would find what it wrote.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection


class Paused(OperationalError):
    """The house is closed just now: to whoever waits, as if its database were away."""


_closed_by_us: list[str] = []
"""The database that this very process closed, to work on it."""


def _path() -> Path:
    path: Path = settings.HOME / "paused.json"
    return path


def _database() -> str:
    told = connection.settings_dict
    return f"{connection.vendor}:{told['HOST']}:{told['PORT']}:{told['NAME']}"


def said() -> dict[str, str]:
    """Why this database is closed, and since when; empty while it is open."""
    try:
        told: dict[str, str] = json.loads(_path().read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        return {"why": "", "since": ""}  # just being written
    return told if told.get("database") == _database() else {}


def is_on() -> bool:
    """Whether this database is closed. One look at the disk where it is not."""
    return bool(said())


def require_open() -> None:
    """Raise Paused where another process has closed this database."""
    if is_on() and _database() not in _closed_by_us:
        raise Paused


def close(why: str) -> None:
    """Close it, until `reopen`; this process itself may go on."""
    told = {"database": _database(), "why": why, "since": datetime.now(UTC).isoformat()}
    part = _path().with_suffix(".part")
    part.write_text(json.dumps(told), "utf-8")
    part.replace(_path())
    _closed_by_us[:] = [_database()]


def reopen() -> None:
    """Open it again."""
    _closed_by_us.clear()
    if is_on():
        _path().unlink(missing_ok=True)


def hint() -> str:
    """For whoever starts a server of a house that is closed, perhaps by a command that was killed;
    empty while it is open."""
    told = said()
    if not told:
        return ""
    return (
        f"This house is closed for: {told.get('why')} (since {told.get('since', '')[:16]} UTC). "
        "If that was stopped half way, run it again; to open the house as it is, delete "
        f"{_path()}."
    )


@contextmanager
def closed(why: str) -> Iterator[None]:
    """Closed for as long as this takes, and open again after a trouble too."""
    close(why)
    try:
        yield
    finally:
        reopen()
