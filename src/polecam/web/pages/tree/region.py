"""The page of a region's manager: sums per branch and for the region, and where a word may help."""

from datetime import UTC, datetime

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from polecam.insights import region as insight
from polecam.organisation.models import Level
from polecam.people.permissions import Permission, standing
from polecam.web.access import REGIONS, door
from polecam.web.pages.branch import cards
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui.places import places

ROWS = 50


@door("tree:region", REGIONS)
@require_safe
def region(request: Request) -> HttpResponse:
    """`?period=month|quarter|year`, `?place=` for whoever leads several."""
    choice = places(request, Permission.SEE_BRANCH, (Level.REGION,))
    period = request.GET.get("period", "quarter")
    period = period if period in insight.PERIODS else "quarter"
    history = standing(request.user).history
    found = insight.of_region(choice.chosen, datetime.now(UTC), period, history)
    page = Paginator(found.places, ROWS).get_page(request.GET.get("page"))
    context = {
        "places": choice,
        "region": choice.chosen,
        "period": period,
        "periods": cards.periods(),
        "found": found,
        "steps": cards.steps(found.stages),
        "span": cards.span(found.stages),
        "help": [line for one in found.places for line in helps(one)],
        "page": page,
        "rows": [row(one) for one in page],
    }
    return render(request, "tree/region.html", context)


def row(one: insight.Place) -> tuple[str, str, str]:
    """A branch: its name, who leads it, its figures if they may be told."""
    people = ngettext("%(n)s person who asks", "%(n)s people who ask", one.people)
    said = [people % {"n": fmt.number(one.people)}]
    if one.leads:
        leads = fmt.listed([person.full_name for person in one.leads])
        said.insert(0, _("led by %(who)s") % {"who": leads})
    if not one.stages.shown:
        return one.branch.name, " · ".join(said), ""
    counts = one.stages.counts
    figures = _("%(asks)s asks, %(consents)s consents, %(sales)s sales") % {
        name: fmt.number(counts[name]) for name in ("asks", "consents", "sales")
    }
    return one.branch.name, " · ".join(said), figures


def helps(one: insight.Place) -> list[tuple[str, str]]:
    """Where a word may help: the branch, and what about. Never who is behind it."""
    name, found = one.branch.name, []
    if not one.leads and one.stands_in is None:
        found.append(_("Nobody leads it now. A deputy would give people somebody to turn to."))
    elif not one.leads and one.stands_in is not None:
        found.append(_("%(who)s stands in for now.") % {"who": one.stands_in.full_name})
    if one.waits:
        found.append(
            _("Sales have waited for a confirmation for more than a week. A call may free them.")
        )
    weakest = cards.weakest(one.stages) if one.stages.shown else ""
    hints = {
        "consents": _("Most are lost before the friend agrees. Talk about handing the link over."),
        "meetings": _("Most are lost between consent and meeting. A call on the very day helps."),
        "sales": _("Most are lost after the meeting. A next step agreed at its end helps."),
    }
    if weakest in hints:
        found.append(hints[weakest])
    return [(name, said) for said in found]
