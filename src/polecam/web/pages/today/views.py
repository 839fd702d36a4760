"""Today: whom to ask and why; the own goal; a suggestion put aside."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from polecam.actions import asks
from polecam.asking import plans
from polecam.asking.rules import SkipReason
from polecam.clients.models import Client
from polecam.clients.queries import askable_by
from polecam.insights import today as insight
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.surveys.queries import with_pause
from polecam.web.access import SELLERS, door
from polecam.web.pages.today import cards, followed
from polecam.web.pages.today.forms import GoalForm
from polecam.web.types import Request
from polecam.web.ui.firm import firm


def branch_of(person: Person, at: datetime | None = None) -> Branch:
    """The branch in which the person asks (the first, if there are several).

    With `at` it knows whether suggestions pause for the person then.
    """
    rows = with_pause(Branch.objects.all(), person, at) if at else Branch.objects.all()
    return rows.get(pk=standing(person).branches(Permission.ASK)[0])


def own_client(request: Request, public_id: str) -> Client:
    """A client the person may ask. Raises Http404 for anyone else's."""
    found = askable_by(request.user).select_related("party").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


@door("today:today", SELLERS)
@require_safe
def today(request: Request) -> HttpResponse:
    """At most five people. `?c=CLIENT&s=2` shows that client's second sentence."""
    at = datetime.now(UTC)
    page = insight.for_(
        request.user,
        branch_of(request.user, at),
        at=at,
        zone=firm().zone,
        language=cards.language(),
        business=firm().business,
    )
    number = request.GET.get("s", "")
    opened = request.GET.get("c", "")
    choices = {opened: int(number)} if number.isdecimal() and len(number) < 4 else {}
    shown = {found.moment.kind for found in page.suggestions}
    own_plans = plans.beside(request.user, page.scripts, shown) if shown else []
    made = [
        cards.card(request.user, found, page.day, choices, own_plans) for found in page.suggestions
    ]
    context = {
        "week": page.week,
        "lead": cards.lead(page.week),
        "branch_label": cards.branch_label(page.week),
        "cards": made,
        "opened": opened if opened in {card.ident for card in made} else "",
        "follow_ups": [followed.follow_up(request.user, row, page) for row in page.follow_ups],
        "paused": page.paused,
        "steps": [followed.step(row, page.day) for row in page.next_steps],
        "reasons": followed.reasons(),
        "alone": not made and not askable_by(request.user).exists(),
    }
    return render(request, "today/today.html", context)


@door("today:goal", SELLERS)
def goal(request: Request) -> HttpResponse:
    """Own and private: nobody else reads it."""
    person = request.user
    form = GoalForm(request.POST or None, initial={"goal": person.weekly_goal})
    if request.method == "POST" and form.is_valid():
        asks.set_goal(by=person, at=datetime.now(UTC), asks=form.cleaned_data["goal"])
        messages.success(request, _("Your goal is set. Only you see it."))
        return _see_other(reverse("today:today"))
    return render(request, "today/goal.html", {"form": form, "now": person.weekly_goal or ""})


@door("today:skip", SELLERS)
@require_POST
def skip(request: Request, client: str) -> HttpResponse:
    """Put a suggestion aside; every reason is fine."""
    reason = request.POST.get("reason", "")
    if reason not in list(SkipReason):
        raise Http404
    asks.skip(
        by=request.user,
        at=datetime.now(UTC),
        client=own_client(request, client),
        reason=reason,
    )
    messages.success(request, followed.skipped(reason))
    return _see_other(reverse("today:today"))


def _see_other(url: str) -> HttpResponseRedirect:
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response
