"""A year of rewards per person and tax class, for whoever does the accounts: admins alone."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from polecam.insights import client_rewards
from polecam.kit.periods import day_of
from polecam.web.access import ADMINS, door
from polecam.web.pages.rewards import files, words
from polecam.web.pages.rewards.views import require_on
from polecam.web.types import Request
from polecam.web.ui.firm import firm

FIRST = 2020


@door("rewards:year", ADMINS)
@require_safe
def year(request: Request, year: int) -> HttpResponse:
    """By name, since the accountants need it; sellers and bosses never see this list."""
    now = _checked(request, year)
    found = client_rewards.year_of(request.user, year)
    rows = [
        {
            "who": row.party,
            "name": words.named(row),
            "side": words.side_of_year(row),
            "tax": words.TAX[row.tax_class],
            "unset": row.tax_class == "unset",
            "count": row.count,
            "grosze": row.grosze,
        }
        for row in found.rows
    ]
    context = {"year": year, "now": now, "rows": rows, "found": found, "before": year - 1}
    return render(request, "rewards/year.html", context)


@door("rewards:file", ADMINS)
@require_safe
def file(request: Request, year: int, form: str) -> HttpResponse:
    """The same as CSV or XLSX."""
    _checked(request, year)
    if form not in files.WRITERS:
        raise Http404
    content_type, write = files.WRITERS[form]
    body = write(client_rewards.year_of(request.user, year))
    response = HttpResponse(body, content_type=content_type)
    name = slugify(pgettext("name of a file", "rewards"))
    response["Content-Disposition"] = f'attachment; filename="{name}-{year}.{form}"'
    return response


def _checked(request: Request, year: int) -> int:
    """The year of today. Raises Http404 for one that is no year of ours."""
    now = day_of(require_on(request), firm().zone).year
    if not FIRST <= year <= now:
        raise Http404
    return now
