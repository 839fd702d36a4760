"""Sentences and rows that come, go and move in the editor: the page again, nothing saved yet."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from polecam.bonuses.planning import queries as plan_queries
from polecam.bonuses.planning.draft import DraftComponent
from polecam.web.access import door
from polecam.web.pages.plans import drafting, editor, reshape, was
from polecam.web.pages.plans.doors import WRITERS, written_by
from polecam.web.pages.plans.typed import Typed, posted
from polecam.web.types import Request

Change = Callable[[Typed], None]


def _again(request: Request, ref: str, change: Change) -> HttpResponse:
    """What was typed, changed, shown. 404 for a sentence or row that is not there."""
    version = written_by(request.user, ref)
    if version.published_at or version.submitted_at:
        raise Http404
    typed = posted(request.POST)
    try:
        change(typed)
    except (IndexError, KeyError) as error:
        raise Http404 from error
    reading = editor.typed_as(typed, version)
    return drafting.shown(request, version, typed, reading, saved=False)


@door("plans:add", WRITERS)
@require_POST
def add(request: Request, ref: str, kind: str) -> HttpResponse:
    """A new sentence for this kind of fact."""
    return _again(request, ref, lambda typed: reshape.add(typed, kind))


@door("plans:drop", WRITERS)
@require_POST
def drop(request: Request, ref: str, position: int) -> HttpResponse:
    """A sentence less."""
    return _again(request, ref, lambda typed: reshape.drop(typed, position))


@door("plans:up", WRITERS)
@require_POST
def up(request: Request, ref: str, position: int) -> HttpResponse:
    """A sentence one place up."""
    return _again(request, ref, lambda typed: reshape.move(typed, position, position - 1))


@door("plans:down", WRITERS)
@require_POST
def down(request: Request, ref: str, position: int) -> HttpResponse:
    """A sentence one place down."""
    return _again(request, ref, lambda typed: reshape.move(typed, position, position + 1))


@door("plans:table", WRITERS)
@require_POST
def table(request: Request, ref: str, position: int) -> HttpResponse:
    """A sentence after another measure or shape was chosen."""
    return _again(request, ref, lambda typed: reshape.table(typed, position))


@door("plans:add_row", WRITERS)
@require_POST
def add_row(request: Request, ref: str, position: int) -> HttpResponse:
    """A row more in a table."""
    return _again(request, ref, lambda typed: reshape.add_row(typed, position))


@door("plans:drop_row", WRITERS)
@require_POST
def drop_row(request: Request, ref: str, position: int, row: int) -> HttpResponse:
    """A row less in a table."""
    return _again(request, ref, lambda typed: reshape.drop_row(typed, position, row))


@door("plans:undo", WRITERS)
@require_POST
def undo(request: Request, ref: str, position: int) -> HttpResponse:
    """A changed sentence as it was in the version before."""
    version = written_by(request.user, ref)
    base = editor.base_of(version)

    def change(typed: Typed) -> None:
        if base is None:
            raise KeyError(position)
        draft = editor.typed_as(typed, version).draft
        old = was.before(draft, plan_queries.draft_of(base))[position]
        reshape.undo(typed, position, old)

    return _again(request, ref, change)


@door("plans:put_back", WRITERS)
@require_POST
def put_back(request: Request, ref: str, position: int) -> HttpResponse:
    """A sentence of the version before that was taken out; `position` there."""
    version = written_by(request.user, ref)
    base = editor.base_of(version)
    olds: tuple[DraftComponent, ...] = plan_queries.draft_of(base).components if base else ()

    def change(typed: Typed) -> None:
        if not 1 <= position <= len(olds):
            raise IndexError(position)
        reshape.put_back(typed, olds[position - 1])

    return _again(request, ref, change)
