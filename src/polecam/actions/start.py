"""The first days of a firm: from an empty database to people who work, one step at a time.

Whoever holds the start link (`people.links.start_url`) becomes the founder: the first person, who
may found the firm until its first branch is open, and administers it from then on. Nothing is kept
of "where one was": each step is done when what it makes is there (`insights.start`).
"""

from datetime import datetime

from polecam.actions import arrivals, factors, plan_drafts, setup
from polecam.actions.people import _fill, _set_password
from polecam.bonuses.planning import templates
from polecam.journal.record import record
from polecam.kit import emails
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation import settings
from polecam.organisation.models import Branch, Organisation
from polecam.people.links import start_is_open
from polecam.people.models import Form, Membership, Person, Role
from polecam.people.permissions import Permission, look_again, require
from polecam.people.queries import founder
from polecam.store import tx

PUT_OFF = ("notice", "clients", "team", "plan", "protect")
"""Steps that may wait. The others are owed to people or to the law."""
NEEDS_REASON = frozenset({"notice"})
LOCK = "first-run"


def introduce(
    *,
    at: datetime,
    issued_at: datetime,
    email: str,
    password: str,
    first_name: str,
    last_name: str = "",
    form: str = Form.NEUTRAL,
    language: str = "pl",
) -> Person:
    """The founder says who they are, by the start link issued at `issued_at`.

    A link made after somebody began lets its holder begin anew: the founder's row takes the new
    name, address and password, and whatever was signed in with before is void. Raises
    Refused("start_over") once a branch is open or the link is too old, "start_begun" where somebody
    began since it was made, and as an invitation does.
    """
    address = emails.normal(email)
    if not address:
        raise Refused("email_wrong", field="email")
    with tx.action():
        tx.lock_keys([LOCK])
        if Branch.objects.exists() or not start_is_open(issued_at, at):
            raise Refused("start_over")
        person = founder()
        if person is not None and person.created_at >= issued_at:
            raise Refused("start_begun")
        if person is not None:  # whoever began keeps no passkey and no session
            factors.forget(person)
            arrivals.end(person, at=at)
        person = person or Person()
        person.email, person.created_at = address, at
        names = {"first_name": first_name, "last_name": last_name}
        _fill(person, names | {"form": form, "language": language})
        _set_password(person, password)
        person.save()
        record("person.joined", person, by=person, at=at)
        return person


def found(
    *,
    by: Person,
    at: datetime,
    name: str,
    zone: str,
    currency: str,
    language: str,
    business: str,
) -> Organisation:
    """The founder says what the firm is; again as often as they like, until a branch is open.

    Raises NotAllowed for anybody else, Refused("start_over") afterwards, and as
    `setup.create_organisation` does.
    """
    with tx.action():
        _as_founder(by)
        firm = Organisation.objects.select_for_update(no_key=True).first()
        if firm is None:
            return setup.create_organisation(
                by=None,
                at=at,
                name=name,
                zone=zone,
                currency=currency,
                language=language,
                business=business,
            )
        setup.describe(firm, name=name, zone=zone, currency=currency, language=language)
        setup.conduct(firm, business=business)
        firm.save()
        setup.furnish(firm, at=at)
        record("setting.changed", firm, by=by, at=at, data={"key": "firm"})
        return firm


def open_first_branch(
    *, by: Person, at: datetime, name: str, city: str = "", plan_name: str
) -> Branch:
    """The founder opens the first branch and administers the firm from now on; a plan that fits
    its line of business comes along as a draft, which only a second person can publish.

    Raises as `found`, and Refused("start_no_firm").
    """
    with tx.action():
        _as_founder(by)
        if not Organisation.objects.exists():
            raise Refused("start_no_firm")
        branch = setup.open_branch(by=None, at=at, name=name, city=city)
        _give(by, branch, Role.ADMIN, by=by, at=at)
        business = settings.organisation().business
        plan_drafts.start(by=by, at=at, name=plan_name, template=templates.for_line(business))
        return branch


def lead_it_myself(*, by: Person, at: datetime, branch: Branch) -> None:
    """The admin who set the firm up leads its first branch as well, until somebody else does.

    Raises NotAllowed, Refused("manager_there") where somebody leads it, or somebody else works
    there: then another admin gives roles.
    """
    with tx.action():
        require(by, Permission.MANAGE_PEOPLE, branch.pk)
        tx.lock(branch)
        here = Membership.objects.filter(until=None)
        if here.filter(branch=branch, role=Role.MANAGER).exists():
            raise Refused("manager_there")
        if here.exclude(person=by).exists():
            raise Refused("manager_there")
        _give(by, branch, Role.MANAGER, by=by, at=at)


def name_officer(
    *, by: Person, at: datetime, address: str, privacy_contact: str, officer: str
) -> Organisation:
    """What friends read about who holds their data, and where the data protection officer is:
    `inside` (invited as any colleague), `outside` (the contact is theirs) or `none`.

    Raises Refused("address_missing", "contact_missing"), NotAllowed.
    """
    with tx.action():
        require(by, Permission.MANAGE_SETTINGS)
        if not address.strip():
            raise Refused("address_missing", field="address")
        if not privacy_contact.strip():
            raise Refused("contact_missing", field="privacy_contact")
        firm = settings.organisation()
        changed = setup.change_organisation(
            by=by, at=at, name=firm.name, address=address, privacy_contact=privacy_contact
        )
        if settings.value("data_officer", at=at) != officer:
            setup.set_setting(by=by, at=at, key="data_officer", value=officer)
        return changed


def put_off(*, by: Person, at: datetime, step: str, why: str = "") -> None:
    """A step that may wait is put off; it stays in the list. Twice is once.

    Raises Refused("start_step") for one that may not, "start_reason" where it needs a reason.
    """
    with tx.action():
        require(by, Permission.MANAGE_SETTINGS)
        if step not in PUT_OFF:
            raise Refused("start_step")
        if step in NEEDS_REASON and not why.strip():
            raise Refused("start_reason", field="why")
        Organisation.objects.select_for_update(no_key=True).get()
        known = str(settings.value("start_put_off", at=at)).split()
        if step not in known:
            told = " ".join([*known, step])
            setup.set_setting(by=by, at=at, key="start_put_off", value=told, why=why)


def put_away(*, by: Person, at: datetime) -> None:
    """The list of first steps is shown on no other page any more. Twice is once."""
    with tx.action():
        require(by, Permission.MANAGE_SETTINGS)
        if not settings.value("start_put_away", at=at):
            setup.set_setting(by=by, at=at, key="start_put_away", value=True)


def _as_founder(by: Person) -> None:
    tx.lock_keys([LOCK])
    found = founder()
    if found is None:
        raise Refused("start_over")
    if found.pk != by.pk:
        raise NotAllowed("not_allowed")


def _give(person: Person, branch: Branch, role: str, *, by: Person, at: datetime) -> None:
    Membership.objects.create(person=person, branch=branch, role=role, since=at)
    look_again(person)
    record("membership.given", person, by=by, at=at, branch=branch.pk, data={"role": str(role)})
