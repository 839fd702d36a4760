"""Uploaded bytes at rest: sealed in blocks of one megabyte, under a random name, never plain.

The vault lies at `<POLECAM_HOME>/uploads`, outside the web root. A block is bound to its file and
its place in it, the last one to being the last: blocks cannot be swapped, dropped or cut off.
"""

import errno
import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from django.conf import settings

from polecam.store import crypto
from polecam.store.faults import point

BLOCK = 1 << 20
LIMIT = 256 * BLOCK
"""The largest file taken: 256 MB, room for a million clients with many columns."""


NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
"""`errno` of an OSError that says: the disk is full."""


class TooLarge(Exception):
    """More bytes than LIMIT."""


def path_of(name: str) -> Path:
    """Where the file of that random name lies."""
    return Path(settings.MEDIA_ROOT) / name


def _place(name: str, number: int, last: bool) -> str:
    return f"upload:{name}:{number}:{'last' if last else 'more'}"


class SealedWriter:
    """Takes bytes, keeps only sealed blocks. Use as a context manager; a failure leaves no file.

    After leaving: `size` in bytes and `digest` (SHA-256 of what was written). Raises TooLarge.
    """

    def __init__(self, name: str, *, limit: int = 0) -> None:
        self.name, self.limit, self.size, self.blocks = name, limit or LIMIT, 0, 0
        self._hash = hashlib.sha256()
        self._waiting = bytearray()
        path_of(name).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        self._file = os.fdopen(os.open(path_of(name), flags, 0o600), "wb")

    def __enter__(self) -> "SealedWriter":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if error is None:
            self.close()
        else:
            self.discard()

    @property
    def digest(self) -> str:
        """SHA-256 of the plain bytes, in hex."""
        return self._hash.hexdigest()

    def write(self, content: bytes) -> int:
        """Add bytes. Raises TooLarge, and OSError, after which nothing is left of the file."""
        self.size += len(content)
        if self.size > self.limit:
            raise TooLarge
        self._hash.update(content)
        self._waiting += content
        while len(self._waiting) > BLOCK:
            self._seal(bytes(self._waiting[:BLOCK]), last=False)
            del self._waiting[:BLOCK]
        return len(content)

    def close(self) -> None:
        """Seal the last block and make the file durable. Raises OSError, as `write`."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()
        try:
            self._file.flush()
            point("files.before_fsync")
            os.fsync(self._file.fileno())
            self._file.close()
        except OSError:
            self.discard()
            raise

    def discard(self) -> None:
        """Leave nothing behind."""
        with suppress(OSError):  # what found no room is not wanted any more
            self._file.close()
        remove(self.name)

    def _seal(self, block: bytes, *, last: bool) -> None:
        sealed = crypto.seal_bytes(block, _place(self.name, self.blocks, last))
        try:
            point("files.block")
            self._file.write(bytes([last]) + len(sealed).to_bytes(4) + sealed)
        except OSError:
            self.discard()
            raise
        self.blocks += 1


def blocks(name: str) -> Iterator[bytes]:
    """The plain bytes, a block at a time. Raises FileNotFoundError, crypto.Unreadable."""
    with path_of(name).open("rb") as file:
        number, last = 0, False
        while not last:
            head = file.read(5)
            if len(head) < 5:
                raise crypto.Unreadable(_place(name, number, last=False))
            last = bool(head[0])
            sealed = file.read(int.from_bytes(head[1:]))
            yield crypto.unseal_bytes(sealed, _place(name, number, last))
            number += 1


class _Stream(io.RawIOBase):
    def __init__(self, name: str) -> None:
        self._blocks = blocks(name)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._left = memoryview(block)
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count


def stream(name: str) -> io.BufferedReader:
    """A readable binary file over the sealed one; at most one block is plain at a time."""
    return io.BufferedReader(_Stream(name), 1 << 16)


def remove(name: str) -> None:
    """Delete the file; nothing happens when it is gone already."""
    point("files.remove")
    path_of(name).unlink(missing_ok=True)


def untouched_since(when: datetime) -> Iterator[str]:
    """Names of the files nobody has written to since then."""
    with suppress(FileNotFoundError), os.scandir(settings.MEDIA_ROOT) as found:
        for entry in found:
            if entry.is_file() and entry.stat().st_mtime < when.timestamp():
                yield entry.name
