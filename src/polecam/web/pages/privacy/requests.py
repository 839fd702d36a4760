"""Requests of people about their data: by deadline, noted, found, extended, answered."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polecam.actions import person_requests
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.parties.queries import exactly
from polecam.privacy import desk, rules
from polecam.privacy.models import PersonRequest
from polecam.web.access import OFFICERS, door
from polecam.web.limits import limited
from polecam.web.pages.privacy import labels
from polecam.web.pages.privacy.request_forms import Extend, Find, Finish, Note
from polecam.web.pages.privacy.views import MOST_NAMESAKES, SEARCHES, persons
from polecam.web.pages.setup.answers import complain, show, to
from polecam.web.types import Request
from polecam.web.ui.firm import firm

SHOWN_FOR = timedelta(days=365)
MOST_ANSWERED = 50
SOON = 7


@dataclass(frozen=True, slots=True)
class Row:
    """A request as a line: what, when, how near its day is. No name."""

    request: PersonRequest
    what: str
    came: str
    days: int

    @property
    def tone(self) -> str:
        """Calm: honey in the last week and afterwards, never a shout."""
        return "honey" if self.days <= SOON else "line"


@door("privacy:requests", OFFICERS)
@require_safe
def overview(request: Request) -> HttpResponse:
    """Open ones by their deadline; the answered ones of a year."""
    at = datetime.now(UTC)
    today = day_of(at, firm().zone)
    rows = [_row(found, today) for found in desk.open_requests(request.user)]
    answered = desk.answered_since(request.user, at - SHOWN_FOR)[:MOST_ANSWERED]
    context = {
        "late": [row for row in rows if row.days < 0],
        "rows": [row for row in rows if row.days >= 0],
        "answered": [
            (found, labels.REQUESTS[found.kind], labels.OUTCOMES[found.outcome])
            for found in answered
        ],
    }
    return render(request, "privacy/requests.html", context)


@door("privacy:note", OFFICERS)
@require_http_methods(["GET", "POST"])
def note(request: Request) -> HttpResponse:
    """A letter, a call, a mail: its clock begins."""
    at = datetime.now(UTC)
    form = Note(request.POST or None, initial={"received_on": day_of(at, firm().zone)})
    if request.method == "POST" and form.is_valid():
        try:
            made = person_requests.note(by=request.user, at=at, **form.cleaned_data)
        except Refused as error:
            complain(form, error)
        else:
            messages.success(request, _("Noted. Its deadline stands on the list."))
            return to("privacy:request", made.public_id)
    return show(request, "privacy/note.html", form)


@door("privacy:request", OFFICERS)
@require_safe
def one(request: Request, ref: str) -> HttpResponse:
    """One request: whose it is, what helps, more time, the end."""
    return _page(request, _found(request, ref))


@door("privacy:find", OFFICERS)
@require_POST
@limited("officer-search", SEARCHES)
def find(request: Request, ref: str) -> HttpResponse:
    """Look for the person; exactly one found is the one."""
    found = _found(request, ref)
    form = Find(request.POST)
    if form.is_valid():
        people = persons(exactly(form.cleaned_data["who"]))
        chosen = [row for row in people if row.public_id == request.POST.get("chosen")]
        if len(people) == 1 or chosen:
            try:
                person_requests.find(
                    by=request.user, at=datetime.now(UTC), request=found,
                    party=(chosen or people)[0],
                )  # fmt: skip
            except Refused as error:
                complain(form, error)
            else:
                return to("privacy:request", ref)
        elif not people:
            form.add_error("who", _("Nobody is kept under exactly this."))
        elif len(people) > MOST_NAMESAKES:
            form.add_error("who", _("Too many namesakes. Use the phone or the e-mail."))
        else:
            return _page(request, found, find=form, namesakes=people)
    return _page(request, found, find=form)


@door("privacy:extend", OFFICERS)
@require_POST
def extend(request: Request, ref: str) -> HttpResponse:
    """Two more months, with a reason, before the first deadline passes."""
    found = _found(request, ref)
    form = Extend(request.POST)
    if form.is_valid():
        try:
            person_requests.extend(
                by=request.user, at=datetime.now(UTC), request=found, **form.cleaned_data
            )
        except Refused as error:
            complain(form, error)
        else:
            messages.success(request, _("It has more time. Tell the person the reason."))
            return to("privacy:request", ref)
    return _page(request, found, extend=form)


@door("privacy:finish", OFFICERS)
@require_POST
def finish(request: Request, ref: str) -> HttpResponse:
    """Answered: kind, dates and outcome stay, names go."""
    found = _found(request, ref)
    form = Finish(request.POST)
    if form.is_valid():
        try:
            person_requests.finish(
                by=request.user, at=datetime.now(UTC), request=found, **form.cleaned_data
            )
        except Refused as error:
            complain(form, error)
        else:
            messages.success(request, _("Answered. Only its kind, dates and outcome stay."))
            return to("privacy:requests")
    return _page(request, found, finish=form)


def _page(request: Request, found: PersonRequest, **forms: object) -> HttpResponse:
    today = day_of(datetime.now(UTC), firm().zone)
    shown = {"find": Find(), "extend": Extend(), "finish": Finish(), **forms}
    wrong = any(getattr(form, "errors", None) for form in shown.values())
    context = {
        **shown,
        "row": _row(found, today),
        "found": found,
        "reason": labels.REASONS[found.kind],
        "stands": found.party is not None and found.party.erased_at is None,
        "outcome": labels.OUTCOMES.get(found.outcome, ""),
        "may_extend": found.extended_at is None and today <= found.due_on,
        "longest": rules.extended_due(found.received_on),
    }
    return render(request, "privacy/request.html", context, status=422 if wrong else 200)


def _found(request: Request, ref: str) -> PersonRequest:
    return get_object_or_404(desk.visible_to(request.user), public_id=ref)


def _row(found: PersonRequest, today: date) -> Row:
    return Row(
        found,
        str(labels.REQUESTS[found.kind]),
        str(labels.CAME[found.came]),
        (found.due_on - today).days,
    )
