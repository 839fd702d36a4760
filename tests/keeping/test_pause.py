"""While the house is closed, pages say so kindly; whoever works with another database goes on."""

import pytest

from polecam.parties.models import Party
from polecam.store import pause, tx


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    yield
    pause.reopen()


def test_pages_say_that_it_comes_back(client, db):
    with pause.closed("upgrade"):
        answer = client.get("/", headers={"Accept-Language": "en"})
        assert answer.status_code == 503
        assert answer["Retry-After"]
        assert "back in a few minutes" in answer.content.decode()
        assert client.get("/health/live/").status_code == 200
    assert client.get("/").status_code != 503


def test_what_was_typed_is_kept(client, db):
    with pause.closed("upgrade"):
        answer = client.post(
            "/entry/", "note=Halina+prosi", content_type="application/x-www-form-urlencoded"
        )
    assert answer.status_code == 503
    assert "Halina prosi" in answer.content.decode()


def test_another_database_is_not_concerned(db, monkeypatch):
    pause.close("move")
    assert pause.is_on()
    monkeypatch.setattr(pause, "_database", lambda: "postgresql:elsewhere")
    assert not pause.is_on()
    pause.reopen()  # not its own to open
    monkeypatch.undo()
    assert pause.is_on()
    pause.reopen()
    assert not pause.is_on()


def test_the_worker_rests(db, monkeypatch):
    import threading

    from polecam.worker import loop

    stop, rounds = threading.Event(), []
    monkeypatch.setattr(loop, "once", lambda at, worker: rounds.append(at))
    monkeypatch.setattr(loop, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(stop, "wait", lambda seconds: stop.set())
    with pause.closed("move"):
        loop.run(stop)
    assert not rounds


def test_what_had_begun_before_is_not_written_into_a_house_that_was_closed(db, at, monkeypatch):
    """After a move nobody would find it there."""

    def begun_before() -> None:
        with tx.action():
            Party.objects.create(created_at=at)
            pause.close("move")
            monkeypatch.setattr(pause, "_closed_by_us", [])  # another process did

    with pytest.raises(pause.Paused):
        begun_before()
    assert not Party.objects.exists()
    with tx.action():
        pause.close("move")  # whoever closes it works on
        Party.objects.create(created_at=at)
    assert Party.objects.exists()
    assert "paused.json" in pause.hint()
