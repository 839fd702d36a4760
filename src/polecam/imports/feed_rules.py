"""What a feed may name, when it is due, when it is tried again, when its file is held. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

STILL = timedelta(minutes=1)
"""A file nobody has touched for so long is complete; sooner only with its `.done` beside it."""
MARK = ".done"
TRIES = 8
WAITS = (5, 15, 45, 90, 120, 180, 240)
"""Minutes before the second try, the third, and so on: within a day."""
TOLD_AT = 3
"""With this try in vain the keeper hears of it: a file that is an hour late is nobody's trouble."""
LEASE = timedelta(minutes=20)
"""So long a run without an outcome belongs to the worker that took it."""
LONGEST_LOGIN = 2_000
LONGEST_PLACE = 500
PRINTABLE = re.compile(r"[\x20-\x7e]+")
SHARE_BP = 2_000
"""The part of the rows that may be rejected, changed, or missing beside last time."""
FEW = 20
"""So few rows are no share of anything."""


def place_in_folder(said: str) -> tuple[str, str] | None:
    """(folder below the operator's, pattern of names) of "clients/clients-*.csv"; None: not so.

    No way up, no way from the root; only the last part may hold * and ?.
    """
    said = said.strip().removeprefix("./")
    parts = PurePosixPath(said).parts
    if not parts or len(said) > LONGEST_PLACE or "\\" in said or not PRINTABLE.fullmatch(said):
        return None
    *folders, pattern = parts
    wrong = {"/", "..", ".", "~"}
    if wrong & set(parts) or any(set("*?[") & set(folder) for folder in folders):
        return None
    if pattern.endswith(MARK) or set(pattern) <= set("*?"):
        return None
    return "/".join(folders), pattern


def place_on_the_net(said: str) -> str | None:
    """The address of a file over HTTPS, as it is asked for; None: not so."""
    said = said.strip()
    try:
        parts = urlsplit(said)
        port = parts.port
    except ValueError:
        return None
    fine = (
        parts.scheme == "https"
        and parts.hostname
        and parts.username is None
        and port in {None, 443, 8443}
        and PRINTABLE.fullmatch(said)
        and " " not in said
        and len(said) <= LONGEST_PLACE
    )
    return said.partition("#")[0] if fine else None


def login_is_fine(said: str) -> bool:
    """Whether it can stand in an Authorization header; empty: none is sent."""
    return not said or bool(len(said) <= LONGEST_LOGIN and PRINTABLE.fullmatch(said))


@dataclass(frozen=True, slots=True)
class Found:
    """A plain file in the folder: its name, size in bytes, when it was last touched in any way."""

    name: str
    size: int
    modified: float
    touched: float


def newest(files: list[Found], pattern: str) -> Found | None:
    """The newest file of the pattern; of two as new as each other the one that sorts last."""
    fitting = [file for file in files if fnmatchcase(file.name, pattern)]
    return max(fitting, key=lambda file: (file.modified, file.name), default=None)


def complete(file: Found, names: set[str], at: datetime) -> bool:
    """Whether whoever writes it is done: it says so, or has left it alone for a minute."""
    return file.name + MARK in names or file.touched <= (at - STILL).timestamp()


def due_day(at: datetime, hour: int, zone: str) -> date:
    """The day whose hour has come last: today's from `hour` on, before it yesterday's."""
    local = at.astimezone(ZoneInfo(zone))
    return local.date() if local.time() >= time(hour) else local.date() - timedelta(days=1)


def next_try(tried_at: datetime, tries: int) -> datetime | None:
    """When to try again after `tries` in vain; None: not on this day any more."""
    if tries >= TRIES:
        return None
    return tried_at + timedelta(minutes=WAITS[min(tries, len(WAITS)) - 1])


@dataclass(frozen=True, slots=True)
class Sample:
    """What some rows of the file, evenly spread over it, would do."""

    rows: int
    rejected: int
    changed: int


def held(sample: Sample, *, total: int, before: int, share_bp: int) -> str:
    """Why a human shall look first; "" when the file is as usual.

    `before`: rows of the last one.
    """
    if before > FEW and total * 10_000 < before * (10_000 - share_bp):
        return "held_shrunk"
    allowed = max(FEW, sample.rows * share_bp // 10_000)
    if sample.rejected > allowed or sample.rejected == sample.rows > 0:
        return "held_rejects"
    if sample.changed > allowed:
        return "held_changes"
    return ""
