"""What is done with an import; each view calls one action."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from polecam.actions import imports
from polecam.files import vault
from polecam.imports import queries
from polecam.imports.models import Import, ImportState
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation.models import Branch, Level
from polecam.organisation.queries import open_places
from polecam.people.permissions import Permission, standing
from polecam.web.access import ADMINS, MANAGERS, door, takes
from polecam.web.pages.imports import preview, reading
from polecam.web.pages.imports.forms import UploadForm
from polecam.web.pages.imports.sealing import SealedFile, SealingHandler
from polecam.web.pages.imports.views import found, own
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of

LAST = 20


def to(job: Import) -> HttpResponse:
    """To the page of the import."""
    return HttpResponseRedirect(reverse("imports:one", args=[job.public_id]), status=303)


@takes(vault.LIMIT)
@csrf_exempt  # the token is checked in `_list`, once the handler of uploads is in its place
@door("imports:list", MANAGERS | ADMINS)
@require_http_methods(["GET", "HEAD", "POST"])
def list_(request: Request) -> HttpResponse:
    """Past imports, and the door for the next file."""
    handler = SealingHandler(request)
    request.upload_handlers = [handler]
    try:
        return _list(request, handler)
    finally:
        handler.upload_interrupted()  # a body that broke off


@csrf_protect
def _list(request: Request, handler: SealingHandler) -> HttpResponse:
    ids = standing(request.user).branches(Permission.IMPORT_CLIENTS)
    homes = open_places(ids, standing(request.user).on).exclude(level=Level.REGION)
    branches = list(homes)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*given, branches=branches)
    if request.method == "POST":
        job = _taken(request, form, branches, handler)
        if job:
            return to(job)
    jobs = queries.visible_to(request.user).order_by("-id")[:LAST]
    may_feed = standing(request.user).may(Permission.MANAGE_FEEDS)
    context = {"form": form, "jobs": jobs, "may_feed": may_feed}
    return render(request, "imports/list.html", context, status=422 if form.errors else 200)


def _taken(
    request: Request, form: UploadForm, branches: list[Branch], handler: SealingHandler
) -> Import | None:
    """The import of a valid upload. Whatever is refused leaves no file behind."""
    sealed = request.FILES.get("file")
    raw = sealed.raw if isinstance(sealed, SealedFile) else ""
    if not form.is_valid():
        if handler.trouble:
            form.errors.pop("file", None)
            form.add_error("file", sentence_of(Refused(handler.trouble)))
        if raw:
            vault.remove(raw)
        return None
    data = form.cleaned_data
    branch = next(b for b in branches if b.public_id == data["branch"])
    try:
        return imports.preview(
            by=request.user,
            at=datetime.now(UTC),
            branch=branch,
            kind=data["kind"],
            filename=data["file"].name,
            raw=raw,
        )
    except NotAllowed:
        raise
    except Refused as error:
        form.add_error("file", sentence_of(error))
        return None


def _tried(request: Request, job: Import, act: Callable[[], Import]) -> HttpResponse:
    """Do it and go to the import; after a refusal the preview stands as it was filled in."""
    try:
        return to(act())
    except NotAllowed:
        raise
    except Refused as error:
        messages.error(request, sentence_of(error))
    if job.state != ImportState.PREVIEW or job.upload.deleted_at or "owners" not in request.POST:
        return to(job)
    said = preview.chosen(job, request.POST)
    job.mapping = said.pop("mapping")
    job.options = {**job.options, **said}
    context = {"job": job, "own": True} | preview.context(job, at=datetime.now(UTC))
    return render(request, "imports/preview.html", context, status=422)


@door("imports:adjust", MANAGERS | ADMINS)
@require_POST
def adjust(request: Request, ref: str) -> HttpResponse:
    """Keep the corrected columns, or read the file another way, and look again."""
    job = own(request, ref)
    return _tried(request, job, lambda: _adjusted(request, job))


def _adjusted(request: Request, job: Import) -> Import:
    return imports.adjust(
        by=request.user,
        at=datetime.now(UTC),
        job=job,
        choice=reading.choice(job, request.POST),
        **preview.chosen(job, request.POST),
    )


@door("imports:rehearse", MANAGERS | ADMINS)
@require_POST
def rehearse(request: Request, ref: str) -> HttpResponse:
    """Everything but the writing."""
    return _start(request, ref, dry_run=True)


@door("imports:start", MANAGERS | ADMINS)
@require_POST
def start(request: Request, ref: str) -> HttpResponse:
    """For real."""
    return _start(request, ref, dry_run=False)


def _start(request: Request, ref: str, *, dry_run: bool) -> HttpResponse:
    """From the preview with its columns; after a rehearsal as they stood.

    Whoever also asked to read the file another way sees first what that gives.
    """
    job, at = own(request, ref), datetime.now(UTC)
    if "owners" in request.POST and reading.choice(job, request.POST) != imports.Choice():
        messages.info(request, _("The file is read as you asked. Look once more, then import."))
        return _tried(request, job, lambda: _adjusted(request, job))
    chosen = preview.chosen(job, request.POST) if "owners" in request.POST else {}
    return _tried(
        request,
        job,
        lambda: imports.start(by=request.user, at=at, job=job, dry_run=dry_run, **chosen),
    )


@door("imports:cancel", MANAGERS | ADMINS)
@require_POST
def cancel(request: Request, ref: str) -> HttpResponse:
    """Stop it, or forget the file."""
    job = found(request, ref)
    imports.cancel(by=request.user, at=datetime.now(UTC), job=job)
    messages.success(request, _("Stopped. The file is deleted."))
    return HttpResponseRedirect(reverse("imports:list"), status=303)
