"""Setting up the firm: its branches, its dated settings, the monitoring notice."""

from datetime import date, datetime
from zoneinfo import available_timezones

from polecam.actions import sign_in_policy
from polecam.asking import catalogue, kinds, words
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.kit.periods import require_aware
from polecam.organisation import currencies
from polecam.organisation.currencies import Currency, rescaled
from polecam.organisation.entering import judged
from polecam.organisation.models import Branch, Level, Organisation, Placement, Setting
from polecam.organisation.queries import is_taken
from polecam.organisation.rules import (
    LANGUAGES,
    REGULATED,
    fits_below,
    is_open,
)
from polecam.organisation.settings import KINDS
from polecam.organisation.tree import today
from polecam.people.models import Membership, Person, Role
from polecam.people.permissions import Permission, look_again, require, standing
from polecam.privacy import wordings
from polecam.store import tx

OTHER_LINE = "other"
"""A line of business without kinds of moments of its own."""
DEFAULT_AMOUNT = "a round default in the firm's currency"


def create_organisation(
    *,
    by: Person | None,
    at: datetime,
    name: str,
    zone: str = "Europe/Warsaw",
    currency: str = "PLN",
    language: str = "pl",
    business: str = "bank",
    regulated: bool | None = None,
    address: str = "",
    privacy_contact: str = "",
    is_demo: bool = False,
) -> Organisation:
    """Set up the one firm of this database, with what its line of business begins with.

    `regulated`: whether its plans need a quality criterion and a clawback (None: as its line of
    business has it). Raises Refused if it stands already, and for a choice nobody knows.
    """
    with tx.action():
        require(by, Permission.MANAGE_SETTINGS)
        if Organisation.objects.exists():
            raise Refused("organisation_exists")
        firm = Organisation(
            id=1,
            address=address.strip(),
            privacy_contact=privacy_contact.strip(),
            is_demo=is_demo,
            created_at=at,
        )
        describe(firm, name=name, zone=zone, currency=currency, language=language)
        conduct(firm, business=business, regulated=regulated)
        firm.save(force_insert=True)
        furnish(firm, at=at)
        told = {"zone": zone, "currency": currency, "business": business, "demo": is_demo}
        record("organisation.created", firm, by=by, at=at, data=told)
        sign_in_policy.install(firm, at)
        return firm


def describe(firm: Organisation, *, name: str, zone: str, currency: str, language: str) -> None:
    """Inner step: how a firm is called, counts and speaks, checked; not saved."""
    if zone not in available_timezones():
        raise Refused("zone_unknown", field="zone")
    if currency not in currencies.BY_CODE:
        raise Refused("choice_unknown", field="currency")
    if language not in LANGUAGES:
        raise Refused("choice_unknown", field="language")
    firm.name, firm.zone, firm.currency, firm.language = _named(name), zone, currency, language


def conduct(firm: Organisation, *, business: str, regulated: bool | None = None) -> None:
    """Inner step: what a firm does, checked; not saved."""
    if business not in (*catalogue.LINES, OTHER_LINE):
        raise Refused("choice_unknown", field="business")
    firm.business = business
    firm.regulated = business in REGULATED if regulated is None else regulated


def furnish(firm: Organisation, *, at: datetime) -> None:
    """Inner step: the house's words, moments and wordings, and its amounts in the firm's money."""
    words.install(at)
    kinds.install(at, firm.business)
    kinds.use_line(firm.business, at)
    wordings.install(at)
    _in_own_money(currencies.of(firm.currency), at)


def _in_own_money(currency: Currency, at: datetime) -> None:
    """Defaults thought in zlotys get rows of their own where the firm counts in other money."""
    rows = Setting.objects.filter(branch=None, set_by_id=None, why=DEFAULT_AMOUNT)
    rows.delete()
    Setting.objects.bulk_create(
        Setting(
            key=key,
            value=rescaled(kind.default, currency),
            valid_from=at,
            set_at=at,
            why=DEFAULT_AMOUNT,
        )
        for key, kind in KINDS.items()
        if kind.unit == "grosze" and isinstance(kind.default, int)
        if rescaled(kind.default, currency) != kind.default
    )


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

    Raises Refused for a name that is empty or taken, and where the level does not fit the parent or
    the parent is closed.
    """
    with tx.action():
        parent = tx.lock(parent) if parent else None
        require(by, Permission.MANAGE_TREE, parent.pk if parent else None)
        if level not in Level.values or not fits_below(level, parent.level if parent else None):
            raise Refused("level_misplaced", field="parent")
        if parent is not None and not is_open(parent.closed_on, today(at)):
            raise Refused("place_closed", field="parent")
        if is_taken(_named(name)):
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
        above = parent.pk if parent else None
        if by is not None and (
            above is None or not standing(by).may(Permission.MANAGE_PEOPLE, above)
        ):
            _administers(by, branch, at=at)
        return branch


def _administers(by: Person, branch: Branch, *, at: datetime) -> None:
    """Whoever opens a place can invite people into it."""
    Membership.objects.create(person=by, branch=branch, role=Role.ADMIN, since=at)
    data = {"role": str(Role.ADMIN)}
    record("membership.given", by, by=by, at=at, branch=branch.pk, data=data)
    look_again(by)


def change_organisation(
    *,
    by: Person | None,
    at: datetime,
    name: str,
    address: str,
    privacy_contact: str,
    language: str = "",
) -> Organisation:
    """Change what friends read about the firm: its name, address, whom to write about data; and
    the language people begin with (empty: as it is)."""
    with tx.action():
        require(by, Permission.MANAGE_SETTINGS)
        firm = Organisation.objects.select_for_update(no_key=True).get()
        describe(
            firm,
            name=name,
            zone=firm.zone,
            currency=firm.currency,
            language=language or firm.language,
        )
        firm.address = " ".join(address.split())[:200]
        firm.privacy_contact = " ".join(privacy_contact.split())[:200]
        firm.save(update_fields=["name", "address", "privacy_contact", "language"])
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
    """Inner step: write a value, whoever was found to be allowed to. Refuses as
    `organisation.entering.judged`."""
    starts = require_aware(valid_from or at)
    value = judged(key, value, branch=branch, starts=starts, at=at, why=why)
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
