"""On what footing people work: it sets labels, payroll and what a receivable may do."""

from datetime import UTC, datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polecam.actions import engagements as actions
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.people.models import Engagement, Person
from polecam.people.permissions import Permission, standing
from polecam.people.queries import SELLING_ROLES
from polecam.web.access import ADMINS, PAYROLL, door
from polecam.web.pages.payroll import words
from polecam.web.pages.payroll.answers import complain, show, to
from polecam.web.pages.payroll.forms import End, Engage
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui.firm import firm

ON_PAGE = 50
WHO = PAYROLL | ADMINS


def people(request: Request) -> QuerySet[Person]:
    """Those who sell, or sold, where the reader manages engagements."""
    branches = standing(request.user).branches(Permission.MANAGE_ENGAGEMENTS)
    return Person.objects.filter(
        memberships__branch__in=branches, memberships__role__in=SELLING_ROLES
    ).distinct()


def said(one: Engagement) -> str:
    """An engagement in a few words."""
    part = "" if one.full_time_bp == 10_000 else f", {fmt.percent(one.full_time_bp)}"
    return f"{words.engagement(one.kind)}{part}"


def span(one: Engagement) -> str:
    """From when until when."""
    start = _("since %(day)s") % {"day": fmt.day(one.since)}
    return f"{start}, {_('until %(day)s') % {'day': fmt.day(one.until)}}" if one.until else start


@door("payroll:engagements", WHO)
@require_safe
def engagements(request: Request) -> HttpResponse:
    """Everyone who sells, with what holds now; those without any first."""
    rows = people(request).order_by("-is_active", "last_name", "first_name", "id")
    page = Paginator(rows, ON_PAGE).get_page(request.GET.get("page"))
    known = {
        one.person_id: one
        for one in Engagement.objects.filter(person__in=list(page.object_list)).order_by("since")
    }
    listed = [
        (one, said(known[one.pk]) if one.pk in known else "",
         span(known[one.pk]) if one.pk in known else "")
        for one in page.object_list
    ]  # fmt: skip
    return render(request, "payroll/engagements.html", {"page": page, "rows": listed})


@door("payroll:engage", WHO)
@require_http_methods(["GET", "POST"])
def engage(request: Request, public_id: str) -> HttpResponse:
    """A new footing from a day on; what was before ends that day."""
    person = get_object_or_404(people(request), public_id=public_id)
    now = datetime.now(UTC)
    form = Engage(
        request.POST or None,
        initial={"kind": "employment", "percent": 100, "since": day_of(now, firm().zone)},
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.engage(
                by=request.user,
                at=now,
                person=person,
                kind=values["kind"],
                since=values["since"],
                full_time_bp=int(values["percent"] * 100),
            )
        except Refused as error:
            complain(form, error)
        else:
            messages.success(request, _("The engagement is noted."))
            return to("payroll:engagements")
    return show(request, "payroll/engage.html", form, ending=End(), **_past(person))


@door("payroll:disengage", WHO)
@require_POST
def disengage(request: Request, public_id: str) -> HttpResponse:
    """The running engagement ends on a day."""
    person = get_object_or_404(people(request), public_id=public_id)
    form = End(request.POST)
    if form.is_valid():
        try:
            actions.end(
                by=request.user,
                at=datetime.now(UTC),
                person=person,
                until=form.cleaned_data["until"],
            )
        except Refused as error:
            complain(form, error)
        else:
            messages.success(request, _("The end of the engagement is noted."))
            return to("payroll:engagements")
    context = {"form": Engage(initial={"percent": 100}), "ending": form, **_past(person)}
    return render(request, "payroll/engage.html", context, status=422)


def _past(person: Person) -> dict[str, object]:
    rows = list(Engagement.objects.filter(person=person).order_by("-since"))
    return {
        "person": person,
        "rows": [(said(one), span(one)) for one in rows],
        "runs": any(one.until is None for one in rows),
    }
