"""Invitations to work here: one or a whole list, reminded, withdrawn, made anew."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet

from polecam.actions.once import once
from polecam.journal.record import record
from polecam.kit import emails
from polecam.kit.errors import Refused
from polecam.organisation.models import Branch
from polecam.organisation.rules import is_open
from polecam.organisation.tree import today
from polecam.people.guests import Guest, all_good
from polecam.people.models import Person, Role, Welcome
from polecam.people.permissions import Permission, require
from polecam.people.rules import WELCOME_DAYS, welcome_is_open
from polecam.people.staff import looked_at
from polecam.store import tx

LANGUAGES = ("pl", "en")
REST = timedelta(hours=20)
"""Between two reminders: a link in the mail is no reason to nag."""


def write(guest: Guest, branch: Branch, *, by: Person | None, at: datetime) -> Welcome:
    """Inner step: one invitation; an open one to the same address ends.

    Raises Refused("email_wrong", "role_unknown", "email_taken", "branch_closed").
    """
    address = emails.normal(guest.email)
    if not address:
        raise Refused("email_wrong", field="email")
    if guest.role not in Role.values:
        raise Refused("role_unknown", field="role")
    if not is_open(branch.closed_on, today(at)):
        raise Refused("branch_closed", field="branch")
    if Person.objects.filter(email__iexact=address, is_active=True).exists():
        raise Refused("email_taken", field="email")
    _end(Welcome.objects.filter(email__iexact=address, accepted_at=None, withdrawn_at=None), at)
    welcome = Welcome.objects.create(
        email=address,
        first_name=" ".join(guest.first_name.split())[:60],
        last_name=" ".join(guest.last_name.split())[:80],
        branch=branch,
        role=guest.role,
        language=guest.language if guest.language in LANGUAGES else LANGUAGES[0],
        invited_by=by,
        created_at=at,
        expires_at=at + timedelta(days=WELCOME_DAYS),
    )
    record("person.invited", welcome, by=by, at=at, branch=branch.pk, data={"role": guest.role})
    return welcome


def invite_many(*, by: Person, at: datetime, guests: Sequence[Guest], key: str) -> list[Welcome]:
    """Invite a whole list, all or nobody; the same form sent twice is once.

    Raises Refused("guests_none", "guests_not_ready" where one of them is here already, has a wrong
    address, no branch or no role), NotAllowed.
    """
    if not guests:
        raise Refused("guests_none")
    payload = {
        "guests": [[g.email, g.first_name, g.last_name, g.branch_id, g.role] for g in guests]
    }
    made: list[Welcome] = []

    def make() -> Welcome:
        branches = Branch.objects.in_bulk([guest.branch_id or 0 for guest in guests])
        for branch in branches:
            require(by, Permission.MANAGE_PEOPLE, branch)
        if not all_good(looked_at(guests, branches)):
            raise Refused("guests_not_ready")
        made.extend(write(guest, branches[guest.branch_id or 0], by=by, at=at) for guest in guests)
        return made[0]

    with tx.action():
        once(f"invite-{by.public_id}", key, payload, at=at, make=make, model=Welcome)
    return made


def remind(*, by: Person, at: datetime, welcomes: Sequence[Welcome]) -> int:
    """Mail the links once more, of those that are open and were not mailed today; how many.

    Raises NotAllowed.
    """
    told = 0
    with tx.action():
        for welcome in _locked(by, welcomes):
            last = max(welcome.created_at, welcome.reminded_at or welcome.created_at)
            is_open = welcome_is_open(welcome.accepted_at, welcome.expires_at, at)
            if not is_open or at - last < REST:
                continue
            welcome.reminded_at = at
            welcome.save(update_fields=["reminded_at"])
            record("person.reminded", welcome, by=by, at=at, branch=welcome.branch_id)
            told += 1
    return told


def withdraw(*, by: Person | None, at: datetime, welcomes: Sequence[Welcome]) -> int:
    """These links work no longer; how many ended by this. Raises NotAllowed."""
    with tx.action():
        found = [w for w in _locked(by, welcomes) if w.withdrawn_at is None]
        for welcome in found:
            _end(Welcome.objects.filter(pk=welcome.pk), at)
            record("person.uninvited", welcome, by=by, at=at, branch=welcome.branch_id)
    return len(found)


def renew(*, by: Person, at: datetime, welcomes: Sequence[Welcome]) -> list[Welcome]:
    """New links for these, of whoever has none that is open and has not come; the old ones are no
    more. Raises NotAllowed."""
    with tx.action():
        return [
            write(guest_of(old), old.branch, by=by, at=at)
            for old in _locked(by, welcomes)
            if old.withdrawn_at is None
            and not welcome_is_open(None, old.expires_at, at)
            and not Person.objects.filter(email__iexact=old.email, is_active=True).exists()
        ]


def let_go(rows: QuerySet[Welcome], *, by: Person | None, at: datetime) -> int:
    """Inner step of leaving: these links end; they stay on the list, to be made anew. How many."""
    found = list(rows.order_by("pk"))
    rows.filter(pk__in=[welcome.pk for welcome in found]).update(expires_at=at)
    for welcome in found:
        record("person.uninvited", welcome, by=by, at=at, branch=welcome.branch_id)
    return len(found)


def guest_of(welcome: Welcome) -> Guest:
    """Whom an invitation is for."""
    return Guest(
        welcome.email,
        welcome.first_name,
        welcome.last_name,
        welcome.branch_id,
        welcome.role,
        welcome.language,
    )


def _locked(by: Person | None, welcomes: Sequence[Welcome]) -> list[Welcome]:
    """Those of these that were not accepted, locked by id."""
    found = []
    for row in sorted(welcomes, key=lambda one: one.pk):
        require(by, Permission.MANAGE_PEOPLE, row.branch_id)
        welcome = tx.lock(row)
        if welcome.accepted_at is None:
            found.append(welcome)
    return found


def _end(rows: QuerySet[Welcome], at: datetime) -> None:
    """Their links work no longer from `at` on."""
    rows.filter(expires_at__gt=at).update(expires_at=at)
    rows.update(withdrawn_at=at)
