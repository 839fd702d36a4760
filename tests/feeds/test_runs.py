"""A nightly file from the folder: looked at once, then by itself, and never a surprise."""

from datetime import timedelta

import pytest

from polecam.actions import feed_running, feeds, imports
from polecam.clients.models import Client
from polecam.files import vault
from polecam.imports import feed_queries, feed_rules
from polecam.imports.models import Feed, FeedRun, Import, ImportState
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.messages.models import Message
from polecam.worker import drain
from tests import cast
from tests.feeds.conftest import HEAD, age, rows, run

DAY = timedelta(days=1)


def work(at):
    while imports.work_off(at, 60):
        pass


@pytest.fixture
def accepted(feed, drop, ada, at):
    """The first file, forty clients, was looked at and taken."""
    drop(HEAD + rows(40))
    first = run(feed, at)
    feeds.accept(by=ada, at=at, feed=feed, run=first)
    work(at)
    feed.refresh_from_db()
    return feed


def nothing_left():
    assert not list(vault.path_of("x").parent.glob("*"))


def test_the_first_file_waits_and_writes_nothing(feed, drop, ada, at):
    drop(HEAD + rows(3))
    first = run(feed, at)
    assert (first.problem, first.done) == ("first", False)
    assert first.job.state == ImportState.PREVIEW
    assert first.job.by == ada
    assert not Client.objects.exists()
    assert feed_queries.waiting(feed) == first
    drain(at)
    letter = Message.objects.get(kind="feed")
    assert letter.person == ada


def test_accepted_it_comes_by_itself(accepted, drop, at):
    assert Client.objects.count() == 40
    drop(HEAD + rows(45), "clients-2.csv")
    second = run(accepted, at + DAY)
    assert (second.problem, second.done) == ("", True)
    work(at + DAY)
    assert Client.objects.count() == 45
    assert Event.objects.filter(kind="feed.ran").count() == 1
    nothing_left()


def test_the_same_file_twice_is_nothing(accepted, at):
    before = Import.objects.count()
    assert run(accepted, at + DAY).problem == "same"
    assert Import.objects.count() == before
    nothing_left()


def test_nothing_happens_twice_a_day(accepted, drop, at):
    drop(HEAD + rows(45), "clients-2.csv")
    assert feed_running.run_due(at=at + timedelta(minutes=5)) == 0


def test_other_headings_wait_and_say_what_changed(accepted, drop, ada, at):
    drop("Nr klienta;Klient;Telefon;Ulica\nK1;Anna Nowak;601000001;Leśna\n", "clients-2.csv")
    second = run(accepted, at + DAY)
    assert second.problem == "headings"
    assert accepted.options["seen"] == {
        "missing": ["Imię i nazwisko"], "new": ["Klient", "Ulica"], "moved": False,
    }  # fmt: skip
    feeds.accept(by=ada, at=at + DAY, feed=accepted, run=second)
    accepted.refresh_from_db()
    assert accepted.options["headings"][1] == "Klient"


def test_half_a_file_is_held_and_can_be_left(accepted, drop, ada, at):
    drop(HEAD + rows(15), "clients-2.csv")
    second = run(accepted, at + DAY)
    assert second.problem == "held_shrunk"
    feeds.leave(by=ada, at=at + DAY, feed=accepted, run=second)
    nothing_left()
    assert run(accepted, at + 2 * DAY).problem == "same"


def test_many_rejected_rows_are_held(accepted, drop, at):
    drop(HEAD + rows(40).replace(";601", ";nic"), "clients-2.csv")
    assert run(accepted, at + DAY).problem == "held_rejects"
    assert Client.objects.count() == 40


def test_many_changes_are_held(accepted, drop, at):
    drop(HEAD + rows(40, phone="602"), "clients-2.csv")
    assert run(accepted, at + DAY).problem == "held_changes"


def test_a_file_still_written_waits_for_a_minute(feed, drop, at):
    path = drop(HEAD + rows(3), done=False)
    age(path, 600)  # its time of change cannot be turned back
    assert run(feed, at).problem == "still_written"
    nothing_left()


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_links_lead_nowhere(feed, folder, tmp_path, at, kind):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "clients-1.csv").write_text(HEAD + rows(3))
    if kind == "file":
        (folder / "clients-1.csv").symlink_to(secret / "clients-1.csv")
        assert run(feed, at).problem == "no_file"
        return
    (folder / "inner").symlink_to(secret)
    feed.place = "inner/clients-*.csv"
    feed.save()
    assert run(feed, at).problem == "no_folder"


