"""Parameters in words: what each one means, its value, where that value is from."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from polecam.insights.parameters import FROM_STUDY, Held, Parameters
from polecam.organisation.settings import KINDS
from polecam.web.ui import format as fmt

TITLES: dict[str, str | Promise] = {
    "cost_of_client_grosze": gettext_lazy("Winning a client otherwise"),
    "yearly_margin_grosze": gettext_lazy("Margin of a client in a year"),
    "retention_bp": gettext_lazy("Clients who stay"),
    "discount_bp": gettext_lazy("Money later"),
    "horizon_years": gettext_lazy("How far we look"),
    "uplift_bp": gettext_lazy("A recommended client against another"),
    "incremental_bp": gettext_lazy("Who would not have come anyway"),
    "hour_cost_grosze": gettext_lazy("An hour of a seller"),
    "ask_minutes": gettext_lazy("Time of an ask"),
    "follow_minutes": gettext_lazy("Time after a yes"),
    "client_reward_grosze": gettext_lazy("Thanks to a client"),
    "programme_month_grosze": gettext_lazy("The programme itself"),
}
GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (
        gettext_lazy("What a client is worth"),
        ("yearly_margin_grosze", "retention_bp", "discount_bp", "horizon_years", "uplift_bp"),
    ),
    (
        gettext_lazy("What referrals cost"),
        (
            "hour_cost_grosze",
            "ask_minutes",
            "follow_minutes",
            "client_reward_grosze",
            "programme_month_grosze",
        ),
    ),
    (gettext_lazy("What a client costs otherwise"), ("cost_of_client_grosze", "incremental_bp")),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A parameter as one row: `mark` says whose value it is, `origin` where it is from."""

    key: str
    title: str
    sentence: str
    value: str
    own: bool
    mark: str
    origin: str


def groups(found: Parameters) -> list[tuple[str, list[Line]]]:
    """All parameters as they hold now."""
    return [(str(title), [line(found.held[key]) for key in keys]) for title, keys in GROUPS]


def line(held: Held) -> Line:
    """One of them."""
    return Line(
        held.key,
        str(TITLES[held.key]),
        sentence(held.key, held.value),
        shown(held.key, held.value),
        held.own,
        _("yours") if held.own else _("default"),
        origin(held),
    )


def origin(held: Held) -> str:
    """`własne od 3 lis, źródło: ...` or `domyślne, źródło: ...`."""
    if held.row is None:
        return _("default, source: %(source)s") % {"source": default_source(held.key)}
    if not held.row.why:
        return _("yours since %(day)s, no source given") % {"day": fmt.day(held.row.valid_from)}
    return _("yours since %(day)s, source: %(source)s") % {
        "day": fmt.day(held.row.valid_from),
        "source": held.row.why,
    }


def default_source(key: str) -> str:
    """What a default rests on: a study, or an assumption that calls itself one."""
    if key == "cost_of_client_grosze":
        return _("none; no figure is made up here")
    if key in FROM_STUDY:
        return _(
            "Schmitt, Skiera and Van den Bulte 2011, about 10,000 clients of a German bank; "
            "outside banking no difference is assumed"
        )
    if key == "yearly_margin_grosze":
        return _("an assumption, joined with your own sales by weight")
    if key == "incremental_bp":
        return _("an assumption, until you put one neutral question to new clients")
    return _("a working assumption of the product, no study")


def sentence(key: str, value: int | None) -> str:
    """What the parameter says, with its value in it."""
    if value is None:
        return _("Not entered yet, so savings are not shown.")
    said = {"v": shown(key, value), "n": fmt.decimal(value / 100)}
    return fmt.tie(str(_sentences(key, value)) % said)


def _sentences(key: str, value: int) -> str:
    return {
        "cost_of_client_grosze": _("Winning one client without a referral costs %(v)s."),
        "yearly_margin_grosze": _("One client brings %(v)s of margin in a year."),
        "retention_bp": _("Of 100 clients, %(n)s are still clients a year later."),
        "discount_bp": _("Money a year later counts %(v)s less."),
        "horizon_years": _("The referral value looks %(v)s ahead."),
        "uplift_bp": _("A recommended client is worth %(v)s of what another is."),
        "incremental_bp": _("Of 100 recommended clients, %(n)s would not have come anyway."),
        "hour_cost_grosze": _("An hour of a seller costs the firm %(v)s."),
        "ask_minutes": _("An ask takes %(v)s."),
        "follow_minutes": _("After a yes, talks and notes take %(v)s."),
        "client_reward_grosze": _("A client is thanked with %(v)s for a new client."),
        "programme_month_grosze": _("The programme costs %(v)s for a branch and month."),
    }[key]


def shown(key: str, value: int | None) -> str:
    """A value with its unit."""
    if value is None:
        return _("not entered")
    unit = KINDS[key].unit
    if unit == "bp":
        return fmt.percent(value)
    if unit == "grosze":
        return fmt.zl(value)
    if unit == "years":
        return fmt.tie(ngettext("%(n)s year", "%(n)s years", value) % {"n": value})
    return fmt.tie(ngettext("%(n)s minute", "%(n)s minutes", value) % {"n": value})


def unit(key: str) -> str:
    """What the typed number counts."""
    return {"bp": "%", "grosze": fmt.unit(), "years": _("years"), "minutes": _("minutes")}[
        KINDS[key].unit
    ]


def as_typed(key: str, value: int | None) -> object:
    """A value as the form's field holds it."""
    if value is None or KINDS[key].unit not in ("bp", "grosze"):
        return value
    return Decimal(value) / 100


@dataclass(frozen=True, slots=True)
class Past:
    """One value on record."""

    value: str
    since: datetime
    where: str
    by: str
    source: str
