"""For an admin: the first steps of the firm, until none is left or they are put away."""

from datetime import datetime

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _

from polecam.insights import start
from polecam.people.models import Person, Role
from polecam.people.permissions import standing
from polecam.web.ui.context import address
from polecam.web.ui.waits import Wait

SECONDS = 60
"""So long it is remembered that no step is left, which is so on most days."""


def left(person: Person, at: datetime) -> start.Progress | None:
    """The first steps, while there is something to do; None for anybody but an admin."""
    if not any(Role.ADMIN in roles for roles in standing(person).roles.values()):
        return None
    key = f"no-first-steps-{person.public_id}"
    if cache.get(key):
        return None
    found = start.progress(person, at=at, protectable=bool(address("security:mine")))
    if found.put_away or not found.next:
        cache.set(key, True, SECONDS)
        return None
    return found


def waits(person: Person, at: datetime) -> list[Wait]:
    """One thing: the way on."""
    found = left(person, at)
    if found is None:
        return []
    told = {"done": found.settled, "total": len(found.states)}
    return [
        Wait(
            title=_("The firm’s first steps"),
            sub=_("%(done)s of %(total)s are settled") % told,
            url=reverse("start:overview"),
            icon="sprout",
            tone="leaf",
        )
    ]
