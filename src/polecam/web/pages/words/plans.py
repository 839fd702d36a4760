"""If-then plans: "when a client praises us, I say ...". Their seller alone reads them."""

from datetime import UTC, datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from polecam.actions import if_then
from polecam.asking import plans, setbacks
from polecam.kit.errors import NotAllowed, Refused
from polecam.web.access import SELLERS, door
from polecam.web.pages.today import why
from polecam.web.pages.words import labels
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of


class PlanForm(forms.Form):
    """A moment, and what one means to say then."""

    kind = forms.ChoiceField(label=gettext_lazy("When this happens"), required=False)
    then = forms.CharField(
        label=gettext_lazy("I say"),
        required=False,
        max_length=plans.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [("", _("Any good moment")), *why.nouns().items()]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]


@door("words:plan", SELLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: Request) -> HttpResponse:
    """Plans in force and a form for one (`?kind=praise`; `?page=ID` begins from the notebook)."""
    form = PlanForm(request.POST or None, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            if_then.plan(by=request.user, at=datetime.now(UTC), **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, sentence_of(error))
        else:
            messages.success(request, _("Planned. It waits for its moment, and only you see it."))
            return _back()
    rows = [(plan, _when(plan.moment_kind), plan.then) for plan in plans.of(request.user)]
    status = 422 if form.errors else 200
    return render(request, "words/plan.html", {"form": form, "plans": rows}, status=status)


@door("words:drop", SELLERS)
@require_POST
def drop(request: Request, plan: str) -> HttpResponse:
    """Gone for good."""
    found = plans.of(request.user).filter(public_id=plan).first()
    if found is None:
        raise Http404
    if_then.drop(by=request.user, at=datetime.now(UTC), plan=found)
    messages.success(request, _("Gone. Nothing is kept of it."))
    return _back()


def _initial(request: Request) -> dict[str, str]:
    found = {"kind": request.GET.get("kind", "")}
    page = setbacks.of(request.user).filter(public_id=request.GET.get("page", "")).first()
    if page:
        found["then"] = page.then_do[: plans.LONGEST]
    return found


def _when(kind: str) -> str:
    return labels.kind(kind) if kind else _("Any good moment")


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("words:plan"), status=303)
