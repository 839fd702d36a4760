"""Moments that come by a date of the client."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from polecam.actions import date_moments
from polecam.asking import dates, kinds
from polecam.asking.models import DateRule
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of
from polecam.web.access import ADMINS, door
from polecam.web.pages.moments import forms, words
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui.firm import firm
from polecam.web.ui.refusals import sentence_of


@door("moments:date", ADMINS)
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: Request, rule: str) -> HttpResponse:
    """One rule: how far from the date, on or off, and whom it would reach in the next month."""
    row = get_object_or_404(DateRule, public_id=rule)
    start = {"days": abs(row.offset_days), "used": row.used}
    form = forms.DateForm(request.POST or None, initial=start)
    at = datetime.now(UTC)
    if request.method == "POST" and form.is_valid():
        try:
            date_moments.change_rule(
                by=request.user,
                at=at,
                rule=row,
                offset_days=form.offset(row),
                used=form.cleaned_data["used"],
            )
        except NotAllowed:
            raise
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, sentence_of(error))
        else:
            messages.success(request, _("Saved. It holds from tonight on."))
            return HttpResponseRedirect(reverse("moments:list"), status=303)
    kind = kinds.known().get(row.kind)
    context = {
        "form": form,
        "title": kind.title(fmt.language()) if kind else row.kind,
        "counted": words.counted(row),
        "kind_off": kind is not None and not kind.used,
        "reach": dates.reach(row, day_of(at, firm().zone)),
    }
    return render(request, "moments/date.html", context, status=422 if form.errors else 200)
