"""When something is recorded. Only an empty demo database may live in the past."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_injected: ContextVar[bool] = ContextVar("injected_clock", default=False)


def now(at: datetime | None = None) -> datetime:
    """The server's clock, or `at` while a demo's history is being lived through."""
    if at is not None and _injected.get():
        return at
    return datetime.now(UTC)


@contextmanager
def injected() -> Iterator[None]:
    """Let `at` be the recorded time as well. Only `polecam demo` on an empty database uses this."""
    marker = _injected.set(True)
    try:
        yield
    finally:
        _injected.reset(marker)
