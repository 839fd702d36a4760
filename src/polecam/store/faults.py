"""Named places where a test lets the worst happen: a kill -9, a full disk, no database, slowness.

    POLECAM_FAULT="kill:action.before_commit:claims.confirm:3"

Which fault, at which point, in which action (as `module.function`; `*` or nothing: any), at which
passing (1; `1+`: from the first on). Only where POLECAM_ENV is `test` or `development`; everywhere
else the variable keeps the program from starting. Without it a point costs as much as a call that
returns (docs/adr/0039).
"""

import errno
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from types import FrameType

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from polecam import env

VARIABLE = "POLECAM_FAULT"
ALLOWED_IN = ("test", "development")
KILL, FULL, GONE, SLOW, WATCH = "kill", "full", "gone", "slow", "watch"
KINDS = (KILL, FULL, GONE, SLOW, WATCH)
ON_DISK = ("files.", "mail.", "backup.")
"""Points at which the house writes a file itself, not through the database."""
SLOW_SECONDS = 0.5
ACTIONS = "polecam.actions."


@dataclass
class Fault:
    """What happens, and where: once, at the `nth` passing that fits."""

    kind: str
    point: str = "*"
    name: str = "*"
    nth: int = 1
    forever: bool = False
    """Not once only: from the `nth` passing on."""
    passed: int = 0
    seen: list[tuple[str, str]] = field(default_factory=list)
    """WATCH: every passing, in order."""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{VARIABLE}: {', '.join(KINDS)}, not {self.kind!r}")

    def pass_by(self, point: str, name: str) -> None:
        """Somebody passes a point. Returns, raises, or never returns."""
        if self.kind == WATCH:
            self.seen.append((point, name))
            return
        if not (fnmatchcase(point, self.point) and fnmatchcase(name, self.name)):
            return
        self.passed += 1
        if self.passed == self.nth or (self.forever and self.passed > self.nth):
            DEEDS[self.kind](point)


def _kill(_point: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)  # never: the signal is on its way


def _full(point: str) -> None:
    if point.startswith(ON_DISK):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    raise OperationalError("database or disk is full")


def _gone(_point: str) -> None:
    raise OperationalError("server closed the connection unexpectedly")


def _slow(_point: str) -> None:
    time.sleep(SLOW_SECONDS)


DEEDS: dict[str, Callable[[str], None]] = {KILL: _kill, FULL: _full, GONE: _gone, SLOW: _slow}


def point(where: str, name: str = "") -> None:
    """A named place. `name`: the reader or job that passes it; by itself, the action."""
    if _armed is not None:
        _armed.pass_by(where, name or _action(sys._getframe(1)))


def arm(fault: Fault | None) -> None:
    """From now on, in this process: this fault, or none. Raises where faults are not allowed."""
    global _armed
    if fault is not None:
        _require_allowed()
    _armed = fault


def heard(spoken: str) -> Fault | None:
    """A fault as the variable spells it; None for an empty one. Raises ValueError."""
    if not spoken:
        return None
    kind, *rest = spoken.split(":")
    if len(rest) > 3:
        raise ValueError(f"{VARIABLE} is fault:point:action:passing")
    where, name, nth = [*rest, "", "", ""][:3]
    return Fault(kind, where or "*", name or "*", int(nth.rstrip("+") or 1), nth.endswith("+"))


def _require_allowed() -> None:
    if env.environment() not in ALLOWED_IN:
        raise ImproperlyConfigured(
            f"{VARIABLE} breaks things on purpose: it is for {' and '.join(ALLOWED_IN)} only."
        )


def _action(frame: FrameType | None) -> str:
    """The public function of `polecam.actions` that is running, the innermost one.

    What an action leaves for its end (`tx.at_the_end`) belongs to a module, too.
    """
    within = ""
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if module.startswith(ACTIONS):
            function = frame.f_code.co_name
            found = f"{module.removeprefix(ACTIONS)}.{function}"
            if not function.startswith(("_", "<")):
                return found
            within = within or found
        frame = frame.f_back
    return within


def _from_environment() -> Fault | None:
    fault = heard(env.text(VARIABLE))
    if fault is not None:
        _require_allowed()
    return fault


_armed: Fault | None = _from_environment()
