"""Does the process live, can it serve, and the figures a monitor draws. No personal data."""

from datetime import UTC, datetime
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

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
    said: dict[str, object] = {"database": "ok", "schema": "ok", "worker_seconds": None}
    try:
        if _steps_missing():
            said["schema"] = "run polecam upgrade"
        seen = last_beat(WORKER)
        if seen is not None:
            said["worker_seconds"] = max(0, int((datetime.now(UTC) - seen).total_seconds()))
    except DatabaseError:
        said |= {"database": "away", "schema": "unknown"}
    good = said["database"] == said["schema"] == "ok"
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
    """Whether the database is older than the code. Once it is not, it stays so for this process;
    what is asked each time is only whether the database answers."""
    for connection in connections.all():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    return not _all_steps_done()


@cache
def _done() -> list[bool]:
    return []


def _all_steps_done() -> bool:
    if not _done():
        for connection in connections.all():
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                return False
        _done().append(True)
    return True
