"""The guarded client: nothing private, no redirect, no second look-up, no end without a limit."""

import socket
import threading
import time
from contextlib import contextmanager

import pytest

from polecam.kit import outside


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::",
        "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:53aa:64c:0:fffe:80ff:fffe",
    ],
)  # fmt: skip
def test_what_is_not_of_the_open_internet(address):
    assert not outside.is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "185.36.169.1", "2a00:1450:4001:830::200e"])
def test_what_is(address):
    assert outside.is_public(address)


def resolving(monkeypatch, *answers: list[str]) -> list[str]:
    """Names resolve to these, one answer a look-up; whom somebody connects to is noted."""
    asked, connected = iter(answers), []

    def look_up(host, port, **_more):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in next(asked)]

    def connect(place, timeout):
        connected.append(place[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    return connected


def ask(url: str = "https://api.example/", **more: object) -> outside.Answer:
    return outside.ask("POST", url, headers={}, body=b"x", **more)


def test_a_name_that_leads_inside_is_not_followed(monkeypatch):
    connected = resolving(monkeypatch, ["10.0.0.7"])
    with pytest.raises(outside.Unreached):
        ask()
    assert connected == []


def test_one_private_address_among_several_is_enough(monkeypatch):
    connected = resolving(monkeypatch, ["8.8.8.8", "127.0.0.1"])
    with pytest.raises(outside.Unreached):
        ask()
    assert connected == []


def test_the_name_is_looked_up_once_and_that_address_is_used(monkeypatch):
    connected = resolving(monkeypatch, ["8.8.8.8"], ["127.0.0.1"])
    with pytest.raises(outside.Unreached):
        ask()
    assert connected == ["8.8.8.8"]


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example/", "ftp://api.example/", "https:///path", "file:///etc/passwd",
        "https://name:secret@api.example/", "https://@api.example/",
    ],
)  # fmt: skip
def test_urls_that_are_none(url):
    with pytest.raises(ValueError):
        ask(url)


def test_this_machine_only_where_a_test_says_so(monkeypatch):
    with pytest.raises(outside.Unreached):
        ask("https://127.0.0.1:9/")
    connected = resolving(monkeypatch, ["8.8.8.8"])
    with pytest.raises(outside.Unreached):
        ask("http://localhost/", loopback=True)
    assert connected == [], "and then nothing else"


@contextmanager
def server(*pieces: bytes, pause: float = 0.0):
    """Says these pieces, with pauses."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def talk() -> None:
            with door.accept()[0] as line:
                heard = b""
                while not heard.endswith(b"\r\n\r\nx"):
                    heard += line.recv(65_536)
                try:
                    for piece in pieces:
                        line.sendall(piece)
                        time.sleep(pause)
                except OSError:
                    pass

        threading.Thread(target=talk, daemon=True).start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}/sms?x=1"


HEAD = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"


def test_an_answer(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    begun = []
    with server(HEAD, b"good") as url:
        found = ask(url, loopback=True, begin=lambda: begun.append(1))
    assert (found.status, found.body, begun) == (200, b"good", [1])


def test_a_redirect_is_an_answer_and_nothing_more():
    with server(
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
    ) as url:
        assert ask(url, loopback=True).status == 302


def test_a_flood_is_cut_off():
    with server(HEAD, b"x" * 5_000) as url, pytest.raises(outside.Broken):
        ask(url, loopback=True, most_bytes=1_000)


@pytest.mark.parametrize("pieces", [[HEAD, *[b"x"] * 400], [HEAD[:1] * 1, *[b"x"] * 400]])
def test_a_drip_is_cut_off(pieces):
    """In the body, and in a head that never ends."""
    started = time.monotonic()
    with server(*pieces, pause=0.05) as url, pytest.raises(outside.Broken):
        ask(url, loopback=True, seconds=0.3)
    assert time.monotonic() - started < len(pieces) * 0.05


def test_silence_after_the_request_is_broken_not_unreached():
    with server(b"") as url, pytest.raises(outside.Broken):
        ask(url, loopback=True)


def test_nobody_there_is_unreached():
    with pytest.raises(outside.Unreached):
        ask("http://127.0.0.1:1/", loopback=True, begin=lambda: pytest.fail("nothing was open"))
