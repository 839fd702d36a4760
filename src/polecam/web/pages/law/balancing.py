"""Balancing tests of campaigns: written by the admin or the officer, signed by the officer."""

from datetime import UTC, date, datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from polecam.actions import balancing
from polecam.kit.errors import Refused
from polecam.people.permissions import Permission, standing
from polecam.privacy.models import BalancingTest
from polecam.web.access import ADMINS, OFFICERS, door
from polecam.web.pages.law.forms import Sign, Write
from polecam.web.pages.setup.answers import complain, show, to
from polecam.web.types import Request

READERS = ADMINS | OFFICERS
ASKED: tuple[str, ...] = ("interest", "necessity", "balance", "safeguards")
A_YEAR = timedelta(days=365)


@door("law:tests", READERS)
@require_safe
def tests(request: Request) -> HttpResponse:
    """Every campaign with its newest version; drafts first."""
    rows = BalancingTest.objects.select_related("written_by", "signed_by")
    newest: dict[str, BalancingTest] = {}
    for row in rows.order_by("title", "-version"):
        newest.setdefault(row.title, row)
    found = sorted(newest.values(), key=lambda row: (row.signed_at is not None, row.title))
    today = datetime.now(UTC).date()
    return render(request, "law/tests.html", {"tests": found, "today": today})


@door("law:test", READERS)
@require_http_methods(["GET", "POST"])
def test(request: Request, ref: str) -> HttpResponse:
    """One version: its four parts, the earlier ones; for the officer the place to sign."""
    found = _found(ref)
    may_sign = _may_sign(request, found)
    next_year: date = (datetime.now(UTC) + A_YEAR).date()
    form = Sign(request.POST or None, initial={"review_on": next_year})
    if request.method == "POST" and form.is_valid():
        try:
            balancing.sign(
                by=request.user,
                at=datetime.now(UTC),
                test=found,
                passes=form.cleaned_data["passes"] == "yes",
                review_on=form.cleaned_data["review_on"],
            )
        except Refused as error:
            complain(form, error)
        else:
            messages.success(request, _("Signed. This version never changes any more."))
            return to("law:test", found.public_id)
    labels = Write.base_fields
    versions = BalancingTest.objects.filter(title=found.title).exclude(pk=found.pk)
    context = {
        "test": found,
        "parts": [(labels[part].label, getattr(found, part)) for part in ASKED],
        "versions": versions.order_by("-version"),
        "may_sign": may_sign,
        "own": found.written_by_id == request.user.pk,
    }
    return show(request, "law/test.html", form, **context)


@door("law:write", READERS)
@require_http_methods(["GET", "POST"])
def write(request: Request) -> HttpResponse:
    """A new campaign."""
    return _written(request, None)


@door("law:revise", READERS)
@require_http_methods(["GET", "POST"])
def revise(request: Request, ref: str) -> HttpResponse:
    """Change a draft, or begin the next version of what was signed."""
    return _written(request, _found(ref))


def _written(request: Request, test: BalancingTest | None) -> HttpResponse:
    start = {name: getattr(test, name) for name in ("title", *ASKED)} if test else None
    form = Write(request.POST or None, initial=start)
    if test:
        form.fields["title"].disabled = True
    if request.method == "POST" and form.is_valid():
        try:
            made = balancing.write(
                by=request.user, at=datetime.now(UTC), test=test, **form.cleaned_data
            )
        except Refused as error:
            complain(form, error)
        else:
            messages.success(request, _("Saved as a draft. The officer signs it."))
            return to("law:test", made.public_id)
    return show(request, "law/write.html", form, test=test)


def _found(ref: str) -> BalancingTest:
    rows = BalancingTest.objects.select_related("written_by", "signed_by")
    return get_object_or_404(rows, public_id=ref)


def _may_sign(request: Request, test: BalancingTest) -> bool:
    if test.signed_at is not None or test.written_by_id == request.user.pk:
        return False
    return standing(request.user).may(Permission.SIGN_BALANCE)
