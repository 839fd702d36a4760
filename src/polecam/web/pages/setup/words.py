"""Settings in words: title, what it does, its value with its unit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from polecam.organisation.models import Setting
from polecam.organisation.settings import KINDS, Kind
from polecam.people.models import Person
from polecam.web.pages.setup.titles import TITLES
from polecam.web.ui import format as fmt

GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (
        gettext_lazy("Goals and money"),
        ("cost_of_client_grosze", "payday", "weekly_goal", "team_goal_asks"),
    ),
    (
        gettext_lazy("Whose referral it is"),
        (
            "exclusivity_days",
            "contact_secures_days",
            "claim_work",
            "claim_expiry",
            "undo_minutes",
        ),
    ),
    (
        gettext_lazy("Hand-offs and shares"),
        (
            "handoff_hours",
            "handoff_product_bp",
            "handoff_language_bp",
            "handoff_place_bp",
            "handoff_absence_bp",
            "handoff_leaving_bp",
            "handoff_other_bp",
            "share_floor_bp",
            "reuse_share_bp",
            "proposal_days",
            "extra_month_grosze",
            "extra_each_grosze",
        ),
    ),
    (
        gettext_lazy("Disputes and doubles"),
        ("dispute_hours", "appeal_days", "match_same_bp", "match_ask_bp"),
    ),
    (
        gettext_lazy("Peace for clients"),
        (
            "ask_rest_days",
            "refusals_rest_days",
            "recovery_days",
            "contact_rest_days",
            "contacts_a_year",
            "survey_every_days",
            "survey_days",
            "meeting_reminder_hours",
        ),
    ),
    (
        gettext_lazy("Free to refuse"),
        ("pulse_bp", "pulse_alert_bp", "pulse_least", "pause_days"),
    ),
    (gettext_lazy("Words and courage"), ("words_test", "guess_every")),
    (
        gettext_lazy("Thanks"),
        (
            "thanks_days",
            "rewards",
            "reward_most_grosze",
            "reward_person_year_grosze",
            "rewarded_a_year",
        ),
    ),
    (gettext_lazy("Messages"), ("quiet_from", "quiet_until")),
    (
        gettext_lazy("Signing in"),
        (
            "factor_manager",
            "factor_admin",
            "factor_dpo",
            "factor_payroll",
            "factor_seller",
            "factor_grace_days",
            "session_idle_hours",
        ),
    ),
    (
        gettext_lazy("Personal data"),
        (
            "invitation_days",
            "unanswered_days",
            "inactive_days",
            "card_days",
            "request_days",
            "client_may_be_named",
            "bank_secrecy",
            "sms_without_gateway_unlocks",
        ),
    ),
)


CHOICES: dict[str, str | Promise] = {
    "reached": gettext_lazy("a contact that reached the friend"),
    "attempt": gettext_lazy("any attempt to reach the friend"),
    "meeting": gettext_lazy("a meeting that was arranged"),
    "free": gettext_lazy("it is free; the friend's next consent decides"),
    "originator": gettext_lazy("it goes back to its author"),
    "boss": gettext_lazy("the boss proposes who goes on"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A setting as one row of a page. `chosen`: its value is a phrase, which needs the width."""

    key: str
    title: str
    hint: str
    value: str
    since: datetime | None = None
    why: str = ""
    by: str = ""
    chosen: bool = False


def title(key: str) -> str:
    """The setting's name."""
    return str(TITLES[key][0])


def line(key: str, row: Setting | None, author: Person | None = None) -> Line:
    """The setting with a value: of `row`, or its default."""
    name, hint = TITLES[key]
    stored = row.value if row else KINDS[key].default
    given_back = row is not None and row.branch_id is not None and row.value is None
    return Line(
        key,
        str(name),
        str(hint),
        _("as above again") if given_back else shown(KINDS[key], stored),
        row.valid_from if row else None,
        row.why if row else "",
        author.full_name if author else "",
        KINDS[key].unit == "choice",
    )


def shown(kind: Kind, value: int | bool | str | None) -> str:
    """A value with its unit."""
    if value is None:
        return _("not entered")
    if kind.unit == "yes/no":
        return _("yes") if value else _("no")
    if kind.unit == "choice":
        return str(CHOICES[str(value)])
    return _measured(kind.unit, int(value))


def _measured(unit: str, number: int) -> str:
    """A number with the unit it is counted in."""
    with_sign: dict[str, Callable[[int], str]] = {
        "bp": fmt.percent,
        "grosze": fmt.zl,
        "days": fmt.days,
        "hour": "{}:00".format,
    }
    if unit in with_sign:
        return with_sign[unit](number)
    if unit == "day of the month":
        return _("day %(n)s of the month") % {"n": number}
    counted = {
        "hours": ngettext("%(n)s hour", "%(n)s hours", number),
        "minutes": ngettext("%(n)s minute", "%(n)s minutes", number),
        "contacts": ngettext("%(n)s contact", "%(n)s contacts", number),
        "answers": ngettext("%(n)s answer", "%(n)s answers", number),
        "referrals": ngettext("%(n)s referral", "%(n)s referrals", number),
    }
    said = counted.get(unit) or ngettext("%(n)s ask", "%(n)s asks", number)
    return said % {"n": number}


def unit(kind: Kind) -> str:
    """What the typed number counts."""
    return {
        "days": _("days"),
        "hours": _("hours"),
        "bp": "%",
        "minutes": _("minutes"),
        "hour": _("hour"),
        "contacts": _("contacts"),
        "answers": _("answers"),
        "referrals": pgettext("of referrals, as a unit", "referrals"),
        "day of the month": _("day of the month"),
        "asks": pgettext("asks, as a unit", "asks"),
        "grosze": fmt.unit(),
    }.get(kind.unit, "")


def as_typed(kind: Kind, value: int | bool | str | None) -> object:
    """A value as the form's field holds it."""
    if kind.unit == "yes/no":
        return "yes" if value else "no"
    if kind.unit == "grosze" and value is not None:
        return Decimal(int(value)) / 100
    if kind.unit == "bp" and value is not None:
        return Decimal(int(value)) / 100
    return value
