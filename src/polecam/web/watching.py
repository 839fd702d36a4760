"""Each request gets a number, is counted and timed, and may be logged: never its address in full.

A line tells the name of the page, not the path: public ids and tokens stay out of the log.
"""

import logging
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from polecam.web import figures

Answer = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("polecam.requests")
METHODS = {"GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"}


class Watch:
    """Outermost but for static files, so that refused and broken requests count as well."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Number, time, count."""
        number = secrets.token_hex(6)
        request.number = number  # type: ignore[attr-defined] # told on the page of a fault
        began = time.perf_counter()
        response = self.get_response(request)
        took = time.perf_counter() - began
        response["X-Request-ID"] = number
        match = getattr(request, "resolver_match", None)
        area, page = (match.namespace or "home", match.view_name) if match else ("none", "none")
        method = request.method if request.method in METHODS else "OTHER"
        figures.requests.labels(area, method, response.status_code).inc()
        figures.seconds.labels(area).observe(took)
        if settings.LOG_REQUESTS:
            said = {
                "request": number,
                "method": method,
                "page": page,
                "status": response.status_code,
                "ms": round(took * 1000, 1),
            }
            log.info("request", extra={"fields": said})
        return response
