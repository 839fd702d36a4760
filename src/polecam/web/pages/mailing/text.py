"""The words of each kind of message: the house's, or the firm's own."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polecam.actions import templates
from polecam.kit.errors import NotAllowed, Refused
from polecam.messages import queries, samples, segments
from polecam.messages import words as stored
from polecam.messages.models import Medium
from polecam.organisation.settings import organisation
from polecam.web.access import ADMINS, door
from polecam.web.pages.mailing import forms, words
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of


@dataclass(frozen=True, slots=True)
class Way:
    """One medium and language of a kind: its page, and whether the firm has words of its own."""

    label: str
    url: str
    own: bool
    current: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of message with all its texts."""

    title: str | Promise
    when: str | Promise
    ways: list[Way]


@dataclass(frozen=True, slots=True)
class Shown:
    """A text with invented facts in its places. `size`: of a text message."""

    language: str
    name: str
    subject: str
    body: str
    size: segments.Size | None
    typed: bool


@door("mailing:words", ADMINS)
@require_safe
def overview(request: Request) -> HttpResponse:
    """Every kind of message there is, by who reads it."""
    own = queries.own_words()
    groups: dict[str, list[Kind]] = {reader: [] for reader in words.READERS}
    for kind in stored.kinds().values():
        when = words.KINDS[kind.code][1] if kind.code in words.KINDS else ""
        groups[kind.reader].append(Kind(words.title(kind.code), when, _ways(kind, own)))
    found = [(words.READERS[reader], kinds) for reader, kinds in groups.items() if kinds]
    return render(request, "mailing/words.html", {"groups": found})


@door("mailing:text", ADMINS)
@require_http_methods(["GET", "POST"])
def text(request: Request, kind: str, medium: str, language: str) -> HttpResponse:
    """One text: read, change, keep."""
    form = _form(request, kind, medium, language)
    if form.is_bound and form.is_valid():
        given = {"kind": kind, "medium": medium, "language": language, **form.said}
        try:
            templates.write(by=request.user, at=datetime.now(UTC), **given)
        except Refused as error:
            _complain(form, error)
        else:
            messages.success(request, _("Saved. Such messages say this from now on."))
            return _back(kind, medium, language)
    return _show(request, form, kind, medium, language)


@door("mailing:look", ADMINS)
@require_POST
def look(request: Request, kind: str, medium: str, language: str) -> HttpResponse:
    """The preview of what is typed; nothing is kept."""
    form = _form(request, kind, medium, language)
    if form.is_valid():
        try:
            stored.looked_at(kind, medium, **form.said)
        except Refused as error:
            _complain(form, error)
    return _show(request, form, kind, medium, language)


@door("mailing:try", ADMINS)
@require_POST
def try_out(request: Request, kind: str, medium: str, language: str) -> HttpResponse:
    """Send what is typed to oneself; the words stay as they were."""
    form = _form(request, kind, medium, language)
    if form.is_valid():
        given = {"kind": kind, "medium": medium, "language": language, **form.said}
        try:
            templates.try_out(by=request.user, at=datetime.now(UTC), **given)
        except Refused as error:
            _complain(form, error)
        else:
            said = _("Sent to %(email)s, and to nobody else.") % {"email": request.user.email}
            messages.success(request, said)
    return _show(request, form, kind, medium, language)


@door("mailing:house", ADMINS)
@require_POST
def house(request: Request, kind: str, medium: str, language: str) -> HttpResponse:
    """Back to the house's words."""
    _known(kind, medium, language)
    templates.end(
        by=request.user, at=datetime.now(UTC), kind=kind, medium=medium, language=language
    )
    messages.success(request, _("The house’s words are back. Yours stay on record."))
    return _back(kind, medium, language)


def _known(kind: str, medium: str, language: str) -> stored.Kind:
    found = stored.kinds().get(kind)
    if found is None or medium not in found.media or language not in words.LANGUAGES:
        raise Http404
    return found


def _form(request: Request, kind: str, medium: str, language: str) -> forms.Text:
    _known(kind, medium, language)
    if request.method == "POST":
        return forms.Text(medium, request.POST)
    subject, body = _current(kind, medium, language)
    return forms.Text(medium, initial={"subject": subject, "body": body})


def _show(
    request: Request, form: forms.Text, kind: str, medium: str, language: str
) -> HttpResponse:
    found = _known(kind, medium, language)
    versions = list(queries.versions(kind, medium, language)[:10])
    typed = form.said if form.is_bound and form.is_valid() else None
    context = {
        "form": form,
        "title": words.title(kind),
        "where": f"{words.MEDIA[medium]}, {words.LANGUAGES[language]}",
        "ways": _ways(found, queries.own_words(), (medium, language)),
        "places": _places(kind, medium),
        "shown": [_preview(kind, medium, code, language, typed) for code in words.LANGUAGES],
        "versions": versions,
        "own": any(version.ended_at is None for version in versions),
        "sms": medium == Medium.SMS,
        "urls": {
            name: _url(name, kind, medium, language) for name in ("text", "look", "try", "house")
        },
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "mailing/text.html", context, status=status)


def _preview(
    kind: str, medium: str, language: str, edited: str, typed: dict[str, str] | None
) -> Shown:
    """A text in one language: what is typed, where that is the language edited."""
    mine = typed if language == edited else None
    subject, body = (mine["subject"], mine["body"]) if mine else _current(kind, medium, language)
    firm = organisation()
    facts = samples.facts(kind, medium, language, firm=firm.name, zone=firm.zone)
    known = {name: facts.get(name, f"{{{name}}}") for name in stored.PLACE.findall(subject + body)}
    body = stored.filled(body, known)
    size = segments.size(body) if medium == Medium.SMS else None
    name = words.LANGUAGES[language]
    return Shown(language, name, stored.filled(subject, known), body, size, mine is not None)


def _current(kind: str, medium: str, language: str) -> tuple[str, str]:
    own = stored.own(kind, medium, language)
    return (own.subject, own.body) if own else stored.house(kind, medium, language)


def _places(kind: str, medium: str) -> list[tuple[str, str | Promise, bool]]:
    """(as it is written, what fills it, whether it has to stay)."""
    needed = stored.needed(kind, medium)
    return [
        (f"{{{name}}}", words.PLACES.get(name, name), name in needed)
        for name in stored.places(kind, medium)
    ]


def _ways(
    kind: stored.Kind, own: set[tuple[str, str, str]], here: tuple[str, str] = ("", "")
) -> list[Way]:
    return [
        Way(
            f"{words.MEDIA[medium]}, {words.LANGUAGES[language]}",
            _url("text", kind.code, medium, language),
            (kind.code, medium, language) in own,
            (medium, language) == here,
        )
        for medium in kind.media
        for language in words.LANGUAGES
    ]


def _complain(form: forms.Text, error: Refused) -> None:
    if isinstance(error, NotAllowed):
        raise error
    form.add_error(error.field if error.field in form.fields else None, sentence_of(error))


def _url(name: str, kind: str, medium: str, language: str) -> str:
    return reverse(f"mailing:{name}", args=[kind, medium, language])


def _back(kind: str, medium: str, language: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(_url("text", kind, medium, language), status=303)
