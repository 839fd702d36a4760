"""Many invited at once: a list is read, looked at, mended in place, and invited in one go."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from polecam.actions import inviting
from polecam.imports import roster
from polecam.imports.formats import WrongFile
from polecam.kit.errors import Refused
from polecam.kit.names import fold
from polecam.organisation.models import Branch
from polecam.organisation.settings import organisation
from polecam.people import links, staff
from polecam.people.guests import GOOD, Guest, Verdict
from polecam.people.models import Role, Welcome
from polecam.web.access import ADMINS, door
from polecam.web.pages.staff import doors, forms, words
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of

LINK_SHOWN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Row:
    """One guest of the list as the page shows it."""

    number: int
    guest: Guest
    branch: str
    written: str
    verdict: str
    said: words.Word
    tone: str


@door("staff:invite_many", ADMINS)
@require_http_methods(["GET", "HEAD", "POST"])
def invite_many(request: Request) -> HttpResponse:
    """Paste a list or choose a file; then look at it."""
    branches = doors.managed(request)
    start = {"role": Role.SELLER, "language": organisation().language}
    form = forms.Roster(
        request.POST or None, request.FILES or None, branches=doors.options(branches), initial=start
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            listed = (
                roster.of_file(typed["file"].read(roster.MOST_BYTES + 1))
                if typed["file"]
                else roster.of_text(typed["people"])
            )
        except WrongFile as error:
            form.add_error("file", sentence_of(Refused(error.code)))
        else:
            if not listed:
                form.add_error("people", _("Nobody was found in this list."))
            elif len(listed) > roster.MOST:
                form.add_error("people", sentence_of(Refused("guests_many", most=roster.MOST)))
            else:
                found = [_guest(one, branches, typed) for one in listed]
                written = [one.branch for one in listed]
                return _look(request, found, branches, secrets.token_urlsafe(12), written=written)
    context = {"form": form, "most": roster.MOST}
    return doors.page(request, "staff/invite_many.html", context, wrong=bool(form.errors))


@door("staff:invite_check", ADMINS)
@require_POST
def check(request: Request) -> HttpResponse:
    """Look once more at a list that was mended."""
    branches = doors.managed(request)
    return _look(request, _typed(request, branches), branches, _key(request))


@door("staff:invite_all", ADMINS)
@require_POST
def invite_all(request: Request) -> HttpResponse:
    """Invite everyone on the list, in one go."""
    branches = doors.managed(request)
    found = _typed(request, branches)
    verdicts = staff.looked_at(found, [branch.pk for branch in branches])
    going = [
        guest
        for guest, verdict in zip(found, verdicts, strict=True)
        if verdict not in (Verdict.HERE, Verdict.TWICE)
    ]
    try:
        made = inviting.invite_many(
            by=request.user, at=datetime.now(UTC), guests=going, key=_key(request)
        )
    except Refused as error:
        problem = doors.said(error)
        return _look(request, found, branches, _key(request), problem=problem)
    if made:
        text = ngettext(
            "%(n)s invitation is on its way.", "%(n)s invitations are on their way.", len(made)
        )
        messages.success(request, text % {"n": len(made)})
    return doors.to("staff:invitations")


@door("staff:invitations", ADMINS)
@require_GET
def invitations(request: Request) -> HttpResponse:
    """Who was invited and is not here yet; fresh links to copy for a quarter of an hour."""
    at = datetime.now(UTC)
    found = staff.invitations(request.user, at=at)
    fresh = [
        (welcome, links.welcome_url(welcome))
        for welcome in found.open
        if welcome.invited_by_id == request.user.pk and welcome.created_at > at - LINK_SHOWN
    ]
    copied = "\n".join(f"{welcome.email}\t{url}" for welcome, url in fresh)
    context = {"found": found, "fresh": fresh, "copied": copied}
    return doors.page(request, "staff/invitations.html", context)


@door("staff:remind", ADMINS)
@require_POST
def remind(request: Request) -> HttpResponse:
    """Mail the chosen links once more."""
    count = inviting.remind(by=request.user, at=datetime.now(UTC), welcomes=_chosen(request))
    if count:
        text = ngettext("%(n)s reminder is on its way.", "%(n)s reminders are on their way.", count)
        messages.success(request, text % {"n": count})
    else:
        messages.info(request, _("Nobody was reminded: once a day is enough."))
    return doors.to("staff:invitations")


@door("staff:withdraw", ADMINS)
@require_POST
def withdraw(request: Request) -> HttpResponse:
    """The chosen links work no longer."""
    count = inviting.withdraw(by=request.user, at=datetime.now(UTC), welcomes=_chosen(request))
    text = ngettext("%(n)s invitation is withdrawn.", "%(n)s invitations are withdrawn.", count)
    messages.success(request, text % {"n": count})
    return doors.to("staff:invitations")


@door("staff:renew", ADMINS)
@require_POST
def renew(request: Request) -> HttpResponse:
    """New links instead of those that are too old."""
    made = inviting.renew(by=request.user, at=datetime.now(UTC), welcomes=_chosen(request))
    text = ngettext("%(n)s new link is on its way.", "%(n)s new links are on their way.", len(made))
    messages.success(request, text % {"n": len(made)})
    return doors.to("staff:invitations")


def _chosen(request: Request) -> list[Welcome]:
    ids = request.POST.getlist("who")
    rows = staff.invitations_of(request.user).filter(public_id__in=ids)
    return list(rows.select_related("branch"))


def _key(request: Request) -> str:
    return request.POST.get("key", "")[:32] or secrets.token_urlsafe(12)


def _guest(one: roster.Listed, branches: list[Branch], typed: dict) -> Guest:
    """What the list says; where it says nothing, what was chosen for all."""
    here = {fold(branch.name): branch for branch in branches}
    place = here.get(fold(one.branch)) or next(
        (b for name, b in here.items() if one.branch and fold(one.branch) in name.split()), None
    )
    if place is None and not one.branch:
        place = doors.one_of(branches, typed["branch"])
    return Guest(
        one.email,
        one.first_name,
        one.last_name,
        place.pk if place else None,
        roster.role_of(one.role) if one.role else typed["role"],
        one.language or typed["language"],
    )


def _typed(request: Request, branches: list[Branch]) -> list[Guest]:
    """The rows of the page that were not left out."""
    sent = request.POST
    found = []
    for number in sent.getlist("row")[: roster.MOST]:
        if f"out-{number}" in sent:
            continue
        place = doors.one_of(branches, sent.get(f"branch-{number}", ""))
        found.append(
            Guest(
                sent.get(f"email-{number}", "").strip()[:254],
                sent.get(f"first-{number}", "")[:60],
                sent.get(f"last-{number}", "")[:80],
                place.pk if place else None,
                sent.get(f"role-{number}", ""),
                sent.get(f"language-{number}", "pl"),
            )
        )
    return found


def _look(
    request: Request,
    found: list[Guest],
    branches: list[Branch],
    key: str,
    *,
    written: list[str] | None = None,
    problem: str = "",
) -> HttpResponse:
    verdicts = staff.looked_at(found, [branch.pk for branch in branches])
    ids = {branch.pk: branch.public_id for branch in branches}
    rows = []
    for number, (guest, verdict) in enumerate(zip(found, verdicts, strict=True), 1):
        text, tone = words.VERDICTS[verdict]
        named = written[number - 1] if written else ""
        branch = ids.get(guest.branch_id or 0, "")
        rows.append(Row(number, guest, branch, "" if branch else named, verdict, text, tone))
    going = sum(verdict in GOOD for verdict in verdicts)
    stuck = sum(row.tone == "poppy" for row in rows)
    context = {
        "rows": rows,
        "branches": doors.options(branches),
        "roles": words.ROLES,
        "languages": words.LANGUAGES,
        "key": key,
        "going": going,
        "stuck": stuck,
        "quiet": len(rows) - going - stuck,
        "problem": problem,
    }
    return doors.page(request, "staff/guests.html", context, wrong=bool(problem))
