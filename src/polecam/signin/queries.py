"""What somebody signs in with, where they are signed in, and who signed in."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from polecam.people.models import Membership, Person
from polecam.people.permissions import Permission, standing
from polecam.signin import rules
from polecam.signin.models import Factor, FactorKind, Outcome, Session, SignIn, SpareCode


def factors(person: Person) -> QuerySet[Factor]:
    """What the person has set up, oldest first."""
    return Factor.objects.filter(person=person, confirmed_at__isnull=False).order_by("id")


def passkeys(person: Person) -> QuerySet[Factor]:
    """The person's passkeys."""
    return factors(person).filter(kind=FactorKind.PASSKEY)


def begun(person: Person) -> QuerySet[Factor]:
    """Apps that wait for their first code."""
    return Factor.objects.filter(person=person, kind=FactorKind.TOTP, confirmed_at=None)


def codes_left(person: Person) -> int:
    """How many spare codes are left."""
    return SpareCode.objects.filter(person=person, used_at=None).count()


def open_sessions(person: Person, at: datetime, idle: timedelta) -> QuerySet[Session]:
    """Where the person is signed in, the latest first; what ended by itself is not among them."""
    return Session.objects.filter(
        person=person, ended_at=None, began_at__gt=at - rules.LONGEST, seen_at__gt=at - idle
    ).order_by("-seen_at", "-id")


def visible_to(person: Person) -> QuerySet[SignIn]:
    """Sign-ins of people while they were of the places the person answers for, and tries under
    unknown names."""
    places = standing(person).branches(Permission.SEE_SIGN_INS)
    if not places:
        return SignIn.objects.none()
    then = Membership.objects.filter(
        Q(until=None) | Q(until__gte=OuterRef("at")),
        person=OuterRef("person"),
        branch__in=places,
        since__lte=OuterRef("at"),
    )
    return SignIn.objects.filter(Exists(then) | Q(person=None))


def with_place(rows: QuerySet[SignIn]) -> QuerySet[SignIn]:
    """Each with `familiar`: whether this person had come in from the same place before."""
    before = SignIn.objects.filter(
        person=OuterRef("person"),
        place=OuterRef("place"),
        outcome=Outcome.IN,
        at__lt=OuterRef("at"),
    ).exclude(place="")
    return rows.annotate(familiar=Exists(before))


def due(at: datetime) -> dict[str, QuerySet[Any]]:
    """Rows whose time is over: for the night. What a leaver signed in with goes the same night."""
    never = Q(confirmed_at=None, created_at__lt=at - rules.UNCONFIRMED)
    return {
        "sign_ins": SignIn.objects.filter(at__lt=at - rules.KEPT),
        "sign_in_sessions": Session.objects.filter(began_at__lt=at - rules.KEPT),
        "sign_in_secrets": Factor.objects.filter(never | Q(person__is_active=False)),
        "spare_codes": SpareCode.objects.filter(person__is_active=False),
    }
