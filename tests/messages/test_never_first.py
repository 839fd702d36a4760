"""Nothing is ever sent first to a recommended person: their own act stands before each message.

The doors are closed three times: the only action that writes to a friend takes their consent, the
database takes no message to anybody outside without one, and it is looked at again when it goes.
"""

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

import polecam
from polecam.actions import messages, outbox, privacy
from polecam.journal.models import Event
from polecam.messages.models import Message
from polecam.messages.outbox import Letter, write
from polecam.messages.texts import EMAIL
from polecam.privacy.models import Consent
from polecam.worker import drain
from tests.privacy.friend import answer, capture, say_yes

MINUTE = timedelta(minutes=1)
SOURCE = Path(polecam.__file__).parent


@pytest.mark.parametrize("channel", ["sms", "email"])
@pytest.mark.parametrize("kind", EMAIL)
def test_before_every_kind_stands_an_act_of_the_friend(anna, marta, at, kind, channel):
    referral = capture(anna, marta, at - MINUTE)
    drain(at)
    assert not Message.objects.exists(), "a capture writes to nobody"
    referral = say_yes(referral.invitation, at, channels=[channel])
    consent = Consent.objects.get(referral=referral.public_id)
    event = Event.objects.filter(kind="referral.consented").get()
    message = messages.send(
        event=event, kind=kind, consent=consent, at=at + 9 * MINUTE, other="Kamil Duda"
    )
    given = Event.objects.get(kind="consent.given", subject=referral.public_id)
    assert given.by_id is None, "nobody who works here"
    assert given.at < message.created_at
    assert message.basis == given.data["consent"] == consent.public_id
    assert message.state == "sent"


@pytest.mark.django_db
def test_the_database_takes_no_message_to_somebody_outside_without_a_consent(anna, at):
    said = Letter("meeting", "x@poczta.example", "S", "B", "pl", party=anna.party)
    with pytest.raises(IntegrityError), transaction.atomic():
        write(said, event=None, at=at)


def test_a_consent_taken_back_or_made_up_stops_what_waits(anna, marta, at):
    referral = say_yes(capture(anna, marta, at).invitation, at, channels=["email"])
    consent = Consent.objects.get(referral=referral.public_id)
    said = {"to": "x@poczta.example", "subject": "S", "body": "B", "language": "pl"}
    good = Letter("meeting", party=consent.party, basis=consent.public_id, **said)
    forged = Letter("meeting", party=consent.party, basis="nosuchconsent23", **said)
    others = Letter("meeting", party=anna.party, basis=consent.public_id, **said)
    waiting = [write(one, event=None, at=at) for one in (good, forged, others)]
    privacy.withdraw(consent=consent, at=at + MINUTE)
    outbox.deliver_due(at=at + 2 * MINUTE)
    for message in waiting:
        message.refresh_from_db()
        assert (message.state, message.trouble) == ("dropped", "withdrawn")


def test_whoever_was_erased_gets_nothing_and_leaves_nothing(anna, marta, irena, at):
    referral = answer(capture(anna, marta, at).invitation, at)
    consent = Consent.objects.get(referral=referral.public_id)
    said = Letter(
        "confirm", "x@poczta.example", "S", "B", "pl", party=consent.party, basis=consent.public_id
    )
    write(said, event=None, at=at)
    privacy.erase(by=irena, at=at + MINUTE, party=consent.party)
    assert outbox.deliver_due(at=at + 2 * MINUTE) == 0
    assert not Message.objects.exists()


def test_messages_are_written_in_one_place_and_handed_over_in_one():
    """No other module makes a Message, or speaks to a mail server or a gateway."""
    makers, senders = set(), set()
    for path in SOURCE.rglob("*.py"):
        if "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        if not re.search(r"Message|send_|hand_over", text):
            continue
        tree = ast.parse(text)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                if name in ("Message", "Message.objects.create", "Message.objects.bulk_create"):
                    makers.add(path.relative_to(SOURCE).as_posix())
                if name.rpartition(".")[2] in (
                    "send_email", "send_sms", "send_mail", "EmailMessage", "hand_over",
                ):  # fmt: skip
                    senders.add(path.relative_to(SOURCE).as_posix())
    assert makers == {"messages/outbox.py"}
    assert senders == {
        "messages/mail.py", "messages/handover.py", "messages/gateway.py", "actions/outbox.py",
    }  # fmt: skip
