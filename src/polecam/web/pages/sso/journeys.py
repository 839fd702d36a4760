"""What a sign-in remembers between going to the provider and coming back: a signed cookie.

Going changes nothing here, so that a link may do it; the cookie is of this browser alone, good for
ten minutes and for one way back.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from polecam.signin.oidc import Journey, Provider

COOKIE = "__Host-sso" if settings.HTTPS else "sso"
SALT = "sso-journey"
SECONDS = 600


def provider() -> Provider | None:
    """The firm's provider; None where none is set up."""
    if not settings.OIDC_ISSUER:
        return None
    return Provider(
        issuer=settings.OIDC_ISSUER,
        client_id=settings.OIDC_CLIENT_ID,
        secret=settings.OIDC_CLIENT_SECRET,
        private=settings.OIDC_PRIVATE,
        loopback=settings.OUTSIDE_LOOPBACK,
    )


def begin() -> Journey:
    """Three secrets that nobody can guess."""
    return Journey(*(secrets.token_urlsafe(32) for _ in range(3)))


def remember(response: HttpResponse, journey: Journey, onward: str) -> None:
    """Pack it into the cookie."""
    packed = [journey.state, journey.nonce, journey.verifier, onward]
    response.set_cookie(
        COOKIE,
        signing.dumps(packed, salt=SALT),
        max_age=SECONDS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",  # the way back comes from the provider's site
    )


def recall(request: HttpRequest) -> tuple[Journey, str] | None:
    """The journey and where to go afterwards; None: another browser, too late, or tampered with."""
    try:
        state, nonce, verifier, onward = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS
        )
    except (signing.BadSignature, ValueError):
        return None
    return Journey(state, nonce, verifier), onward


def forget(response: HttpResponse) -> None:
    """One way back only."""
    response.delete_cookie(COOKIE, samesite="Lax")
