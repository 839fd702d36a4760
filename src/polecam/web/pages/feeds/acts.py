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
from polecam.imports.models import Feed, FeedRun
from polecam.kit.errors import NotAllowed, Refused
from polecam.web.access import ADMINS, door
from polecam.web.pages.feeds.views import found
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of


def _done(request: Request, feed: Feed, act: Callable[[], object], said: str) -> HttpResponse:
    """Do it and go back to the feed; a refusal becomes a message there."""
    try:
        act()
    except NotAllowed:
        raise
    except Refused as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("feeds:one", args=[feed.public_id]), status=303)


def _waiting(feed: Feed) -> FeedRun:
    run = queries.waiting(feed)
    if run is None:
        raise Refused("feed_nothing_waits")
    return run


@door("feeds:accept", ADMINS)
@require_POST
def accept(request: Request, feed: str) -> HttpResponse:
    """Take the file that waits; later ones like it come by themselves."""
    this, at = found(request, feed), datetime.now(UTC)
    return _done(
        request,
        this,
        lambda: feeds.accept(by=request.user, at=at, feed=this, run=_waiting(this)),
        _("It is being imported. Later files of these headings come by themselves."),
    )


@door("feeds:leave", ADMINS)
@require_POST
def leave(request: Request, feed: str) -> HttpResponse:
    """Not this file."""
    this, at = found(request, feed), datetime.now(UTC)
    return _done(
        request,
        this,
        lambda: feeds.leave(by=request.user, at=at, feed=this, run=_waiting(this)),
        _("The file is deleted. Nothing of it was imported."),
    )


@door("feeds:now", ADMINS)
@require_POST
def run_now(request: Request, feed: str) -> HttpResponse:
    """At once, also when today's file was taken already."""
    this, at = found(request, feed), datetime.now(UTC)
    return _done(
        request,
        this,
        lambda: feeds.run_now(by=request.user, at=at, feed=this),
        _("It is fetched within a minute."),
    )


@door("feeds:pause", ADMINS)
@require_POST
def pause(request: Request, feed: str) -> HttpResponse:
    """Nothing is fetched until it goes on."""
    this, at = found(request, feed), datetime.now(UTC)
    act = lambda: feeds.pause(by=request.user, at=at, feed=this)  # noqa: E731
    return _done(request, this, act, _("Paused."))


@door("feeds:resume", ADMINS)
@require_POST
def resume(request: Request, feed: str) -> HttpResponse:
    """It goes on."""
    this, at = found(request, feed), datetime.now(UTC)
    act = lambda: feeds.resume(by=request.user, at=at, feed=this)  # noqa: E731
    return _done(request, this, act, _("It goes on."))


@door("feeds:close", ADMINS)
@require_POST
def close(request: Request, feed: str) -> HttpResponse:
    """Never again; address and access are forgotten."""
    this, at = found(request, feed), datetime.now(UTC)
    act = lambda: feeds.close(by=request.user, at=at, feed=this)  # noqa: E731
    return _done(request, this, act, _("Closed. What it brought stays."))
