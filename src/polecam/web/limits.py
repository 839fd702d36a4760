"""Rate limits for doors that strangers can knock at."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from polecam.store.limits import count_hit

View = Callable[..., HttpResponse]
By = Callable[..., str]


def address(request: HttpRequest, **_: object) -> str:
    """The caller's address: as the server saw it, or as the proxy in front of it did.

    Only the last part of X-Forwarded-For was written by our own proxy; the rest anyone can send.
    """
    if settings.SECURE_PROXY_SSL_HEADER:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded
    return request.META.get("REMOTE_ADDR", "")


def link(request: HttpRequest, *, token: str = "", **_: object) -> str:
    """The public link used."""
    return token


MISSES = (200, 3600)
"""Public links that opened nothing, from one address in so many seconds."""


def guessing(request: HttpRequest) -> HttpResponse | None:
    """Count a public link that opened nothing; 429 for one who goes on trying."""
    most, seconds = MISSES
    if count_hit("link-miss", address(request), seconds, at=datetime.now(UTC)) <= most:
        return None
    return _too_often(request, seconds)


def _too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    from polecam.web.errors import page

    response = page(request, 429)
    response["Retry-After"] = str(seconds)
    return response


def limited(
    bucket: str, per: tuple[int, int], by: By = address, methods: tuple[str, ...] = ("POST",)
) -> Callable[[View], View]:
    """Allow `per` = (uses, seconds) of the view to each `by`; beyond that, 429 with Retry-After."""
    uses, seconds = per

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.method in methods:
                at = datetime.now(UTC)
                if count_hit(bucket, by(request, **kwargs), seconds, at=at) > uses:
                    return _too_often(request, seconds)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
