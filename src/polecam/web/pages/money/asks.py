"""What if I asked more often? And how many asks does a wanted sum take? For the seller alone."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from polecam.actions import goals
from polecam.insights.prospects import Prospects, goal_of, prospects
from polecam.insights.whatif import MOST_ASKS, STOPS, Outlook
from polecam.kit.errors import Refused
from polecam.people.models import Person
from polecam.people.permissions import Permission
from polecam.web.access import SELLERS, door
from polecam.web.pages.money import asks_trace
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui import ranges
from polecam.web.ui.firm import firm
from polecam.web.ui.places import places
from polecam.web.ui.refusals import sentence_of

STEP = 50_000
"""The scale of a range ends at a whole step, in grosze."""


class AsksForm(forms.Form):
    """Asks a week, as a slider of radios."""

    n = forms.TypedChoiceField(
        label=gettext_lazy("Asks a week"),
        choices=[(n, str(n)) for n in STOPS],
        coerce=int,
        required=False,
        widget=forms.RadioSelect,
    )


class GoalForm(forms.Form):
    """The own goal: zł a month; empty forgets it."""

    goal = forms.DecimalField(
        label=fmt.priced(gettext_lazy("I want from referrals, %(unit)s a month")),
        required=False,
        min_value=0,
        max_digits=9,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )

    @property
    def grosze(self) -> int | None:
        """The wanted sum; None: no goal."""
        typed: Decimal | None = self.cleaned_data["goal"]
        return int(typed * 100) or None if typed is not None else None


@dataclass(frozen=True, slots=True)
class Shown:
    """One stop of the slider as ready strings."""

    asks: int
    grosze: int
    usual: str
    compared: str
    drawing: SafeString


@door("money:whatif", SELLERS)
@require_safe
def whatif(request: Request) -> HttpResponse:
    """`?n=5` asks a week: every stop is in the page, the slider of radios shows one. As a part of
    My money (htmx) the section alone."""
    return _render(request, GoalForm(initial=_goal(request)))


@door("money:goal", SELLERS)
@require_POST
def goal(request: Request) -> HttpResponse:
    """Keep the own goal, or forget it. Nobody else reads it."""
    form = GoalForm(request.POST)
    if form.is_valid():
        try:
            goals.set_money_goal(by=request.user, at=datetime.now(UTC), amount_grosze=form.grosze)
        except Refused as error:
            form.add_error("goal", sentence_of(error))
    if form.errors:
        return _render(request, form, status=422)
    said = _("Your goal is kept. Only you see it.") if form.grosze else _("Your goal is forgotten.")
    messages.success(request, said)
    response = HttpResponseRedirect(f"{reverse('money:whatif')}#goal")
    response.status_code = 303
    return response


def _render(request: Request, form: GoalForm, status: int = 200) -> HttpResponse:
    at, zone = datetime.now(UTC), firm().zone
    choice = places(request, Permission.ASK)
    found = prospects(request.user, choice.chosen, at=at, zone=zone)
    part = "HX-Request" in request.headers
    context = {
        "goal_form": form,
        "heading": _heading(request.user),
        "places": choice,
        "alone": not part,
    }
    if found:
        context |= _context(request, found)
    template = "money/whatif_card.html" if part else "money/whatif.html"
    return render(request, template, context, status=status)


def _heading(person: Person) -> str:
    """The question in the person's own form."""
    return {
        "f": pgettext("said by a woman", "What if I asked more often?"),
        "m": pgettext("said by a man", "What if I asked more often?"),
    }.get(person.form) or pgettext("said by a person", "What if I asked more often?")


