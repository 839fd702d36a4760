"""Whether a seller takes part in the fair test of words. No event: the choice is theirs alone."""

from datetime import datetime

from polecam.asking.models import WordsChoice
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store.tx import action


def choose(*, by: Person, at: datetime, fair_test: bool) -> None:
    """Equals in random order (the default), or always in the same one; counts from now on."""
    with action():
        require(by, Permission.ASK)
        WordsChoice.objects.update_or_create(
            seller=by, defaults={"fair_test": fair_test, "changed_at": at}
        )
