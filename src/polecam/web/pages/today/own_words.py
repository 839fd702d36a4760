"""Words of one's own: written, taken over from the house, used no more."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from polecam.actions import own_words
from polecam.asking import queries
from polecam.asking.models import Script
from polecam.asking.words import filled
from polecam.kit.errors import Refused
from polecam.web.access import SELLERS, door
from polecam.web.pages.today import cards, why
from polecam.web.pages.today.forms import CHANNELS, RELATIONS, WordsForm
from polecam.web.types import Request
from polecam.web.ui.format import tie
from polecam.web.ui.refusals import sentence_of


@door("today:words", SELLERS)
def words(request: Request) -> HttpResponse:
    """All sentences in use, own ones first; a form for one more (`?from=ID` starts from one)."""
    person, language = request.user, cards.language()
    scripts = list(queries.scripts_for(person, language, why.nouns()))
    start = next((s for s in scripts if s.public_id == request.GET.get("from")), None)
    form = WordsForm(request.POST or None, initial=_initial(start))
    if request.method == "POST" and form.is_valid():
        replaced = form.cleaned_data.pop("replaces")
        own = next((s for s in scripts if s.public_id == replaced and s.seller_id), None)
        try:
            own_words.write(
                by=person,
                at=datetime.now(UTC),
                language=language,
                replaces=own,
                **form.cleaned_data,
            )
        except Refused as error:
            form.add_error(error.field or None, sentence_of(error))
        else:
            messages.success(request, _("Saved. Your own words come first from now on."))
            return _back()
    return render(
        request,
        "today/words.html",
        {"form": form, "groups": _grouped(scripts), "start": start},
        status=422 if form.errors else 200,
    )


@door("today:retire", SELLERS)
@require_POST
def retire(request: Request, script: str) -> HttpResponse:
    """Use an own sentence no more."""
    found = Script.objects.filter(public_id=script, seller=request.user).first()
    if found is None:
        raise Http404
    own_words.retire(by=request.user, at=datetime.now(UTC), script=found)
    messages.success(request, _("Put away. The house's words are back."))
    return _back()


def _initial(start: Script | None) -> dict[str, str]:
    if start is None:
        return {}
    return {
        "kind": start.moment_kind,
        "channel": start.channel,
        "relation": start.relation,
        "text": start.text,
        "exit_line": start.exit_line,
        "replaces": start.public_id if start.seller_id else "",
    }


def _grouped(scripts: list[Script]) -> list[tuple[str, list[tuple[Script, str, str]]]]:
    """By kind of moment, in the order of the kinds, each as it would sound to Anna."""
    names = {**why.nouns(), "": _("Any moment")}
    groups = []
    for kind, label in names.items():
        rows = sorted((s for s in scripts if s.moment_kind == kind), key=lambda s: not s.seller_id)
        if rows:
            groups.append((label, [(script, _sounds(script), _place(script)) for script in rows]))
    return groups


def _place(script: Script) -> str:
    """Channel and relation, where it is not for any."""
    parts = (
        str(dict(CHANNELS)[script.channel]) if script.channel else "",
        str(dict(RELATIONS)[script.relation]) if script.relation else "",
    )
    return ", ".join(part for part in parts if part)


def _sounds(script: Script) -> str:
    return tie(filled(script.text, first_name="Anna", form="f", language=script.language))


def _back() -> HttpResponseRedirect:
    response = HttpResponseRedirect(reverse("today:words"))
    response.status_code = 303
    return response
