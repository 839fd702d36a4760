"""The data protection officer: find one person, see, hand out, erase. Each look is noted."""

import json
from datetime import UTC, datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from polecam.actions import privacy
from polecam.clients.models import Client
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.parties import groups
from polecam.parties.models import Party
from polecam.parties.queries import exactly
from polecam.privacy.desk import open_requests
from polecam.web.access import OFFICERS, door
from polecam.web.limits import limited
from polecam.web.pages.privacy.forms import Erase, Search
from polecam.web.pages.privacy.told import chapters
from polecam.web.types import Request
from polecam.web.ui.firm import firm
from polecam.web.ui.refusals import sentence_of

OPEN_SECONDS = 1800
KEY = "officer_opened"
MOST_NAMESAKES = 5
SEARCHES = (60, 3600)


@door("privacy:people", OFFICERS)
@limited("officer-search", SEARCHES)
def people(request: Request) -> HttpResponse:
    """The search. One person found: their page; namesakes: choose one."""
    form = Search(request.POST if request.method == "POST" else None)
    found: list[Party] = []
    if request.method == "POST" and form.is_valid():
        found = persons(exactly(form.cleaned_data["who"]))
        if len(found) == 1:
            return _open(request, found[0], form.cleaned_data["reason"])
        if not found:
            form.add_error("who", _("Nobody is kept under exactly this."))
        elif len(found) > MOST_NAMESAKES:
            form.add_error("who", _("Too many namesakes. Use the phone or the e-mail."))
            found = []
    today = day_of(datetime.now(UTC), firm().zone)
    waiting = open_requests(request.user)
    context = {
        "form": form,
        "found": found,
        "waiting": waiting.count(),
        "late": waiting.filter(due_on__lt=today).count(),
    }
    return render(request, "privacy/people.html", context, status=422 if form.errors else 200)


@door("privacy:open", OFFICERS)
@limited("officer-search", SEARCHES)
def open_person(request: Request, public_id: str) -> HttpResponse:
    """One of the namesakes."""
    party = get_object_or_404(Party, public_id=public_id)
    if request.method != "POST":
        return _to("privacy:people")
    return _open(request, party, request.POST.get("reason", ""))


@door("privacy:person", OFFICERS)
def person(request: Request, public_id: str) -> HttpResponse:
    """Everything kept about the person opened last; another one must be opened first."""
    party = opened(request, public_id)
    if party is None:
        return _to("privacy:people")
    context = {
        "party": party,
        "chapters": chapters(privacy.collected(party)),
        "form": Erase(),
        "until": request.session[KEY]["until"],
    }
    return render(request, "privacy/person.html", context)


@door("privacy:export", OFFICERS)
def export(request: Request, public_id: str) -> HttpResponse:
    """The same as a file to hand over: JSON."""
    party = opened(request, public_id)
    if party is None or request.method != "POST":
        return _to("privacy:people")
    told = privacy.export(by=request.user, at=datetime.now(UTC), party=party)
    response = HttpResponse(
        json.dumps(told, ensure_ascii=False, indent=2), content_type="application/json"
    )
    response["Content-Disposition"] = f'attachment; filename="person-{party.public_id}.json"'
    return response


@door("privacy:erase", OFFICERS)
def erase(request: Request, public_id: str) -> HttpResponse:
    """Erase the person, under every record, after a second thought."""
    party = opened(request, public_id)
    if party is None:
        return _to("privacy:people")
    form = Erase(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            privacy.erase(by=request.user, at=datetime.now(UTC), party=party)
        except Refused as error:
            form.add_error(None, sentence_of(error))
        else:
            request.session.pop(KEY, None)
            messages.success(request, _("Erased everywhere. The journal keeps no name."))
            return _to("privacy:people")
    context = {"party": party, "form": form, "records": _records(party)}
    return render(request, "privacy/erase.html", context, status=422 if form.errors else 200)


def persons(rows: QuerySet[Party]) -> list[Party]:
    """One record of each person found: records joined as one person are one page."""
    found: dict[int, Party] = {}
    for party in rows[: 4 * MOST_NAMESAKES]:
        found.setdefault(groups.head(party), party)
    return list(found.values())[: MOST_NAMESAKES + 1]


def _records(party: Party) -> list[tuple[str, bool]]:
    """Names under which the person stands, and whether it is a client's record."""
    records = groups.of(party)
    clients = set(Client.objects.filter(party__in=records).values_list("party_id", flat=True))
    return [(record.full_name, record.pk in clients) for record in records]


def _open(request: Request, party: Party, reason: str) -> HttpResponse:
    at = datetime.now(UTC)
    privacy.open_person(by=request.user, at=at, party=party, reason=reason)
    until = int(at.timestamp()) + OPEN_SECONDS
    request.session[KEY] = {"person": party.public_id, "until": until}
    return _to("privacy:person", party.public_id)


def opened(request: Request, public_id: str) -> Party | None:
    mark = request.session.get(KEY) or {}
    fresh = mark.get("until", 0) > datetime.now(UTC).timestamp()
    if not fresh or mark.get("person") != public_id:
        return None
    return Party.objects.filter(public_id=public_id, erased_at=None).first()


def _to(name: str, *args: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=args), status=303)
