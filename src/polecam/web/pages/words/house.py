"""The house's words: read, changed as new versions, tried on sample clients, put away."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polecam.actions import house_words
from polecam.actions.words_checks import Said
from polecam.asking.models import Script
from polecam.asking.words import LANGUAGES
from polecam.insights import word_results
from polecam.kit.errors import NotAllowed, Refused
from polecam.people.permissions import Permission, standing
from polecam.web.access import ADMINS, door
from polecam.web.pages.words import labels, shelf
from polecam.web.pages.words.forms import HouseForm
from polecam.web.types import Request
from polecam.web.ui.firm import firm
from polecam.web.ui.format import language
from polecam.web.ui.refusals import sentence_of

BOTH = require_http_methods(["GET", "HEAD", "POST"])


@door("words:house", ADMINS)
@require_safe
def every(request: Request) -> HttpResponse:
    """All sentences in use by moment, in both languages, and what the branches found."""
    branches = standing(request.user).branches(Permission.EDIT_WORDS)
    at = datetime.now(UTC)
    found = word_results.branch(branches, at=at, zone=firm().zone, language=language())
    groups, others = shelf.groups()
    context = {
        "groups": groups,
        "others": others,
        "tables": [table for group in found if (table := labels.table(group)).told],
        "least": word_results.LEAST,
    }
    return render(request, "words/house.html", context)


@door("words:house_new", ADMINS)
@BOTH
def new(request: Request) -> HttpResponse:
    """One more sentence of the firm's own."""
    return _form(request, [], "")


@door("words:house_one", ADMINS)
@BOTH
def change(request: Request, code: str) -> HttpResponse:
    """The next version of a sentence; the old one stays for what was said."""
    rows = list(Script.objects.filter(seller=None, code=code).order_by("-version", "language"))
    if not rows:
        raise Http404
    return _form(request, rows, code)


@door("words:house_retire", ADMINS)
@require_POST
def retire(request: Request, code: str) -> HttpResponse:
    """Suggested no more."""
    try:
        house_words.retire(by=request.user, at=datetime.now(UTC), code=code)
    except NotAllowed:
        raise
    except Refused as error:
        if error.code == "words_unknown":
            raise Http404 from None
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, _("Put away. What was said with it stays known."))
    return HttpResponseRedirect(reverse("words:house"), status=303)


def _form(request: Request, rows: list[Script], code: str) -> HttpResponse:
    form = HouseForm(request.POST or None, initial=_initial(rows))
    preview = "preview" in request.POST
    if request.method == "POST" and form.is_valid() and not preview:
        try:
            house_words.write(
                by=request.user, at=datetime.now(UTC), code=code, place=form.place(),
                texts=form.texts(),
            )  # fmt: skip
        except NotAllowed:
            raise
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, sentence_of(error))
        else:
            messages.success(request, _("Saved as a new version. Old asks keep the old words."))
            return HttpResponseRedirect(reverse("words:house"), status=303)
    context = {
        "form": form,
        "code": code,
        "version": rows[0].version if rows else 0,
        "in_use": bool(rows) and rows[0].retired_at is None,
        "samples": shelf.tried_on_samples(_shown(form, rows)),
    }
    wrong = bool(form.errors) and not preview
    return render(request, "words/house_form.html", context, status=422 if wrong else 200)


def _initial(rows: list[Script]) -> dict[str, str]:
    if not rows:
        return {"exit_line_pl": "", "exit_line_en": ""}
    newest = [row for row in rows if row.version == rows[0].version]
    first = newest[0]
    found = {
        "kind": first.moment_kind, "channel": first.channel, "relation": first.relation,
    }  # fmt: skip
    for row in newest:
        found[f"text_{row.language}"] = row.text
        found[f"exit_line_{row.language}"] = row.exit_line
    return found


def _shown(form: HouseForm, rows: list[Script]) -> dict[str, Said]:
    """What the samples hear: as typed, else as it stands."""
    if form.is_bound:
        return {
            code: Said(form.data.get(f"text_{code}", ""), form.data.get(f"exit_line_{code}", ""))
            for code in LANGUAGES
        }
    newest = [row for row in rows if row.version == rows[0].version]
    return {row.language: Said(row.text, row.exit_line) for row in newest}