def test_trouble_is_tried_again_and_told_once(feed, at):
    at, tries = at - timedelta(minutes=10), []
    for minute in range(60 * 23):
        found = run(feed, at + timedelta(minutes=minute)) if minute % 5 == 0 else None
        if found and found.day == feed.feedrun_set.earliest("day").day:
            tries.append(found.tries)
        if found and found.tries == feed_rules.TRIES:
            break
    assert max(tries) == feed_rules.TRIES
    assert {run.problem for run in FeedRun.objects.all()} == {"no_file"}
    assert Event.objects.filter(kind="feed.failed").count() == 2


def test_a_late_file_is_taken_the_same_day(feed, drop, at):
    assert run(feed, at).problem == "no_file"
    drop(HEAD + rows(3))
    assert run(feed, at + timedelta(minutes=1)).problem == "no_file"
    assert run(feed, at + timedelta(minutes=6)).problem == "first"


def test_a_worker_that_was_dead_catches_up_once(accepted, drop, at):
    drop(HEAD + rows(45), "clients-2.csv")
    assert feed_running.run_due(at=at + 4 * DAY) == 1
    assert feed_running.run_due(at=at + 4 * DAY + timedelta(minutes=2)) == 0
    assert FeedRun.objects.count() == 2


def test_paused_closed_and_wanted(accepted, drop, ada, at):
    drop(HEAD + rows(45), "clients-2.csv")
    feeds.pause(by=ada, at=at, feed=accepted)
    assert feed_running.run_due(at=at + DAY) == 0
    feeds.resume(by=ada, at=at, feed=accepted)
    feeds.run_now(by=ada, at=at, feed=accepted)
    assert feed_running.run_due(at=at + timedelta(minutes=1)) == 1
    assert feed_running.run_due(at=at + timedelta(minutes=2)) == 0
    feeds.close(by=ada, at=at, feed=accepted)
    accepted.refresh_from_db()
    assert (str(accepted.place), str(accepted.login)) == ("", "")
    assert feed_running.run_due(at=at + DAY) == 0
    with pytest.raises(Refused, match="feed_closed"):
        feeds.run_now(by=ada, at=at, feed=accepted)


class Killed(BaseException):
    """What a kill -9 is to the one who runs."""


@pytest.mark.parametrize("where", ["feeds.previewed", "feeds.started"])
def test_a_killed_run_goes_on_with_its_file(accepted, drop, at, monkeypatch, where):
    """No second preview, one import, every row once, whoever comes next."""
    drop(HEAD + rows(45), "clients-2.csv")

    def killed(point, _kind):
        if point == where:
            raise Killed

    monkeypatch.setattr(feed_running, "point", killed)
    with pytest.raises(Killed):
        feed_running.run_due(at=at + DAY)
    monkeypatch.undo()
    assert feed_running.run_due(at=at + DAY + timedelta(minutes=1)) == 0
    later = at + DAY + feed_rules.LEASE
    work(later)
    assert run(accepted, later).done
    work(later)
    assert Client.objects.count() == 45
    assert Import.objects.count() == 2
    nothing_left()


def test_whoever_kept_it_left(accepted, drop, ada, branch, at):
    """The system imports in nobody's name; another admin hears of it."""
    nina = cast.person(branch, "admin", "Nina", "Bak", "f", at=at)
    ada.is_active = False
    ada.save()
    drop(HEAD + rows(15), "clients-2.csv")
    assert run(accepted, at + DAY).job.by == nina


def test_who_may(feed, tomek, marta, irena, branch, at):
    for person in (tomek, marta, irena):
        for act in (feeds.pause, feeds.close, feeds.run_now):
            with pytest.raises(NotAllowed):
                act(by=person, at=at, feed=feed)
        with pytest.raises(NotAllowed):
            feeds.make(
                by=person, at=at, name="Inny", branch=branch, kind="clients", source="folder",
                place="a.csv",
            )  # fmt: skip
        assert not feed_queries.visible_to(person).exists()
    assert Feed.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": " x "}, "feed_name"),
        ({"kind": "sales"}, "feed_kind"),
        ({"hour": 24}, "feed_hour"),
        ({"place": "../x.csv"}, "feed_place"),
        ({"source": "https"}, "feed_address"),
        ({"source": "https", "place": "https://a.example/x", "login": "a\nb"}, "feed_login"),
    ],
)
def test_what_is_refused(ada, branch, folder, at, changed, code):
    said = {"name": "Inny", "kind": "clients", "source": "folder", "place": "a.csv"} | changed
    with pytest.raises(Refused, match=code):
        feeds.make(by=ada, at=at, branch=branch, **said)


def test_without_a_folder_there_is_none(ada, branch, settings, at):
    settings.FEEDS_FOLDER = ""
    with pytest.raises(Refused, match="feed_no_folder"):
        feeds.make(
            by=ada, at=at, name="Inny", branch=branch, kind="clients", source="folder",
            place="a.csv",
        )  # fmt: skip
