"""The one way to ask another machine over HTTP: guarded, so that nobody can turn it inwards.

The host is resolved once, every address it has is looked at, and the connection goes to the very
address that was looked at. No redirect is followed, no proxy asked, nothing private reached, and
neither time nor size is left to the other side.
"""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urlsplit

SECONDS = 10.0
MOST_BYTES = 262_144
PIECE = 65_536
OK = 200
TRANSLATED = tuple(
    ipaddress.ip_network(net)
    for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
)
"""IPv6 that a gateway turns into IPv4: what it would reach cannot be told from the address."""

OWN_NETWORKS = tuple(
    ipaddress.ip_network(net)
    for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)


class Unreached(Exception):
    """Nothing was sent: a forbidden address, no such host, no connection."""


class Broken(Exception):
    """The request was under way when it broke: whether the other side took it is not known."""


class TooLong(Broken):
    """The answer is larger than was asked for; it was cut off."""

    def __init__(self) -> None:
        super().__init__("OSError")


class Inward(OSError):
    """The host has an address that is none of the open internet."""


@dataclass(frozen=True, slots=True)
class Head:
    """Status and headers, by their names in small letters."""

    status: int
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said. A redirect is an answer like any other."""

    status: int
    body: bytes


def ask(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    body: bytes = b"",
    begin: Callable[[], None] = lambda: None,
    seconds: float = SECONDS,
    most_bytes: int = MOST_BYTES,
    loopback: bool = False,
    private: bool = False,
) -> Answer:
    """One request. `begin` is called when the connection stands and nothing is sent yet.

    `loopback` lets it reach this machine, and only this machine, without TLS: a stand-in of tests.
    `private` lets it reach the firm's own network as well, with TLS: for an address that only the
    operator can name, never for one that came from a form or from outside.
    Raises Unreached before anything was sent, Broken afterwards; ValueError for a URL that is none.
    """
    with _connected(url, seconds, loopback, private) as (connection, path, ends):
        begin()
        try:
            connection.request(method, path, body=body or None, headers=dict(headers))
            with connection.getresponse() as response:
                taken: list[bytes] = []
                _read(response, taken.append, ends, most_bytes)
                return Answer(response.status, b"".join(taken))
        except (OSError, HTTPException) as error:
            raise Broken(type(error).__name__) from error


def fetch(
    url: str,
    *,
    headers: Mapping[str, str],
    take: Callable[[bytes], object],
    most_bytes: int,
    seconds: float,
    loopback: bool = False,
) -> Head:
    """GET a file, piece by piece into `take`, which gets nothing of an answer other than 200.

    Raises as `ask`; TooLong when it is, or says it is, larger than `most_bytes`; what `take`
    raises.
    """
    with _connected(url, seconds, loopback) as (connection, path, ends):
        try:
            connection.request("GET", path, headers=dict(headers))
            response = connection.getresponse()
        except (OSError, HTTPException) as error:
            raise Broken(type(error).__name__) from error
        with response:
            head = Head(response.status, {k.lower(): v for k, v in response.getheaders()})
            if head.status == OK:
                if (response.length or 0) > most_bytes:
                    raise TooLong
                _read(response, take, ends, most_bytes)
                if response.length:
                    raise Broken("IncompleteRead")
            return head


@contextmanager
def _connected(
    url: str, seconds: float, loopback: bool, private: bool = False
) -> Iterator[tuple["_Pinned", str, float]]:
    """A line to the host of the URL, the path to ask for, and when the time is over."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port
    if parts.scheme != ("http" if loopback else "https") or not host or parts.username is not None:
        raise ValueError("only https, with a host and without a name or password in it")
    ends = time.monotonic() + seconds
    connection = _Pinned(host, port or (80 if loopback else 443), ends, loopback, private)
    clock = threading.Timer(seconds, connection.cut)
    clock.daemon = True
    clock.start()
    try:
        try:
            connection.connect()
        except OSError as error:
            raise Unreached(type(error).__name__) from error
        yield connection, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), ends
    finally:
        clock.cancel()
        connection.close()


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, seen through every disguise."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        if any(found in net for net in TRANSLATED):
            return False
    return found.is_global and not found.is_multicast


def is_inside(address: str) -> bool:
    """Whether an IP address is of a firm's own network (RFC 1918, RFC 4193), written plainly."""
    found = ipaddress.ip_address(address.partition("%")[0])
    return any(found in net for net in OWN_NETWORKS if net.version == found.version)


class _Pinned(HTTPConnection):
    """A connection to the address that was looked at, and to no other."""

    def __init__(self, host: str, port: int, ends: float, loopback: bool, private: bool) -> None:
        super().__init__(host, port)
        self.ends, self.loopback, self.private = ends, loopback, private
        self.line: socket.socket | None = None

    def connect(self) -> None:
        """Resolve once, look at every address, connect to the first."""
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        addresses = [str(entry[4][0]) for entry in found]
        wrong = [one for one in addresses if not self._allowed(one)]
        if wrong or not addresses:
            raise Inward("not an address of the open internet")
        left = _left(self.ends)
        line = self.line = socket.create_connection((addresses[0], self.port), timeout=left)
        if not self.loopback:
            context = ssl.create_default_context()
            line = self.line = context.wrap_socket(
                line, server_hostname=self.host, do_handshake_on_connect=False
            )
            line.do_handshake()
        self.sock = line

    def cut(self) -> None:
        """Time is over: whoever reads or writes just now, byte by byte perhaps, reads no more."""
        if self.line is not None:
            with suppress(OSError):
                self.line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """As the standard one; also a line whose handshake failed."""
        super().close()
        if self.line is not None:
            self.line.close()

    def _allowed(self, address: str) -> bool:
        if self.loopback:
            return ipaddress.ip_address(address.partition("%")[0]).is_loopback
        return is_public(address) or (self.private and is_inside(address))


def _read(
    response: HTTPResponse, take: Callable[[bytes], object], ends: float, most_bytes: int
) -> None:
    """The body, piece by piece: a flood is cut off; a drip is cut off by the clock."""
    size = 0
    while True:
        try:
            piece = response.read1(PIECE)
        except (OSError, HTTPException) as error:
            raise Broken(type(error).__name__) from error
        if not piece:
            break
        size += len(piece)
        if size > most_bytes:
            raise TooLong
        take(piece)
    if ends <= time.monotonic():  # cut off by the clock, it looks like an end
        raise Broken("TimeoutError")


def _left(ends: float) -> float:
    """Seconds that are left. Raises TimeoutError when there are none."""
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError("no time left")
    return left
