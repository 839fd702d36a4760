"""The firm itself: what friends read about it, its branches, what the worker put aside."""

from datetime import UTC, datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polecam.actions import journal, setup
from polecam.journal.queries import dead_letters
from polecam.kit.errors import Refused
from polecam.organisation.settings import organisation
from polecam.web.access import ADMINS, door
from polecam.web.pages.setup import forms
from polecam.web.pages.setup.answers import complain, show, to
from polecam.web.types import Request
from polecam.web.ui.firm import forget


@door("setup:firm", ADMINS)
@require_http_methods(["GET", "POST"])
def firm(request: Request) -> HttpResponse:
    """Name, address, whom to write to about personal data."""
    found = organisation()
    start = {key: getattr(found, key) for key in forms.Firm.base_fields}
    form = forms.Firm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            setup.change_organisation(by=request.user, at=datetime.now(UTC), **form.cleaned_data)
        except Refused as error:
            complain(form, error)
        else:
            forget()
            messages.success(request, _("Saved."))
            return to("setup:setup")
    return show(request, "setup/firm.html", form)


@door("setup:branch", ADMINS)
@require_http_methods(["GET", "POST"])
def branch(request: Request) -> HttpResponse:
    """Open a branch."""
    form = forms.OpenBranch(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            setup.open_branch(by=request.user, at=datetime.now(UTC), **form.cleaned_data)
        except Refused as error:
            complain(form, error)
        else:
            messages.success(request, _("The branch is open. You can invite people into it."))
            return to("setup:setup")
    return show(request, "setup/branch.html", form)


@door("setup:put_aside", ADMINS)
def put_aside(request: Request) -> HttpResponse:
    """What the worker gave up on after eight more tries."""
    page = Paginator(dead_letters(), 50).get_page(request.GET.get("page"))
    return render(request, "setup/put_aside.html", {"page": page})


@door("setup:again", ADMINS)
@require_POST
def again(request: Request, letter: int) -> HttpResponse:
    """Ask the worker to try once more."""
    found = get_object_or_404(dead_letters(), pk=letter)
    journal.try_again(by=request.user, at=datetime.now(UTC), letter=found)
    messages.success(request, _("The worker tries once more, within a minute."))
    return to("setup:put_aside")
