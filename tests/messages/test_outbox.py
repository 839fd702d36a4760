"""A message leaves the house once, whatever the other side does; the unsure is not repeated."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import outbox, outbox_care
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.messages import rules
from polecam.messages.models import Bounce, Message
from polecam.messages.outbox import Letter, write
from tests.messages.conftest import to_staff
from tests.messages.stand_ins import HANG_UP_AFTER_DATA, HANG_UP_BEFORE_DATA, OK, mail_server
from tests.privacy.friend import answer, capture, deliver

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def now(message: Message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, message.trouble


def work(start, length, step=MINUTE) -> None:
    """The worker, every `step`."""
    at = start
    while at <= start + length:
        outbox.deliver_due(at=at)
        at += step


def test_one_letter_with_a_stable_name_and_honest_headers(letter, smtp, at):
    outbox.deliver_due(at=at)
    outbox.deliver_due(at=at + MINUTE)
    (took,) = smtp.took
    assert now(letter) == ("sent", "")
    for line in (
        f"Message-ID: <{letter.public_id}@localhost>",
        "Auto-Submitted: auto-generated",
        "Content-Language: pl",
    ):
        assert line in took
    assert "List-Unsubscribe" not in took
    event = Event.objects.get(kind="message.sent")
    assert event.data == {"kind": "statement", "medium": "email", "person": letter.person.public_id}


def test_a_client_finds_the_way_out_in_the_letters_head(anna, smtp, at):
    out = "https://polecam.example/s/stop/"
    said = Letter("survey", "a@b.pl", "S", "B", "pl", out=out)
    message = write(said, event=None, at=at)
    outbox.deliver_due(at=at)
    assert now(message)[0] == "sent"
    assert f"List-Unsubscribe: <{out}>" in smtp.took[0].replace("\r\n ", " ")


@pytest.mark.parametrize(
    ("how", "state", "trouble", "dead"),
    [
        ("rcpt 452 4.2.2 full", "waiting", "later", False),
        ("data 451 4.3.0 later", "waiting", "later", False),
        (HANG_UP_BEFORE_DATA, "waiting", "unreachable", False),
        (HANG_UP_AFTER_DATA, "unsure", "broken", False),
        ("rcpt 550 5.1.1 no such user", "bounced", "address", True),
        ("rcpt 550 no such user", "bounced", "address", True),
        ("rcpt 550 5.7.1 not from you", "failed", "policy", False),
        ("data 554 5.7.1 spam", "failed", "policy", False),
        ("data 554 too odd", "failed", "content", False),
    ],
)
def test_what_an_answer_means(letter, smtp, at, how, state, trouble, dead):
    smtp.script = [how, OK]
    outbox.deliver_due(at=at)
    assert now(letter) == (state, trouble)
    assert Bounce.objects.exists() == dead
    taken = len(smtp.took)
    work(at + MINUTE, DAY + 3 * HOUR, 3 * HOUR)
    if state == "waiting":
        assert (now(letter)[0], len(smtp.took)) == ("sent", 1)
    else:
        assert (now(letter)[0], len(smtp.took)) == (state, taken), "never again by itself"


def test_nothing_goes_to_a_dead_address_until_it_is_lifted(letter, smtp, marta, ada, kamil, at):
    smtp.script = ["rcpt 550 5.1.1 no such user", OK]
    outbox.deliver_due(at=at)
    second = to_staff(marta, at)
    outbox.deliver_due(at=at + MINUTE)
    assert now(second) == ("dropped", "dead")
    assert smtp.took == []
    with pytest.raises(NotAllowed):
        outbox_care.lift(by=kamil, at=at + MINUTE, message=letter)
    outbox_care.lift(by=ada, at=at + MINUTE, message=letter)
    outbox.deliver_due(at=at + MINUTE)
    assert now(letter) == ("sent", "")
    assert len(smtp.took) == 1
    with pytest.raises(Refused, match="message_moved_on"):
        outbox_care.lift(by=ada, at=at + MINUTE, message=letter)


def test_a_day_without_a_mail_server_loses_and_doubles_nothing(
    settings, marta, kamil, anna, tomek, at
):
    settings.EMAIL_BACKEND = "polecam.messages.smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = "127.0.0.1", False, ""
    with mail_server() as gone:
        settings.EMAIL_PORT = gone.port
    written = [to_staff(person, at + n * MINUTE) for n, person in enumerate([marta, kamil] * 4)]
    answer(capture(anna, marta, at).invitation, at, channels=["phone"])
    outbox.deliver_due(at=at + MINUTE)
    deliver(at + MINUTE)
    sms = Message.objects.get(medium="sms")
    assert sms.state == "sent", "the other medium is served meanwhile"
    work(at + MINUTE, DAY, timedelta(minutes=23))
    assert {now(message)[0] for message in written} == {"waiting"}
    assert max(message.tries for message in written) <= rules.MOST_TRIES
    with mail_server(gone.port) as back:
        work(at + DAY + MINUTE, 14 * HOUR, timedelta(minutes=47))
        assert {now(message)[0] for message in written} == {"sent"}
        ids = [line for took in back.took for line in took.splitlines() if "Message-ID" in line]
    assert len(ids) == len(set(ids)) == len(written)


def test_after_eight_tries_a_human_decides(letter, smtp, ada, marta, at):
    smtp.script = ["rcpt 452 4.2.2 full"]
    work(at, 3 * DAY, HOUR)
    assert now(letter) == ("failed", "gave_up")
    assert letter.tries == rules.MOST_TRIES == 8
    assert letter.failed_at - at > DAY
    with pytest.raises(NotAllowed):
        outbox_care.send_all_again(by=marta, at=at + 3 * DAY)
    assert outbox_care.send_all_again(by=ada, at=at + 3 * DAY) == 1
    smtp.script = [OK]
    outbox.deliver_due(at=at + 3 * DAY)
    assert (now(letter), len(smtp.took)) == (("sent", ""), 1)


def test_an_unsure_one_goes_again_only_by_hand(letter, smtp, ada, marta, at):
    smtp.script = [HANG_UP_AFTER_DATA, OK]
    outbox.deliver_due(at=at)
    with pytest.raises(NotAllowed):
        outbox_care.send_again(by=marta, at=at, message=letter, reason="not_there")
    with pytest.raises(Refused, match="choice_unknown"):
        outbox_care.send_again(by=ada, at=at, message=letter, reason="because")
    outbox_care.send_again(by=ada, at=at, message=letter, reason="not_there")
    outbox.deliver_due(at=at)
    assert (now(letter), len(smtp.took)) == (("sent", ""), 2)
    assert smtp.took[0].count(letter.public_id) == smtp.took[1].count(letter.public_id) > 0
    with pytest.raises(Refused, match="message_moved_on"):
        outbox_care.put_aside(by=ada, at=at, message=letter, reason="told")


def test_what_was_put_aside_stays_there(letter, smtp, ada, at):
    outbox_care.put_aside(by=ada, at=at, message=letter, reason="pointless")
    work(at, HOUR)
    assert (now(letter), smtp.took) == (("dropped", "aside"), [])


def test_what_nobody_wants_any_more_is_dropped(marta, kamil, smtp, at):
    late = to_staff(marta, at, good_until=at + MINUTE)
    gone = to_staff(kamil, at)
    kamil.is_active = False
    kamil.save(update_fields=["is_active"])
    outbox.deliver_due(at=at + HOUR)
    assert (now(late), now(gone)) == (("dropped", "late"), ("dropped", "left"))
    assert smtp.took == []


def test_an_error_of_ours_is_no_second_letter(letter, smtp, at, monkeypatch):
    def broken(*_args: object) -> None:
        raise KeyError

    with monkeypatch.context() as patch:
        patch.setattr("polecam.messages.mail.send_email", broken)
        outbox.deliver_due(at=at)
    assert now(letter) == ("unsure", "broken"), "it had begun to be handed over"


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_it_once(letter, smtp, at):
    def deliver() -> None:
        outbox.deliver(letter, at=at)
        outbox.deliver_due(at=at)
        connections.close_all()

    threads = [threading.Thread(target=deliver) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (now(letter)[0], len(smtp.took), letter.tries) == ("sent", 1, 1)


@given(tries=st.integers(1, 20))
def test_pauses_grow_and_end(tries):
    pause = rules.pause_after(tries)
    assert (pause is None) == (tries >= rules.MOST_TRIES)
    if pause and tries > 1:
        assert pause > rules.pause_after(tries - 1)
    assert sum(rules.PAUSES, timedelta()) > DAY


def test_a_letter_that_cannot_be_read_stops_no_other(marta, kamil, smtp, at):
    damaged = to_staff(marta, at)
    Message.objects.filter(pk=damaged.pk).update(to_sealed=to_staff(marta, at).to_sealed)
    to_staff(kamil, at)
    outbox.deliver_due(at=at)
    assert len(smtp.took) == 2, "the other two"
    assert now(damaged) == ("failed", "fault")
