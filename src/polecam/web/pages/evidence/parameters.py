"""What the evidence counts with: each value, its source, its history, and the next one."""

from datetime import UTC, datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from polecam.actions.parameters import set_parameter
from polecam.insights import client_rewards
from polecam.insights.parameters import PARAMETERS, history, in_force, is_own
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_bounds
from polecam.organisation.models import Branch, Setting
from polecam.organisation.settings import KINDS
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.web.access import ADMINS, MANAGERS, door
from polecam.web.pages.evidence import parameter_words as words
from polecam.web.pages.referrals.forms import DayField
from polecam.web.types import Request
from polecam.web.ui.firm import firm
from polecam.web.ui.refusals import sentence_of


class Enter(forms.Form):
    """A new value, where it is from, and from which day on; empty: back to the default."""

    value = forms.DecimalField(
        label=gettext_lazy("Own value"),
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=2,
        localize=True,
        help_text=gettext_lazy("Empty: the default again."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    source = forms.CharField(
        label=gettext_lazy("Where is it from?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For example: cost report of marketing, 2nd quarter."),
    )
    starts = DayField(
        label=gettext_lazy("From the day"),
        required=False,
        help_text=gettext_lazy("Empty: from now on."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


@door("evidence:parameters", MANAGERS | ADMINS)
@require_safe
def overview(request: Request) -> HttpResponse:
    """All of them, as they hold for the firm or a branch (`?branch=`)."""
    branch, levels = level(request)
    found = in_force(datetime.now(UTC), business=firm().business, branch=branch)
    context = {"groups": words.groups(found), "levels": levels, "branch": branch}
    return render(request, "evidence/parameters.html", context)


@door("evidence:parameter", MANAGERS | ADMINS)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Request, key: str) -> HttpResponse:
    """One parameter: what it means, its history, and a form for its next value."""
    if key not in PARAMETERS:
        raise Http404
    branch, levels = level(request)
    at = datetime.now(UTC)
    held = in_force(at, business=firm().business, branch=branch).held[key]
    start = {"value": words.as_typed(key, held.value if held.own else None)}
    form = Enter(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid() and _entered(request, key, branch, form, at):
        messages.success(request, _("Saved. The earlier value stays on record."))
        return HttpResponseRedirect(_address("evidence:parameters", branch), status=303)
    rows = list(history(key, branch, at))
    people = {p.pk: p for p in Person.objects.filter(pk__in=[row.set_by_id for row in rows])}
    context = {
        "form": form,
        "line": words.line(held),
        "unit": words.unit(key),
        "past": [_past(row, people) for row in rows],
        "default": words.default_source(key),
        "given": client_rewards.average_given(at) if key == "client_reward_grosze" else None,
        "levels": levels,
        "branch": branch,
        "back": _address("evidence:parameters", branch),
    }
    return render(request, "evidence/parameter.html", context, status=422 if form.errors else 200)


def level(request: Request) -> tuple[Branch | None, list[tuple[str, str, bool]]]:
    """For whom a value is entered: the firm (None; the admin), or a branch (`?branch=`); and the
    choices as (id, name, is it chosen). Nothing to choose where there is one."""
    who = standing(request.user)
    ids = who.branches(Permission.ENTER_PARAMETERS)
    branches = list(Branch.objects.filter(pk__in=ids).order_by("name", "id"))
    asked = request.GET.get("branch", "")
    found = next((branch for branch in branches if branch.public_id == asked), None)
    whole = who.may(Permission.MANAGE_SETTINGS)
    if asked and found is None:
        raise Http404
    if found is None and not whole:
        if not branches:
            raise NotAllowed("not_allowed")
        found = branches[0]
    choices = [("", _("The whole firm"), found is None)] if whole else []
    choices += [(branch.public_id, branch.name, branch == found) for branch in branches]
    return found, choices if len(choices) > 1 else []


def _entered(request: Request, key: str, branch: Branch | None, form: Enter, at: datetime) -> bool:
    """Whether the value was written; else the form says what is wrong."""
    typed, starts = form.cleaned_data["value"], form.cleaned_data["starts"]
    hundredths = KINDS[key].unit in ("bp", "grosze")
    if typed is not None and not hundredths and typed != int(typed):
        form.add_error("value", sentence_of(Refused("setting_wrong_type")))
        return False
    value = None if typed is None else int(typed * 100 if hundredths else typed)
    zone = firm().zone
    if starts and day_bounds(starts, zone)[1] <= at:
        form.add_error("starts", _("Choose today or a later day."))
        return False
    try:
        set_parameter(
            by=request.user,
            at=at,
            key=key,
            value=value,
            source=form.cleaned_data["source"],
            branch=branch,
            valid_from=max(at, day_bounds(starts, zone)[0]) if starts else None,
        )
    except NotAllowed:
        raise
    except Refused as error:
        field = {"why": "source", "valid_from": "starts"}.get(error.field, error.field)
        form.add_error(field if field in form.fields else None, _bounds(key, error))
        return False
    return True


def _bounds(key: str, error: Refused) -> str:
    """Bounds in the unit that was typed."""
    if error.code != "setting_out_of_bounds":
        return sentence_of(error)
    kind = KINDS[key]
    return _("Choose a value from %(low)s to %(high)s.") % {
        "low": words.shown(key, kind.low),
        "high": words.shown(key, kind.high),
    }


def _past(row: Setting, people: dict[int, Person]) -> words.Past:
    author = people.get(row.set_by_id or 0)
    return words.Past(
        words.shown(row.key, row.value) if is_own(row) else _("the default again"),
        row.valid_from,
        row.branch.name if row.branch else _("the whole firm"),
        author.full_name if author else "",
        row.why,
    )


def _address(name: str, branch: Branch | None) -> str:
    return reverse(name) + (f"?branch={branch.public_id}" if branch else "")
