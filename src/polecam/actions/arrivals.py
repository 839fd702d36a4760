"""Coming in and going out: open sessions, and who signed in or tried to."""

from dataclasses import dataclass
from datetime import datetime

from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.organisation.settings import organisation
from polecam.people.models import Membership, Person
from polecam.people.permissions import Permission, require, standing
from polecam.signin import policy
from polecam.signin.models import Outcome, Session, SignIn, Way
from polecam.signin.policy import Terms
from polecam.store import sessions, tx


@dataclass(frozen=True, slots=True)
class Trace:
    """What is kept of whoever knocks: the kind of device in words, the place as a keyed hash."""

    device: str = ""
    place: str = ""


def arrive(
    *, by: Person, at: datetime, way: str, strong: bool, key: str, trace: Trace, known: bool = True
) -> Terms:
    """Somebody has proved who they are: write down the session kept under `key`; its terms.

    `strong`: with a second factor or a passkey. `known`: the person came in by this device before;
    if not, they are told by mail (worker.readers.security).
    """
    with tx.action():
        session = Session.objects.create(
            person=by, key_hash=key, device=trace.device, strong=strong, began_at=at, seen_at=at
        )
        _note(by, Outcome.IN, way=way, trace=trace, at=at)
        told = {"way": str(way), "new": not known, "session": session.public_id}
        record("person.signed_in", by, by=by, at=at, branch=standing(by).home, data=told)
        return policy.terms(by, at)


def tried(*, at: datetime, person: Person | None, way: str, outcome: str, trace: Trace) -> None:
    """Write down a try that opened nothing; `person` None: nobody works here under that name."""
    with tx.action():
        _note(person, outcome, way=way, trace=trace, at=at)


def seen(*, by: Person, at: datetime, key: str) -> Terms:
    """The session is still used; the terms that hold for it now."""
    with tx.action():
        Session.objects.filter(key_hash=key, ended_at=None).update(seen_at=at)
        return policy.terms(by, at)


def moved(*, by: Person, at: datetime, old: str, new: str) -> None:
    """The session got a new key, as after every proof."""
    with tx.action():
        Session.objects.filter(person=by, key_hash=old).update(key_hash=new, seen_at=at)


def go(*, by: Person, at: datetime, key: str, trace: Trace) -> None:
    """Sign out: the session kept under `key` is over."""
    with tx.action():
        rows = Session.objects.filter(person=by, key_hash=key, ended_at=None)
        if rows.update(ended_at=at):
            _note(by, Outcome.OUT, way=Way.PASSWORD, trace=trace, at=at)
        sessions.end([key])


def end_one(*, by: Person, at: datetime, session: Session) -> None:
    """Sign out elsewhere: one of one's own sessions is over at once."""
    with tx.action():
        end(by, at=at, only=session.pk)


def end_others(*, by: Person, at: datetime, keep: str) -> int:
    """Sign out everywhere but here (the session kept under `keep`); how many sessions ended."""
    with tx.action():
        ended = end(by, at=at, keep=keep)
        if ended:
            record("person.sessions_ended", by, by=by, at=at, branch=standing(by).home)
        return ended


def end_for(*, by: Person, at: datetime, person: Person) -> int:
    """An admin signs somebody out everywhere, for example when a telephone was stolen."""
    with tx.action():
        places = list(
            Membership.objects.filter(person=person, until=None).values_list("branch", flat=True)
        )
        if not places:
            raise Refused("person_left")
        for place in places:
            require(by, Permission.MANAGE_PEOPLE, place)
        record("person.sessions_ended", person, by=by, at=at, branch=places[0])
        return end(person, at=at)


def end_everybody(*, at: datetime) -> int:
    """From the server's own shell: every session of everybody is over; how many were open."""
    with tx.action():
        rows = Session.objects.filter(ended_at=None)
        keys = list(rows.values_list("key_hash", flat=True))
        rows.update(ended_at=at)
        record("organisation.signed_out", organisation(), by=None, at=at, data={"n": len(keys)})
        sessions.end_all()
        return len(keys)


def end(person: Person, *, at: datetime, keep: str = "", only: int | None = None) -> int:
    """Inner step: sessions of a person are over, all but the one kept under `keep`."""
    rows = Session.objects.filter(person=person, ended_at=None).exclude(key_hash=keep)
    if only is not None:
        rows = rows.filter(pk=only)
    found = list(rows.values_list("pk", "key_hash", "device"))
    if not found:
        return 0
    Session.objects.filter(pk__in=[pk for pk, _key, _device in found]).update(ended_at=at)
    for _pk, _key, device in found:
        _note(person, Outcome.ENDED, way=Way.PASSWORD, trace=Trace(device), at=at)
    sessions.end(key for _pk, key, _device in found)
    return len(found)


def _note(person: Person | None, outcome: str, *, way: str, trace: Trace, at: datetime) -> None:
    SignIn.objects.create(
        person=person, at=at, way=way, outcome=outcome, device=trace.device, place=trace.place
    )
