"""The admin sees that the house does its work, or what to do."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from polecam.actions import journal
from polecam.journal.models import Cursor, DeadLetter, Event
from polecam.keeping.models import Backup, Cause
from polecam.kit.errors import NotAllowed
from polecam.store.beats import WORKER, beat
from polecam.web.pages.tasks import words
from polecam.worker import daily, loop
from polecam.worker.reading import all_readers
from polecam.worker.trust import Trust

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client, ada):
    client.cookies["language"] = "en"
    client.force_login(ada)
    return client


@pytest.fixture
def letters(firm, at) -> list[DeadLetter]:
    return [
        DeadLetter.objects.create(reader="mail", event_id=n, error="ConnectionError", at=at)
        for n in (4, 7)
    ]


def page(client) -> str:
    return client.get(reverse("tasks:tasks")).content.decode()


def test_every_task_has_a_name():
    assert {reader.name for reader in all_readers()} <= set(words.READERS)
    assert {name for name, _job in daily.JOBS} <= set(words.JOBS)


def test_a_fresh_house_says_what_is_missing(admin, firm):
    text = page(admin)
    assert "The worker stands still." in text
    assert "No copy of the data was made yet." in text
    assert "The first night is still ahead." in text


def test_a_worker_that_does_not_trust_the_clock_says_so(admin, firm, monkeypatch):
    monkeypatch.setattr(loop, "_alive", {})
    loop.once(datetime.now(UTC), worker="a", trust=Trust.NONE)
    text = page(admin)
    assert "does not trust the clock" in text
    assert "stands still" not in text


def test_a_house_in_order_is_quiet(admin, firm):
    now = datetime.now(UTC)
    beat(WORKER, at=now)
    Backup.objects.create(
        name="copy", cause=Cause.NIGHT, began_at=now - timedelta(hours=5), ended_at=now, size=2048
    )
    daily.run_due(now, worker="a")
    text = page(admin)
    assert "stands still" not in text
    assert "trust the clock" not in text
    assert "needs a look" not in text
    assert "callout--honey" not in text


def test_what_failed_is_named(admin, firm):
    Cursor.objects.create(
        reader="daily:seal", last_event_id=datetime.now(UTC).toordinal(), failures=2,
        retry_at=datetime.now(UTC) + timedelta(minutes=5),
    )  # fmt: skip
    text = page(admin)
    assert "Seals the day of the journal" in text
    assert "needs a look" in text


def test_put_aside_tried_again_or_taken_off(admin, letters, ada):
    assert "2 entries were put aside" in page(admin)
    admin.post(reverse("tasks:all_again"))
    assert not DeadLetter.objects.filter(again_at=None).exists()
    admin.post(reverse("tasks:forget", args=[letters[0].pk]))
    assert DeadLetter.objects.get() == letters[1]
    told = Event.objects.get(kind="letter.forgotten")
    assert (told.by_id, told.data) == (ada.pk, {"reader": "mail", "event": 4})
    assert admin.post(reverse("tasks:forget", args=[letters[0].pk])).status_code == 404


def test_a_boss_does_not_decide_it(letters, tomek, at):
    for act in (
        lambda: journal.forget_letter(by=tomek, at=at, letter=letters[0]),
        lambda: journal.try_all_again(by=tomek, at=at),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert DeadLetter.objects.filter(again_at=None).count() == 2
