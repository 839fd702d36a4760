"""Letters that come back: read as RFC 3464 says, believed only about letters of ours."""

import io
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import OperationalError
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import bounces, outbox
from polecam.cli import bounce_in
from polecam.journal.models import Event
from polecam.messages import dsn
from polecam.messages.mail import message_id
from polecam.messages.models import Bounce, Message
from polecam.store.fields import new_public_id

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def notice(ident, to, action="failed", status="5.1.1", how="headers") -> bytes:
    """What a mail server writes; `how` it names the letter it is about."""
    said = message_id(ident)
    returned = {
        "headers": f"Content-Type: text/rfc822-headers\n\nFrom: us@localhost\nMessage-Id: {said}",
        "letter": f"Content-Type: message/rfc822\n\nMessage-ID: {said}\nSubject: x\n\nBody",
        "reference": "Content-Type: text/plain\n\nnothing",
    }[how]
    reference = f"In-Reply-To: {said}\n" if how == "reference" else ""
    return (
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: polecam@localhost\n"
        f"{reference}MIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b0"\n\n'
        "--b0\nContent-Type: text/plain\n\nI am sorry.\n"
        "--b0\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example\nArrival-Date: Wed, 25 Nov 2026 10:00:00 +0100\n\n"
        f"Original-Recipient: rfc822; {to}\nFinal-Recipient: rfc822; box17@mx.example\n"
        f"Action: {action}\nStatus: {status}\nDiagnostic-Code: smtp; 550 no\n\n"
        f"--b0\n{returned}\n--b0--\n"
    ).encode()


@pytest.fixture
def sent(letter, at) -> Message:
    outbox.deliver_due(at=at)
    letter.refresh_from_db()
    assert letter.state == "sent"
    return letter


@pytest.mark.parametrize("how", ["headers", "letter", "reference"])
def test_a_letter_that_came_back_blocks_its_address(sent, at, how):
    raw = notice(sent.public_id, sent.to.upper(), how=how)
    assert bounces.told_by_mail(at=at + HOUR, raw=raw) == 1
    assert bounces.told_by_mail(at=at + HOUR, raw=raw) == 0, "twice is once"
    sent.refresh_from_db()
    assert (sent.state, sent.trouble) == ("bounced", "address")
    assert Bounce.objects.count() == 1
    assert Event.objects.filter(kind="message.bounced").count() == 1


@pytest.mark.parametrize(
    ("action", "status", "state", "trouble"),
    [
        ("failed", "5.2.2", "failed", "policy"),
        ("failed", "5.7.1", "failed", "policy"),
        ("failed", "4.4.7", "failed", "expired"),
        ("delayed", "4.4.1", "sent", ""),
        ("delivered", "2.0.0", "delivered", ""),
        ("relayed", "2.0.0", "sent", ""),
        ("strange", "5.1.1", "sent", ""),
        ("failed", "what", "sent", ""),
    ],
)
def test_other_news(sent, at, action, status, state, trouble):
    bounces.told_by_mail(at=at + HOUR, raw=notice(sent.public_id, sent.to, action, status))
    sent.refresh_from_db()
    assert (sent.state, sent.trouble) == (state, trouble)
    assert not Bounce.objects.exists()


def test_another_address_is_not_blocked_by_it(sent, at):
    bounces.told_by_mail(at=at + HOUR, raw=notice(sent.public_id, "somebody@else.example"))
    sent.refresh_from_db()
    assert sent.state == "bounced"
    assert not Bounce.objects.exists()


def test_what_is_not_ours_changes_nothing(sent, at):
    for raw in (
        notice(new_public_id(), sent.to),
        notice(sent.public_id, sent.to).replace(b"@localhost>", b"@other.example>"),
        b"Subject: Out of office\n\nI am away.",
        b"",
        b"\xff\xfe\x00",
    ):
        assert bounces.told_by_mail(at=at, raw=raw) == 0
    sent.refresh_from_db()
    assert sent.state == "sent"


def test_an_unsure_letter_is_cleared_up_by_the_news(letter, smtp, at):
    smtp.script = ["after"]
    outbox.deliver_due(at=at)
    bounces.told_by_mail(at=at, raw=notice(letter.public_id, letter.to, "delivered", "2.0.0"))
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at) == ("delivered", at)


def test_one_that_waits_cannot_have_come_back(letter, at):
    assert bounces.told_by_mail(at=at, raw=notice(letter.public_id, letter.to)) == 0


@given(st.binary(max_size=2_000), st.integers(0, 1_200))
def test_no_letter_breaks_the_reader(noise, where):
    raw = notice("a" * 15, "a@b.pl")
    dsn.read(noise)
    dsn.read(raw[:where] + noise + raw[where:])


def run(raw: bytes, monkeypatch) -> int:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
    return bounce_in.run(None)


def test_the_command_answers_the_mail_server(sent, monkeypatch, capsys):
    assert run(notice(sent.public_id, sent.to), monkeypatch) == 0
    assert run(b"Subject: hello\n\nx", monkeypatch) == 0
    assert capsys.readouterr().out == "1 taken in\nnothing of ours\n"

    def away(**_more: object) -> int:
        raise OperationalError

    monkeypatch.setattr(bounces, "told_by_mail", away)
    assert run(b"x", monkeypatch) == 75
