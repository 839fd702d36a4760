"""A sales file of the firm beside what the sellers reported: a human ticks, then it counts."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from polecam.actions import imports, sales_file
from polecam.files import intake, vault
from polecam.imports.models import Import
from polecam.insights import sales_matching
from polecam.insights.sales_matching import Found
from polecam.kit.errors import Refused
from polecam.organisation.models import Level
from polecam.people.permissions import Permission
from polecam.web.access import ADMINS, MANAGERS, door, takes
from polecam.web.pages.confirm import answers, forms, rows
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui.places import places
from polecam.web.ui.referral_labels import Labels

BOTH = require_http_methods(["GET", "HEAD", "POST"])
HOW: Labels = {
    "contract": gettext_lazy("by contract number"),
    "contact": gettext_lazy("by phone or e-mail"),
    "name": gettext_lazy("by name, day and seller"),
}
WHY: Labels = {
    "several": gettext_lazy("fits several sales, confirm it by hand"),
    "other_contract": gettext_lazy("the same person, but another contract number"),
    "nothing": gettext_lazy("no reported sale fits"),
    "confirmed": gettext_lazy("confirmed already"),
    "own": gettext_lazy("your own sale, someone else confirms it"),
    "unreadable": gettext_lazy("the row could not be read"),
}


@takes(vault.LIMIT)
@door("confirm:file", MANAGERS | ADMINS)
@BOTH
def upload(request: Request) -> HttpResponse:
    """Take the file; nothing is confirmed yet."""
    choice = places(request, Permission.IMPORT_SALES, (Level.BRANCH, Level.TEAM))
    form = forms.FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            job = imports.preview(
                by=request.user,
                at=datetime.now(UTC),
                branch=choice.chosen,
                kind="sales",
                filename=given.name,
                raw=intake.seal(given.chunks()),
            )
        except vault.TooLarge:
            answers.beside(form, Refused("file_too_large", field="file"))
        except Refused as error:
            answers.beside(form, error)
        else:
            address = reverse("confirm:preview", args=[job.public_id])
            return HttpResponseRedirect(address, status=303)
    context = {"form": form, "places": choice}
    return render(request, "confirm/file.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the preview, in words."""

    number: int
    name: str
    sub: str
    note: str
    margin_grosze: int
    reported: str = ""
    ticked: bool = False


@door("confirm:preview", MANAGERS | ADMINS)
@BOTH
def preview(request: Request, ref: str) -> HttpResponse:
    """The file's rows beside the reported sales; the POST confirms what was ticked."""
    try:
        job = sales_matching.find_file(request.user, ref)
    except Import.DoesNotExist:
        raise Http404 from None
    found = sales_matching.beside(request.user, job)
    ready = [item for item in found if item.sale and not item.reason]
    if request.method == "POST":
        picked = set(request.POST.getlist("line"))
        chosen = [item for item in ready if str(item.row.line) in picked]
        if chosen:
            return _confirm(request, chosen)
    everything = "all" in request.GET
    context = {
        "job": job,
        "ready": [_line(item, ticked=everything) for item in ready],
        "rest": [_line(item) for item in found if not item.sale or item.reason],
        "everything": everything,
        "none_ticked": request.method == "POST",
    }
    return render(
        request, "confirm/preview.html", context, status=422 if request.method == "POST" else 200
    )


def _confirm(request: Request, chosen: list[Found]) -> HttpResponse:
    matched = [
        sales_file.Matched(
            sale=item.sale,
            value_grosze=item.value_grosze,
            margin_grosze=item.margin_grosze,
            contract=item.row.contract,
        )
        for item in chosen
        if item.sale
    ]
    try:
        done, left = sales_file.confirm_from_file(
            by=request.user,  # a door lets people in only
            at=datetime.now(UTC),
            rows=matched,
        )
    except Refused as error:
        return answers.refused(request, error)
    said = ngettext("%(n)s sale confirmed.", "%(n)s sales confirmed.", len(done)) % {"n": len(done)}
    if left:
        said += " " + _("Some were confirmed by someone quicker.")
    return answers.back(request, said)


def _line(item: Found, *, ticked: bool = False) -> Line:
    row, sale = item.row, item.sale
    day = fmt.day(row.on) if row.on else ""
    parts = [row.contract, day, row.seller]
    reported = ""
    if sale and item.differs:
        reported = _("reported: margin %(amount)s") % {"amount": fmt.zl(sale.margin_grosze)}
    name = f"{row.first_name} {row.last_name}".strip()
    return Line(
        number=row.line,
        name=name or (rows.friend(sale) if sale else _("Row %(n)s") % {"n": row.line}),
        sub=" · ".join(part for part in parts if part),
        note=str(WHY[item.reason]) if item.reason else str(HOW[item.how]),
        margin_grosze=item.margin_grosze,
        reported=reported,
        ticked=ticked,
    )
