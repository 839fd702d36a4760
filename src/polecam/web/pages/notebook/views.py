"""The private notebook: what went badly, and what I do next time. Its seller alone reads it."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polecam.actions import notebook
from polecam.asking import setbacks
from polecam.asking.models import Setback
from polecam.insights import reliability
from polecam.kit.errors import NotAllowed, Refused
from polecam.web.access import SELLERS, door
from polecam.web.pages.notebook import words
from polecam.web.pages.notebook.forms import PageForm
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of

BOTH = require_http_methods(["GET", "HEAD", "POST"])
MOST = 100


@door("notebook:mine", SELLERS)
@BOTH
def mine(request: Request) -> HttpResponse:
    """All pages, and a form for the next one (`?about=no_show` begins it)."""
    form = PageForm(request.POST or None, initial={"kind": request.GET.get("about", "refused")})
    if _saved(request, form, None):
        messages.success(request, _("Written down. Only you can read it."))
        return _back()
    pages = list(setbacks.of(request.user)[:MOST])
    context = {"form": form, "pages": [words.page(found) for found in pages]}
    return render(request, "notebook/mine.html", context, status=422 if form.errors else 200)


@door("notebook:page", SELLERS)
@BOTH
def page(request: Request, page: str) -> HttpResponse:
    """Change a page."""
    found = _own(request, page)
    form = PageForm(
        request.POST or None,
        initial={
            "kind": found.kind,
            "what": found.what,
            "when_next": found.when_next,
            "then_do": found.then_do,
        },
    )
    if _saved(request, form, found):
        messages.success(request, _("Saved."))
        return _back()
    context = {"form": form, "page": found}
    return render(request, "notebook/page.html", context, status=422 if form.errors else 200)


@door("notebook:close", SELLERS)
@require_POST
def close(request: Request, page: str) -> HttpResponse:
    """Done with it."""
    notebook.close(by=request.user, at=datetime.now(UTC), setback=_own(request, page))
    messages.success(request, _("Put behind you. The page stays, in case you want it."))
    return _back()


@door("notebook:tear_out", SELLERS)
@require_POST
def tear_out(request: Request, page: str) -> HttpResponse:
    """Gone for good."""
    notebook.tear_out(by=request.user, at=datetime.now(UTC), setback=_own(request, page))
    messages.success(request, _("Torn out. Nothing is kept of it."))
    return _back()


@door("notebook:coming", SELLERS)
@require_safe
def coming(request: Request) -> HttpResponse:
    """What makes friends come to meetings, by source; nobody's figures."""
    found = reliability.of_branches(request.user)
    return render(request, "notebook/coming.html", {"groups": words.groups(found)})


def _own(request: Request, page: str) -> Setback:
    found = setbacks.of(request.user).filter(public_id=page).first()
    if found is None:
        raise Http404
    return found


def _saved(request: Request, form: PageForm, setback: Setback | None) -> bool:
    """Whether the page was written; else what was typed stays, with what is wrong."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        notebook.write(by=request.user, at=datetime.now(UTC), setback=setback, **form.cleaned_data)
    except NotAllowed:
        raise
    except Refused as error:
        field = error.field if error.field in form.fields else None
        form.add_error(field, sentence_of(error))
        return False
    return True


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("notebook:mine"), status=303)
