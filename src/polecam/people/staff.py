"""What is known of people and their places: roles over time, invitations, moves and last days to
come, deputies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower

from polecam.kit.periods import day_of
from polecam.people import guests
from polecam.people.guests import Guest, Verdict
from polecam.people.models import Departure, Deputy, Membership, Person, PlannedMove, Role, Welcome
from polecam.people.permissions import Permission, standing
from polecam.people.rules import welcome_is_open


def looked_at(found: Sequence[Guest], branches: Iterable[int]) -> list[Verdict]:
    """A verdict for each of these; `branches`: ids of those one may invite into. Two queries."""
    keys = {guests.key(guest.email) for guest in found}
    people = dict(
        Person.objects.annotate(key=Lower("email"))
        .filter(key__in=keys)
        .values_list("key", "is_active")
    )
    invited = (
        Welcome.objects.annotate(key=Lower("email"))
        .filter(key__in=keys, accepted_at=None, withdrawn_at=None)
        .values_list("key", flat=True)
    )
    return guests.verdicts(
        found,
        branches=set(branches),
        roles=set(Role.values),
        here={key for key, active in people.items() if active},
        gone={key for key, active in people.items() if not active},
        invited=set(invited),
    )


@dataclass(frozen=True, slots=True)
class Invitations:
    """Invitations not accepted yet: links that work, and those that are too old."""

    open: list[Welcome]
    old: list[Welcome]

    def __bool__(self) -> bool:
        return bool(self.open or self.old)


def invitations(person: Person, *, at: datetime) -> Invitations:
    """Invitations into the branches whose people `person` manages; no withdrawn ones, and none of
    whoever works here by now."""
    rows = list(
        invitations_of(person).select_related("branch", "invited_by").order_by("-created_at", "-id")
    )
    live = [row for row in rows if welcome_is_open(None, row.expires_at, at)]
    return Invitations(live, [row for row in rows if row not in live])


def invitations_of(person: Person) -> QuerySet[Welcome]:
    """Invitations that are neither accepted nor withdrawn, where `person` manages people."""
    branches = standing(person).branches(Permission.MANAGE_PEOPLE)
    return Welcome.objects.filter(branch_id__in=branches, accepted_at=None, withdrawn_at=None)


def roles_of(person: Person) -> list[Membership]:
    """Every role the person has or had: those held first, then the past, the latest first."""
    rows = Membership.objects.filter(person=person).select_related("branch")
    found = list(rows.order_by("-since", "-id"))
    return [row for row in found if row.until is None] + [row for row in found if row.until]


def moves_ahead(person: Person) -> QuerySet[PlannedMove]:
    """Moves of the person that are planned, the next first."""
    rows = PlannedMove.objects.filter(person=person, done_at=None, cancelled_at=None)
    return rows.select_related("origin", "target").order_by("on", "id")


def departure_of(person: Person) -> Departure | None:
    """The day from which the person works here no longer, where one is planned."""
    return Departure.objects.filter(person=person, done_at=None, cancelled_at=None).first()


def deputies(branches: Iterable[int], on: date) -> QuerySet[Deputy]:
    """Deputies of managers of these branches, in force on a day or ahead, the next first."""
    rows = Deputy.objects.filter(branch_id__in=list(branches), until__gt=on, ended_at=None)
    return rows.select_related("person", "manager", "branch").order_by("since", "id")


def deputising(person: Person, on: date) -> QuerySet[Deputy]:
    """Where `person` stands in for a manager, on a day or ahead."""
    rows = Deputy.objects.filter(person=person, until__gt=on, ended_at=None)
    return rows.select_related("manager", "branch").order_by("since", "id")


DECISIONS = (
    "sale.confirmed", "sale.voided", "referral.meeting_confirmed", "complaint.recorded",
    "complaint.upheld", "complaint.rejected", "dispute.decided", "coaching.confirmed",
    "handoff.proposed", "absence.planned", "portfolio.started", "portfolio.undoing",
    "reward.approved", "reward.refused",
)  # fmt: skip
"""Kinds of events that a manager's word makes: of these it is told for whom it was said."""


class Said(Protocol):
    """An event of the journal."""

    pk: int
    kind: str
    by_id: int | None
    branch_id: int | None
    at: datetime


Events = TypeVar("Events", bound=QuerySet[Any])


def with_deputies(events: Events) -> Events:
    """These events, each with `by_deputy`: whether who did it ever stood in for a manager there.
    Where nobody did, `stood_in` asks nothing."""
    ever = Deputy.objects.filter(person=OuterRef("by_id"), branch=OuterRef("branch_id"))
    return events.annotate(by_deputy=Exists(ever))


def stood_in(events: Iterable[Said], zone: str) -> dict[int, Person]:
    """For which manager a deputy decided, by the event's key; no query where nobody decided."""
    perhaps = [e for e in events if getattr(e, "by_deputy", True)]
    decided = [e for e in perhaps if e.kind in DECISIONS and e.by_id and e.branch_id]
    if not decided:
        return {}
    rows = list(
        Deputy.objects.filter(
            person__in={e.by_id for e in decided}, branch__in={e.branch_id for e in decided}
        ).select_related("manager")
    )
    found = {}
    for event in decided:
        on = day_of(event.at, zone)
        for row in rows:
            over = row.ended_at is not None and row.ended_at <= event.at
            here = (row.person_id, row.branch_id) == (event.by_id, event.branch_id)
            if here and row.since <= on < row.until and not over:
                found[event.pk] = row.manager
    return found


def managers(branch_id: int) -> QuerySet[Person]:
    """Who leads a branch now."""
    held = Membership.objects.filter(branch_id=branch_id, role=Role.MANAGER, until=None)
    return Person.objects.filter(pk__in=held.values("person"), is_active=True)
