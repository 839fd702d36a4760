"""What the firm demands of a person who signs in."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from polecam.organisation.models import Setting
from polecam.organisation.settings import KINDS
from polecam.people.models import Deputy, Membership, Person, Role
from polecam.signin import rules
from polecam.signin.models import Factor

DEMANDS = {role: f"factor_{role}" for role in Role.values}
"""The setting that says whether a role needs a second factor."""
GRACE, IDLE = "factor_grace_days", "session_idle_hours"
FROM_THE_START = (Role.MANAGER, Role.PAYROLL, Role.DPO, Role.ADMIN)
"""Roles of which a real firm demands it, unless it says otherwise."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How long a session may lie unused, and from when on it opens nothing without a factor."""

    idle: timedelta
    due: datetime | None


def has_factor(person: Person) -> bool:
    """Whether the person set up an app or a passkey."""
    return Factor.objects.filter(person=person, confirmed_at__isnull=False).exists()


def terms(person: Person, at: datetime) -> Terms:
    """What holds for this person now: three queries, at sign-in and every few minutes."""
    keys = [*DEMANDS.values(), GRACE, IDLE]
    rows = [
        rules.Said(*row)
        for row in Setting.objects.filter(key__in=keys, branch=None, valid_from__lte=at)
        .order_by("valid_from", "id")
        .values_list("key", "valid_from", "value")
    ]
    said = {key: KINDS[key].default for key in (GRACE, IDLE)} | {r.key: r.value for r in rows}
    idle, grace = timedelta(hours=int(said[IDLE] or 0)), timedelta(days=int(said[GRACE] or 0))
    since = rules.in_force_since(rows)
    demanded = {role: since[key] for role, key in DEMANDS.items() if key in since}
    if not demanded or has_factor(person):
        return Terms(idle, None)
    return Terms(idle, rules.due(_held(person, at), demanded, grace))


def _held(person: Person, at: datetime) -> list[tuple[str, datetime]]:
    held = list(Membership.objects.filter(person=person, until=None).values_list("role", "since"))
    days = Deputy.objects.filter(
        person=person, since__lte=at.date(), until__gt=at.date(), ended_at=None
    ).values_list("since", flat=True)
    midnight = [(str(Role.MANAGER), datetime.combine(day, time(0), UTC)) for day in days]
    return held + midnight
