"""Copies as files in a folder: written whole or not at all, looked at before they are trusted."""

import contextlib
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connection

from polecam.env import DEFAULT_SECRET
from polecam.keeping import box, copying, rules
from polecam.keeping.copying import Closing, Opening
from polecam.keeping.tables import snapshot
from polecam.kit.errors import Refused
from polecam.store.faults import point

LIST = "erased.log"
"""Beside the copies lies the erasure list as it was when the last of them was made."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was written."""

    path: Path
    size: int
    digest: str
    closing: Closing


def key() -> str:
    """The secret of copies. Raises Refused("backup_key_missing") where production has none."""
    secret: str = settings.BACKUP_KEY
    if settings.PRODUCTION and (len(secret) < 32 or secret == DEFAULT_SECRET):
        raise Refused("backup_key_missing")
    return secret


def write(folder: Path, name: str, *, ident: str, at: datetime) -> Made:
    """Copy the database of this moment and every upload into `folder`, sealed.

    People go on working. The name appears when all of it is on the disk; after a trouble (OSError,
    Refused) nothing of it is left. Afterwards the erasure list is copied beside it.
    """
    secret = key()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path, part = folder / name, folder / f"{name}.part"
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as raw:
            file = _Counted(raw)
            about = {"id": ident, "made_at": at.isoformat(), "version": version("polecam")}
            writer = box.Writer(file, secret, about)  # type: ignore[arg-type]
            with snapshot(connection) as source:
                point("backup.begun")
                closing = copying.send(
                    source,
                    connection,
                    writer,
                    version=version("polecam"),
                    at=at,
                    files=_uploads(),
                )
            writer.close()
            point("backup.written")
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(path)
        _settle(folder)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _copy_list(folder)
    return Made(path, file.size, file.digest, closing)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[box.Reader]:
    """The bytes of a copy. Raises Refused, OSError."""
    with path.open("rb") as file:
        yield box.Reader(file, key())


def look(path: Path) -> tuple[Opening, Closing]:
    """Read a copy to its end: what it is and holds. Raises Refused where it is not whole."""
    with opened(path) as reader:
        return copying.look(reader)


def remove_old(folder: Path, at: datetime) -> list[str]:
    """Delete copies whose time is over, and what a crash left of one; their names."""
    gone = []
    for path in sorted(folder.glob("polecam-*")):
        if rules.is_over(path.name, at):
            path.unlink(missing_ok=True)
            gone.append(path.name)
    return gone


def lists_of(path: Path) -> list[Path]:
    """Where it stands who was forgotten since: the list itself, and the one beside the copy."""
    return list(dict.fromkeys([settings.ERASURE_LIST, path.parent / LIST]))


class _Counted:
    """A file that knows its size and SHA-256."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._hash, self.size = file, hashlib.sha256(), 0

    def write(self, content: bytes) -> int:
        point("backup.write")
        self._hash.update(content)
        self.size += len(content)
        return self._file.write(content)

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()


def _uploads() -> Iterator[Path]:
    """Sealed files, as they are; listed when their turn comes, after the tables."""
    folder = Path(settings.MEDIA_ROOT)
    if folder.is_dir():
        yield from sorted(p for p in folder.iterdir() if p.is_file() and p.name[0] != ".")


def _settle(folder: Path) -> None:
    """The new name itself reaches the disk."""
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


def _copy_list(folder: Path) -> None:
    kept: Path = settings.ERASURE_LIST
    beside = folder / LIST
    if kept.exists() and kept.resolve() != beside.resolve():
        part = beside.with_suffix(".part")
        part.write_bytes(kept.read_bytes())
        part.chmod(0o600)
        part.replace(beside)


def said(path: Path) -> dict[str, Any]:
    """What anybody may read of a copy. Raises Refused, OSError."""
    with path.open("rb") as file:
        return box.header(file)[0]
