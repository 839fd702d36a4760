"""What waits for somebody's answer: one module per kind, found by itself.

Each module has `waits(person, at) -> list[Wait]`, in the reader's language, scoped to what the
person may see, in one or two queries.
"""

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module

from polecam.people.models import Person


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing that waits: a calm sentence, where to answer it, until when (None: no hurry)."""

    title: str
    sub: str
    url: str
    icon: str
    tone: str = "chaber"
    due_at: datetime | None = None


Provider = Callable[[Person, datetime], list[Wait]]


@cache
def _providers() -> tuple[Provider, ...]:
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}").waits for name in names)


def waiting(person: Person, at: datetime) -> list[Wait]:
    """All that waits for the person at `at`: what ends first stands first, no hurry last."""
    found = [wait for provider in _providers() for wait in provider(person, at)]
    return sorted(found, key=lambda wait: (wait.due_at is None, wait.due_at or at))
