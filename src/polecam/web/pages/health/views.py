"""Does the process live, can it serve, and the figures a monitor draws. No personal data."""

import pkgutil
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.recorder import MigrationRecorder
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from polecam.store import pause
from polecam.store.beats import WORKER, last_beat
from polecam.web import figures
from polecam.web.access import PUBLIC, door
from polecam.web.limits import limited


@door("health:live", PUBLIC)
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of the database: a restart would not bring that back."""
    return HttpResponse("ok\n", content_type="text/plain")


@door("health:ready", PUBLIC)
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200: pages can be served. 503: not now. The worker's last sign of life is told, not judged:
    pages work without it."""
    closed = pause.is_on()
    said: dict[str, object] = {
        "database": "ok",
        "schema": "ok",
        "house": "closed" if closed else "open",
        "worker_seconds": None,
    }
    try:
        if _steps_missing():
            said["schema"] = "run polecam upgrade"
        seen = last_beat(WORKER)
        if seen is not None:
            said["worker_seconds"] = max(0, int((datetime.now(UTC) - seen).total_seconds()))
    except DatabaseError:
        said |= {"database": "away", "schema": "unknown"}
    good = said["database"] == said["schema"] == "ok" and not closed
    return JsonResponse({"ready": good, **said}, status=200 if good else 503)


@door("health:metrics", PUBLIC)
@limited("metrics", per=(240, 60), methods=("GET",))
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, for whoever has the token; without one set there is no such page."""
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token = settings.METRICS_TOKEN
    if not token or not constant_time_compare(sent, token):
        raise Http404
    return HttpResponse(figures.text(datetime.now(UTC)), content_type=CONTENT_TYPE_LATEST)


def _steps_missing() -> bool:
    """Whether the database is older than the code; also asks whether each database answers."""
    done: set[tuple[str, str]] = set()
    for connection in connections.all():
        done |= set(MigrationRecorder(connection).applied_migrations())
    return not _steps() <= done


@cache
def _steps() -> frozenset[tuple[str, str]]:
    """Every step of this code, by the names of its files: to load them all takes seconds."""
    return frozenset(
        (app.label, step.name)
        for app in apps.get_app_configs()
        for step in pkgutil.iter_modules([str(Path(app.path) / "migrations")])
    )
