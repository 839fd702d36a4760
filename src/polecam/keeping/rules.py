"""What copies are called and how long they are kept."""

import re
from datetime import UTC, datetime, timedelta

KEPT = timedelta(days=30)
"""Erased people must vanish from the copies too: no copy grows older."""
LONGEST = timedelta(days=1)
"""What has not become a copy by then never will."""
NAMED = re.compile(r"^polecam-(\d{8}T\d{6})Z-[a-z]+\.copy(\.part)?$")


def name_of(began_at: datetime, cause: str) -> str:
    """The file's name of a copy begun then: `polecam-20261126T020000Z-night.copy`."""
    return f"polecam-{began_at.astimezone(UTC):%Y%m%dT%H%M%S}Z-{cause}.copy"


def began(name: str) -> datetime | None:
    """When the copy of that name was begun; None for a file that is no copy of ours."""
    found = NAMED.match(name)
    return datetime.strptime(found[1] + "+0000", "%Y%m%dT%H%M%S%z") if found else None


def is_over(name: str, at: datetime) -> bool:
    """Whether the file of that name is a copy, or the rest of one, that is not to be kept."""
    then = began(name)
    if then is None:
        return False
    return then + (LONGEST if name.endswith(".part") else KEPT) <= at
