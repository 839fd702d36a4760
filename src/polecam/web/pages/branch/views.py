"""The boss's desk: own asks first, then the branch, in totals of five people or more."""

from datetime import UTC, date, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from polecam.insights import branch as insights
from polecam.insights import today as todays
from polecam.insights.parameters import in_force
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.people.permissions import Permission, standing
from polecam.people.staff import deputising
from polecam.surveys.queries import open_alerts
from polecam.web.access import MANAGERS, door
from polecam.web.pages.branch import cards
from polecam.web.types import Request
from polecam.web.ui.firm import firm
from polecam.web.ui.places import places


@door("branch:branch", MANAGERS)
def branch(request: Request) -> HttpResponse:
    """The desk."""
    at, zone = datetime.now(UTC), firm().zone
    choice = places(request, Permission.SEE_NAMED)
    own = choice.chosen
    told = settings.value("monitoring_notice", at=at, branch=own)
    parameters = in_force(at, business=firm().business, branch=own)
    period = request.GET.get("period", "quarter")
    period = period if period in insights.PERIODS else "quarter"
    history = standing(request.user).history
    stages = insights.stages(own.pk, at, zone, insights.PERIODS[period], history)
    saved = insights.savings(stages, parameters)
    names = insights.open_names(
        own.pk,
        date.fromisoformat(told) if told else None,
        at,
        zone,
        day_of(at, zone),
    )
    context = {
        "places": choice,
        "branch": own,
        "size": names.people,
        "morning": timezone.localtime(at).hour < 18,
        "period": period,
        "periods": cards.periods(),
        "stages": stages,
        "steps": cards.steps(stages),
        "span": cards.span(stages),
        "weakest": cards.weakest(stages),
        "cost_known": parameters.cost_of_client is not None,
        "saved": saved,
        "against": cards.against(saved) if saved else (),
        "trace": cards.trace(saved) if saved else (),
        "names": names,
        "notice": told,
        "deputising": deputising(request.user, day_of(at, zone)).filter(branch=own)
        if standing(request.user).stands_in
        else (),
        "waiting": insights.to_confirm(request.user),
        "alerts": open_alerts(request.user),
    }
    return render(request, "branch/branch.html", context)


@door("branch:first", MANAGERS)
def first(request: Request) -> HttpResponse:
    """The boss's own first client of today; fetched after the page, so that nothing waits."""
    found = todays.for_(
        request.user,
        places(request, Permission.SEE_NAMED).chosen,
        at=datetime.now(UTC),
        zone=firm().zone,
        language="en" if (get_language() or "pl").startswith("en") else "pl",
        business=firm().business,
    )
    context = {"week": found.week, "card": cards.own(request.user, found)}
    return render(request, "branch/first.html", context)
