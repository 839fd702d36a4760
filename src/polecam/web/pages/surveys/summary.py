"""What clients say, for whoever leads a branch or keeps the firm: sums, never who said what."""

from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polecam.insights import surveys as insight
from polecam.organisation.models import Branch
from polecam.people.permissions import Permission, standing
from polecam.surveys import queries
from polecam.web.access import ADMINS, MANAGERS, REGIONS, door
from polecam.web.pages.surveys import words
from polecam.web.types import Request
from polecam.web.ui import ranges
from polecam.web.ui.firm import firm

RULE = MANAGERS | ADMINS
ROUNDS = 5


@door("surveys:summary", RULE | REGIONS)
@require_safe
def summary(request: Request) -> HttpResponse:
    """One branch, or all one may see; a month, a quarter, a year that is over."""
    at, zone = datetime.now(UTC), firm().zone
    here = branches(request)
    chosen = next((one for one in here if one.public_id == request.GET.get("branch")), None)
    period = request.GET.get("period", "quarter")
    period = period if period in insight.PERIODS else "quarter"
    shown = [chosen] if chosen else here
    told = insight.of_branches(
        [one.pk for one in shown],
        at=at,
        zone=zone,
        count=insight.PERIODS[period],
        history=standing(request.user).history,
    )
    context = {
        "branches": here,
        "chosen": chosen,
        "period": period,
        "periods": words.periods(),
        "told": told,
        "span": words.span(told),
        "rounds": list(queries.rounds_of(request.user)[:ROUNDS]),
        "may_ask": standing(request.user).may(Permission.SURVEY_BRANCH),
        "of_pulse": standing(request.user).may(Permission.LOOK_AT_PULSE),
        **(_figures(told) if told.score else {}),
    }
    return render(request, "surveys/summary.html", context)


def branches(request: Request) -> list[Branch]:
    """Those whose sums the person reads, by name."""
    ids = standing(request.user).branches(Permission.SEE_SURVEYS)
    return list(Branch.objects.filter(pk__in=ids).order_by("name"))


def _figures(told: insight.Told) -> dict[str, object]:
    """Numbers in words; only where there are enough answers."""
    score = told.score
    if score is None:
        return {}
    low, middle, high = (round(value) + 100 for value in (score.low, score.value, score.high))
    return {
        "score": words.signed(score.value),
        "score_range": words.between(score),
        "drawing": ranges.reach(low, middle, high, 200),
        "groups": words.groups(told),
        "response": words.share(told.response.value) if told.response else "",
        "response_range": words.between_shares(told.response) if told.response else "",
        "bars": words.bars(told),
    }
