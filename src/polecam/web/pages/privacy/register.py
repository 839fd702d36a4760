"""The register of processing activities (GDPR 30): read, or handed over as Markdown or CSV."""

import csv
import io
from datetime import UTC, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from polecam.insights.register import entries
from polecam.kit.periods import day_of
from polecam.organisation.settings import organisation
from polecam.privacy.notice import officer_contact
from polecam.web.access import OFFICERS, door
from polecam.web.pages.privacy.register_words import COLUMNS, SECURITY, Line, lines
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui.firm import firm

FORMS = {"md": "text/markdown; charset=utf-8", "csv": "text/csv; charset=utf-8"}


@door("privacy:register", OFFICERS)
@require_safe
def page(request: Request) -> HttpResponse:
    """Controller, officer, and each activity with purpose, people, data, recipients, periods."""
    context = {**_head(), "lines": lines(entries(datetime.now(UTC))), "security": SECURITY}
    return render(request, "privacy/register.html", context)


@door("privacy:register_file", OFFICERS)
@require_safe
def file(request: Request, form: str) -> HttpResponse:
    """The same as a file."""
    if form not in FORMS:
        raise Http404
    now = datetime.now(UTC)
    found = lines(entries(now))
    body = _markdown(found) if form == "md" else _csv(found)
    response = HttpResponse(body, content_type=FORMS[form])
    day = day_of(now, firm().zone).isoformat()
    response["Content-Disposition"] = f'attachment; filename="register-{day}.{form}"'
    return response


def _head() -> dict[str, str]:
    held = organisation()
    return {
        "controller": f"{held.name}, {held.address}" if held.address else held.name,
        "officer": held.privacy_contact or officer_contact(),
    }


def _markdown(found: list[Line]) -> str:
    head = _head()
    title, as_of = _("Register of processing activities"), _("As of")
    controller, officer = _("Controller"), _("Data protection officer")
    text = [
        f"# {title}",
        "",
        f"{controller}: {head['controller']}  ",
        f"{officer}: {head['officer']}  ",
        f"{as_of}: {fmt.day(datetime.now(UTC))}",
        "",
    ]
    for line in found:
        text += [f"## {line.title}", ""]
        cells = zip(COLUMNS[1:], line.cells[1:], strict=True)
        text += [f"- **{label}**: {cell}" for label, cell in cells]
        text += [""]
    measures = _("Security measures")
    text += [f"## {measures}", ""]
    text += [f"- {measure}" for measure in SECURITY]
    return "\n".join(text) + "\n"


def _csv(found: list[Line]) -> str:
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow([_("Controller"), _("Data protection officer"), *map(str, COLUMNS)])
    head = _head()
    for line in found:
        writer.writerow([head["controller"], head["officer"], *line.cells])
    return "\ufeff" + sheet.getvalue()
