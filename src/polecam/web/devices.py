"""By what and from where somebody comes: in words and as a hash, never the address itself."""

import ipaddress
import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from polecam.actions.arrivals import Trace
from polecam.people.models import Person
from polecam.store.crypto import keyed, same, token
from polecam.web.limits import address

BROWSERS = (
    ("Edge", re.compile(r"\bEdg(?:A|iOS)?/")),
    ("Opera", re.compile(r"\bOPR/")),
    ("Samsung Internet", re.compile(r"\bSamsungBrowser/")),
    ("Firefox", re.compile(r"\bFirefox/|\bFxiOS/")),
    ("Chrome", re.compile(r"\bChrome/|\bCriOS/|\bHeadlessChrome/")),
    ("Safari", re.compile(r"\bSafari/")),
)
SYSTEMS = (
    ("iPhone", re.compile(r"\biPhone\b")),
    ("iPad", re.compile(r"\biPad\b")),
    ("Android", re.compile(r"\bAndroid\b")),
    ("Windows", re.compile(r"\bWindows\b")),
    ("Mac", re.compile(r"\bMacintosh\b")),
    ("Chromebook", re.compile(r"\bCrOS\b")),
    ("Linux", re.compile(r"\bLinux\b|\bX11\b")),
)
KNOWN_COOKIE = "__Host-known" if settings.HTTPS else "known"
KNOWN_AGE = 365 * 24 * 3600
KNOWN_MOST = 6
"""People who share one computer: whoever came last is kept."""


def trace(request: HttpRequest) -> Trace:
    """What is kept of this request: `Chrome · Windows`, and the hash of where it came from."""
    return Trace(device(request.headers.get("User-Agent", "")), place(address(request)))


def device(agent: str) -> str:
    """The families of browser and system, as the browser says; empty for what is neither."""
    found = (
        next((name for name, sign in known if sign.search(agent[:400])), "")
        for known in (BROWSERS, SYSTEMS)
    )
    return " · ".join(filter(None, found))


def place(where: str) -> str:
    """A keyed hash of an address; of the network where IPv6 gives each device many."""
    try:
        found = ipaddress.ip_address(where)
    except ValueError:
        return ""
    if found.version == 6:
        where = str(ipaddress.ip_network((where, 64), strict=False))
    return keyed("place", where)[:32]


def is_known(request: HttpRequest, person: Person) -> bool:
    """Whether the person came in by this browser before, within a year."""
    mine = token("device", person.public_id)
    return any(same(mine, other) for other in _known(request))


def remember(request: HttpRequest, response: HttpResponse, person: Person) -> None:
    """Leave a mark that this browser is known to the person; it opens nothing."""
    mine = token("device", person.public_id)
    others = [other for other in _known(request) if other != mine]
    response.set_cookie(
        KNOWN_COOKIE,
        ".".join([mine, *others][:KNOWN_MOST]),
        max_age=KNOWN_AGE,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _known(request: HttpRequest) -> list[str]:
    return [part for part in request.COOKIES.get(KNOWN_COOKIE, "").split(".") if part.isascii()]
