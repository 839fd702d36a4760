"""The editor of a draft: shown, saved, let go. What was typed is never lost."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from polecam.actions import plan_drafts
from polecam.actions.plan_drafts import save as keep
from polecam.bonuses.models import PlanVersion
from polecam.kit.errors import NotAllowed, Refused
from polecam.web.access import door
from polecam.web.pages.plans import editor, line
from polecam.web.pages.plans.doors import WRITERS, approvers, written_by
from polecam.web.pages.plans.readers import moment
from polecam.web.pages.plans.typed import Reading, Typed, posted
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of


@door("plans:edit", WRITERS)
@require_http_methods(["GET", "POST"])
def edit(request: Request, ref: str) -> HttpResponse:
    """A draft with slots; POST saves it as typed, and says what is still to mend."""
    version = written_by(request.user, ref)
    if version.published_at or version.submitted_at:
        return _elsewhere(version)
    if request.method == "POST":
        return save(request, version, then="plans:edit")
    typed, reading = editor.stored(version)
    return shown(request, version, typed, reading)


@door("plans:ready", WRITERS)
@require_POST
def ready(request: Request, ref: str) -> HttpResponse:
    """Save what is typed, then look at the whole before it is submitted."""
    version = written_by(request.user, ref)
    if version.published_at or version.submitted_at:
        return _elsewhere(version)
    return save(request, version, then="plans:submit")


def save(request: Request, version: PlanVersion, *, then: str) -> HttpResponse:
    """Keep what is typed and go on; what cannot be kept stands at its slot, with what was typed."""
    typed = posted(request.POST)
    reading = editor.typed_as(typed, version)
    if reading.errors:
        return shown(request, version, typed, reading, status=422, saved=False)
    try:
        keep(
            by=request.user,
            at=datetime.now(UTC),
            version=version,
            draft=editor.unsaved(version, reading),
            seen=moment(request.POST.get("seen", "")),
        )
    except NotAllowed:
        raise
    except Refused as error:
        refused = [(error.field, sentence_of(error))]
        return shown(request, version, typed, reading, refused=refused, status=422, saved=False)
    if then == "plans:edit":
        messages.success(request, _("The draft is saved."))
    return redirect(then, version.public_id)


def shown(
    request: Request,
    version: PlanVersion,
    typed: Typed,
    reading: Reading,
    *,
    refused: Iterable[tuple[str, str]] = (),
    status: int = 200,
    saved: bool = True,
) -> HttpResponse:
    """The editor around what is typed."""
    at = datetime.now(UTC)
    context = editor.context(version, typed, reading, at=at, refused=refused, saved=saved)
    context |= {
        "line": line.of_plan(version.plan, at=at, shown=version),
        "approvers": [p.full_name for p in approvers(version, but=request.user)],
        "kinds": line.kinds(),
        "changed_words": changes_said(context["changes"]),
    }
    return render(request, "plans/edit.html", context, status=status)


def changes_said(n: int) -> str:
    """`2 zmiany`; nothing where nothing changed."""
    return ngettext("%(n)s change", "%(n)s changes", n) % {"n": n} if n else ""


@door("plans:discard", WRITERS)
@require_http_methods(["GET", "POST"])
def discard(request: Request, ref: str) -> HttpResponse:
    """Let a draft go, after one question."""
    version = written_by(request.user, ref)
    if version.published_at or version.submitted_at:
        return _elsewhere(version)
    if request.method == "POST":
        plan_drafts.discard(by=request.user, at=datetime.now(UTC), version=version)
        messages.success(request, _("The draft is gone. What is in force stays as it is."))
        return redirect("plans:list")
    return render(request, "plans/discard.html", {"version": version, "plan": version.plan})


def _elsewhere(version: PlanVersion) -> HttpResponse:
    """A submitted draft waits for approval; a published version is read."""
    if version.published_at:
        response = redirect("money:plan")
        response["Location"] += f"?v={version.public_id}"
        return response
    return redirect("plans:approve", version.public_id)
