"""For admins: who signed in, and help for whoever lost what they sign in with."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polecam.actions import arrivals, factors
from polecam.kit.errors import Refused
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.people.queries import visible_to
from polecam.signin import queries
from polecam.signin.models import SignIn
from polecam.web.access import ADMINS, door
from polecam.web.pages.security import forms, words
from polecam.web.pages.security.proving import to_prove
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One sign-in or try, in words. `ref`: whose; empty for an unknown address."""

    at: datetime
    name: str
    ref: str
    outcome: str
    tone: str
    by: str
    place: str


@door("security:sign_ins", ADMINS)
def sign_ins(request: Request) -> HttpResponse:
    """Who, when, how, by what kind of device, from a place known or new: never what they did."""
    people = _people(request).order_by("first_name", "last_name")
    names = [(person.public_id, person.full_name) for person in people]
    form = forms.Filter(request.GET or None, people=names)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.with_place(queries.visible_to(request.user)).select_related("person")
    if chosen.get("person"):
        rows = rows.filter(person__public_id=chosen["person"])
    if chosen.get("outcome"):
        rows = rows.filter(outcome=chosen["outcome"])
    page = Paginator(rows.order_by("-at", "-id"), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": [_line(row) for row in page],
        "person": chosen.get("person", ""),
    }
    return render(request, "security/sign_ins.html", context)


@door("security:reset", ADMINS)
@require_http_methods(["GET", "POST"])
def reset(request: Request, person: str) -> HttpResponse:
    """Take away what a person can no longer use, once it is sure who asks."""
    found = get_object_or_404(_people(request), public_id=person, is_active=True)
    first = to_prove(request)
    if first is not None:
        return first
    form = forms.Reset(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            factors.reset(
                by=request.user, at=datetime.now(UTC), person=found, how=form.cleaned_data["how"]
            )
        except Refused as error:
            form.add_error(None, sentence_of(error))
        else:
            messages.success(
                request, _("Done. They sign in with their password and set it up again.")
            )
            return _to(found)
    context = {
        "form": form,
        "person": found,
        "me": found.pk == request.user.pk,
        "factors": queries.factors(found),
    }
    return render(request, "security/reset.html", context, status=422 if form.errors else 200)


@door("security:sign_out", ADMINS)
@require_POST
def sign_out(request: Request, person: str) -> HttpResponse:
    """End every session of a person whose device was lost; what they sign in with stays."""
    found = get_object_or_404(_people(request), public_id=person, is_active=True)
    first = to_prove(request)
    if first is not None:
        return first
    arrivals.end_for(by=request.user, at=datetime.now(UTC), person=found)
    messages.success(request, _("Signed out everywhere."))
    return _to(found)


def _to(person: Person) -> HttpResponse:
    url = f"{reverse('security:sign_ins')}?person={person.public_id}"
    return HttpResponseRedirect(url, status=303)


def _people(request: Request) -> QuerySet[Person]:
    """Those of the places whose people the reader manages."""
    managed = standing(request.user).branches(Permission.MANAGE_PEOPLE)
    mine = visible_to(request.user).filter(memberships__branch__in=managed)
    return mine.distinct()


def _line(row: SignIn) -> Line:
    way = "" if row.outcome in words.WITHOUT_WAY else str(words.WAYS[row.way])
    return Line(
        row.at,
        row.person.full_name if row.person else _("unknown address"),
        row.person.public_id if row.person else "",
        str(words.OUTCOMES[row.outcome]),
        words.TONES.get(row.outcome, ""),
        ", ".join(filter(None, (way, row.device))),
        _place(row),
    )


def _place(row: SignIn) -> str:
    if row.person is None or not row.place:
        return ""
    familiar: bool = row.familiar  # type: ignore[attr-defined] # of queries.with_place
    return _("from a place known before") if familiar else _("from a new place")
