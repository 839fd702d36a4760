"""Settings in words: title, what it does, its value with its unit."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from polecam.organisation.models import Setting
from polecam.organisation.settings import KINDS, Kind
from polecam.people.models import Person
from polecam.web.ui import format as fmt

TITLES: dict[str, tuple[str | Promise, str | Promise]] = {
    "cost_of_client_grosze": (
        gettext_lazy("Cost of winning a client otherwise"),
        gettext_lazy("Savings of the branch are shown once this is entered. Your own figure."),
    ),
    "weekly_goal": (
        gettext_lazy("Suggested weekly goal"),
        gettext_lazy("Where a seller has set no own goal. Nobody else sees it."),
    ),
    "team_goal_asks": (
        gettext_lazy("Common goal of the team"),
        gettext_lazy("Asks of the whole branch in seven days."),
    ),
    "exclusivity_days": (
        gettext_lazy("Exclusivity from the friend's consent"),
        gettext_lazy("How long one seller alone leads a referral."),
    ),
    "contact_secures_days": (
        gettext_lazy("A contact secures at least"),
        gettext_lazy("From the day on which the friend was reached."),
    ),
    "undo_minutes": (
        gettext_lazy("Taking back"),
        gettext_lazy("How long an ask or a referral can be taken back."),
    ),
    "ask_rest_days": (
        gettext_lazy("Rest between two asks"),
        gettext_lazy("For one client, across all sellers."),
    ),
    "refusals_rest_days": (
        gettext_lazy("Rest after two refusals"),
        gettext_lazy("Nobody asks this client before."),
    ),
    "recovery_days": (
        gettext_lazy("Rest after a complaint"),
        gettext_lazy("Counted from the day it was settled."),
    ),
    "invitation_days": (
        gettext_lazy("An invitation is valid"),
        gettext_lazy("Longer keeps a first name longer, so it needs a reason."),
    ),
    "unanswered_days": (
        gettext_lazy("Unanswered referrals are erased after"),
        gettext_lazy("Longer needs a reason; a month is the most the law allows."),
    ),
    "inactive_days": (
        gettext_lazy("Inactive referrals are erased after"),
        gettext_lazy("Counted from the last thing that happened. Longer needs a reason."),
    ),
    "client_may_be_named": (
        gettext_lazy("A QR shown by a seller names the client"),
        gettext_lazy("Naming a client reveals that they are one. Off unless clients allowed it."),
    ),
    "sms_without_gateway_unlocks": (
        gettext_lazy("A phone consent counts without a code"),
        gettext_lazy("Only where no SMS gateway is set up. Its bonus waits for the meeting."),
    ),
}
GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (
        gettext_lazy("Goals and money"),
        ("cost_of_client_grosze", "weekly_goal", "team_goal_asks"),
    ),
    (
        gettext_lazy("Whose referral it is"),
        ("exclusivity_days", "contact_secures_days", "undo_minutes"),
    ),
    (
        gettext_lazy("Peace for clients"),
        ("ask_rest_days", "refusals_rest_days", "recovery_days"),
    ),
    (
        gettext_lazy("Personal data"),
        (
            "invitation_days",
            "unanswered_days",
            "inactive_days",
            "client_may_be_named",
            "sms_without_gateway_unlocks",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A setting as one row of a page."""

    key: str
    title: str
    hint: str
    value: str
    since: datetime | None = None
    why: str = ""
    by: str = ""


def title(key: str) -> str:
    """The setting's name."""
    return str(TITLES[key][0])


def line(key: str, row: Setting | None, author: Person | None = None) -> Line:
    """The setting with a value: of `row`, or its default."""
    name, hint = TITLES[key]
    stored = row.value if row else KINDS[key].default
    return Line(
        key,
        str(name),
        str(hint),
        shown(KINDS[key], stored),
        row.valid_from if row else None,
        row.why if row else "",
        author.full_name if author else "",
    )


def shown(kind: Kind, value: int | bool | str | None) -> str:
    """A value with its unit."""
    if value is None:
        return _("not entered")
    if kind.unit == "yes/no":
        return _("yes") if value else _("no")
    number = int(value)
    if kind.unit == "grosze":
        return fmt.zl(number)
    if kind.unit == "days":
        return fmt.days(number)
    if kind.unit == "minutes":
        return ngettext("%(n)s minute", "%(n)s minutes", number) % {"n": number}
    return ngettext("%(n)s ask", "%(n)s asks", number) % {"n": number}


def unit(kind: Kind) -> str:
    """What the typed number counts."""
    return {
        "days": _("days"),
        "minutes": _("minutes"),
        "asks": pgettext("asks, as a unit", "asks"),
        "grosze": "zł",
    }.get(kind.unit, "")


def as_typed(kind: Kind, value: int | bool | str | None) -> object:
    """A value as the form's field holds it."""
    if kind.unit == "yes/no":
        return "yes" if value else "no"
    if kind.unit == "grosze" and value is not None:
        return Decimal(int(value)) / 100
    return value
