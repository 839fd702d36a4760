"""The erasure list outlives the database, holds nobody's data, and can be read twice."""

import contextlib
from datetime import UTC, datetime, timedelta

import pytest

from polecam.keeping import erased
from polecam.kit.errors import Refused
from polecam.store import tx

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def kept(settings, tmp_path):
    settings.ERASURE_LIST = tmp_path / "deep" / "erased.log"
    return settings.ERASURE_LIST


@pytest.mark.django_db
def test_a_line_is_written_with_the_commit_and_not_without(kept):
    with tx.action():
        erased.note(erased.PARTY, "abc")
        assert not kept.exists()
    assert erased.read([kept], since=LONG_AGO).holds(erased.PARTY, "abc")
    with contextlib.suppress(ZeroDivisionError), tx.action():
        erased.note(erased.PARTY, "rolled-back")
        raise ZeroDivisionError
    told = erased.read([kept], since=LONG_AGO)
    assert not told.holds(erased.PARTY, "rolled-back")
    assert not told.holds(erased.CONSENT, "abc")


def test_it_says_nothing_to_a_stranger(kept):
    erased.note(erased.PARTY, "publicid1234567")
    erased.note_never("phone", "0a1b2c")
    said = kept.read_text()
    assert "publicid" not in said
    assert kept.stat().st_mode & 0o777 == 0o600
    assert erased.read([kept], since=LONG_AGO).never == {("phone", "0a1b2c")}


def test_only_what_came_later_counts_with_an_hour_of_slack(kept):
    now = datetime.now(UTC)
    erased.note(erased.CLIENT, "abc")
    assert erased.read([kept], since=now).holds(erased.CLIENT, "abc")
    later = erased.read([kept], since=now + timedelta(hours=2))
    assert not later.holds(erased.CLIENT, "abc")


def test_a_line_torn_by_a_crash_is_closed_off_and_nothing_else_is_forgiven(kept):
    erased.note(erased.PARTY, "one")
    with kept.open("a") as file:
        file.write("2026-11-26T07:15:00Z part")
    assert erased.read([kept], since=LONG_AGO).holds(erased.PARTY, "one")
    erased.note(erased.PARTY, "two")
    told = erased.read([kept], since=LONG_AGO)
    assert told.holds(erased.PARTY, "one")
    assert told.holds(erased.PARTY, "two")
    with kept.open("a") as file:
        file.write("somebody's note\n")
    with pytest.raises(Refused, match="erasure_list_unreadable"):
        erased.read([kept], since=LONG_AGO)


def test_a_deed_whose_line_cannot_be_written_does_not_happen(kept, branch, settings, tmp_path):
    blocked = tmp_path / "a-file"
    blocked.write_text("")
    settings.ERASURE_LIST = blocked / "erased.log"

    @tx.action()
    def rename() -> None:
        branch.name = "Other"
        branch.save(update_fields=["name"])
        erased.note(erased.PARTY, "abc")

    with pytest.raises(OSError, match=r"Not a directory|exists"):
        rename()
    branch.refresh_from_db()
    assert branch.name != "Other"
