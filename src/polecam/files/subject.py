"""What the room knows of a person: at most a file that bears their name.

What stands inside an upload is found and removed by `imports.subject`, which can read it.
"""

from datetime import datetime
from typing import Protocol

from polecam.files.models import Upload
from polecam.kit.names import fold


class Someone(Protocol):
    """Whoever has a name; parties live in a room above."""

    first_name: str
    last_name: str


def _named_after(someone: Someone) -> list[Upload]:
    words = set(fold(f"{someone.first_name} {someone.last_name}").split())
    if len(words) < 2:
        return []
    uploads = Upload.objects.exclude(name="").order_by("id")
    return [upload for upload in uploads if words <= set(fold(upload.name).split())]


def erase(party: Someone, at: datetime) -> int:
    """Blank the names of files named after the person; how many."""
    uploads = _named_after(party)
    return Upload.objects.filter(pk__in=[upload.pk for upload in uploads]).update(name="")


def export(party: Someone) -> dict:
    """Names of files named after the person."""
    return {"files": [upload.name for upload in _named_after(party)]}
