"""Deputies of managers: named for days, seen by the team, ended by hand or by themselves."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from polecam.actions import deputies as actions
from polecam.kit.errors import Refused
from polecam.organisation.models import Branch
from polecam.people import staff
from polecam.people.models import Membership, Person, Role
from polecam.people.permissions import REGION, Permission, standing
from polecam.web.access import ADMINS, MANAGERS, SELLERS, door
from polecam.web.pages.staff import doors, forms
from polecam.web.types import Request
from polecam.web.ui import format as fmt

NAMERS = ADMINS | MANAGERS | {REGION}


def _places(request: Request) -> list[int]:
    return standing(request.user).branches(Permission.NAME_DEPUTY)


@dataclass(frozen=True, slots=True)
class Choices:
    """Whom one may stand in for, and who may: by the value of the form."""

    leads: dict[str, tuple[Branch, Person]]
    people: dict[str, Person]

    def form(self, reader: Person, *args: Any, **more: Any) -> forms.NameDeputy:
        """The form; the reader's own place first."""
        order = sorted(self.leads.items(), key=lambda item: item[1][1].pk != reader.pk)
        leads = [(key, f"{person.full_name}, {branch.name}") for key, (branch, person) in order]
        people = [(key, person.full_name) for key, person in self.people.items()]
        return forms.NameDeputy(*args, leads=leads, people=people, **more)


def _choices(request: Request, places: list[int]) -> Choices:
    rows = Membership.objects.filter(branch_id__in=places, until=None, person__is_active=True)
    rows = rows.select_related("person", "branch").order_by(
        "branch__name", "person__first_name", "person__last_name", "id"
    )
    leads, people = {}, {}
    for row in rows:
        if row.role == Role.MANAGER:
            leads[f"{row.branch.public_id}:{row.person.public_id}"] = (row.branch, row.person)
        if row.role not in (Role.PAYROLL, Role.DPO) and row.person_id != request.user.pk:
            people[row.person.public_id] = row.person
    return Choices(leads, people)


def _show(
    request: Request, form: forms.NameDeputy, places: list[int], *, wrong: bool = False
) -> HttpResponse:
    rows = staff.deputies(places, fmt.today())
    context = {"rows": list(rows), "form": form, "today": fmt.today()}
    return doors.page(request, "staff/deputies.html", context, wrong=wrong)


@door("staff:deputies", NAMERS)
@require_GET
def deputies(request: Request) -> HttpResponse:
    """Who stands in for whom, and how to name somebody."""
    places = _places(request)
    today = fmt.today()
    start = {"since": today, "last": today + timedelta(days=6)}
    form = _choices(request, places).form(request.user, initial=start)
    return _show(request, form, places)


@door("staff:name_deputy", NAMERS)
@require_POST
def name(request: Request) -> HttpResponse:
    """Somebody stands in for a manager."""
    places = _places(request)
    known = _choices(request, places)
    form = known.form(request.user, request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        branch, manager = known.leads[typed["manager"]]
        try:
            actions.name(
                by=request.user,
                at=datetime.now(UTC),
                branch=branch,
                manager=manager,
                person=known.people[typed["person"]],
                since=typed["since"],
                until=typed["last"] + timedelta(days=1),
            )
        except Refused as error:
            field = {"until": "last"}.get(error.field, error.field)
            form.add_error(field if field in form.fields else None, doors.said(error))
        else:
            messages.success(request, _("Named. The team sees it; it ends by itself."))
            return doors.to("staff:deputies")
    return _show(request, form, places, wrong=True)


@door("staff:end_deputy", NAMERS | SELLERS)
@require_POST
def end(request: Request, deputy: str) -> HttpResponse:
    """They stand in no longer; the deputy may say so, too."""
    own = staff.deputising(request.user, fmt.today()).filter(public_id=deputy).first()
    row = own or staff.deputies(_places(request), fmt.today()).filter(public_id=deputy).first()
    if row is None:
        raise Http404
    actions.end(by=request.user, at=datetime.now(UTC), deputy=row)
    messages.success(request, _("Ended. From now on the manager decides again."))
    return doors.to("home" if own else "staff:deputies")
