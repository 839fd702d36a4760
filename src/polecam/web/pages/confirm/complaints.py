"""Complaints: recorded by the manager, decided by a named human with words."""

from datetime import UTC, datetime

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from polecam.actions import sales
from polecam.kit.errors import Refused
from polecam.sales import queries
from polecam.sales.models import Complaint
from polecam.web.access import MANAGERS, door
from polecam.web.pages.confirm import answers, forms, rows
from polecam.web.pages.confirm.views import found_sale, sheet
from polecam.web.types import Request

BOTH = require_http_methods(["GET", "HEAD", "POST"])


@door("confirm:complaint", MANAGERS)
@BOTH
def record(request: Request, ref: str) -> HttpResponse:
    """Record a complaint on a sale; its amount waits from now on."""
    chosen = found_sale(request, ref)
    form = forms.ComplaintForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            sales.record_complaint(
                by=request.user, at=datetime.now(UTC), sale=chosen, **form.cleaned_data
            )
        except Refused as error:
            answers.beside(form, error)
        else:
            said = _("Recorded. The amount of this sale waits for the decision.")
            return answers.back(request, said)
    return sheet(request, "complaint", chosen, form)


@door("confirm:decide", MANAGERS)
@BOTH
def decide(request: Request, ref: str) -> HttpResponse:
    """Uphold or reject, and say why."""
    complaint = (
        queries.complaints_visible_to(request.user)
        .select_related("sale__seller", "sale__referral__party", "sale__branch")
        .filter(public_id=ref)
        .first()
    )
    if complaint is None:
        raise Http404
    form = forms.DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, complaint, form)
        except Refused as error:
            answers.beside(form, error)
        else:
            return answers.back(request, _("Decided. The seller sees it in the journal."))
    about = rows.of_complaint(complaint)
    return sheet(request, "decide", complaint.sale, form, about=about, complaint=complaint)


def _decide(request: Request, complaint: Complaint, form: forms.DecisionForm) -> None:
    sales.decide_complaint(
        by=request.user,  # a door lets people in only
        at=datetime.now(UTC),
        complaint=complaint,
        upheld=form.cleaned_data["upheld"] == "yes",
        decision=form.cleaned_data["decision"],
    )
