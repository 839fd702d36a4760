"""The page of what one may take along, and the file itself."""

from datetime import UTC, datetime

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from polecam.actions import exports
from polecam.insights.export_rows import Scene
from polecam.insights.exports import counted, sheets_for
from polecam.kit.periods import day_of
from polecam.web.access import ANYONE, door
from polecam.web.limits import limited
from polecam.web.pages.exports import files, words
from polecam.web.types import Request
from polecam.web.ui.firm import firm

AN_HOUR = 3_600
MOST_AN_HOUR = 20


def who(request: Request, **_: object) -> str:
    """Whose limit it is."""
    return str(request.user.pk)


@door("exports:exports", ANYONE)
@require_safe
def overview(request: Request) -> HttpResponse:
    """Every list the person may take along; nothing is counted or read yet."""
    sheets = [(sheet.key, *words.SHEETS[sheet.key]) for sheet in sheets_for(request.user)]
    return render(request, "exports/exports.html", {"sheets": sheets})


@door("exports:file", ANYONE)
@require_POST
@limited("export", (MOST_AN_HOUR, AN_HOUR), by=who)
def file(request: Request) -> HttpResponse:
    """One list, or all of them, as CSV or XLSX. A POST, because it is written down."""
    form, wanted = request.POST.get("form", ""), request.POST.get("what", "")
    sheets = [one for one in sheets_for(request.user) if wanted in ("all", one.key)]
    if not sheets or form not in exports.FORMS:
        raise Http404
    at = datetime.now(UTC)
    scene = Scene(request.user, at, firm().zone)
    found = [(sheet, *counted(sheet, scene)) for sheet in sheets]
    exports.made(
        by=request.user,
        at=at,
        sheets=[sheet.key for sheet in sheets],
        form=form,
        rows=sum(count for _sheet, count, _rows in found),
    )
    pieces, kind, name = files.written(found, form, day_of(at, scene.zone))
    response = StreamingHttpResponse(pieces, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response  # type: ignore[return-value] # as good as one to every door
