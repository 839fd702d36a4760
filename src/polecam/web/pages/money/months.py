"""A seller's months one after another, as columns and as a table."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from polecam.insights.my_months import my_months
from polecam.kit.periods import month_of
from polecam.web.access import SELLERS, door
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui import ranges
from polecam.web.ui.firm import firm


@dataclass(frozen=True, slots=True)
class Shown:
    """One month of the table."""

    month: str
    name: str
    earned: str
    paid: str


@door("money:months", SELLERS)
@require_safe
def months(request: Request) -> HttpResponse:
    """Twelve months with links. As a part of My money (htmx) the section alone."""
    now = month_of(datetime.now(UTC), firm().zone)
    found = my_months(request.user, now)
    oldest_first = found[::-1]
    label = _("Earned by month, gross: %(all)s") % {
        "all": fmt.listed([f"{fmt.month(one.month)} {fmt.zl(one.earned)}" for one in oldest_first])
    }
    part = "HX-Request" in request.headers
    context = {
        "alone": not part,
        "months": [
            Shown(one.month, fmt.month(one.month), fmt.zl(one.earned), fmt.zl(one.paid))
            for one in found
        ],
        "chart": ranges.columns([one.earned for one in oldest_first], label, marked=len(found) - 1)
        if len(found) > 1
        else "",
        "first": fmt.month(oldest_first[0].month) if found else "",
        "last": fmt.month(found[0].month) if found else "",
    }
    return render(request, "money/months_card.html" if part else "money/months.html", context)
