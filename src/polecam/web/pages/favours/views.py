"""What two colleagues brought each other: each balance is read by the two of them alone."""

from datetime import UTC, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polecam.insights import favours
from polecam.web.access import SELLERS, door
from polecam.web.pages.favours import words
from polecam.web.types import Request


@door("favours:list", SELLERS)
@require_safe
def list_(request: Request) -> HttpResponse:
    """A row for each colleague with whom there is anything."""
    at = datetime.now(UTC)
    found = favours.balances(request.user, at=at)
    rows = [{"balance": b, "said": words.summary(b, request.user)} for b in found]
    return render(request, "favours/list.html", {"rows": rows})


@door("favours:one", SELLERS)
@require_safe
def one(request: Request, ref: str) -> HttpResponse:
    """The balance with one colleague (`ref`: their public id), always the reader's own."""
    at = datetime.now(UTC)
    balance = favours.with_colleague(request.user, ref, at=at)
    if balance is None:
        raise Http404
    context = {
        "colleague": balance.colleague,
        "said": words.summary(balance, request.user),
        "groups": words.groups(balance),
    }
    return render(request, "favours/one.html", context)
