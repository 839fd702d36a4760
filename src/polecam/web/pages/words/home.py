"""A seller's words: where everything is, the fair test's switch, own results, memory prompts."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from polecam.actions import words_choice
from polecam.asking import plans
from polecam.asking.models import Script, WordsChoice
from polecam.insights import word_results
from polecam.organisation import settings
from polecam.people.permissions import Permission, standing
from polecam.web.access import SELLERS, door
from polecam.web.pages.words import labels, scene
from polecam.web.types import Request
from polecam.web.ui.firm import firm
from polecam.web.ui.format import language


@door("words:home", SELLERS)
@require_safe
def home(request: Request) -> HttpResponse:
    """Own sentences, rehearsal, plan, results; and whether equals come in random order."""
    person, at = request.user, datetime.now(UTC)
    context = {
        "own": Script.objects.filter(seller=person, retired_at=None).count(),
        "plans": plans.of(person).count(),
        "fair": not WordsChoice.objects.filter(seller=person, fair_test=False).exists(),
        "on": settings.value("words_test", at=at, branch=standing(person).home),
    }
    return render(request, "words/home.html", context)


@door("words:choice", SELLERS)
@require_POST
def choice(request: Request) -> HttpResponse:
    """One tap: in or out of the fair test."""
    fair = request.POST.get("fair") == "yes"
    words_choice.choose(by=request.user, at=datetime.now(UTC), fair_test=fair)
    messages.success(
        request,
        _("Sentences of equal standing now take turns.")
        if fair
        else _("From now on the order is always the same."),
    )
    return HttpResponseRedirect(reverse("words:home"), status=303)


@door("words:results", SELLERS)
@require_safe
def results(request: Request) -> HttpResponse:
    """The person's own results, theirs alone; the branch's from closed months of five sellers."""
    person, at = request.user, datetime.now(UTC)
    branches = standing(person).branches(Permission.ASK)
    whole = word_results.branch(branches, at=at, zone=firm().zone, language=language())
    context = {
        "own": _split(word_results.own(person, language())),
        "branch": _split(whole),
        "least": word_results.LEAST,
    }
    return render(request, "words/results.html", context)


def _split(groups: list[word_results.Group]) -> dict[str, list[labels.Table]]:
    """Those with a share to tell, and the rest."""
    tables = [labels.table(group) for group in groups]
    return {
        "told": [table for table in tables if table.told],
        "rest": [table for table in tables if not table.told],
    }


@door("words:memory", SELLERS)
@require_safe
def memory(request: Request) -> HttpResponse:
    """Narrow questions that bring faces to mind."""
    return render(request, "words/memory.html", {"prompts": scene.prompts()})
