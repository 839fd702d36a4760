"""A folder the operator allowed, a vault of its own, and a feed from it."""

import os

import pytest

from polecam.actions import feed_running, feeds

HEAD = "Nr klienta;Imię i nazwisko;Telefon\n"


def rows(count: int, first: int = 0, phone: str = "601") -> str:
    """So many clients."""
    return "".join(
        f"K{n};Anna Kowal{chr(97 + n // 26)}{chr(97 + n % 26)};{phone}{n:06}\n"
        for n in range(first, first + count)
    )


@pytest.fixture(autouse=True)
def own_vault(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture
def folder(settings, tmp_path):
    """The operator's folder."""
    settings.FEEDS_FOLDER = str(tmp_path / "nocne")
    found = tmp_path / "nocne"
    found.mkdir()
    return found


@pytest.fixture
def drop(folder):
    """Leave a file that is complete; newer than what was there."""

    def leave(content: str, name: str = "clients-1.csv", *, done: bool = True):
        path = folder / name
        path.write_text(content, encoding="utf-8")
        if done:
            (folder / f"{name}.done").touch()
        return path

    return leave


@pytest.fixture
def feed(ada, branch, marta, folder, at):
    """Clients, every night at three."""
    return feeds.make(
        by=ada, at=at, name="System centralny", branch=branch, kind="clients", source="folder",
        place="clients-*.csv", hour=3,
    )  # fmt: skip


def run(feed, at):
    """Let the worker look; the last run."""
    feed_running.run_due(at=at)
    feed.refresh_from_db()
    return feed.feedrun_set.order_by("-day").first()


def age(path, seconds: float):
    """As if it had been left alone for so long (the time of change cannot be set: see STILL)."""
    os.utime(path, (path.stat().st_atime - seconds, path.stat().st_mtime - seconds))
