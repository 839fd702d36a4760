"""The branch pool as a running story: saved, given back, left; month by month."""

from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polecam.bonuses.planning.coverage import version_in_force
from polecam.bonuses.pool.ledger import homes_of
from polecam.insights import parameters, pool
from polecam.people.permissions import Permission, standing
from polecam.web.access import SELLERS, door
from polecam.web.pages.pool import words
from polecam.web.types import Request
from polecam.web.ui.firm import firm
from polecam.web.ui.places import among


@door("pool:story", SELLERS)
@require_safe
def story(request: Request) -> HttpResponse:
    """For everyone in the branch; whoever divides the pool sees every month and each part."""
    at, who = datetime.now(UTC), standing(request.user)
    choice = among(request, homes_of(who.branches(Permission.SEE_TEAM), at))
    branch = choice.chosen
    divides = who.may(Permission.SHARE_OUT_POOL, branch.pk)
    found = pool.story(request.user, branch.pk, at=at, divides=divides)
    costs = parameters.in_force(at, business=firm().business, branch=branch)
    version = version_in_force(None if divides else request.user, branch.pk, at)
    told = found.told
    context = {
        "places": choice,
        "branch": branch,
        "divides": divides,
        "may_enter": who.may(Permission.ENTER_PARAMETERS, branch.pk),
        "story": found,
        "told": told,
        "whole": words.whole(found) if told else [],
        "until": words.until(found),
        "periods": [words.period(one) for one in reversed(found.periods)],
        "payouts": [words.payout(one) for one in found.payouts],
        "known": costs.cost_of_client is not None,
        "costs": words.costs(costs) if costs.cost_of_client is not None else [],
        "version": version,
        "rule": words.rule(version.pool_rule) if version and version.pool_bp else "",
    }
    return render(request, "pool/story.html", context)
