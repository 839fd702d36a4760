"""Roles of one person: several, in several places, given and ended one by one."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from polecam.actions import roles as actions
from polecam.kit.errors import Refused
from polecam.people import duties, staff
from polecam.people.models import Membership, Person
from polecam.web.access import ADMINS, door
from polecam.web.pages.staff import doors, forms, words
from polecam.web.types import Request
from polecam.web.ui import format as fmt


def show(
    request: Request, person: Person, form: forms.GiveRole | None = None, more: str = ""
) -> HttpResponse:
    """One person: what they do here, did, will do; `more`: a role whose conflicts are shown."""
    branches = doors.managed(request)
    mine = {branch.pk for branch in branches}
    found = staff.roles_of(person)
    held = [row for row in found if row.until is None]
    today = fmt.today()
    start = {"branch": held[0].branch.public_id if held else None, "role": "seller"}
    conflicts = duties.conflicts([row.role for row in held])
    coming = duties.new_conflicts([row.role for row in held], more) if more else []
    context = {
        "person": person,
        "held": [(row, row.branch_id in mine) for row in held],
        "past": [row for row in found if row.until is not None],
        "moves": list(staff.moves_ahead(person)),
        "departure": staff.departure_of(person),
        "deputising": list(staff.deputising(person, today)),
        "form": form or forms.GiveRole(branches=doors.options(branches), initial=start),
        "elsewhere": len(branches) > 1,
        "me": person.pk == request.user.pk,
        "conflicts": [words.DUTIES[code] for code in conflicts],
        "coming": [words.DUTIES[code] for code in coming],
    }
    wrong = bool(form and form.errors) or bool(coming)
    return doors.page(request, "staff/person.html", context, wrong=wrong)


@door("setup:person", ADMINS)
def person(request: Request, public_id: str) -> HttpResponse:
    """One person: roles held and past, what is planned, and the way out."""
    return show(request, doors.colleague(request, public_id))


@door("setup:role", ADMINS)
@require_POST
def give(request: Request, public_id: str) -> HttpResponse:
    """Give the person one role more."""
    found = doors.colleague(request, public_id)
    branches = doors.managed(request)
    form = forms.GiveRole(request.POST, branches=doors.options(branches))
    if not form.is_valid():
        return show(request, found, form)
    branch, role = doors.one_of(branches, form.cleaned_data["branch"]), form.cleaned_data["role"]
    if branch is None:
        raise Http404
    try:
        actions.give(
            by=request.user,
            at=datetime.now(UTC),
            person=found,
            branch=branch,
            role=role,
            knowing="knowing" in request.POST,
        )
    except Refused as error:
        form.add_error(None, doors.said(error))
        return show(request, found, form, role if error.code == "duties_conflict" else "")
    messages.success(request, _("Saved. It holds from now on."))
    return doors.to("setup:person", found.public_id)


@door("staff:end_role", ADMINS)
@require_POST
def end(request: Request, membership: str) -> HttpResponse:
    """One role ends; the others stay."""
    ids = [branch.pk for branch in doors.managed(request)]
    row = get_object_or_404(
        Membership.objects.select_related("person"), public_id=membership, branch_id__in=ids
    )
    try:
        actions.end(by=request.user, at=datetime.now(UTC), membership=row)
    except Refused as error:
        messages.error(request, doors.said(error))
    else:
        messages.success(request, _("Ended. What they did in it stays counted there."))
    return doors.to("setup:person", row.person.public_id)
