"""One import: preview, progress, result; reading only."""

from datetime import UTC, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polecam.imports import queries, rejects
from polecam.imports.models import Import, ImportState
from polecam.imports.reasons import PROBLEMS, reason
from polecam.imports.reasons import column as column_name
from polecam.web.access import ADMINS, MANAGERS, door
from polecam.web.pages.imports import preview
from polecam.web.types import Request

REJECTED_SHOWN = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def found(request: Request, ref: str) -> Import:
    """The import with this public id, if the person may know of it. Raises Http404."""
    try:
        return queries.find(request.user, ref)
    except Import.DoesNotExist:
        raise Http404 from None


def own(request: Request, ref: str) -> Import:
    """An import the person uploaded: its rows are shown to nobody else. Raises Http404."""
    job = found(request, ref)
    if job.by_id != request.user.pk:
        raise Http404
    return job


@door("imports:one", MANAGERS | ADMINS)
@require_safe
def one(request: Request, ref: str) -> HttpResponse:
    """The import where it is: preview, progress or result."""
    job = found(request, ref)
    context = {"job": job, "own": job.by_id == request.user.pk}
    if job.state in (ImportState.QUEUED, ImportState.RUNNING):
        return render(request, "imports/running.html", context | progress_of(job))
    if job.state == ImportState.PREVIEW and context["own"] and not job.upload.deleted_at:
        more = preview.context(job, at=datetime.now(UTC))
        return render(request, "imports/preview.html", context | more)
    return render(request, "imports/result.html", context | result_of(job))


@door("imports:progress", MANAGERS | ADMINS)
@require_safe
def progress(request: Request, ref: str) -> HttpResponse:
    """The bar alone, asked for every second."""
    job = found(request, ref)
    return render(request, "imports/bar.html", {"job": job} | progress_of(job))


def progress_of(job: Import) -> dict[str, object]:
    """How far it is."""
    done = job.created + job.updated + job.unchanged + job.rejected
    going = job.state in (ImportState.QUEUED, ImportState.RUNNING)
    return {"done": done, "going": going}


def result_of(job: Import) -> dict[str, object]:
    """Counts, and the first rejected rows."""
    rows = [
        (row.line, column_name(row.column), reason(row.reason))
        for row in queries.rejected(job, REJECTED_SHOWN)
    ]
    return {
        "problem": PROBLEMS.get(job.problem, ""),
        "rows": rows,
        "more": max(0, job.rejected - len(rows)),
        "waits": job.dry_run and job.state == ImportState.DONE and not job.upload.deleted_at,
    }


@door("imports:rejected_csv", MANAGERS | ADMINS)
@require_safe
def rejected_csv(request: Request, ref: str) -> HttpResponse:
    """The rejected rows as CSV."""
    job = own(request, ref)
    return _file(
        rejects.as_csv(job, preview.mapped_headings(job)), "text/csv; charset=utf-8", "csv"
    )


@door("imports:rejected_xlsx", MANAGERS | ADMINS)
@require_safe
def rejected_xlsx(request: Request, ref: str) -> HttpResponse:
    """The rejected rows as a workbook."""
    job = own(request, ref)
    return _file(rejects.as_xlsx(job, preview.mapped_headings(job)), XLSX, "xlsx")


def _file(content: bytes, kind: str, end: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="polecam-rejected.{end}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
