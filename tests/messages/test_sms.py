"""Text messages through SMSAPI: taken once, understood in every answer, told of afterwards."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from polecam.actions import outbox, outbox_care
from polecam.messages.gateway import sms_possible
from polecam.messages.models import Bounce, Message
from polecam.messages.outbox import Letter, write
from polecam.messages.smsapi import report_path
from tests.privacy.friend import PHONE, answer, capture, deliver

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def sms(marta, at) -> Message:
    said = Letter("test", PHONE, "", "Czy udało się porozmawiać?", "pl", "sms", person=marta)
    return write(said, event=None, at=at)


def now(message: Message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, message.trouble


def test_a_friend_gets_it_as_smsapi_wants_it(gateway, settings, anna, marta, at):
    answer(capture(anna, marta, at).invitation, at)
    deliver(at + MINUTE)
    message = Message.objects.get()
    (heard,) = gateway.heard
    assert heard["to"] == "48601673417"
    assert heard["from"] == "Olszyna"
    assert heard["idx"] == message.public_id
    assert heard["check_idx"] == "1"
    assert heard["token"] == "Bearer token-of-the-firm"
    assert heard["notify_url"] == settings.BASE_URL + report_path()
    assert heard["message"] == message.body
    assert (message.state, message.gateway_id) == ("sent", "id0")


@pytest.mark.parametrize(
    ("status", "body", "state", "trouble", "dead"),
    [
        (200, {"error": 13, "message": "No correct phonenumbers"}, "bounced", "number", True),
        (200, {"error": 103, "message": "Insufficient credits"}, "waiting", "credit", False),
        (200, {"error": 101, "message": "Invalid access token"}, "waiting", "login", False),
        (401, {"message": "Authorization failed", "error": 101}, "waiting", "login", False),
        (200, {"error": 203, "message": "Too many requests"}, "waiting", "later", False),
        (429, b"", "waiting", "later", False),
        (302, b"", "waiting", "unreachable", False),
        (200, {"error": 14, "message": "Wrong sender name"}, "failed", "content", False),
        (200, {"error": 53, "message": "Not unique idx"}, "sent", "", False),
        (502, b"<html>bad gateway</html>", "unsure", "broken", False),
        (200, b"who knows", "unsure", "broken", False),
        (200, {"count": 0, "list": []}, "unsure", "broken", False),
        (200, b"x" * 300_000, "unsure", "broken", False),
    ],
)
def test_what_an_answer_means(gateway, sms, at, status, body, state, trouble, dead):
    gateway.script = [(status, body)]
    outbox.deliver_due(at=at)
    assert now(sms) == (state, trouble)
    assert Bounce.objects.exists() == dead
    assert len(gateway.heard) == 1


def test_hung_up_in_the_middle_is_unsure_and_once_more_by_hand_is_not_twice(gateway, sms, ada, at):
    gateway.script = [None]
    outbox.deliver_due(at=at)
    outbox.deliver_due(at=at + timedelta(days=2))
    assert now(sms) == ("unsure", "broken")
    assert len(gateway.heard) == 1
    outbox_care.send_again(by=ada, at=at, message=sms, reason="not_there")
    outbox.deliver_due(at=at)
    assert now(sms) == ("sent", "")
    assert len(gateway.taken) == 1, "the gateway knew it had it: one text message"


def test_nobody_at_home_waits(settings, gateway, sms, at):
    settings.SMS_URL = "http://127.0.0.1:1/sms.do"
    outbox.deliver_due(at=at)
    assert now(sms) == ("waiting", "unreachable")


def test_a_number_that_is_none_is_not_even_tried(gateway, marta, at):
    said = Letter("test", "12", "", "B", "pl", "sms", person=marta)
    message = write(said, event=None, at=at)
    outbox.deliver_due(at=at)
    assert (now(message), gateway.heard) == (("bounced", "number"), [])


def test_possible_only_where_somebody_carries_them(settings, sms, at):
    assert sms_possible(), "files, in tests"
    settings.SMS_TO_FILES = False
    assert not sms_possible()
    outbox.deliver_due(at=at)
    assert now(sms) == ("waiting", "no_gateway")
    settings.SMS_TOKEN = "token"
    assert sms_possible()


@pytest.mark.parametrize(
    ("told", "state", "trouble", "dead"),
    [
        ("404", "delivered", "", False),
        ("DELIVERED", "delivered", "", False),
        ("405", "failed", "undelivered", False),
        ("402", "failed", "undelivered", False),
        ("401", "bounced", "number", True),
        ("403", "sent", "", False),
        ("nonsense", "sent", "", False),
    ],
)
def test_a_report_finds_its_message_once(gateway, sms, at, told, state, trouble, dead):
    outbox.deliver_due(at=at)
    said = {"MsgId": "id0", "idx": "", "status": told}
    for _twice in range(2):
        reply = Browser().get(report_path(), said)
        assert (reply.status_code, reply.content) == (200, b"OK")
    assert now(sms) == (state, trouble)
    assert Bounce.objects.exists() == dead


def test_several_reports_in_one_call_and_by_our_own_id(gateway, sms, marta, at):
    said = Letter("test", "+48601673499", "", "B", "pl", "sms", person=marta)
    second = write(said, event=None, at=at)
    outbox.deliver_due(at=at)
    idx = f"{sms.public_id},{second.public_id}"
    Browser().post(report_path(), {"MsgId": "strange,id1", "idx": idx, "status": "404,405"})
    assert now(sms) == ("delivered", "")
    assert now(second) == ("failed", "undelivered")


def test_a_guessed_token_changes_nothing(gateway, sms, at):
    outbox.deliver_due(at=at)
    wrong = report_path()[:-2] + ("a/" if report_path()[-2] != "a" else "b/")
    with CaptureQueriesContext(connection) as asked:
        reply = Browser().get(wrong, {"MsgId": "id0", "status": "404"})
    assert reply.status_code == 404
    assert not [one for one in asked if "mail_message" in one["sql"]]
    assert now(sms) == ("sent", "")


def test_the_token_is_cut_out_of_logs():
    from polecam.web.logs import TOKEN

    assert report_path().split("/")[3] not in TOKEN.sub(r"\1…", f'"GET {report_path()}?MsgId=1"')


def test_undelivered_and_sent_again_is_a_new_one_to_the_gateway(gateway, sms, ada, at):
    outbox.deliver_due(at=at)
    Browser().get(report_path(), {"MsgId": "id0", "idx": "", "status": "405"})
    outbox_care.send_again(by=ada, at=at, message=Message.objects.get(), reason="cause_gone")
    outbox.deliver_due(at=at)
    assert len(gateway.taken) == 2
    assert now(sms) == ("sent", "")
