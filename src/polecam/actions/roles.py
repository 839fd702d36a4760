"""Several roles, several places: given and ended one by one, each with its own days."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from polecam.journal.record import record
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation.models import Branch
from polecam.people import duties
from polecam.people.models import Membership, Person, Role
from polecam.people.permissions import Permission, require
from polecam.people.rules import keeps_an_admin
from polecam.store import tx

INSTANT = timedelta(microseconds=1)
"""What a role lasts at least, so that its days are never empty."""


def give(
    *, by: Person | None, at: datetime, person: Person, branch: Branch, role: str,
    knowing: bool = False,
) -> Membership:  # fmt: skip
    """From now on the person has `role` in `branch`, beside what they have. Twice is once.

    `knowing`: duties that had better not be one person's were read and are meant. Raises
    Refused("role_unknown", "person_left", "branch_closed", "duties_conflict"), NotAllowed, also for
    one's own role.
    """
    with tx.action():
        require(by, Permission.MANAGE_PEOPLE, branch.pk)
        if role not in Role.values:
            raise Refused("role_unknown", field="role")
        person = locked(person, by=by)
        if branch.closed_on is not None:
            raise Refused("branch_closed", field="branch")
        held = held_by(person)
        same = [m for m in held if m.branch_id == branch.pk and m.role == role]
        if same:
            return same[0]
        if not knowing and duties.new_conflicts([m.role for m in held], role):
            raise Refused("duties_conflict", field="knowing")
        return begin(person, branch.pk, role, by=by, at=at, since=at)


def end(*, by: Person | None, at: datetime, membership: Membership) -> Membership:
    """The person has this role in this place no longer. Twice is once.

    Raises Refused("last_role" where they would have none: that is leaving, "last_admin"),
    NotAllowed, also for one's own role.
    """
    with tx.action():
        require(by, Permission.MANAGE_PEOPLE, membership.branch_id)
        person = locked(membership.person, by=by)
        held = held_by(person)
        found = [m for m in held if m.pk == membership.pk]
        if not found:
            membership.refresh_from_db()
            return membership
        if len(held) == 1:
            raise Refused("last_role")
        require_an_admin(person, held, found)
        return finish(found[0], by=by, at=at, until=at)


# --- steps, also of moves and of leaving ----------------------------------------------------------


def locked(person: Person, *, by: Person | None) -> Person:
    """The person, locked: who works here, and is not `by`. Raises Refused("person_left"),
    NotAllowed("own_role")."""
    if by is not None and by.pk == person.pk:
        raise NotAllowed("own_role")
    person = tx.lock(person)
    if not person.is_active:
        raise Refused("person_left")
    return person


def held_by(person: Person) -> list[Membership]:
    """The roles somebody has now, locked, the oldest first; the person is locked already."""
    rows = Membership.objects.select_for_update(of=("self",), no_key=True)
    rows = rows.filter(person=person, until=None).select_related("branch")
    return list(rows.order_by("since", "id"))


def require_an_admin(
    person: Person, held: Sequence[Membership], ending: Iterable[Membership]
) -> None:
    """Raise Refused("last_admin") where the firm would have no admin once these have ended."""
    gone = {m.pk for m in ending}
    if not any(m.role == Role.ADMIN for m in held if m.pk in gone):
        return
    if any(m.role == Role.ADMIN for m in held if m.pk not in gone):
        return
    admins = Membership.objects.filter(role=Role.ADMIN, until=None, person__is_active=True)
    tx.lock_keys(["admins"])
    if not keeps_an_admin(set(admins.values_list("person_id", flat=True)), person.pk):
        raise Refused("last_admin")


def begin(
    person: Person, branch_id: int, role: str, *, by: Person | None, at: datetime, since: datetime
) -> Membership:
    """Give a role from `since` on (not after `at`); never before the same role last ended."""
    last = Membership.objects.filter(person=person, branch_id=branch_id, role=role)
    ended = last.exclude(until=None).order_by("-until").values_list("until", flat=True).first()
    made = Membership.objects.create(
        person=person,
        branch_id=branch_id,
        role=role,
        since=max(since, ended) if ended else since,
    )
    record("membership.given", person, by=by, at=at, branch=branch_id, data={"role": role})
    return made


def finish(
    membership: Membership, *, by: Person | None, at: datetime, until: datetime
) -> Membership:
    """End a role at `until` (not after `at`), and not before it began."""
    membership.until = max(until, membership.since + INSTANT)
    membership.save(update_fields=["until"])
    record(
        "membership.ended",
        membership.person,
        by=by,
        at=at,
        branch=membership.branch_id,
        data={"role": membership.role},
    )
    return membership
