"""Four eyes: one person submits a draft, a second one publishes it or gives it back."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from polecam.actions import plan_publishing
from polecam.bonuses.models import PlanVersion
from polecam.bonuses.planning import queries as plan_queries
from polecam.bonuses.planning.draft import DraftVersion, Severity
from polecam.kit.errors import NotAllowed, Refused
from polecam.web.access import door
from polecam.web.pages.money import plans
from polecam.web.pages.plans import editor
from polecam.web.pages.plans.doors import PLANNERS, WRITERS, approvers, visible, written_by
from polecam.web.pages.plans.readers import moment
from polecam.web.pages.referrals.forms import RefusableForm
from polecam.web.types import Request
from polecam.web.ui import plan_terms as terms
from polecam.web.ui.plan_changes import told as changes_told
from polecam.web.ui.plan_problems import told
from polecam.web.ui.refusals import sentence_of


class ReasonForm(RefusableForm):
    """Why a draft goes back to its writer."""

    reason = forms.CharField(
        label=gettext_lazy("What should change?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def facts(version: PlanVersion, at: datetime) -> dict[str, Any]:
    """What both people look at: the rules in words, what changes, what is wrong or risky."""
    draft = plan_queries.draft_of(version)
    base = editor.base_of(version)
    found = plan_queries.problems_of(version, at, draft)
    said = [(problem.severity, _placed(problem, draft)) for problem in found]
    return {
        "version": version,
        "plan": version.plan,
        "base": base,
        "rules": plans.rules(draft),
        "terms": terms.sentences(draft),
        "changes": changes_told(plan_queries.draft_of(base), draft) if base else [],
        "errors": [text for severity, text in said if severity is Severity.ERROR],
        "warnings": [text for severity, text in said if severity is Severity.WARNING],
    }


def _placed(problem: Any, draft: DraftVersion) -> str:
    if problem.position is None:
        return told(problem)
    component = draft.components[problem.position - 1]
    said = {"n": problem.position, "what": told(problem, component)}
    return _("Rule %(n)s. %(what)s") % said


@door("plans:submit", WRITERS)
@require_http_methods(["GET", "POST"])
def submit(request: Request, ref: str) -> HttpResponse:
    """The last look of the writer; POST asks a second person to publish it."""
    version = written_by(request.user, ref)
    if version.published_at or version.submitted_at:
        return redirect("plans:approve", version.public_id)
    at, refused = datetime.now(UTC), ""
    if request.method == "POST":
        try:
            plan_publishing.submit(by=request.user, at=at, version=version)
        except NotAllowed:
            raise
        except Refused as error:
            refused = sentence_of(error)
        else:
            messages.success(request, _("Sent. A second person looks at it now."))
            return redirect("plans:approve", version.public_id)
    names = [person.full_name for person in approvers(version, but=request.user)]
    context = facts(version, at) | {"approvers": names, "refused": refused}
    return render(request, "plans/submit.html", context, status=422 if refused else 200)


@door("plans:withdraw", WRITERS)
@require_POST
def withdraw(request: Request, ref: str) -> HttpResponse:
    """Take a submitted draft back, to write on."""
    version = written_by(request.user, ref)
    plan_publishing.withdraw(by=request.user, at=datetime.now(UTC), version=version)
    messages.success(request, _("It is a draft again."))
    return redirect("plans:edit", version.public_id)


@door("plans:approve", PLANNERS)
@require_http_methods(["GET", "POST"])
def approve(request: Request, ref: str) -> HttpResponse:
    """A submitted draft in words; POST by a second person publishes it."""
    version = visible(request.user, ref)
    refused = ""
    if request.method == "POST":
        seen = moment(request.POST.get("seen", ""))
        try:
            plan_publishing.approve(
                by=request.user, at=datetime.now(UTC), version=version, seen=seen
            )
        except NotAllowed:
            raise
        except Refused as error:
            refused = sentence_of(error)
        else:
            messages.success(request, _("Published. The team can read it now."))
            return published_at_last(version)
    return _waiting(request, version, ReasonForm(), refused)


@door("plans:send_back", PLANNERS)
@require_POST
def send_back(request: Request, ref: str) -> HttpResponse:
    """Give a submitted draft back to its writer, with a reason."""
    version = visible(request.user, ref)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            plan_publishing.send_back(
                by=request.user,
                at=datetime.now(UTC),
                version=version,
                reason=form.cleaned_data["reason"],
            )
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, _("Given back, with your words."))
            return redirect("plans:list")
    return _waiting(request, version, form, "")


def _waiting(
    request: Request, version: PlanVersion, form: ReasonForm, refused: str
) -> HttpResponse:
    if version.published_at:
        return published_at_last(version)
    if not version.submitted_at:
        return redirect("plans:edit", version.public_id)
    context = facts(version, datetime.now(UTC)) | {
        "form": form,
        "refused": refused,
        "may_approve": plan_queries.may_approve(request.user, version),
        "may_write": plan_queries.may_write(request.user, version.plan),
        "approvers": [p.full_name for p in approvers(version, but=version.submitted_by)],
        "seen": version.submitted_at.isoformat(),
    }
    return render(
        request, "plans/approve.html", context, status=422 if refused or form.errors else 200
    )


def published_at_last(version: PlanVersion) -> HttpResponse:
    """To the page on which everybody reads a published version."""
    response = redirect("money:plan")
    response["Location"] += f"?v={version.public_id}"
    return response
