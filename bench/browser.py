"""A browser just good enough to measure with: one connection, cookies, forms, bytes on the wire."""

import gzip
import http.client
import re
import time
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin

import brotli


@dataclass
class Answer:
    """What came back, and how long it took."""

    status: int
    headers: http.client.HTTPMessage
    wire: bytes
    seconds: float

    @property
    def text(self) -> str:
        """The page, unpacked."""
        packed = {"br": brotli.decompress, "gzip": gzip.decompress}
        unpack = packed.get(self.headers.get("Content-Encoding", ""), bytes)
        return unpack(self.wire).decode()


class Form(HTMLParser):
    """The fields of the first form that posts to the page itself or to where `action` ends."""

    def __init__(self, action: str, page: str) -> None:
        super().__init__()
        self.wanted, self.inside, self.found = action, False, False
        self.fields: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form" and not self.found:
            action = given.get("action") or self.wanted
            posts = (given.get("method") or "").lower() == "post"
            self.inside = self.found = posts and action.endswith(self.wanted)
        if self.inside and tag == "input" and given.get("name"):
            chosen = given.get("type") not in {"radio", "checkbox", "submit"} or "checked" in given
            if chosen:
                self.fields[given["name"] or ""] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False


class Browser:
    """One person with one connection."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies = {"language": "pl", **(cookies or {})}

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Send a form."""
        return self._ask("POST", path, urlencode(fields))

    def weigh(self, path: str) -> tuple[int, list[tuple[str, int]]]:
        """Bytes on the wire of a page with all that it loads at first; total and parts."""
        page = self.get(path)
        parts = [(path, len(page.wire))]
        queue = re.findall(r'<link[^>]+href="([^"]+)"|<script[^>]+src="([^"]+)"', page.text)
        queue += re.findall(r'<use href="([^"#]+)()', page.text)
        addresses = list(dict.fromkeys(a or b for a, b in queue if (a or b).startswith("/")))
        for address in addresses:
            answer = self.get(address)
            parts.append((address, len(answer.wire)))
            if ".css" in address:
                fonts = re.findall(r"url\([\"']?([^\"')]+\.woff2)", answer.text)
                addresses += [
                    full
                    for font in fonts
                    if "-rest" not in font and (full := urljoin(address, font)) not in addresses
                ]
        return sum(size for _name, size in parts), parts

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Accept-Encoding": "gzip, br",
            "Host": f"localhost:{self.connection.port}",
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        wire = answer.read()
        seconds = time.perf_counter() - started
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(answer.status, answer.headers, wire, seconds)
