"""Setting up the firm: its branches, its dated settings, the monitoring notice."""

from datetime import date, datetime
from typing import NoReturn
from zoneinfo import available_timezones

from polecam.actions import sign_in_policy
from polecam.asking import kinds, words
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.kit.periods import require_aware
from polecam.organisation import settings
from polecam.organisation.models import Branch, Level, Organisation, Placement, Setting
from polecam.organisation.rules import check, fits_below, needs_reason
from polecam.organisation.settings import KINDS, Kind
from polecam.organisation.tree import today
from polecam.people.models import Membership, Person, Role
from polecam.people.permissions import Permission, require
from polecam.privacy import wordings
from polecam.store import tx


def create_organisation(
    *,
    by: Person | None,
    at: datetime,
    name: str,
    zone: str = "Europe/Warsaw",
    business: str = "bank",
    regulated: bool = True,
    address: str = "",
    privacy_contact: str = "",
    is_demo: bool = False,
) -> Organisation:
    """Set up the one firm of this database. Raises Refused if it stands already."""
    with tx.action():
        require(by, Permission.MANAGE_SETTINGS)
        if Organisation.objects.exists():
            raise Refused("organisation_exists")
        if zone not in available_timezones():
            raise Refused("zone_unknown", field="zone")
        firm = Organisation.objects.create(
            id=1,
            name=_named(name),
            zone=zone,
            business=business,
            regulated=regulated,
            address=address.strip(),
            privacy_contact=privacy_contact.strip(),
            is_demo=is_demo,
            created_at=at,
        )
        words.install(at)
        kinds.install(at, business)
        wordings.install(at)
        record("organisation.created", firm, by=by, at=at, data={"zone": zone, "demo": is_demo})
        sign_in_policy.install(firm, at)
        return firm


def install_house(*, at: datetime) -> int:
    """What a newer release brings along: kinds of moments, words, wordings; how many are new.

    Repeating it changes nothing, and nothing that the firm changed is touched.
    """
    with tx.action():
        firm = Organisation.objects.select_for_update(no_key=True).get()
        new = words.install(at) + kinds.install(at, firm.business)
        wordings.install(at)
        sign_in_policy.install(firm, at)
        if new:
            record("organisation.furnished", firm, by=None, at=at, data={"new": new})
    return new


def open_branch(
    *,
    by: Person | None,
    at: datetime,
    name: str,
    city: str = "",
    level: str = Level.BRANCH,
    parent: Branch | None = None,
) -> Branch:
    """Open a region, a branch or a team, below `parent` from today on.

    Raises Refused for a name that is empty or taken, and where the level does not fit the parent.
    """
    with tx.action():
        require(by, Permission.MANAGE_SETTINGS)
        if level not in Level.values or not fits_below(level, parent.level if parent else None):
            raise Refused("level_misplaced", field="parent")
        if Branch.objects.filter(name__iexact=_named(name)).exists():
            raise Refused("branch_name_taken", field="name")
        branch = Branch.objects.create(
            name=_named(name), city=city.strip(), level=level, created_at=at
        )
        if parent is not None:
            Placement.objects.create(
                branch=branch,
                parent=parent,
                since=today(at),
                made_by_id=by.pk if by else None,
                made_at=at,
            )
        record("branch.created", branch, by=by, at=at, branch=branch.pk)
        if by is not None:  # whoever opens it can invite people into it
            Membership.objects.create(person=by, branch=branch, role=Role.ADMIN, since=at)
            record(
                "membership.given",
                by,
                by=by,
                at=at,
                branch=branch.pk,
                data={"role": str(Role.ADMIN)},
            )
        return branch


def change_organisation(
    *, by: Person | None, at: datetime, name: str, address: str, privacy_contact: str
) -> Organisation:
    """Change what friends read about the firm: its name, address, whom to write about data."""
    with tx.action():
        require(by, Permission.MANAGE_SETTINGS)
        firm = Organisation.objects.select_for_update(no_key=True).get()
        firm.name = _named(name)
        firm.address = " ".join(address.split())[:200]
        firm.privacy_contact = " ".join(privacy_contact.split())[:200]
        firm.save(update_fields=["name", "address", "privacy_contact"])
        record("setting.changed", firm, by=by, at=at, data={"key": "firm"})
        return firm


def set_setting(
    *,
    by: Person | None,
    at: datetime,
    key: str,
    value: int | bool | str | None,
    branch: Branch | None = None,
    valid_from: datetime | None = None,
    why: str = "",
) -> Setting:
    """Give `key` a new value from `valid_from` (default: now) on; the past keeps the old one.

    Raises Refused outside the bounds, for a date in the past, and for a longer retention of
    personal data or a looser rule without a reason.
    """
    with tx.action():
        require(by, Permission.MANAGE_SETTINGS, branch.pk if branch else None)
        return enter(
            by=by, at=at, key=key, value=value, branch=branch, valid_from=valid_from, why=why
        )


def enter(
    *,
    by: Person | None,
    at: datetime,
    key: str,
    value: int | bool | str | None,
    branch: Branch | None,
    valid_from: datetime | None,
    why: str,
) -> Setting:
    """Inner step: write a value, whoever was found to be allowed to. Refuses as set_setting."""
    starts = require_aware(valid_from or at)
    if key not in KINDS:
        raise Refused("setting_unknown")
    if starts < at:
        raise Refused("setting_from_past", field="valid_from")
    value = check(KINDS[key], value)
    current = settings.value(key, at=starts, branch=branch)
    if needs_reason(KINDS[key], value, current) and not why.strip():
        _refuse_without_reason(KINDS[key])
    firm = Organisation.objects.select_for_update(no_key=True).get()
    row = Setting.objects.create(
        key=key,
        value=value,
        branch=branch,
        valid_from=starts,
        set_by_id=by.pk if by else None,
        set_at=at,
        why=why.strip()[:200],
    )
    told = value if KINDS[key].unit != "text" else None
    record(
        "setting.changed",
        branch or firm,
        by=by,
        at=at,
        branch=branch.pk if branch else None,
        data={"key": key, "value": told, "from": starts},
        text=why.strip(),
    )
    return row


def _refuse_without_reason(kind: Kind) -> NoReturn:
    if kind.explained == "source":
        raise Refused("setting_needs_source", field="why")
    raise Refused("setting_needs_reason", field="why")


def announce_monitoring(*, by: Person | None, at: datetime, on: date, rule: str) -> None:
    """Record when the monitoring notice was announced (`on`) and where the rule stands (`rule`).

    What sellers do is shown to a manager two weeks after `on` at the earliest, and only of those
    who acknowledged this notice. Raises Refused for a date to come or a missing reference.
    """
    with tx.action():
        require(by, Permission.MANAGE_SETTINGS)
        firm = Organisation.objects.select_for_update(no_key=True).get()
        if on > at.date():
            raise Refused("notice_in_future", field="on")
        if not rule.strip():
            raise Refused("notice_needs_rule", field="rule")
        author = by.pk if by else None
        for key, value in (
            ("monitoring_notice", on.isoformat()),
            ("monitoring_rule", rule.strip()),
        ):
            Setting.objects.create(key=key, value=value, valid_from=at, set_by_id=author, set_at=at)
        record("monitoring.announced", firm, by=by, at=at, data={"on": on}, text=rule.strip())


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused("name_missing", field="name")
    return name[:80]
