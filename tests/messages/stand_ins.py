"""Stand-ins on this machine: a mail server and SMSAPI, which do as they are told.

Each remembers what it took, and answers by a script: the first answers first, the last one stays.
"""

import json
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

OK = "ok"
HANG_UP_BEFORE_DATA, HANG_UP_AFTER_DATA = "before", "after"


@dataclass
class MailServer:
    """What it took, and how it behaves: OK, a hang-up, or an answer at RCPT or DATA."""

    port: int = 0
    took: list[str] = field(default_factory=list)
    script: list[str] = field(default_factory=lambda: [OK])
    """`"rcpt 452 4.2.2 full"`, `"data 554 5.7.1 no"`, OK, or a hang-up."""

    def next(self) -> str:
        """The behaviour towards the next letter."""
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]


class _Talk(socketserver.StreamRequestHandler):
    """As much SMTP as smtplib needs."""

    server: "_Server"

    def handle(self) -> None:
        how, state = "", self.server.state
        self._say("220 stand-in")
        while line := self.rfile.readline().decode("latin-1").strip():
            verb = line[:4].upper()
            if verb in ("EHLO", "HELO"):
                self._say("250-stand-in\r\n250 SMTPUTF8")
            elif verb == "MAIL":
                how = state.next()
                self._say("250 ok")
            elif verb == "RCPT":
                self._say(how[5:] if how.startswith("rcpt ") else "250 ok")
            elif verb == "DATA":
                if how == HANG_UP_BEFORE_DATA:
                    return
                if not self._data(how):
                    return
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _data(self, how: str) -> bool:
        self._say("354 go on")
        letter = b""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            letter += line
        if how.startswith("data "):
            self._say(how[5:])
            return True
        self.server.state.took.append(letter.decode("utf-8", "replace"))
        if how == HANG_UP_AFTER_DATA:
            return False
        self._say("250 taken")
        return True

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    state: MailServer

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever hangs up does so on purpose here."""


@contextmanager
def mail_server(port: int = 0) -> Iterator[MailServer]:
    """A mail server for a while."""
    with _Server(("127.0.0.1", port), _Talk) as server:
        server.state = MailServer(port=server.server_address[1])
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield server.state
        finally:
            server.shutdown()


@dataclass
class Gateway:
    """SMSAPI as it would answer: (status, body); None hangs up after it heard everything."""

    url: str = ""
    heard: list[dict[str, str]] = field(default_factory=list)
    script: list[tuple[int, object] | None] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)
    """idx -> its own id, as with check_idx=1."""

    def answer(self, said: dict[str, str]) -> tuple[int, object] | None:
        """The next scripted answer, else what SMSAPI says to a good message."""
        self.heard.append(said)
        if said["idx"] in self.taken:
            return 200, {"error": 53, "message": "Not unique idx"}
        if self.script:
            scripted = self.script.pop(0)
            if scripted is None:
                self.taken[said["idx"]] = f"id{len(self.taken)}"
            return scripted
        self.taken[said["idx"]] = f"id{len(self.taken)}"
        one = {"id": self.taken[said["idx"]], "status": "QUEUE", "number": said["to"], "parts": 1}
        return 200, {"count": 1, "list": [one]}


@contextmanager
def sms_gateway() -> Iterator[Gateway]:
    """SMSAPI for a while, on this machine and without TLS."""
    state = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
            said = {key: values[0] for key, values in parse_qs(raw).items()}
            said["token"] = self.headers["Authorization"]
            answer = state.answer(said)
            if answer is None:
                with suppress(OSError):
                    self.connection.shutdown(socket.SHUT_RDWR)
                return
            status, body = answer
            shown = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", "http://127.0.0.1:1/")
            self.send_header("Content-Length", str(len(shown)))
            self.end_headers()
            self.wfile.write(shown)

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        state.url = f"http://127.0.0.1:{server.server_address[1]}/sms.do"
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield state
        finally:
            server.shutdown()
