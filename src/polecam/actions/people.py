"""People come, change, take on roles, and leave."""

from datetime import datetime, timedelta
from typing import cast

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import CharField

from polecam.actions import leaving, portfolio
from polecam.asking import courage
from polecam.journal.record import record
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation import settings
from polecam.organisation.models import Branch
from polecam.people.models import Form, Membership, Person, Role, Welcome
from polecam.people.permissions import Permission, require, standing
from polecam.people.rules import WELCOME_DAYS, keeps_an_admin, welcome_is_open
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
) -> Welcome:
    """Invite someone by a link that works once, for 7 days. `people.links.welcome_url` makes it.

    Raises Refused for a wrong address, one already in use, or an unknown role.
    """
    address = _address(email)
    with tx.action():
        require(by, Permission.MANAGE_PEOPLE, branch.pk)
        if role not in Role.values:
            raise Refused("role_unknown", field="role")
        if Person.objects.filter(email__iexact=address).exists():
            raise Refused("email_taken", field="email")
        Welcome.objects.filter(email__iexact=address, accepted_at=None, expires_at__gt=at).update(
            expires_at=at
        )
        welcome = Welcome.objects.create(
            email=address,
            first_name=first_name.strip()[:60],
            last_name=last_name.strip()[:80],
            branch=branch,
            role=role,
            invited_by=by,
            created_at=at,
            expires_at=at + timedelta(days=WELCOME_DAYS),
        )
        record("person.invited", welcome, by=by, at=at, branch=branch.pk, data={"role": role})
        return welcome


def accept_invitation(
    *,
    at: datetime,
    welcome: Welcome,
    password: str,
    first_name: str,
    last_name: str = "",
    form: str = Form.NEUTRAL,
    language: str = "pl",
) -> Person:
    """The invited person joins with a password of their own.

    Raises Refused when the link was used or is too old, and for a weak password.
    """
    with tx.action():
        welcome = tx.lock(welcome)
        if not welcome_is_open(welcome.accepted_at, welcome.expires_at, at):
            raise Refused("welcome_over")
        if Person.objects.filter(email__iexact=welcome.email).exists():
            raise Refused("email_taken")
        person = Person(email=welcome.email, created_at=at)
        _fill(
            person,
            {"first_name": first_name, "last_name": last_name, "form": form, "language": language},
        )
        _set_password(person, password)
        person.save()
        Membership.objects.create(person=person, branch=welcome.branch, role=welcome.role, since=at)
        welcome.accepted_at = at
        welcome.save(update_fields=["accepted_at"])
        branch = welcome.branch_id
        record("person.joined", person, by=person, at=at, branch=branch)
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


def change_role(
    *, by: Person | None, at: datetime, person: Person, branch: Branch, role: str
) -> None:
    """From now on the person's one role in `branch` is `role`.

    Raises Refused for an unknown role and where the firm would be left without an admin;
    NotAllowed for one's own role.
    """
    with tx.action():
        require(by, Permission.MANAGE_PEOPLE, branch.pk)
        person = tx.lock(person)
        if by is not None and by.pk == person.pk:
            raise NotAllowed("own_role")
        if role not in Role.values:
            raise Refused("role_unknown", field="role")
        if not person.is_active:
            raise Refused("person_left")
        held = Membership.objects.select_for_update(no_key=True).filter(
            person=person, branch=branch, until=None
        )
        if [m.role for m in held] == [role]:
            return
        if role != Role.ADMIN:
            _keep_an_admin(person, [m for m in held if m.role == Role.ADMIN])
        for membership in held:
            if membership.role != role:
                _end(membership, by=by, at=at)
        if role not in {m.role for m in held}:
            Membership.objects.create(person=person, branch=branch, role=role, since=at)
            record("membership.given", person, by=by, at=at, branch=branch.pk, data={"role": role})


def leave(*, by: Person | None, at: datetime, person: Person) -> None:
    """The person stops working here: no role, no sign-in. What they brought stays theirs.

    What they once guessed is forgotten. Offers they made or should answer come to nothing; their
    clients and what they led wait in the
    draft of a bulk hand-off, for whoever divides portfolios. Raises NotAllowed for oneself, Refused
    where the firm would be left without an admin.
    """
    with tx.action():
        person = tx.lock(person)
        held = list(
            Membership.objects.select_for_update(of=("self",), no_key=True)
            .filter(person=person, until=None)
            .select_related("branch")
        )
        if not held:
            raise Refused("person_left")
        for membership in held:
            require(by, Permission.MANAGE_PEOPLE, membership.branch_id)
        if by is not None and by.pk == person.pk:
            raise NotAllowed("own_role")
        _keep_an_admin(person, [m for m in held if m.role == Role.ADMIN])
        for membership in held:
            _end(membership, by=by, at=at)
        person.is_active = False
        person.save(update_fields=["is_active"])
        courage.forget(person, at)
        leaving.stop_offers(person, by=by, at=at)
        portfolio.draft_for_leaver(
            by=by, at=at, giver=person, branches=[membership.branch for membership in held]
        )


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


def _address(email: str) -> str:
    address = email.strip()
    try:
        validate_email(address)
    except ValidationError:
        raise Refused("email_wrong", field="email") from None
    return address


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


def _keep_an_admin(person: Person, ending: list[Membership]) -> None:
    if not ending:
        return
    admins = Membership.objects.filter(
        role=Role.ADMIN, until=None, person__is_active=True
    ).values_list("person_id", flat=True)
    if not keeps_an_admin(set(admins), person.pk):
        raise Refused("last_admin")


def _end(membership: Membership, *, by: Person | None, at: datetime) -> None:
    membership.until = at
    membership.save(update_fields=["until"])
    record(
        "membership.ended",
        membership.person,
        by=by,
        at=at,
        branch=membership.branch_id,
        data={"role": membership.role},
    )
