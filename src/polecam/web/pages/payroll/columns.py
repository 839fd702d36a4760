"""Which columns the payroll file has, in which order, and the tax classes; from now on."""

import re
from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from polecam.actions.payroll_formats import set_format
from polecam.bonuses.closing.columns import COLUMNS, current
from polecam.bonuses.models import PayrollFormat
from polecam.kit.errors import Refused
from polecam.people.models import EngagementKind
from polecam.web.access import PAYROLL, door
from polecam.web.pages.payroll import words
from polecam.web.pages.payroll.answers import complain, show, to
from polecam.web.pages.payroll.forms import Columns
from polecam.web.types import Request
from polecam.web.ui import format as fmt

PLACE = re.compile(r"[0-9]{1,3}")


@door("payroll:columns", PAYROLL)
@require_http_methods(["GET", "POST"])
def columns(request: Request) -> HttpResponse:
    """Each column has its place: a number; without one it stays out."""
    at = datetime.now(UTC)
    now = current(at)
    places = _places(request) if request.method == "POST" else _standing(now)
    data = None
    if request.method == "POST":
        data = request.POST.copy()
        data.setlist("columns", _ordered(places))
    form = Columns(
        data,
        codes=list(COLUMNS),
        initial={f"class_{kind}": one for kind, one in now.tax_classes.items()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            set_format(
                by=request.user,
                at=at,
                columns=form.cleaned_data["columns"],
                tax_classes={
                    kind: form.cleaned_data[f"class_{kind}"] for kind in EngagementKind.values
                },
            )
        except Refused as error:
            complain(form, error)
        else:
            messages.success(request, _("The file looks like this from now on."))
            return to("payroll:columns")
    return show(
        request,
        "payroll/columns.html",
        form,
        rows=[(code, words.column(code), places.get(code, "")) for code in _listed(places)],
        since=fmt.day(now.valid_from) if now.pk else "",
        versions=PayrollFormat.objects.count(),
        classes=[form[f"class_{kind}"] for kind in EngagementKind.values],
    )


def _standing(now: PayrollFormat) -> dict[str, str]:
    return {code: str(place) for place, code in enumerate(now.columns, start=1)}


def _places(request: Request) -> dict[str, str]:
    found = {code: request.POST.get(f"place_{code}", "").strip() for code in COLUMNS}
    return {code: place for code, place in found.items() if place}


def _ordered(places: dict[str, str]) -> list[str]:
    """By their numbers; what is no number comes last."""
    order = list(COLUMNS)
    return sorted(
        places,
        key=lambda code: (
            int(places[code]) if PLACE.fullmatch(places[code]) else 999,
            order.index(code),
        ),
    )


def _listed(places: dict[str, str]) -> list[str]:
    """Chosen ones in their order, then the others."""
    chosen = _ordered(places)
    return [*chosen, *(code for code in COLUMNS if code not in chosen)]
