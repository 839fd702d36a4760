"""A nightly file over HTTPS, from a stand-in on this machine."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from polecam.actions import feeds
from polecam.files import vault
from polecam.imports.models import Feed, Import
from tests.feeds.conftest import HEAD, rows, run

DAY = timedelta(days=1)


class Other(BaseHTTPRequestHandler):
    """The other system: says what the test wants, remembers what it was asked."""

    status, body, more, asked = 200, b"", {}, []
    length = None

    def do_GET(self):
        type(self).asked.append(dict(self.headers))
        if self.status == 200 and self.headers.get("If-None-Match") == self.more.get("ETag", "-"):
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(self.status)
        for name, value in self.more.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(self.length or len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_args):
        pass


@pytest.fixture
def other(settings):
    """The other system at work."""
    settings.OUTSIDE_LOOPBACK = True
    Other.status, Other.body, Other.more, Other.asked, Other.length = 200, b"", {}, [], None
    server = ThreadingHTTPServer(("127.0.0.1", 0), Other)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Other.url = f"http://127.0.0.1:{server.server_port}/clients.csv?key=1"
    yield Other
    server.shutdown()
    server.server_close()


@pytest.fixture
def feed(ada, branch, marta, other, at):
    """From there; set up as the page would, then pointed at the stand-in."""
    made = feeds.make(
        by=ada, at=at, name="CRM", branch=branch, kind="clients", source="https",
        place="https://crm.example/clients.csv", login="Bearer tajne",
    )  # fmt: skip
    made.place = other.url
    made.save()
    return made


def test_it_comes_with_its_tag_and_not_twice(feed, other, ada, at):
    other.body, other.more = (HEAD + rows(3)).encode(), {"ETag": '"one"'}
    first = run(feed, at)
    assert first.problem == "first"
    assert other.asked[0]["Authorization"] == "Bearer tajne"
    assert "If-None-Match" not in other.asked[0]
    feeds.accept(by=ada, at=at, feed=feed, run=first)
    assert run(feed, at + DAY).problem == "same"
    assert other.asked[1]["If-None-Match"] == '"one"'
    other.body, other.more = (HEAD + rows(4)).encode(), {"ETag": '"two"'}
    assert run(feed, at + 2 * DAY).done
    assert Import.objects.count() == 2


@pytest.mark.parametrize(
    ("status", "code"),
    [(404, "no_file"), (401, "login"), (403, "login"), (302, "redirect"), (500, "status")],
)
def test_other_answers(feed, other, at, status, code):
    other.status, other.body = status, b"<html>no</html>"
    other.more = {"Location": "http://127.0.0.1/elsewhere"}
    assert run(feed, at).problem == code
    assert not list(vault.path_of("x").parent.glob("*"))


def test_a_tag_that_no_header_can_hold_is_not_kept(feed, other, ada, at):
    other.body, other.more = (HEAD + rows(3)).encode(), {"ETag": "a" * 198 + "\r\n b"}
    feeds.accept(by=ada, at=at, feed=feed, run=run(feed, at))
    other.body = (HEAD + rows(4)).encode()
    assert run(feed, at + DAY).problem == ""
    assert "If-None-Match" not in other.asked[1]


def test_too_large_by_its_word_or_in_truth(feed, other, at, monkeypatch):
    monkeypatch.setattr(vault, "LIMIT", 1_000)
    other.body = b"x" * 2_000
    assert run(feed, at).problem == "file_too_large"
    other.length = 10 << 30
    assert run(feed, at + timedelta(minutes=6)).problem == "file_too_large"
    assert not list(vault.path_of("x").parent.glob("*"))


def test_broken_off(feed, other, at):
    other.body, other.length = (HEAD + rows(3)).encode(), 100_000
    assert run(feed, at).problem == "broke_off"
    assert not Import.objects.exists()


def test_a_page_instead_of_a_table(feed, other, at):
    other.body = b"\x89PNG\r\n\x1a\n" + b"x" * 100
    assert run(feed, at).problem.startswith("file_")


def test_nobody_there(feed, at):
    feed.place = "http://127.0.0.1:9/clients.csv"
    feed.save()
    assert run(feed, at).problem == "unreached"


def test_an_address_inside_is_not_asked(feed, settings, monkeypatch, at):
    import socket

    settings.OUTSIDE_LOOPBACK = False
    monkeypatch.setattr(
        socket, "getaddrinfo",
        lambda host, port, **_more: [(2, 1, 6, "", ("10.0.0.7", port))],
    )  # fmt: skip
    feed.place = "https://crm.example/clients.csv"
    feed.save()
    assert run(feed, at).problem == "private_address"
    assert Feed.objects.count() == 1
