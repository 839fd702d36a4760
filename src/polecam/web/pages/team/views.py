"""The team: a common goal, praise, good news of those who agreed."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polecam.actions import recognition
from polecam.insights.team import of_branch
from polecam.kit.errors import Refused
from polecam.people.permissions import Permission, standing
from polecam.people.queries import team as team_of
from polecam.people.rules import acknowledged
from polecam.people.staff import deputies
from polecam.recognition.models import Praise
from polecam.recognition.queries import visible_to
from polecam.web.access import SELLERS, door
from polecam.web.limits import limited
from polecam.web.pages.team import forms
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui.firm import firm
from polecam.web.ui.places import places
from polecam.web.ui.refusals import sentence_of

FACES = 3


def back() -> HttpResponseRedirect:
    """To the team, as after every POST."""
    return HttpResponseRedirect(reverse("team:team"), status=303)


def who(request: Request, **_: object) -> str:
    """Whose limit it is."""
    return str(request.user.pk)


@door("team:team", SELLERS)
def team(request: Request) -> HttpResponse:
    """The team's page."""
    choice = places(request, Permission.SEE_TEAM)
    branch = choice.chosen
    found = of_branch(request.user, branch.pk, datetime.now(UTC), firm().zone)
    context = {
        "places": choice,
        "branch": branch,
        "team": found,
        "faces": [p for p in found.people if p.pk != request.user.pk][:FACES],
        "others": max(0, len(found.people) - 1 - FACES),
        "unread": found.notice is not None
        and not acknowledged(found.notice, request.user.notice_acknowledged_at, firm().zone),
        "deputies": deputies([branch.pk], fmt.today()),
        "done": found.asks is not None and found.asks >= found.goal,
    }
    return render(request, "team/team.html", context)


@door("team:praise", SELLERS)
@limited("praise", per=(20, 86_400), by=who)
@require_http_methods(["GET", "POST"])
def praise(request: Request) -> HttpResponse:
    """Praise a colleague."""
    places_of = standing(request.user).branches(Permission.PRAISE)
    team = {person.pk: person for place in places_of for person in team_of(place)}
    colleagues = {p.public_id: p for p in team.values() if p.pk != request.user.pk}
    names = [(ref, p.full_name) for ref, p in colleagues.items()]
    start = {"receiver": request.GET.get("to", "")}
    form = forms.GivePraise(request.POST or None, colleagues=names, initial=start)
    if request.method == "POST" and form.is_valid():
        receiver = colleagues[form.cleaned_data["receiver"]]
        try:
            recognition.praise(
                by=request.user,
                at=datetime.now(UTC),
                receiver=receiver,
                text=form.cleaned_data["text"],
            )
        except Refused as error:
            form.add_error(error.field or None, sentence_of(error))
        else:
            messages.success(request, _("Given. Kind words stay longer than numbers."))
            return back()
    context = {"form": form, "nobody": not names}
    return render(request, "team/praise.html", context, status=422 if form.errors else 200)


@door("team:clap", SELLERS)
@require_POST
def clap(request: Request, public_id: str) -> HttpResponse:
    """Join a praise, or take it back."""
    found = get_object_or_404(visible_to(request.user), public_id=public_id)
    recognition.clap(by=request.user, at=datetime.now(UTC), praise=found)
    return back()


@door("team:take_back", SELLERS)
@require_POST
def take_back(request: Request, public_id: str) -> HttpResponse:
    """Take one's own praise off, or one that was given to oneself."""
    mine = Praise.objects.filter(giver=request.user) | Praise.objects.filter(receiver=request.user)
    found = get_object_or_404(mine & visible_to(request.user), public_id=public_id)
    recognition.take_back(by=request.user, at=datetime.now(UTC), praise=found)
    messages.success(request, _("It is no longer shown."))
    return back()


@door("team:join", SELLERS)
@require_POST
def join(request: Request) -> HttpResponse:
    """Agree to be named in good news."""
    recognition.join_feed(by=request.user, at=datetime.now(UTC))
    messages.success(request, _("From now on the team may read good news about you."))
    return back()


@door("team:leave", SELLERS)
@require_POST
def leave(request: Request) -> HttpResponse:
    """Take that back, at once."""
    recognition.leave_feed(by=request.user, at=datetime.now(UTC))
    messages.success(request, _("Nothing about you is shown any more."))
    return back()
