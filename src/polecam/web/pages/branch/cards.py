"""What the desk shows, as ready strings."""

from collections.abc import Sequence
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from polecam.insights.branch import STAGES, Savings, Stages
from polecam.insights.today import Today
from polecam.kit.money import half_up
from polecam.people.models import Person
from polecam.web.pages.today.cards import Card, card
from polecam.web.ui import format as fmt
from polecam.web.ui.drawings import Step
from polecam.web.ui.parts import Against, Row


def periods() -> list[tuple[str, str]]:
    """Key and name of each period."""
    return [("month", _("Month")), ("quarter", _("Quarter")), ("year", _("Year"))]


def steps(found: Stages) -> list[Step]:
    """The funnel, in the plural form of each number."""
    numbers = found.counts
    labels = {
        "asks": npgettext("step of the funnel", "ask", "asks", numbers["asks"]),
        "referrals": npgettext("step of the funnel", "referral", "referrals", numbers["referrals"]),
        "consents": npgettext("step of the funnel", "consent", "consents", numbers["consents"]),
        "meetings": npgettext("step of the funnel", "meeting", "meetings", numbers["meetings"]),
        "sales": npgettext("step of the funnel", "sale", "sales", numbers["sales"]),
    }
    watched = weakest(found)
    return [Step(labels[name], numbers[name], name == watched) for name in STAGES]


def weakest(found: Stages) -> str:
    """The stage that the smallest share reaches, after the ask: only where help is possible.

    How many clients say yes is theirs to decide, so that step is never pointed at.
    """
    rates = {
        after: found.counts[after] / found.counts[before]
        for before, after in pairwise(STAGES[1:])
        if found.counts[before]
    }
    return min(rates, key=lambda name: rates[name]) if len(rates) == len(STAGES) - 2 else ""


def span(found: Stages) -> str:
    """`sierpień–październik`, or one month; with a year where it is not one year's."""
    if not found.months:
        return ""
    first, last = found.months[0], found.months[-1]
    if first == last:
        return fmt.month(first)
    return f"{fmt.month(first)}–{fmt.month(last)}"


def against(found: Savings) -> Sequence[Against]:
    """Two bars: what these clients would have cost, and what they cost."""
    return (
        Against(_("Had they come otherwise"), _whole(found.otherwise_grosze)),
        Against(_("They came by referral"), _whole(found.by_referral_grosze), "leaf"),
    )


def _whole(grosze: int) -> int:
    """Whole zlotys: a default goes into the sum, so grosze would promise too much."""
    return half_up(grosze, 100) * 100


def trace(found: Savings) -> list[Row]:
    """The sum behind the saving, each line with its source."""
    p = found.parameters
    return [
        Row(
            ngettext("%(n)s new client", "%(n)s new clients", found.wins)
            % {"n": fmt.number(found.wins)},
            fmt.zl(found.otherwise_grosze),
            _("times %(cost)s, your own figure") % {"cost": fmt.zl(found.cost_grosze)},
        ),
        Row(_("Bonuses"), fmt.zl(-found.bonuses_grosze), _("gross, from the ledger's lines")),
        Row(
            _("Time"),
            fmt.zl(-found.time_grosze),
            _("%(asks)s x %(a)s min, %(yes)s x %(b)s min, %(hour)s an hour")
            % {
                "asks": fmt.number(found.asks),
                "a": p.value("ask_minutes"),
                "yes": fmt.number(found.yes),
                "b": p.value("follow_minutes"),
                "hour": fmt.zl(p.value("hour_cost_grosze")),
            },
        ),
        Row(_("Thanks to clients, and the programme"), fmt.zl(-found.others_grosze)),
        Row(_("Stays in the branch"), fmt.zl(found.saved_grosze), total=True),
        Row(
            _("That is, for one client"),
            fmt.zl(half_up(found.saved_grosze, found.wins), approx=True),
        ),
    ]


def own(person: Person, found: Today) -> Card | None:
    """The first client of the boss's own page."""
    return card(person, found.suggestions[0], found.day, {}) if found.suggestions else None
