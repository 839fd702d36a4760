"""What only a demo on this very machine may show: personas and the mailbox."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

from polecam.organisation.models import Organisation

PROXIED = frozenset(
    {
        "HTTP_X_FORWARDED_FOR",
        "HTTP_X_FORWARDED_HOST",
        "HTTP_FORWARDED",
        "HTTP_X_REAL_IP",
        "HTTP_VIA",
    }
)
"""What a proxy in between leaves on a request."""


def _loopback(host: str) -> bool:
    name = (
        host.rsplit(":", 1)[0].strip("[]") if not host.startswith("[") else host[1:].split("]")[0]
    )
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def personas_allowed(request: HttpRequest) -> bool:
    """POLECAM_ENV=demo, a database flagged demo, and a loopback host: all three, or nothing.

    Whatever came through a proxy came from elsewhere, whichever host it names.
    """
    if not (settings.DEMO or settings.TESTING) or PROXIED & request.META.keys():
        return False
    return (
        _loopback(request.get_host())
        and _loopback(request.META.get("REMOTE_ADDR", ""))
        and Organisation.objects.filter(is_demo=True).exists()
    )
