"""Messages are made from the journal, once each, and always carry the friend's own link."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import privacy
from polecam.journal.models import Event
from polecam.messages import mail, words
from polecam.messages.models import Message
from polecam.messages.texts import EMAIL, SMS, Facts, vars_of
from polecam.worker import drain
from polecam.worker.readers import mail as reader
from tests.privacy.friend import answer, capture, say_yes, waiting

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def empty_folder(settings, tmp_path):
    settings.MAIL_ROOT = tmp_path


def test_one_message_a_medium_however_often_it_is_read(anna, marta, at):
    referral = capture(anna, marta, at)
    answer(referral.invitation, at, channels=["phone", "sms", "email"])
    for minute in (1, 2):
        for event in Event.objects.filter(kind="consent.given"):
            reader.handle(event, at + minute * MINUTE)
    assert sorted(Message.objects.values_list("medium", flat=True)) == ["email", "sms"]
    assert len(outbox.outbox) == 1
    assert len(list(mail.newest())) == 1


def test_to_and_body_are_sealed(anna, marta, at):
    answer(capture(anna, marta, at).invitation, at)
    drain(at + MINUTE)
    message = Message.objects.get()
    assert message.to.endswith("417")
    assert "417" not in message.to_sealed
    assert "/c/" in message.body
    assert "http" not in message.body_sealed


def test_a_failed_message_is_sent_at_the_next_try(anna, marta, at, monkeypatch):
    answer(capture(anna, marta, at).invitation, at)
    event = Event.objects.get(kind="consent.given")

    def broken(*_args: str) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(mail, "send_sms", broken)
        reader.handle(event, at + MINUTE)
    assert Message.objects.get().sent_at is None
    reader.handle(event, at + 3 * MINUTE)
    assert Message.objects.get().sent_at == at + 3 * MINUTE


def test_nothing_is_sent_to_whoever_withdrew(anna, marta, at):
    referral = capture(anna, marta, at)
    answer(referral.invitation, at)
    privacy.withdraw(consent=waiting(referral)[0], at=at + MINUTE)
    drain(at + 2 * MINUTE)
    assert not Message.objects.exists()


def test_old_events_puzzle_nobody(anna, marta, at):
    answer(capture(anna, marta, at - timedelta(days=3)).invitation, at - timedelta(days=3))
    drain(at)
    assert not Message.objects.exists()


def test_the_thank_you_goes_by_what_was_agreed(anna, marta, at):
    say_yes(capture(anna, marta, at).invitation, at, channels=["phone"])
    drain(at + 9 * MINUTE)
    assert not Message.objects.filter(kind="confirmed").exists(), "a call was agreed, no SMS"


def test_no_gateway_no_text_message(anna, marta, at, settings):
    settings.SMS_TO_FILES = False
    answer(capture(anna, marta, at).invitation, at)
    drain(at + MINUTE)
    assert not Message.objects.exists()


@given(
    kind=st.sampled_from(sorted(SMS)),
    medium=st.sampled_from(["sms", "email"]),
    language=st.sampled_from(["pl", "en"]),
)
def test_every_message_carries_the_friends_link(kind, medium, language):
    own = "https://polecam.example/f/abc-def/"
    facts = Facts(firm="Bank", seller="Marta Z", own=own, url="https://polecam.example/c/x-y/")
    subject, body = (
        words.filled(text, vars_of(facts)) for text in words.house(kind, medium, language)
    )
    assert own in body
    assert "%(" not in subject + body
    assert "{" not in subject + body
    assert EMAIL.keys() == SMS.keys()
