"""The monitoring notice: announced by the admin, acknowledged by each seller."""

from datetime import UTC, date, datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from polecam.actions import people, setup
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.people.permissions import Permission, standing
from polecam.people.queries import team
from polecam.people.rules import NOTICE_DAYS, acknowledged
from polecam.web.access import ADMINS, SELLERS, door
from polecam.web.pages.setup import forms
from polecam.web.pages.setup.answers import complain, show, to
from polecam.web.types import Request
from polecam.web.ui.firm import firm


def announced(at: datetime) -> tuple[date | None, str]:
    """The day of the notice and where its rule stands."""
    values = settings.values("monitoring_notice", "monitoring_rule", at=at)
    told = values["monitoring_notice"]
    return (date.fromisoformat(told) if told else None), values["monitoring_rule"]


@door("setup:notice", ADMINS)
@require_http_methods(["GET", "POST"])
def announce(request: Request) -> HttpResponse:
    """Record the notice; see who has acknowledged it."""
    at = datetime.now(UTC)
    on, rule = announced(at)
    form = forms.Announce(request.POST or None, initial={"on": day_of(at, firm().zone)})
    if request.method == "POST" and form.is_valid():
        try:
            setup.announce_monitoring(by=request.user, at=at, **form.cleaned_data)
        except Refused as error:
            complain(form, error)
        else:
            messages.success(
                request, _("Recorded. Each seller is asked to read it before anything is shown.")
            )
            return to("setup:notice")
    branches = standing(request.user).branches(Permission.MANAGE_PEOPLE)
    people_there = {p.pk: p for branch in branches for p in team(branch)}
    waiting = [
        p
        for p in people_there.values()
        if not acknowledged(on, p.notice_acknowledged_at, firm().zone)
    ]
    context = {
        "on": on,
        "rule": rule,
        "from_day": on + timedelta(days=NOTICE_DAYS) if on else None,
        "waiting": waiting,
        "everyone": len(people_there),
    }
    return show(request, "setup/notice.html", form, **context)


@door("setup:read_notice", SELLERS)
@require_http_methods(["GET", "POST"])
def read(request: Request) -> HttpResponse:
    """What the boss may see of one's work, why, and since when; and the acknowledgement."""
    at = datetime.now(UTC)
    on, rule = announced(at)
    if request.method == "POST":
        people.acknowledge_notice(by=request.user, at=at)
        messages.success(request, _("Thank you. It is noted that you have read it."))
        return to("home")
    context = {
        "on": on,
        "rule": rule,
        "from_day": on + timedelta(days=NOTICE_DAYS) if on else None,
        "done": acknowledged(on, request.user.notice_acknowledged_at, firm().zone),
    }
    return render(request, "setup/read_notice.html", context)
