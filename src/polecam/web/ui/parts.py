"""Values that the bigger template parts show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a trace: what, how much (ready string), a small note; `total` closes the sum."""

    label: str
    value: str
    note: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One item of a timeline. `tone`: leaf, chaber, now, next or nothing."""

    sentence: Any
    at: datetime | None = None
    icon: str = "leaf"
    tone: str = ""
    note: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Against:
    """One of two sums that are compared."""

    label: str
    grosze: int
    tone: str = "bar"
