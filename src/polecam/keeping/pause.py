"""The house is closed for a few minutes: pages say so kindly, the worker rests.

A file in POLECAM_HOME that names the database it is about. Whoever works with another database,
as after a move, is not concerned by it: the old one stays closed.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection


class Paused(Exception):
    """The house is closed just now."""


def _path() -> Path:
    path: Path = settings.HOME / "paused.json"
    return path


def _database() -> str:
    told = connection.settings_dict
    return f"{connection.vendor}:{told['HOST']}:{told['PORT']}:{told['NAME']}"


def is_on() -> bool:
    """Whether this database is closed. One look at the disk where it is not."""
    try:
        said = json.loads(_path().read_text("utf-8"))
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True  # just being written
    return bool(said.get("database") == _database())


def close(why: str) -> None:
    """Close it, until `reopen`."""
    said = {"database": _database(), "why": why, "since": datetime.now(UTC).isoformat()}
    part = _path().with_suffix(".part")
    part.write_text(json.dumps(said), "utf-8")
    part.replace(_path())


def reopen() -> None:
    """Open it again."""
    if is_on():
        _path().unlink(missing_ok=True)


@contextmanager
def closed(why: str) -> Iterator[None]:
    """Closed for as long as this takes, and open again after a trouble too."""
    close(why)
    try:
        yield
    finally:
        reopen()
