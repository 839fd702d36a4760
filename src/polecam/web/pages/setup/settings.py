"""Dated settings: what holds now, since when, by whom and why; and the next value."""

from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from polecam.organisation.queries import in_force
from polecam.web.access import ADMINS, door
from polecam.web.pages.setup import words
from polecam.web.pages.setup.answers import to
from polecam.web.pages.setup.changing import change, take_back
from polecam.web.types import Request


@door("setup:settings", ADMINS)
def overview(request: Request) -> HttpResponse:
    """Every setting with the value that holds now."""
    at = datetime.now(UTC)
    rows = in_force(at)
    groups = [
        (title, [words.line(key, rows.get(key)) for key in keys]) for title, keys in words.GROUPS
    ]
    return render(request, "setup/settings.html", {"groups": groups})


@door("setup:setting", ADMINS)
@require_http_methods(["GET", "HEAD", "POST"])
def setting(request: Request, key: str) -> HttpResponse:
    """One setting of the firm: its history, its next value, and what that would change."""
    page = {"back": reverse("setup:settings"), "undo": "setup:setting_back"}
    return change(request, key, None, done=reverse("setup:settings"), page=page)


@door("setup:setting_back", ADMINS)
@require_POST
def back(request: Request, key: str, row: int) -> HttpResponse:
    """A value that is still ahead does not come."""
    take_back(request, key, None, row)
    return to("setup:setting", key)
