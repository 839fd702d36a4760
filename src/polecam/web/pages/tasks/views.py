"""What the house does by itself: whether it goes, how far behind it is, and what was put aside."""

from datetime import UTC, datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from polecam.actions import journal
from polecam.insights.house import house
from polecam.journal.queries import dead_letters
from polecam.keeping.queries import copies
from polecam.web.access import ADMINS, door
from polecam.web.pages.setup.answers import to
from polecam.web.pages.tasks import words
from polecam.web.types import Request

PAGE = 50
COPIES = 7


@door("tasks:tasks", ADMINS)
@require_safe
def overview(request: Request) -> HttpResponse:
    """One look: green, or what to do."""
    found = house(datetime.now(UTC))
    failing = {job.name for job in found.jobs_late}
    context = {
        "house": found,
        "readers": [(words.name(words.READERS, one.name), one) for one in found.readers],
        "jobs": [
            (words.name(words.JOBS, one.name), one, one.name in failing) for one in found.jobs
        ],
        "messages": [(words.name(words.MESSAGES, state), n) for state, n in found.messages.items()],
        "importing": sum(found.imports.values()),
        "copies": copies()[:COPIES],
    }
    return render(request, "tasks/tasks.html", context)


@door("tasks:put_aside", ADMINS)
@require_safe
def put_aside(request: Request) -> HttpResponse:
    """What the worker gave up on after eight more tries."""
    page = Paginator(dead_letters(), PAGE).get_page(request.GET.get("page"))
    rows = [(letter, words.name(words.READERS, letter.reader)) for letter in page.object_list]
    open_ones = any(letter.again_at is None for letter, _name in rows)
    context = {"page": page, "rows": rows, "open_ones": open_ones}
    return render(request, "tasks/put_aside.html", context)


@door("tasks:again", ADMINS)
@require_POST
def again(request: Request, letter: int) -> HttpResponse:
    """Ask the worker to try once more."""
    found = get_object_or_404(dead_letters(), pk=letter)
    journal.try_again(by=request.user, at=datetime.now(UTC), letter=found)
    messages.success(request, _("The worker tries once more, within a minute."))
    return to("tasks:put_aside")


@door("tasks:all_again", ADMINS)
@require_POST
def all_again(request: Request) -> HttpResponse:
    """The same for all of them, after a cause was mended."""
    journal.try_all_again(by=request.user, at=datetime.now(UTC))
    messages.success(request, _("The worker tries everything once more, within a minute."))
    return to("tasks:put_aside")


@door("tasks:forget", ADMINS)
@require_POST
def forget(request: Request, letter: int) -> HttpResponse:
    """Nothing more is to come of it: take it off the list. The journal keeps that it was there."""
    found = get_object_or_404(dead_letters(), pk=letter)
    journal.forget_letter(by=request.user, at=datetime.now(UTC), letter=found)
    messages.success(request, _("Taken off the list. The journal remembers it."))
    return to("tasks:put_aside")
