"""A form that is sent again because its answer was lost counts once, whatever it asks for."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from polecam.actions import once, recognition
from polecam.actions.once import AlreadyDone
from polecam.journal.models import ActionKey, Event
from polecam.recognition.models import Clap
from polecam.store import faults
from polecam.store.tx import action, at_the_start, in_steps
from polecam.web.away import PLAIN

HERE = "http://testserver/team/"


@pytest.fixture
def clap(client, kamil, marta, tomek, at):
    """Kamil claps for a praise, or takes it back: the same button."""
    for one in (kamil, marta, tomek):
        recognition.join_feed(by=one, at=at)
    praise = recognition.praise(by=tomek, at=at, receiver=marta, text="Brawo")
    client.force_login(kamil)
    client.cookies["language"] = "en"

    def post(token="t1", headers=None, **more):
        return client.post(
            reverse("team:clap", args=[praise.public_id]),
            urlencode({"csrfmiddlewaretoken": token} | more),
            content_type=PLAIN,
            headers={"referer": HERE} | (headers or {}),
        )

    return post


def test_the_same_form_is_one(clap):
    clap()
    again = clap()
    assert (again.status_code, again["Location"]) == (303, HERE)
    said = [str(one) for one in get_messages(again.wsgi_request)]
    assert said[-1] == "This had arrived already. It counts once."
    assert Clap.objects.count() == 1, "twice would have been none"


def test_another_page_is_meant(clap):
    clap("t1")
    clap("t2")
    assert not Clap.objects.exists()


def test_other_words_are_meant(clap):
    clap()
    clap(more="x")
    assert not Clap.objects.exists()


def test_an_answer_that_was_lost(clap):
    faults.arm(faults.heard("gone:action.committed:recognition.clap"))
    try:
        assert clap().status_code == 503
    finally:
        faults.arm(None)
    assert clap().status_code == 303
    assert Clap.objects.count() == 1


def test_a_fragment_shows_its_page_anew(clap):
    clap()
    again = clap(headers={"HX-Request": "true"})
    assert again["HX-Refresh"] == "true"


def test_nobody_is_sent_elsewhere(clap):
    clap()
    assert clap(headers={"referer": "https://evil.example/"})["Location"] == "/"


def test_what_was_not_done_may_be_sent_again(clap):
    faults.arm(faults.heard("gone:action.before_commit:recognition.clap"))
    try:
        assert clap().status_code == 503
    finally:
        faults.arm(None)
    assert not ActionKey.objects.exists()
    clap()
    assert Clap.objects.count() == 1


def test_a_page_that_stays_open_may_ask_again(client, irena, anna):
    """What is downloaded is downloaded as often as wanted."""
    client.force_login(irena)
    client.post(reverse("privacy:open", args=[anna.party.public_id]), {"reason": "access"})
    form = urlencode({"csrfmiddlewaretoken": "t1"})
    for _time in range(2):
        place = reverse("privacy:export", args=[anna.party.public_id])
        assert client.post(place, form, content_type=PLAIN).status_code == 200
    assert Event.objects.filter(subject=anna.party.public_id, kind__contains="export").count() == 2


def test_it_is_written_down_with_the_deed_or_not_at_all(db, at):
    with (
        pytest.raises(RuntimeError),
        at_the_start(lambda: once.form("k", "f", at=at)) as waiting,
        action(),
    ):
        raise RuntimeError
    assert waiting, "nothing was committed"
    assert not ActionKey.objects.exists()


def test_only_the_first_action_of_a_request_asks(db, at):
    with at_the_start(lambda: once.form("k", "f", at=at)):
        for _time in range(2):
            with action():
                pass
    with pytest.raises(AlreadyDone), at_the_start(lambda: once.form("k", "f", at=at)), action():
        pass


def test_an_hour_later_it_is_meant(db, at):
    with action():
        once.form("k", "f", at=at - timedelta(hours=1))
        once.form("k", "f", at=at)
        with pytest.raises(AlreadyDone):
            once.form("k", "f", at=at + timedelta(minutes=59))


def test_what_goes_on_after_a_stop_is_not_said_to_be_done(db, at):
    """Closing and paying a month: many transactions, called again."""
    with at_the_start(lambda: once.form("k", "f", at=at)):
        for _time in range(2):
            with in_steps(), action():
                pass
    assert not ActionKey.objects.exists()
