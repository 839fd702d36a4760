"""The erasure list: who must be forgotten again, or left in peace, after an older copy came back.

A file of lines outside the database, only ever added to:

    2026-11-26T07:15:00Z party 3f0c...      a keyed hash of a public id: nothing to read for others
    2026-11-26T07:15:00Z never 9a1b... phone      an objection's own blind index and its kind

A line is written and made durable as the last thing before the commit of the deed it tells of. A
crash in between leaves a line too many: done again after a restore it does what somebody had asked
for anyway, and doing it twice is doing it once. The other order could lose an erasure. Where the
line cannot be written, the deed does not happen either, and whoever asked is told.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from polecam.kit.errors import Refused
from polecam.store import tx
from polecam.store.clock import now
from polecam.store.crypto import keyed

PARTY, REFERRAL, OBJECTED = "party", "referral", "objected"
"""Erased: a person, or a recommendation nobody stands behind any more; one that was objected to."""
CONSENT, TELLING, CLIENT_CONSENT, SURVEY = "consent", "telling", "client-consent", "survey"
"""Taken back: a friend's consent, their telling (by referral), a client's consent, an answer."""
CLIENT, NEVER = "client", "never"
"""Never to be asked: a client. Never to be entered: a blind index."""
COURAGE, EFFORT = "courage", "effort"
"""A colleague's own notes that they no longer want kept."""
KINDS = frozenset(
    {PARTY, REFERRAL, OBJECTED, CONSENT, TELLING, CLIENT_CONSENT, SURVEY, CLIENT, NEVER}
    | {COURAGE, EFFORT}
)
TORN = " torn"
"""What closes a line off that a crash cut: its deed was never committed."""
SLACK = timedelta(hours=1)
"""Clocks of two machines differ; done again too much does no harm."""
_silent: ContextVar[bool] = ContextVar("silent", default=False)


def note(kind: str, *public_ids: str) -> None:
    """Inner step: this is forgotten or taken back by the action that runs, for good."""
    for public_id in public_ids:
        _leave(f"{kind} {keyed('erased', kind, public_id)}")


def note_never(kind: str, index: str) -> None:
    """Inner step: the holder of this blind index (`kind` of them) is never to be entered again."""
    _leave(f"{NEVER} {index} {kind}")


@contextmanager
def silently() -> Iterator[None]:
    """What is done from the list is not written into it once more."""
    marker = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(marker)


@dataclass(slots=True)
class Told:
    """What the list says since some moment."""

    marks: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    never: set[tuple[str, str]] = field(default_factory=set)

    def holds(self, kind: str, public_id: str) -> bool:
        """Whether this is on it."""
        found = self.marks.get(kind, set())
        return bool(found) and keyed("erased", kind, public_id) in found


def read(paths: Iterable[Path], *, since: datetime) -> Told:
    """Every line of these lists from `since` on. A list that is not there is empty.

    Raises Refused("erasure_list_unreadable") for a line of another kind; only the last one may be
    unfinished, as a crash leaves it.
    """
    told = Told()
    for path in paths:
        if path.exists():
            lines = path.read_text("utf-8").split("\n")
            for number, line in enumerate(lines, 1):
                try:
                    _take(line, told, since - SLACK)
                except (ValueError, IndexError) as error:
                    if number < len(lines):
                        place = f"{path}:{number}"
                        raise Refused("erasure_list_unreadable", place=place) from error
    return told


def _take(line: str, told: Told, since: datetime) -> None:
    if not line or line.endswith(TORN):
        return
    at, kind, *rest = line.split(" ")
    if kind not in KINDS or len(rest) != (2 if kind == NEVER else 1):
        raise ValueError(kind)
    if datetime.fromisoformat(at) < since:
        return
    if kind == NEVER:
        told.never.add((rest[1], rest[0]))
    else:
        told.marks[kind].add(rest[0])


def _leave(line: str) -> None:
    if not _silent.get():
        tx.at_the_end(_append, line)


def _append(lines: list[str]) -> None:
    """One write, so that lines of two processes never mix; a torn one is closed off first."""
    path: Path = settings.ERASURE_LIST
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    at = f"{now():%Y-%m-%dT%H:%M:%SZ}"
    said = "".join(f"{at} {line}\n" for line in dict.fromkeys(lines))
    place = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(place).st_size
        if size and os.pread(place, 1, size - 1) != b"\n":
            said = f"{TORN}\n{said}"
        wanted = said.encode()
        if os.write(place, wanted) != len(wanted):
            raise OSError("The erasure list could not be written whole.")
        os.fsync(place)
    finally:
        os.close(place)
