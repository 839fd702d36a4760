"""The front door: everyone to the page of their role."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from polecam.people.models import Role
from polecam.people.permissions import REGION, standing
from polecam.people.queries import founder
from polecam.web.access import ANYONE, door
from polecam.web.types import Request

HOMES = (
    (Role.MANAGER, "branch:branch"),
    (Role.SELLER, "today:today"),
    (REGION, "tree:region"),
    (Role.ADMIN, "setup:setup"),
    (Role.PAYROLL, "payroll:months"),
    (Role.DPO, "privacy:people"),
)


@door("home", ANYONE)
def home(request: Request) -> HttpResponse:
    """Redirect by role; whoever founds the firm goes on; someone else without any role is told
    whom to ask."""
    roles = set().union(*standing(request.user).roles.values(), set())
    for role, name in HOMES:
        if role in roles:
            return redirect(reverse(name))
    there = founder()
    if there is not None and there.pk == request.user.pk:
        return redirect(reverse("start:overview"))
    return redirect(reverse("entry:no_role"))