def _context(request: Request, found: Prospects) -> dict[str, Any]:
    asked = request.GET.get("n", "")
    start = next((n for n in STOPS if n > found.now), STOPS[-1])
    chosen = int(asked) if asked in map(str, STOPS) else start
    top = -(-max(one.high_grosze for one in found.outlooks) // STEP) * STEP or STEP
    return {
        "found": found,
        "stops": AsksForm(initial={"n": chosen}),
        "now": found.now if found.now in STOPS else "",
        "shown": [_shown(one, found, top) for one in found.outlooks],
        "top": fmt.zl(top),
        "sources": _sources(found),
        "first_money": _first_money(found),
        "rows": asks_trace.rows(found),
        "way": _way(found),
        "way_note": _way_note(found),
        "terms_note": asks_trace.terms(found),
    }


def _shown(one: Outlook, found: Prospects, top: int) -> Shown:
    return Shown(
        asks=one.asks,
        grosze=_whole(one.grosze),
        usual=fmt.tie(
            _("in eight months of ten from %(low)s to %(high)s")
            % {"low": fmt.zl(_whole(one.low_grosze)), "high": fmt.zl(_whole(one.high_grosze))}
        ),
        compared=fmt.tie(f"{_compared(one, found)} {_hours(one.hours)}"),
        drawing=ranges.reach(one.low_grosze, one.grosze, one.high_grosze, top),
    )


def _compared(one: Outlook, found: Prospects) -> str:
    more = _whole(one.grosze - found.present.grosze)
    if not found.now:
        return ""
    if one.asks == found.now or not more:
        return _("As much as now.")
    if more > 0:
        return _("%(sum)s more than now.") % {"sum": fmt.zl(more)}
    return _("%(sum)s less than now.") % {"sum": fmt.zl(-more)}


def _hours(hours: float) -> str:
    if hours < 1:
        return _("It takes about %(n)s minutes a week, meetings included.") % {
            "n": max(5, round(hours * 12) * 5)
        }
    said = _("It takes about %(n)s hours a week, meetings included.")
    return said % {"n": fmt.decimal(hours)}


def _sources(found: Prospects) -> str:
    if not found.own.answers:
        return _("Counted from the branch's history and general defaults, not from promises.")
    return ngettext(
        "Counted from your %(n)s answer and the branch's history, not from promises.",
        "Counted from your %(n)s answers and the branch's history, not from promises.",
        found.own.answers,
    ) % {"n": found.own.answers}


def _first_money(found: Prospects) -> str:
    wait = found.wait
    span = str(wait.low) if wait.low == wait.high else f"{wait.low}–{wait.high}"
    said = ngettext(
        "The first money usually comes after %(span)s week.",
        "The first money usually comes after %(span)s weeks.",
        wait.high,
    )
    return fmt.tie(said % {"span": span})


def _way(found: Prospects) -> str:
    """How many asks the goal takes."""
    way = found.way
    if way is None:
        return ""
    said = {"goal": fmt.zl(way.goal_grosze)}
    if way.asks is None:
        text = _(
            "%(goal)s a month would take more than %(n)s asks a week. A smaller goal is fairer."
        )
        return fmt.tie(text % {**said, "n": MOST_ASKS})
    text = ngettext(
        "%(goal)s a month takes about %(n)s ask a week.",
        "%(goal)s a month takes about %(n)s asks a week.",
        way.asks,
    )
    return fmt.tie(text % {**said, "n": way.asks})


def _way_note(found: Prospects) -> str:
    way = found.way
    if way is None or way.asks is None:
        return ""
    text = (
        _("Honestly from %(low)s to %(high)s, depending on luck.")
        if way.high is not None
        else _("Honestly from %(low)s, with less luck more than %(most)s.")
    )
    said = text % {"low": way.low, "high": way.high, "most": MOST_ASKS}
    return fmt.tie(f"{said} {_hours(way.hours)}")


def _whole(grosze: int) -> int:
    """Estimates are told in tens of zlotys."""
    return round(grosze / 1_000) * 1_000


def _goal(request: Request) -> dict[str, Decimal]:
    grosze = goal_of(request.user)
    return {"goal": Decimal(grosze) / 100} if grosze else {}
