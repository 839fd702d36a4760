"""Nightly files as the admin sees them."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from polecam.actions import feeds
from polecam.imports import feed_queries as queries
from polecam.imports.feed_words import why
from polecam.imports.models import Feed, FeedRun
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation.models import Branch
from polecam.people.permissions import Permission, standing
from polecam.web.access import ADMINS, door
from polecam.web.pages.feeds import words
from polecam.web.pages.feeds.forms import FeedForm
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of

CLOSED_SHOWN = 10


def found(request: Request, ref: str) -> Feed:
    """The feed, if the person manages it. Raises Http404."""
    try:
        return queries.find(request.user, ref)
    except Feed.DoesNotExist:
        raise Http404 from None


@door("feeds:list", ADMINS)
@require_safe
def overview(request: Request) -> HttpResponse:
    """Every feed with its last run."""
    rows = queries.visible_to(request.user).order_by("name", "id")
    going = [feed for feed in rows if feed.closed_at is None]
    last = {run.feed_id: run for run in FeedRun.objects.filter(feed__in=going).order_by("day")}
    context = {
        "feeds": [(feed, *_row(feed, last.get(feed.pk))) for feed in going],
        "closed": [feed for feed in rows if feed.closed_at is not None][:CLOSED_SHOWN],
        "folder": bool(settings.FEEDS_FOLDER),
    }
    return render(request, "feeds/list.html", context)


def _row(feed: Feed, last: FeedRun | None) -> tuple[str, str, str]:
    return f"{words.kind(feed)} · {feed.branch.name} · {feed.hour}:00", *words.state(feed, last)


@door("feeds:new", ADMINS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Set one up; nothing is imported before a human has looked at the first file."""
    managed = standing(request.user).branches(Permission.MANAGE_FEEDS)
    branches = {b.public_id: b for b in Branch.objects.filter(pk__in=managed).order_by("name")}
    choices = [(ident, branch.name) for ident, branch in branches.items()]
    form = FeedForm(request.POST or None, branches=choices)
    if request.method == "POST" and form.is_valid():
        feed = _made(request, form, branches)
        if feed:
            return HttpResponseRedirect(reverse("feeds:one", args=[feed.public_id]), status=303)
    context = {"form": form, "folder": bool(settings.FEEDS_FOLDER)}
    return render(request, "feeds/new.html", context, status=422 if form.errors else 200)


def _made(request: Request, form: FeedForm, branches: dict[str, Branch]) -> Feed | None:
    data = form.cleaned_data
    try:
        return feeds.make(
            by=request.user,
            at=datetime.now(UTC),
            name=data["name"],
            branch=branches[data["branch"]],
            kind=data["kind"],
            source=data["source"],
            place=data["place"],
            login=data["login"],
            hour=int(data["hour"]),
            share_bp=int(data["share_bp"]),
        )
    except NotAllowed:
        raise
    except Refused as error:
        form.add_error(error.field if error.field in form.fields else None, sentence_of(error))
        return None


@door("feeds:one", ADMINS)
@require_safe
def one(request: Request, feed: str) -> HttpResponse:
    """What it fetches, what waits for a human, and its last thirty days."""
    this = found(request, feed)
    runs = list(queries.runs(this))
    waits = queries.waiting(this) if this.closed_at is None else None
    last = runs[0] if runs else None
    word, tone = words.state(this, last)
    context = {
        "feed": this,
        "kind": words.kind(this),
        "place": words.place(this),
        "word": word,
        "tone": tone,
        "waits": waits,
        "why": why(waits.problem) if waits else "",
        "seen": words.seen(this, waits) if waits else [],
        "own": bool(waits and waits.job and waits.job.by_id == request.user.pk),
        "lines": [words.line(run) for run in runs],
        "wanted": bool(this.options.get("now")),
    }
    return render(request, "feeds/one.html", context)
