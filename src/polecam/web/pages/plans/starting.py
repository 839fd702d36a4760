"""A version begins: from what holds, from a template or empty; or a further plan is founded."""

from datetime import UTC, datetime

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from polecam.actions import plan_drafts
from polecam.bonuses.models import Plan, PlanVersion
from polecam.bonuses.planning import queries as plan_queries
from polecam.bonuses.planning import templates
from polecam.kit.errors import Refused
from polecam.organisation.models import Branch
from polecam.organisation.settings import currency
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.web.access import door
from polecam.web.pages.plans import line
from polecam.web.pages.plans.doors import WRITERS
from polecam.web.pages.referrals.forms import RefusableForm
from polecam.web.types import Request
from polecam.web.ui import plan_sentences as sentences

NAMES = {
    "bank": (gettext_lazy("Bank branch"), gettext_lazy("small first steps, a part of the margin")),
    "insurance": (
        gettext_lazy("Insurance agency"),
        gettext_lazy("a part of the premium now, a part once the policy stays"),
    ),
    "estate": (
        gettext_lazy("Real-estate office"),
        gettext_lazy("a growing part of the commission"),
    ),
    "telco": (
        gettext_lazy("Telco shop"),
        gettext_lazy("for each activation, half of it once it stays"),
    ),
    "cars": (
        gettext_lazy("Car dealer"),
        gettext_lazy("a test drive, a sold car, help for colleagues"),
    ),
    "b2b": (gettext_lazy("B2B team"), gettext_lazy("margin, references, help for colleagues")),
    "other": (gettext_lazy("Another firm"), gettext_lazy("three plain sentences to begin with")),
}
FURTHER = "further"


class StartForm(RefusableForm):
    """For which plan, from what, under which name if it is new."""

    beside = {"plan": "plan", "template": "source", "name": "name", "copy_of": "source"}
    plan = forms.ChoiceField(label=gettext_lazy("Which plan?"), widget=forms.RadioSelect)
    source = forms.ChoiceField(label=gettext_lazy("Begin from"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=gettext_lazy("Name of the plan"),
        help_text=gettext_lazy("Only for a plan that is new."),
        max_length=80,
        required=False,
    )


def places(person: Person) -> dict[str, tuple[Plan | None, Branch | None, str]]:
    """Key -> (the plan, or None for one to be founded; its branch; words), where one may write."""
    found: dict[str, tuple[Plan | None, Branch | None, str]] = {}
    plans = plan_queries.visible_plans(person).select_related("branch")
    for plan in plans:
        if plan_queries.may_write(person, plan):
            words = f"{plan.name} ({line.covers(plan)})"
            found[plan.public_id] = (plan, plan.branch, words)
    founded = {plan.branch_id for plan in plans if plan.covers_all}
    able = standing(person)
    for branch in Branch.objects.filter(pk__in=able.branches(Permission.WRITE_PLAN)):
        if branch.pk not in founded:
            words = _("A plan of its own for %(branch)s") % {"branch": branch.name}
            found[f"branch-{branch.public_id}"] = (None, branch, words)
    if able.may(Permission.MANAGE_PLANS):
        if None not in founded:
            found["firm"] = (None, None, _("A plan for the whole firm"))
        found[FURTHER] = (None, None, _("A further plan, for those it is assigned to"))
    return found


def sources(newest: PlanVersion | None) -> list[tuple[str, object]]:
    """What a draft may begin from."""
    copies = [("copy", _("What holds now or comes next"))] if newest else []
    return [
        *copies,
        *((code, NAMES[code][0]) for code in templates.CODES),
        ("empty", _("An empty page")),
    ]


@door("plans:new", WRITERS)
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Choose the plan and where its draft begins; `?plan=` chooses the plan already."""
    at, person = datetime.now(UTC), request.user
    found = places(person)
    asked = request.GET.get("plan", "")
    first = asked if asked in found else next(iter(found), "")
    versions = PlanVersion.objects.filter(
        plan__in=[plan.pk for plan, _b, _w in found.values() if plan], published_at__isnull=False
    )
    newest = {v.plan_id: v for v in versions.order_by("valid_from")}
    chosen = found[first][0] if first else None
    start = newest.get(chosen.pk) if chosen else None
    form = StartForm(
        request.POST or None, initial={"plan": first, "source": "copy" if start else "bank"}
    )
    form.fields["plan"].choices = [(key, words) for key, (_p, _b, words) in found.items()]  # type: ignore[attr-defined]
    form.fields["source"].choices = sources(next(iter(newest.values()), None))  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            version = _begin(person, at, form, found, newest)
        except Refused as error:
            form.refuse(error)
        else:
            return redirect("plans:edit", version.public_id)
    drafts = {code: templates.build(code, at, currency=currency()) for code in templates.CODES}
    shown = {
        code: [sentences.sentence(one, one.bands) for one in draft.components]
        for code, draft in drafts.items()
    }
    context = {
        "form": form,
        "notes": {code: str(about) for code, (_name, about) in NAMES.items()},
        "samples": [(str(NAMES[code][0]), said) for code, said in shown.items()],
    }
    return render(request, "plans/new.html", context, status=422 if form.errors else 200)


def _begin(
    person: Person,
    at: datetime,
    form: StartForm,
    found: dict[str, tuple[Plan | None, Branch | None, str]],
    newest: dict[int, PlanVersion],
) -> PlanVersion:
    data = form.cleaned_data
    plan, branch, _words = found[data["plan"]]
    name, source = data["name"].strip(), data["source"]
    template = source if source in templates.CODES else ""
    if data["plan"] == FURTHER:
        return plan_drafts.found(by=person, at=at, branch=None, name=name, template=template)
    copy = newest.get(plan.pk) if plan and source == "copy" else None
    if source == "copy" and copy is None:
        copy = next(iter(newest.values()), None)
    return plan_drafts.start(
        by=person,
        at=at,
        branch=branch,
        plan=plan,
        name=name or _("Bonus plan"),
        template=template,
        copy_of=copy,
    )
