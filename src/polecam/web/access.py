"""Who may open and who may post to each URL: one rule per URL name, checked by a test.

A rule is the set of roles that get past the door (plus PUBLIC for everyone without login,
ANYONE for every signed-in person). What they see behind it is scoped by `visible_to`.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from polecam.kit.errors import NotAllowed
from polecam.people.models import Role
from polecam.people.permissions import REGION, standing
from polecam.web.limits import guessing

PUBLIC = "public"
ANYONE = "anyone"
SELLERS = frozenset({Role.SELLER, Role.MANAGER})
MANAGERS = frozenset({Role.MANAGER})
ADMINS = frozenset({Role.ADMIN})
OFFICERS = frozenset({Role.DPO})
PAYROLL = frozenset({Role.PAYROLL})
REGIONS = frozenset({REGION})
"""Managers of regions: through their own doors only (people.permissions.at_doors)."""

OF_LINKS = frozenset({"public", "card", "answers"})
"""Areas whose addresses are keys."""

FRAME = 1 << 20
"""What a form with a file needs beside the file."""

Rule = frozenset[str] | str
View = Callable[..., HttpResponse]
RULES: dict[str, Rule] = {}


def takes(most_bytes: int) -> Callable[[View], View]:
    """How large a body the view takes, at most; without it `middleware.MOST_BYTES`.

    Stands above everything else: `@takes(vault.LIMIT)`.
    """

    def declare(view: View) -> View:
        view.most_bytes = most_bytes + FRAME  # type: ignore[attr-defined]
        return view

    return declare


def door(name: str, rule: Rule) -> Callable[[View], View]:
    """Declare the rule of the URL `name` and enforce it. Everyone else: sign-in page or 403.

    Use on every view: `@door("today:today", SELLERS)`. Pages of public links tell no other page
    where somebody came from, and whoever tries many of them waits. Browsers then send
    `Origin: null` with their forms, so the key of these forms is the link itself, which nobody else
    knows.
    """
    RULES[name] = rule
    of_link = rule == PUBLIC and name.partition(":")[0] in OF_LINKS

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if rule != PUBLIC:
                if not request.user.is_authenticated:
                    return redirect_to_login(request.get_full_path())
                roles = set().union(*standing(request.user).roles.values(), set())
                if rule != ANYONE and not roles & set(rule):
                    raise NotAllowed("not_allowed")
            try:
                response = view(request, *args, **kwargs)
            except Http404:
                tired = guessing(request) if of_link else None
                if tired is None:
                    raise
                response = tired
            if of_link:
                response["Referrer-Policy"] = "no-referrer"
            return response

        if of_link:
            guarded.csrf_exempt = True  # type: ignore[attr-defined]
        return guarded

    return decorate
