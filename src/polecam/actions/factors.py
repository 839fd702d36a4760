"""What a person signs in with besides a password: set up, taken away, made anew."""

from datetime import datetime

import pyotp

from polecam.actions import arrivals
from polecam.journal.record import record
from polecam.kit.errors import NotAllowed, Refused
from polecam.people.models import Membership, Person
from polecam.people.permissions import Permission, require, standing
from polecam.signin import passkeys, queries, rules, spare
from polecam.signin.models import Factor, FactorKind, SpareCode
from polecam.store import tx

NAME = 60
IDENTIFIED = ("in_person", "by_video", "called_back")
"""How an admin made sure who asks; "they wrote to me" is none of them."""


def begin_app(*, by: Person, at: datetime) -> Factor:
    """A fresh seed for an authenticator app; it counts once its first code was typed.

    Raises Refused("factors_many").
    """
    with tx.action():
        person = tx.lock(by)
        _room_for_one_more(person)
        queries.begun(person).delete()
        factor = Factor(person=person, kind=FactorKind.TOTP, created_at=at)
        factor.secret = pyotp.random_base32()
        factor.save()
        return factor


def confirm_app(*, by: Person, at: datetime, factor: Factor, code: str, name: str) -> list[str]:
    """The app shows right codes, so it counts from now on; the spare codes, if these are the first.

    Raises Refused("code_wrong") and keeps waiting.
    """
    with tx.action():
        person = tx.lock(by)
        factor = tx.lock(factor)
        if factor.person_id != person.pk or factor.confirmed_at is not None:
            raise Refused("factor_over")
        step = rules.step_of(factor.secret, code, at, 0)
        if step is None:
            raise Refused("code_wrong", field="code")
        factor.last_step, factor.confirmed_at = step, at
        factor.name = _named(name)
        factor.save(update_fields=["last_step", "confirmed_at", "name"])
        return _added(factor, at)


def add_passkey(*, by: Person, at: datetime, answer: str, challenge: str, name: str) -> list[str]:
    """A passkey that the browser has just made; the spare codes, if these are the first.

    Raises Refused("passkey_wrong") for an answer that proves nothing, and "factors_many".
    """
    with tx.action():
        person = tx.lock(by)
        _room_for_one_more(person)
        try:
            made = passkeys.made(answer, challenge)
        except passkeys.NotTrue:
            raise Refused("passkey_wrong") from None
        if Factor.objects.filter(credential=made.credential).exists():
            raise Refused("passkey_known")
        factor = Factor.objects.create(
            person=person,
            kind=FactorKind.PASSKEY,
            name=_named(name),
            credential=made.credential,
            public_key=made.public_key,
            sign_count=made.sign_count,
            created_at=at,
            confirmed_at=at,
        )
        return _added(factor, at)


def remove(*, by: Person, at: datetime, factor: Factor) -> None:
    """Take away one of one's own; with the last one the spare codes go, too."""
    with tx.action():
        person = tx.lock(by)
        factor = tx.lock(factor)
        if factor.person_id != person.pk:
            raise NotAllowed("not_allowed")
        kind = str(factor.kind)
        _tell("factor.removed", factor, at, kind)
        factor.delete()
        if not queries.factors(person).exists():
            SpareCode.objects.filter(person=person).delete()


def make_codes(*, by: Person, at: datetime) -> list[str]:
    """Ten new spare codes; the old ones are good no more. Raises Refused("no_factor")."""
    with tx.action():
        person = tx.lock(by)
        if not queries.factors(person).exists():
            raise Refused("no_factor")
        return _codes(person, at)


def reset(*, by: Person, at: datetime, person: Person, how: str) -> None:
    """An admin who made sure `how` who asks takes away what a person can no longer use.

    Every session of theirs ends; they hear of it by mail. Raises NotAllowed for oneself.
    """
    with tx.action():
        person = tx.lock(person)
        held = Membership.objects.filter(person=person, until=None).values_list("branch", flat=True)
        places = list(held)
        if not places:
            raise Refused("person_left")
        for place in places:
            require(by, Permission.MANAGE_PEOPLE, place)
        if by.pk == person.pk:
            raise NotAllowed("own_factor")
        if how not in IDENTIFIED:
            raise Refused("choice_unknown", field="how")
        forget(person)
        arrivals.end(person, at=at)
        data = {"how": how}
        record("person.factors_reset", person, by=by, at=at, branch=places[0], data=data)


def forget(person: Person) -> None:
    """Inner step: apps, passkeys and spare codes of a person are gone."""
    Factor.objects.filter(person=person).delete()
    SpareCode.objects.filter(person=person).delete()


def _added(factor: Factor, at: datetime) -> list[str]:
    _tell("factor.added", factor, at, str(factor.kind))
    return [] if queries.codes_left(factor.person) else _codes(factor.person, at)


def _codes(person: Person, at: datetime) -> list[str]:
    SpareCode.objects.filter(person=person).delete()
    codes, salt = spare.new_codes(), spare.new_salt()
    SpareCode.objects.bulk_create(
        SpareCode(person=person, code_hash=spare.hashed(person, code, salt), made_at=at)
        for code in codes
    )
    record("person.codes_made", person, by=person, at=at, branch=standing(person).home)
    return codes


def _tell(kind: str, factor: Factor, at: datetime, what: str) -> None:
    person = factor.person
    data = {"kind": what, "person": person.public_id}
    record(kind, factor, by=person, at=at, branch=standing(person).home, data=data)


def _room_for_one_more(person: Person) -> None:
    if queries.factors(person).count() >= rules.MOST_FACTORS:
        raise Refused("factors_many")


def _named(name: str) -> str:
    return " ".join(name.split())[:NAME]
