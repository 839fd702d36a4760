"""A version of the plan that holds for somebody and that they have not read; for who approves, a
draft that waits for a second person; for its writer, one that came back."""

from datetime import datetime

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _

from polecam.bonuses.models import PlanVersion
from polecam.bonuses.planning.queries import returned_to, to_approve, unread
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.web.ui import format as fmt
from polecam.web.ui.waits import Wait

SECONDS = 60
"""So long it is remembered that nothing waits for somebody, which is so on most days."""


def waits(person: Person, at: datetime) -> list[Wait]:
    """What to read, what to approve, what came back; asked once a minute where there is nothing."""
    key = f"no-plan-waits-{person.public_id}"
    if cache.get(key):
        return []
    found = _waits(person, at)
    if not found:
        cache.set(key, True, SECONDS)
    return found


def _waits(person: Person, at: datetime) -> list[Wait]:
    found = [_to_read(version, at) for version in unread(person, at)]
    able = standing(person)
    if able.may(Permission.APPROVE_PLAN):
        found += [_to_approve(version) for version in to_approve(person)]
    if able.may(Permission.WRITE_PLAN):
        found += [_returned(version) for version in returned_to(person)]
    return found


def _to_read(version: PlanVersion, at: datetime) -> Wait:
    day = fmt.day(version.valid_from)
    ahead = version.valid_from > at
    return Wait(
        title=_("A new bonus plan, to read in peace") if ahead else _("Your bonus plan, to read"),
        sub=_("version %(number)s, from %(day)s") % {"number": version.number, "day": day},
        url=reverse("plans:read", args=[version.public_id]),
        icon="scale",
    )


def _to_approve(version: PlanVersion) -> Wait:
    writer = version.submitted_by
    return Wait(
        title=_("A bonus plan waits for a second person"),
        sub=f"{writer.full_name} · {_about(version)}" if writer else _about(version),
        url=reverse("plans:approve", args=[version.public_id]),
        icon="scale",
        due_at=version.valid_from,
    )


def _returned(version: PlanVersion) -> Wait:
    other = version.returned_by
    return Wait(
        title=_("A draft of the bonus plan came back to you"),
        sub=f"{other.full_name} · {_about(version)}" if other else _about(version),
        url=reverse("plans:edit", args=[version.public_id]),
        icon="scale",
    )


def _about(version: PlanVersion) -> str:
    said = _("version %(number)s, from %(day)s")
    return said % {"number": version.number, "day": fmt.day(version.valid_from)}
