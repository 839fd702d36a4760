"""A newer version of the plan for one referral: both sums beside each other, and the choice."""

import re
from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from polecam.actions import plan_choices
from polecam.insights.version_choice import Line, offer
from polecam.kit.errors import NotAllowed, Refused
from polecam.referrals.models import Referral
from polecam.referrals.queries import mine
from polecam.web.access import SELLERS, door
from polecam.web.pages.plans.comparing import between
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui.parts import Against
from polecam.web.ui.refusals import sentence_of

SUM = re.compile(r"-?[0-9]{1,17}")


@door("plans:take", SELLERS)
@require_http_methods(["GET", "POST"])
def take(request: Request, referral: str) -> HttpResponse:
    """What this referral may bring by the version that holds for it and by the newer one."""
    at, person = datetime.now(UTC), request.user
    rows = mine(person, at=at).select_related("party")
    found = rows.filter(public_id=referral).first()
    if found is None:
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            plan_choices.take_version(by=person, at=at, referral=found, seen=_seen(request))
        except NotAllowed:
            raise
        except Refused as error:
            refused = sentence_of(error)
        else:
            messages.success(request, _("The newer version holds for this referral now."))
            return redirect("referrals:one", found.public_id)
    offered = offer(person, found, at)
    context = {
        "referral": found,
        "name": _name(found),
        "offer": offered,
        "refused": refused,
        "why_not": sentence_of(Refused(offered.refusal)) if offered and offered.refusal else "",
        "rows": [_row(line) for line in offered.lines] if offered else [],
        "sums": [
            Against(_version(offered.before.number), offered.before_grosze),
            Against(_version(offered.after.number), offered.after_grosze, "leaf"),
        ]
        if offered
        else [],
        "changes": between(offered.before, offered.after) if offered else [],
    }
    return render(request, "plans/take.html", context, status=422 if refused else 200)


def _name(referral: Referral) -> str:
    return referral.party.first_name if referral.party else _("A recommended person")


def _version(number: int) -> str:
    return _("By version %(number)s") % {"number": number}


def _seen(request: Request) -> tuple[int, int]:
    """The two sums as the page showed them; anything else was never shown."""
    typed = [request.POST.get(name, "") for name in ("before", "after")]
    if not all(SUM.fullmatch(value) for value in typed):
        return (-1, -1)
    return int(typed[0]), int(typed[1])


def _row(line: Line) -> tuple[str, str, str, str]:
    labels = {
        "consent": _("The friend agrees"),
        "meeting": _("The meeting takes place"),
        "meeting_confirmed": _("The meeting is confirmed"),
        "sale": _("The friend buys"),
        "retained": _("The friend stays a client"),
    }
    return (
        labels[line.kind],
        fmt.percent(line.chance_bp),
        fmt.zl(line.before_grosze),
        fmt.zl(line.after_grosze),
    )
