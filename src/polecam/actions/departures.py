"""Somebody stops working here, today or on a day named beforehand: everything is settled with it.

Authorship and money never move by it. What the person led waits in the draft of a bulk hand-off.
"""

from datetime import date, datetime

from polecam.actions import (
    absences,
    arrivals,
    deputies,
    inviting,
    leaving,
    moves,
    portfolio,
    roles,
)
from polecam.asking import courage
from polecam.journal.record import record
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_bounds, day_of
from polecam.organisation import settings
from polecam.people import staff
from polecam.people.models import Absence, Departure, Membership, Person, Welcome
from polecam.people.permissions import Permission, require
from polecam.people.rules import soon
from polecam.store.tx import action, each, lock


def leave(*, by: Person | None, at: datetime, person: Person) -> None:
    """The person stops working here: no role, no sign-in. What they brought stays theirs.

    What they once guessed is forgotten. Offers they made or should answer come to nothing; nobody
    counts on them any more: deputies, absences they cover, moves, invitations they sent. Their
    clients and what they led wait in the draft of a bulk hand-off, for whoever divides portfolios.
    Raises NotAllowed for oneself, Refused("person_left"), Refused("last_admin").
    """
    with action():
        _leave(person, by=by, at=at, until=at)


def plan(*, by: Person | None, at: datetime, person: Person, on: date) -> Departure:
    """From the day `on` the person works here no longer; until then nothing changes.

    The same again is once. Raises Refused("departure_day", "departure_planned", "person_left",
    "last_admin"), NotAllowed, also for oneself.
    """
    with action():
        held = _held(person, by=by)
        known = staff.departure_of(person)
        if known is not None and known.on == on:
            return known
        if known is not None:
            raise Refused("departure_planned")
        today = day_of(at, settings.zone())
        if on == today or not soon(on, today):
            raise Refused("departure_day", field="on")
        roles.require_an_admin(person, held, held)
        departure = Departure.objects.create(person=person, on=on, made_by=by, made_at=at)
        home = held[0].branch_id
        record("departure.planned", departure, by=by, at=at, branch=home, data={"on": on})
        return departure


def cancel(*, by: Person | None, at: datetime, departure: Departure) -> Departure:
    """They stay. Twice is once. Raises Refused("departure_over"), NotAllowed."""
    with action():
        _held(departure.person, by=by, gone=departure.done_at is not None)
        departure = lock(departure)
        if departure.done_at is not None:
            raise Refused("departure_over")
        if departure.cancelled_at is None:
            departure.cancelled_at = at
            departure.save(update_fields=["cancelled_at"])
            record("departure.cancelled", departure, by=by, at=at)
        return departure


def carry_out_due(*, at: datetime) -> int:
    """Last days that have passed: the person has left with the beginning of the day after, also
    when nobody worked for days. The last admin stays until there is another one."""
    today = day_of(at, settings.zone())
    due = Departure.objects.filter(on__lte=today, done_at=None, cancelled_at=None)
    return each(list(due.select_related("person").order_by("on", "id")), lambda one: _due(one, at))


# --- steps ----------------------------------------------------------------------------------------


def _due(departure: Departure, at: datetime) -> int:
    with action():
        person = lock(departure.person)
        departure = lock(departure)
        if departure.done_at is not None or departure.cancelled_at is not None:
            return 0
        start = min(max(day_bounds(departure.on, settings.zone())[0], departure.made_at), at)
        try:
            with action():
                _leave(person, by=None, at=at, until=start)
        except Refused as error:
            if error.code != "last_admin":
                raise
            return 0
    return 1


def _held(person: Person, *, by: Person | None, gone: bool = False) -> list[Membership]:
    """The roles of the person, locked; whoever acts manages people in every place of them."""
    person = lock(person)
    held = roles.held_by(person)
    if not held and not gone:
        raise Refused("person_left")
    for membership in held:
        require(by, Permission.MANAGE_PEOPLE, membership.branch_id)
    if by is not None and by.pk == person.pk:
        raise NotAllowed("own_role")
    return held


def _leave(person: Person, *, by: Person | None, at: datetime, until: datetime) -> None:
    held = _held(person, by=by)
    roles.require_an_admin(person, held, held)
    person = lock(person)
    home = held[0].branch_id
    for membership in held:
        roles.finish(membership, by=by, at=at, until=until)
    person.is_active = False
    person.save(update_fields=["is_active"])
    courage.forget(person, at)
    leaving.stop_offers(person, by=by, at=at)
    counts = {
        "deputies": deputies.end_all(person, by=by, at=at),
        "moves": moves.cancel_all(person, by=by, at=at),
        "absences": _away_no_more(person, home, by=by, at=at),
        "covers": _covers_no_more(person, home, by=by, at=at),
        "invitations": _invites_no_more(person, by=by, at=at),
        "sessions": arrivals.end(person, at=at),
    }
    Departure.objects.filter(person=person, done_at=None, cancelled_at=None).update(done_at=at)
    record("person.left", person, by=by, at=at, branch=home, data=counts)
    portfolio.draft_for_leaver(by=by, at=at, giver=person, branches=[m.branch for m in held])


def _away_no_more(person: Person, home: int, *, by: Person | None, at: datetime) -> int:
    """Their own absences, running or ahead, are over."""
    rows = [lock(row) for row in Absence.objects.filter(person=person, ended_at=None)]
    for absence in rows:
        absences.over(absence, by=by, at=at, branch=home)
    return len(rows)


def _covers_no_more(person: Person, home: int, *, by: Person | None, at: datetime) -> int:
    """Where they stand in for a colleague, running or ahead, nobody does."""
    rows = [lock(row) for row in Absence.objects.filter(cover=person, ended_at=None)]
    for absence in rows:
        absence.cover = None
        absence.save(update_fields=["cover"])
        record("absence.uncovered", absence, by=by, at=at, branch=home)
    return len(rows)


def _invites_no_more(person: Person, *, by: Person | None, at: datetime) -> int:
    """Links they sent work no longer; another admin makes new ones by a tap."""
    sent = Welcome.objects.filter(
        invited_by=person, accepted_at=None, withdrawn_at=None, expires_at__gt=at
    )
    return inviting.let_go(sent, by=by, at=at)
