"""Somebody comes by the firm's identity provider: who of us is that?"""

from datetime import datetime

from polecam.actions import people
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.people.models import Membership, Person, Welcome
from polecam.people.permissions import Permission, require, standing
from polecam.signin.models import Identity
from polecam.signin.oidc import Told
from polecam.store import tx


def recognise(
    *, at: datetime, told: Told, trusts_email: bool = False, language: str = "pl"
) -> Person:
    """The person whom the provider names by its own never-changing id; at the first time by the
    work e-mail, whose owner is then bound to that id. An open invitation to it is accepted.

    `trusts_email`: the operator vouches that the provider's addresses are proven, where it does not
    say so. Nobody is let in who was not invited. Raises Refused.
    """
    with tx.action():
        known = (
            Identity.objects.select_for_update(of=("self",), no_key=True)
            .filter(issuer=told.issuer, subject=told.subject)
            .select_related("person")
            .first()
        )
        if known is not None:
            if not known.person.is_active:
                raise Refused("sso_nobody")
            known.last_used_at = at
            known.save(update_fields=["last_used_at"])
            return known.person
        if not told.email:
            raise Refused("sso_without_email")
        if told.email_verified is not True and not (trusts_email and told.email_verified is None):
            raise Refused("sso_email_unproven")
        person = _of_email(told, at=at, language=language)
        _bind(person, told, at=at)
        return person


def _of_email(told: Told, *, at: datetime, language: str) -> Person:
    found = Person.objects.filter(email__iexact=told.email, is_active=True).first()
    if found is not None:
        return tx.lock(found)
    welcome = (
        Welcome.objects.filter(email__iexact=told.email, accepted_at=None, expires_at__gt=at)
        .order_by("-created_at")
        .first()
    )
    if welcome is None:
        raise Refused("sso_nobody")
    return people.accept_invitation(
        at=at,
        welcome=welcome,
        password=None,
        first_name=welcome.first_name or told.first_name or told.email.partition("@")[0],
        last_name=welcome.last_name or told.last_name,
        language=language,
    )


def _bind(person: Person, told: Told, *, at: datetime) -> None:
    """From now on this id of the provider is this person. A second id for one person is refused:
    an address handed on to a successor must not hand on what belongs to its first owner."""
    if Identity.objects.filter(issuer=told.issuer, person=person).exists():
        raise Refused("sso_other_account")
    Identity.objects.create(
        person=person, issuer=told.issuer, subject=told.subject, linked_at=at, last_used_at=at
    )
    record("identity.bound", person, by=person, at=at, branch=standing(person).home)


def unbind(*, by: Person, at: datetime, person: Person) -> None:
    """Forget which account of the provider a person is: they got another one.

    Whoever does it manages people in every place of theirs. Raises Refused("person_left").
    """
    with tx.action():
        person = tx.lock(person)
        held = Membership.objects.filter(person=person, until=None).values_list("branch", flat=True)
        places = list(held)
        if not places:
            raise Refused("person_left")
        for place in places:
            require(by, Permission.MANAGE_PEOPLE, place)
        gone, _each = Identity.objects.filter(person=person).delete()
        if gone:
            record("identity.unbound", person, by=by, at=at, branch=places[0])
