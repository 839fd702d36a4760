"""Somebody's own records, to take along: roles, what they brought, what they earned by it.

No name, number or address of a client or a friend: those belong to the firm and to them.
"""

from dataclasses import dataclass
from datetime import date, datetime

from polecam.bonuses.models import Line
from polecam.claims.queries import in_force
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.staff import roles_of
from polecam.referrals.models import Referral

MOST = 50_000


@dataclass(frozen=True, slots=True)
class Held:
    """A role in a place, with its days; `until` None: still."""

    role: str
    place: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Brought:
    """A referral they brought or share in: its number, days, state, the share now."""

    number: str
    place: str
    captured_on: date
    state: str
    author: bool
    share_bp: int


@dataclass(frozen=True, slots=True)
class Earned:
    """A line of a bonus: month, what for, grosze, its state."""

    month: str
    kind: str
    number: str
    grosze: int
    state: str


@dataclass(frozen=True, slots=True)
class Records:
    """All of it, as of `at`."""

    roles: list[Held]
    brought: list[Brought]
    earned: list[Earned]


def of(person: Person, *, at: datetime) -> Records:
    """Everything of one person; four queries."""
    zone = settings.zone()
    roles = [
        Held(
            row.role,
            row.branch.name,
            day_of(row.since, zone),
            day_of(row.until, zone) if row.until else None,
        )
        for row in roles_of(person)
    ]
    shares = dict(in_force().filter(person=person).values_list("referral_id", "share_bp")[:MOST])
    rows = (
        Referral.objects.filter(originator=person) | Referral.objects.filter(pk__in=shares)
    ).select_related("branch")
    brought = [
        Brought(
            row.public_id,
            row.branch.name,
            day_of(row.captured_at, zone),
            row.state,
            row.originator_id == person.pk,
            shares.get(row.pk, 0),
        )
        for row in rows.order_by("captured_at", "id")[:MOST]
    ]
    lines = Line.objects.filter(person=person).select_related("fact").order_by("month", "id")
    earned = [
        Earned(line.month, line.fact.kind, line.fact.referral, line.amount_grosze, line.state)
        for line in lines[:MOST]
    ]
    return Records(roles, brought, earned)
