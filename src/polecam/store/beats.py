"""Signs of life of what runs by itself, in the side database: whoever is late can be seen."""

from datetime import datetime

from polecam.store.models import Beat

WORKER = "worker"
DOUBTS = "worker-doubts"
"""A worker that does not believe the clock of its machine (worker.trust)."""


def beat(name: str, *, at: datetime) -> None:
    """`name` is alive at `at`."""
    Beat.objects.update_or_create(name=name, defaults={"at": at})


def last_beats() -> dict[str, datetime]:
    """When each was last known to be alive."""
    return dict(Beat.objects.values_list("name", "at"))


def last_beat(name: str) -> datetime | None:
    """When `name` was last known to be alive."""
    return Beat.objects.filter(name=name).values_list("at", flat=True).first()
