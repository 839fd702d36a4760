"""Rewards: the catalogue and budgets (admin), what waits for a decision, a year for the books."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polecam.actions import rewards
from polecam.insights import client_rewards
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.organisation.models import Branch
from polecam.people.permissions import Permission, standing
from polecam.thanks import presets, queries
from polecam.thanks.models import Reward
from polecam.web.access import ADMINS, MANAGERS, door
from polecam.web.pages.rewards import words
from polecam.web.pages.rewards.forms import BudgetForm, RewardForm, StockForm, TaxForm
from polecam.web.types import Request
from polecam.web.ui.firm import firm
from polecam.web.ui.refusals import sentence_of

DECIDERS = MANAGERS | ADMINS
BOTH = require_http_methods(["GET", "HEAD", "POST"])


def require_on(request: Request) -> datetime:
    """Now; nothing is here while rewards are off: Http404."""
    at = datetime.now(UTC)
    if not queries.on_anywhere(at=at):
        raise Http404
    return at


@door("rewards:list", DECIDERS)
@require_safe
def list_(request: Request) -> HttpResponse:
    """What waits for a decision or to be handed over, budgets, and (admin) the catalogue."""
    at, person = require_on(request), request.user
    who, places = standing(person), client_rewards.places(person)
    year = day_of(at, firm().zone).year
    waiting = [words.waits(one) for one in client_rewards.waiting(person)]
    context: dict[str, Any] = {
        "year": year,
        "asked": [one for one in waiting if one.asked],
        "approved": [one for one in waiting if not one.asked],
        "settled": [words.waits(one) for one in client_rewards.settled(person)],
        "budgets": [words.budget(one) for one in client_rewards.budgets(places, year)],
        "manages": who.may(Permission.MANAGE_REWARDS),
    }
    if context["manages"]:
        used = queries.managed_by(person)
        known = {(one.side, one.title_pl) for one in used}
        context |= {
            "catalogue": [words.line(one) for one in used.order_by("side", "value_grosze", "id")],
            "presets": [
                words.preset(code, one)
                for code, one in presets.for_business(firm().business).items()
                if (one.side, one.title_pl) not in known
            ],
        }
    return render(request, "rewards/list.html", context)


@door("rewards:new", ADMINS)
@BOTH
def new(request: Request) -> HttpResponse:
    """One reward more. The warning about size stands beside its worth, with its source."""
    at = require_on(request)
    form = RewardForm(request.POST or None, branches=_branches(request))
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        said["branch"] = form.branches.get(said["branch"])
        at_once = said.pop("at_once")
        grosze = said.pop("value")
        try:
            rewards.add(
                by=request.user, at=at, value_grosze=grosze, needs_approval=not at_once, **said
            )
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, _("It is in the catalogue. Clients see it on their card."))
            return _back()
    most = settings.value("reward_most_grosze", at=at)
    context = {"form": form, "most": most}
    return render(request, "rewards/new.html", context, status=422 if form.errors else 200)


@door("rewards:preset", ADMINS)
@require_POST
def preset(request: Request) -> HttpResponse:
    """Take a starting point into the catalogue."""
    at = require_on(request)
    try:
        made = rewards.add_preset(by=request.user, at=at, code=request.POST.get("preset", ""))
    except NotAllowed:
        raise
    except Refused as error:
        messages.error(request, sentence_of(error))
    else:
        if made:
            messages.success(request, _("It is in the catalogue. Decide about its tax class."))
    return _back()


@door("rewards:reward", ADMINS)
@BOTH
def reward(request: Request, ref: str) -> HttpResponse:
    """How many are left, its tax class; or (POST `end`) it leaves the catalogue."""
    at = require_on(request)
    found = queries.managed_by(request.user).filter(public_id=ref).first()
    if found is None:
        raise Http404
    said = request.POST if request.method == "POST" else None
    stock = "" if found.stock is None else str(found.stock)
    forms = {
        "stock_form": StockForm(
            said if said and "stock" in said else None, initial={"stock": stock}
        ),
        "tax_form": TaxForm(
            said if said and "tax_class" in said else None,
            initial={"tax_class": found.tax_class},
        ),
    }
    if said is not None and _changed(request, found, forms, at):
        return _back()
    bad = any(form.errors for form in forms.values())
    context = {"line": words.line(found), "ended": found.ended_at is not None, **forms}
    return render(request, "rewards/reward.html", context, status=422 if bad else 200)


def _changed(request: Request, found: Reward, forms: dict[str, Any], at: datetime) -> bool:
    """Do what was sent; whether it was done."""
    by, stock, tax = request.user, forms["stock_form"], forms["tax_form"]
    if "end" in request.POST:
        rewards.end(by=by, at=at, reward=found)
        messages.success(request, _("It left the catalogue. What was promised stands."))
        return True
    try:
        if stock.is_valid():
            rewards.restock(by=by, at=at, reward=found, stock=stock.cleaned_data["stock"])
        elif tax.is_valid():
            chosen = tax.cleaned_data["tax_class"]
            rewards.classify(by=by, at=at, reward=found, tax_class=chosen)
        else:
            return False
    except Refused as error:
        (stock if stock.is_bound else tax).refuse(error)
        return False
    messages.success(request, _("Noted."))
    return True


@door("rewards:budget", ADMINS)
@BOTH
def budget(request: Request) -> HttpResponse:
    """What a branch may give in this year or the next."""
    at, person = require_on(request), request.user
    branches = _branches(request)
    places = [one.pk for one in branches]
    year = day_of(at, firm().zone).year
    form = BudgetForm(request.POST or None, branches=branches, years=[year, year + 1])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            rewards.set_budget(
                by=person,
                at=at,
                branch=form.branches[said["branch"]],
                year=said["year"],
                grosze=said["amount"],
            )
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, _("The budget is set."))
            return _back()
    rows = client_rewards.budgets(places, year)
    context = {"form": form, "budgets": [words.budget(one) for one in rows], "year": year}
    return render(request, "rewards/budget.html", context, status=422 if form.errors else 200)


def _branches(request: Request) -> list[Branch]:
    """Branches in which the person manages rewards."""
    places = standing(request.user).branches(Permission.MANAGE_REWARDS)
    return list(Branch.objects.filter(pk__in=places).order_by("name", "id"))


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("rewards:list"), status=303)
