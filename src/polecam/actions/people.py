"""People come, and look after their own profile. Roles: actions.roles; leaving:
actions.departures."""

from datetime import datetime
from typing import cast

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import CharField

from polecam.actions import inviting
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.organisation import settings
from polecam.organisation.models import Branch
from polecam.organisation.rules import is_open
from polecam.organisation.tree import today
from polecam.people.guests import Guest
from polecam.people.models import Form, Membership, Person, Welcome
from polecam.people.permissions import Permission, require, standing
from polecam.people.rules import welcome_is_open
from polecam.store import tx

PROFILE = ("first_name", "last_name", "form", "title", "language", "theme")
LANGUAGES = ("pl", "en")
THEMES = ("auto", "light", "dark")


def invite(
    *,
    by: Person | None,
    at: datetime,
    email: str,
    branch: Branch,
    role: str,
    first_name: str = "",
    last_name: str = "",
    language: str = "pl",
) -> Welcome:
    """Invite someone by a link that works once, for 7 days. `people.links.welcome_url` makes it.

    Raises Refused for a wrong address, one of somebody who works here, or an unknown role.
    """
    guest = Guest(email, first_name, last_name, branch.pk, role, language)
    with tx.action():
        require(by, Permission.MANAGE_PEOPLE, branch.pk)
        return inviting.write(guest, branch, by=by, at=at)


def accept_invitation(
    *,
    at: datetime,
    welcome: Welcome,
    password: str | None,
    first_name: str,
    last_name: str = "",
    form: str = Form.NEUTRAL,
    language: str = "pl",
) -> Person:
    """The invited person joins with a password of their own; who left once comes back as the same
    person, with everything they brought.

    `password` None: they sign in by the firm's identity provider. Raises Refused when the link was
    used or is too old, its place is closed, and for a weak password.
    """
    with tx.action():
        welcome = tx.lock(welcome)
        if not welcome_is_open(welcome.accepted_at, welcome.expires_at, at):
            raise Refused("welcome_over")
        if not is_open(welcome.branch.closed_on, today(at)):
            raise Refused("branch_closed")
        known = Person.objects.filter(email__iexact=welcome.email).first()
        if known is not None and known.is_active:
            raise Refused("email_taken")
        person = tx.lock(known) if known else Person(email=welcome.email, created_at=at)
        person.is_active = True
        _fill(
            person,
            {"first_name": first_name, "last_name": last_name, "form": form, "language": language},
        )
        if password is None:
            person.set_unusable_password()
        else:
            _set_password(person, password)
        person.save()
        Membership.objects.create(person=person, branch=welcome.branch, role=welcome.role, since=at)
        welcome.accepted_at = at
        welcome.save(update_fields=["accepted_at"])
        branch = welcome.branch_id
        kind = "person.returned" if known else "person.joined"
        record(kind, person, by=person, at=at, branch=branch)
        record(
            "membership.given", person, by=person, at=at, branch=branch, data={"role": welcome.role}
        )
        return person


def change_profile(*, by: Person, at: datetime, **changes: str) -> Person:
    """Change one's own name, form of verbs, title, language or theme.

    Raises Refused for an empty first name or an unknown choice, TypeError for another field.
    """
    with tx.action():
        person = tx.lock(by)
        changed = _fill(person, changes)
        if changed:
            person.save(update_fields=changed)
            record("person.changed", person, by=by, at=at, data={"fields": changed})
        return person


def acknowledge_notice(*, by: Person, at: datetime) -> Person:
    """The person has read the monitoring notice; again after each new one.

    Raises Refused when none was announced.
    """
    with tx.action():
        if not settings.value("monitoring_notice", at=at):
            raise Refused("no_notice")
        person = tx.lock(by)
        person.notice_acknowledged_at = at
        person.save(update_fields=["notice_acknowledged_at"])
        record("person.acknowledged", person, by=person, at=at, branch=standing(person).home)
        return person


def _fill(person: Person, changes: dict[str, str]) -> list[str]:
    """Set the fields that differ; their names. Empty last names and titles are fine."""
    choices = {"form": Form.values, "language": LANGUAGES, "theme": THEMES}
    changed = []
    for field, value in changes.items():
        if field not in PROFILE:
            raise TypeError(f"not of a profile: {field}")
        value = " ".join(str(value).split())
        if field == "first_name" and not value:
            raise Refused("name_missing", field="first_name")
        if field in choices and value not in choices[field]:
            raise Refused("choice_unknown", field=field)
        value = value[: cast(CharField, Person._meta.get_field(field)).max_length]
        if getattr(person, field) != value:
            setattr(person, field, value)
            changed.append(field)
    return changed


def _set_password(person: Person, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Refused("password_weak", field="password", why=" ".join(error.messages)) from None
    person.set_password(password)
