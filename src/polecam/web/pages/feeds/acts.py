"""What is done with a nightly file; each view calls one action."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from polecam.actions import feeds
from polecam.imports import feed_queries as queries
from polecam.imports.models import Feed
from polecam.kit.errors import NotAllowed, Refused
from polecam.web.access import ADMINS, door
from polecam.web.pages.feeds.views import found
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of

Act = Callable[..., object]
"""An action on a feed: `by`, `at`, `feed`."""


def _done(request: Request, feed: Feed, act: Act, said: str) -> HttpResponse:
    """Do it and go back to the feed; a refusal becomes a message there."""
    try:
        act(by=request.user, at=datetime.now(UTC), feed=feed)
    except NotAllowed:
        raise
    except Refused as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("feeds:one", args=[feed.public_id]), status=303)


def _with_waiting(act: Act, feed: Feed) -> Act:
    """An action on the file that waits."""

    def on_it(**known: object) -> object:
        run = queries.waiting(feed)
        if run is None:
            raise Refused("feed_nothing_waits")
        return act(**known, run=run)

    return on_it


@door("feeds:accept", ADMINS)
@require_POST
def accept(request: Request, feed: str) -> HttpResponse:
    """Take the file that waits; later ones like it come by themselves."""
    this = found(request, feed)
    said = _("It is being imported. Later files of these headings come by themselves.")
    return _done(request, this, _with_waiting(feeds.accept, this), said)


@door("feeds:leave", ADMINS)
@require_POST
def leave(request: Request, feed: str) -> HttpResponse:
    """Not this file."""
    this = found(request, feed)
    said = _("The file is deleted. Nothing of it was imported.")
    return _done(request, this, _with_waiting(feeds.leave, this), said)


@door("feeds:now", ADMINS)
@require_POST
def run_now(request: Request, feed: str) -> HttpResponse:
    """At once, also when today's file was taken already."""
    said = _("It is fetched within a minute.")
    return _done(request, found(request, feed), feeds.run_now, said)


@door("feeds:pause", ADMINS)
@require_POST
def pause(request: Request, feed: str) -> HttpResponse:
    """Nothing is fetched until it goes on."""
    return _done(request, found(request, feed), feeds.pause, _("Paused."))


@door("feeds:resume", ADMINS)
@require_POST
def resume(request: Request, feed: str) -> HttpResponse:
    """It goes on."""
    return _done(request, found(request, feed), feeds.resume, _("It goes on."))


@door("feeds:close", ADMINS)
@require_POST
def close(request: Request, feed: str) -> HttpResponse:
    """Never again; address and access are forgotten."""
    said = _("Closed. What it brought stays.")
    return _done(request, found(request, feed), feeds.close, said)
