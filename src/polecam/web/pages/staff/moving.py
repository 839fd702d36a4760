"""A move to another branch on a day: what it changes is told before it is planned."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from polecam.actions import moves as actions
from polecam.bonuses.planning.coverage import version_in_force
from polecam.insights import portfolio, settling
from polecam.kit.errors import Refused
from polecam.organisation.models import Branch
from polecam.people import staff
from polecam.people.models import Person, PlannedMove, Role, WithClients
from polecam.web.access import ADMINS, door
from polecam.web.pages.staff import doors, forms
from polecam.web.types import Request
from polecam.web.ui import format as fmt


@dataclass(frozen=True, slots=True)
class Effect:
    """What a move changes: clients and open referrals, the plan, who leads the old place."""

    clients: int
    led: int
    along: bool
    plan_before: str
    plan_after: str
    headless: bool
    today: bool

    @property
    def plan_changes(self) -> bool:
        """Whether another plan holds for what is recommended from then on."""
        return self.plan_before != self.plan_after


def _form(request: Request, person: Person, data: Any) -> tuple[forms.Move, list[Branch]]:
    branches = doors.managed(request)
    mine = {branch.pk for branch in branches}
    held = [row for row in staff.roles_of(person) if row.until is None and row.branch_id in mine]
    origins = {row.branch.public_id: row.branch.name for row in held}
    targets = doors.options(branches)
    start = {
        "origin": next(iter(origins), None),
        "target": next((key for key, _name in targets if key not in origins), None),
        "role": held[0].role if held else Role.SELLER,
        "clients": WithClients.STAY,
    }
    form = forms.Move(data, origins=list(origins.items()), targets=targets, initial=start)
    return form, branches


def _effect(person: Person, form: forms.Move, branches: list[Branch], at: datetime) -> Effect:
    typed = form.cleaned_data
    origin = doors.one_of(branches, typed["origin"])
    target = doors.one_of(branches, typed["target"])
    before = version_in_force(person, origin.pk, at) if origin else None
    after = version_in_force(person, target.pk, at) if target else None
    led = [m for m in staff.roles_of(person) if m.role == Role.MANAGER and m.until is None]
    here = [m for m in led if origin and m.branch_id == origin.pk]
    return Effect(
        portfolio.clients_of(person, origin.pk).count() if origin else 0,
        portfolio.led_by(person, origin.pk, at=at).count() if origin else 0,
        typed["clients"] == WithClients.ALONG,
        before.plan.name if before else "",
        after.plan.name if after else "",
        bool(settling.headless(person, here)),
        typed["on"] <= fmt.today(),
    )


@door("staff:move", ADMINS)
@require_GET
def move(request: Request, person: str) -> HttpResponse:
    """Where to, from when; then (with everything chosen) what happens by it."""
    found = doors.colleague(request, person)
    form, branches = _form(request, found, request.GET if "target" in request.GET else None)
    effect = None
    if form.is_bound and form.is_valid():
        effect = _effect(found, form, branches, datetime.now(UTC))
    context = {"person": found, "form": form, "effect": effect}
    return doors.page(request, "staff/move.html", context, wrong=bool(form.errors))


@door("staff:plan_move", ADMINS)
@require_POST
def plan(request: Request, person: str) -> HttpResponse:
    """The move is planned; of today it holds at once."""
    found = doors.colleague(request, person)
    form, branches = _form(request, found, request.POST)
    at, effect = datetime.now(UTC), None
    if form.is_valid():
        typed = form.cleaned_data
        origin = doors.one_of(branches, typed["origin"])
        target = doors.one_of(branches, typed["target"])
        effect = _effect(found, form, branches, at)
        if origin and target:
            try:
                made = actions.plan(
                    by=request.user, at=at, person=found, origin=origin, target=target,
                    role=typed["role"], on=typed["on"], clients=typed["clients"],
                )  # fmt: skip
            except Refused as error:
                form.add_error(
                    error.field if error.field in form.fields else None, doors.said(error)
                )
            else:
                done = _("Done. It holds from now on.")
                text = done if made.done_at else _("Planned. It happens by itself on that day.")
                messages.success(request, text)
                return doors.to("setup:person", found.public_id)
    context = {"person": found, "form": form, "effect": effect}
    return doors.page(request, "staff/move.html", context, wrong=True)


@door("staff:cancel_move", ADMINS)
@require_POST
def cancel(request: Request, move: str) -> HttpResponse:
    """A planned move is taken back."""
    ids = [branch.pk for branch in doors.managed(request)]
    rows = PlannedMove.objects.filter(origin_id__in=ids).select_related("person")
    row = get_object_or_404(rows, public_id=move)
    try:
        actions.cancel(by=request.user, at=datetime.now(UTC), move=row)
    except Refused as error:
        messages.error(request, doors.said(error))
    else:
        messages.success(request, _("Taken back. Everything stays as it is."))
    return doors.to("setup:person", row.person.public_id)
