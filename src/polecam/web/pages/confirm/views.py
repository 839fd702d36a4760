"""What waits for the word of a manager or an admin: sales and meetings of others, never own."""

from datetime import UTC, datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polecam.actions import meetings, sales
from polecam.kit import names
from polecam.kit.errors import Refused
from polecam.people.permissions import Permission, standing
from polecam.referrals.models import Meeting
from polecam.referrals.queries import meetings_to_confirm
from polecam.sales import queries
from polecam.sales.models import Sale, SaleState
from polecam.web.access import ADMINS, MANAGERS, door
from polecam.web.pages.confirm import answers, forms, rows
from polecam.web.types import Request

CONFIRMERS = MANAGERS | ADMINS
MOST = 50


def whole(found: QuerySet[Sale]) -> QuerySet[Sale]:
    """With what a row shows, in one query."""
    return found.select_related("seller", "referral__party", "branch")


@door("confirm:list", CONFIRMERS)
@require_safe
def list_(request: Request) -> HttpResponse:
    """Everything that waits; one's own stands apart, for somebody else."""
    person = request.user
    reported = whole(queries.confirmable_by(person)).order_by("reported_at", "pk")
    held = meetings_to_confirm(person).select_related("referral__party", "set_by")
    complaints = (
        queries.complaints_visible_to(person)
        .filter(decided_at=None)
        .select_related("sale__seller", "sale__referral__party")
        .order_by("recorded_at")
    )
    own = whole(queries.own_waiting(person)).order_by("reported_at")
    context = {
        "sales": [rows.of_sale(sale) for sale in reported[:MOST]],
        "meetings": [rows.of_meeting(meeting) for meeting in held.order_by("at", "pk")[:MOST]],
        "complaints": [rows.of_complaint(complaint) for complaint in complaints[:MOST]],
        "own": [rows.of_sale(sale) for sale in own[:MOST]],
    }
    return render(request, "confirm/list.html", context)


@door("confirm:sold", CONFIRMERS)
@require_safe
def sold(request: Request) -> HttpResponse:
    """Confirmed sales, newest first: where a complaint is recorded. `?q=` contract or name."""
    person = request.user
    text = request.GET.get("q", "")[:80].strip()
    found = whole(queries.visible_to(person)).filter(
        branch_id__in=standing(person).branches(Permission.CONFIRM),
        state__in=[SaleState.CONFIRMED, SaleState.RETAINED],
    )
    if text:
        key = names.fold(text)
        name = Q(referral__party__name_key__contains=key)
        name |= Q(referral__party__name_key2__contains=key)
        found = found.filter(Q(contract__icontains=text) | (name if key else Q()))
    page = Paginator(found.order_by("-confirmed_at", "-pk"), MOST).get_page(request.GET.get("page"))
    may = standing(person).may(Permission.RECORD_COMPLAINT)
    shown = [rows.of_sold(sale, person, may_complain=may) for sale in page]
    return render(request, "confirm/sold.html", {"rows": shown, "page": page, "text": text})


def found_sale(request: Request, ref: str) -> Sale:
    """A sale of a branch in which the person confirms. Raises Http404."""
    try:
        return whole(queries.visible_to(request.user)).get(public_id=ref)
    except Sale.DoesNotExist:
        raise Http404 from None


@door("confirm:sale", CONFIRMERS)
@require_POST
def sale(request: Request, ref: str) -> HttpResponse:
    """Confirm one sale."""
    chosen = found_sale(request, ref)
    try:
        sales.confirm(by=request.user, at=datetime.now(UTC), sale=chosen)
    except Refused as error:
        return answers.refused(request, error)
    said = _("Confirmed. %(seller)s sees it at once.") % {"seller": chosen.seller.first_name}
    return answers.back(request, said)


@door("confirm:meeting", CONFIRMERS)
@require_POST
def meeting(request: Request, ref: str) -> HttpResponse:
    """Confirm one meeting."""
    branches = standing(request.user).branches(Permission.CONFIRM)
    chosen = (
        Meeting.objects.filter(referral__branch_id__in=branches, public_id=ref)
        .select_related("referral", "set_by")
        .first()
    )
    if chosen is None:
        raise Http404
    try:
        meetings.confirm(by=request.user, at=datetime.now(UTC), meeting=chosen)
    except Refused as error:
        return answers.refused(request, error)
    said = _("Confirmed. %(seller)s sees it at once.") % {"seller": chosen.set_by.first_name}
    return answers.back(request, said)


@door("confirm:void", CONFIRMERS)
@require_http_methods(["GET", "HEAD", "POST"])
def void(request: Request, ref: str) -> HttpResponse:
    """A sale that does not count."""
    chosen = found_sale(request, ref)
    form = forms.VoidForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            sales.void(
                by=request.user,
                at=datetime.now(UTC),
                sale=chosen,
                reason=form.cleaned_data["reason"],
            )
        except Refused as error:
            answers.beside(form, error)
        else:
            return answers.back(request, _("Voided. The journal says why."))
    return sheet(request, "void", chosen, form)


def sheet(request: Request, name: str, chosen: Sale, form: Any, **more: Any) -> HttpResponse:
    """One task about one sale; what was typed stays."""
    context = {"form": form, "row": rows.of_sale(chosen)} | more
    status = 422 if form.errors else 200
    return render(request, f"confirm/{name}.html", context, status=status)
