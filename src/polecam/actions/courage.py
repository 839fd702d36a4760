"""The courage meter: a guess before an ask, put aside, forgotten, switched off.

These acts leave no event: the journal is read by others, and even that somebody wondered is theirs
alone (invariant 21).
"""

from datetime import datetime

from polecam.actions.ownership import require_own
from polecam.asking import courage
from polecam.asking.models import CourageChoice
from polecam.clients.models import Client
from polecam.keeping import erased
from polecam.kit.errors import Refused
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store.tx import action, lock


def guess(*, by: Person, at: datetime, client: Client, percent: int) -> None:
    """Keep what `by` expects of this client, sealed; one of courage.STEPS, or 0 for "not now".

    The ask itself waits for nothing. Raises Refused("unknown_guess"), NotAllowed.
    """
    if percent not in (courage.NOT_NOW, *courage.STEPS):
        raise Refused("unknown_guess", field="percent")
    with action():
        require_own(by, client)
        lock(by)
        courage.write(by, client=client.public_id, percent=percent, at=at)


def choose(*, by: Person, at: datetime, asked: bool) -> None:
    """Be asked what one expects, or no more; what was said stays until it is forgotten."""
    with action():
        require(by, Permission.ASK)
        CourageChoice.objects.update_or_create(
            seller=by, defaults={"asked": asked, "changed_at": at}
        )


def forget(*, by: Person, at: datetime) -> None:
    """Nothing of what `by` ever guessed is kept."""
    with action():
        lock(by)
        erased.note(erased.COURAGE, by.public_id)
        courage.forget(by, at)
