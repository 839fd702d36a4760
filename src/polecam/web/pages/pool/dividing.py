"""The boss divides the pool: first how it would be divided, then the word."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from polecam.actions import pool as actions
from polecam.bonuses.pool import ledger as pool_ledger
from polecam.insights.pool_division import division
from polecam.kit.errors import Refused
from polecam.organisation.models import Level
from polecam.people.permissions import Permission
from polecam.web.access import MANAGERS, door
from polecam.web.pages.pool import words
from polecam.web.pages.pool.forms import DivideForm
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui.places import places


@door("pool:divide", MANAGERS)
@require_http_methods(["GET", "POST"])
def divide(request: Request) -> HttpResponse:
    """`?amount=` shows the parts; POST divides, if the pool is still as it was looked at."""
    at = datetime.now(UTC)
    choice = places(request, Permission.SHARE_OUT_POOL, (Level.BRANCH,))
    branch = choice.chosen
    held = pool_ledger.balance(branch.pk)
    typed = {"amount": fmt.amount(held)}
    form = DivideForm(request.POST or (request.GET if "amount" in request.GET else typed))
    valid = form.is_valid()
    if valid and request.method == "POST":
        try:
            payout = actions.share_out(
                by=request.user,
                at=at,
                branch=branch,
                amount_grosze=form.cleaned_data["amount"],
                seen_grosze=_number(request.POST.get("seen", "")),
            )
        except Refused as error:
            form.refuse(error)
            held = pool_ledger.balance(branch.pk)
        else:
            done = _("%(amount)s gross are the sellers' now, payable with the next payroll.")
            messages.success(request, done % {"amount": fmt.zl(payout.amount_grosze)})
            return HttpResponseRedirect(reverse("pool:story"), status=303)
    amount = form.cleaned_data.get("amount", 0) if valid else 0
    fits = 0 < amount <= held
    if valid and held and not fits and not form.errors:
        form.refuse(Refused("pool_amount", field="amount"))
    divided = division(branch.pk, amount if fits else 0, at=at)
    context = {
        "places": choice,
        "form": form,
        "held": held,
        "amount": amount if fits else 0,
        "rule": words.rule(divided.rule),
        "since": divided.since if divided.rule == "help" else None,
        "parts": words.preview(divided) if fits else [],
        "left": held - amount,
    }
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "pool/divide.html", context, status=status)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else -1
