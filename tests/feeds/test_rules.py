"""Where a feed may look, when it is due, when a file is held."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.imports import feed_rules as rules

AT = datetime(2026, 11, 26, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("clients-*.csv", ("", "clients-*.csv")),
        ("./crm/nocne/klienci_????.xlsx", ("crm/nocne", "klienci_????.xlsx")),
        ("crm/plik.csv", ("crm", "plik.csv")),
        ("../clients.csv", None),
        ("crm/../../etc/passwd", None),
        ("/etc/passwd", None),
        ("crm*/plik.csv", None),
        ("*", None),
        ("clients.csv.done", None),
        ("a\\b.csv", None),
        ("a\x00b.csv", None),
        ("", None),
    ],
)
def test_places_in_the_folder(said, found):
    assert rules.place_in_folder(said) == found


@given(st.text(max_size=60))
def test_no_place_leads_out(said):
    found = rules.place_in_folder(said)
    if found:
        assert ".." not in f"{found[0]}/{found[1]}".split("/")
        assert not found[0].startswith("/")
        assert "/" not in found[1]


@pytest.mark.parametrize(
    ("said", "fine"),
    [
        ("https://crm.example/export.csv?key=1", True),
        ("https://crm.example:8443/export.csv", True),
        ("http://crm.example/export.csv", False),
        ("https://crm.example:22/export.csv", False),
        ("https://user:secret@crm.example/export.csv", False),
        ("file:///etc/passwd", False),
        ("https:///export.csv", False),
        ("https://crm.example/a b", False),
        ("https://crm.example:port/", False),
    ],
)
def test_addresses(said, fine):
    assert (rules.place_on_the_net(said) is not None) is fine


def test_the_newest_complete_file_of_the_pattern():
    now = AT.timestamp()
    old = rules.Found("clients-1.csv", 10, now - 900, now - 900)
    new = rules.Found("clients-2.csv", 10, now - 300, now - 10)
    other = rules.Found("other.csv", 10, now, now)
    assert rules.newest([old, other, new], "clients-*.csv") == new
    assert not rules.complete(new, {"clients-2.csv"}, AT)
    assert rules.complete(new, {"clients-2.csv", "clients-2.csv.done"}, AT)
    assert rules.complete(old, {"clients-1.csv"}, AT)


def test_the_hour_is_the_firms():
    """At 04:00 UTC it is five in Warsaw in winter."""
    assert rules.due_day(AT, 5, "Europe/Warsaw") == date(2026, 11, 26)
    assert rules.due_day(AT, 6, "Europe/Warsaw") == date(2026, 11, 25)


def test_tries_grow_apart_and_end_within_a_day():
    at, tried = AT, 1
    while (later := rules.next_try(at, tried)) is not None:
        assert later > at
        at, tried = later, tried + 1
    assert tried == rules.TRIES
    assert timedelta(hours=6) < at - AT < timedelta(hours=22)


@pytest.mark.parametrize(
    ("sample", "total", "before", "why"),
    [
        ((100, 0, 5), 100, 100, ""),
        ((50, 0, 0), 50, 100, "held_shrunk"),
        ((100, 0, 0), 100, 0, ""),
        ((1000, 201, 0), 1000, 1000, "held_rejects"),
        ((1000, 0, 201), 1000, 1000, "held_changes"),
        ((10, 10, 0), 10, 10, "held_rejects"),
        ((10, 5, 5), 10, 12, ""),
    ],
)
def test_what_is_unusual_is_held(sample, total, before, why):
    found = rules.held(rules.Sample(*sample), total=total, before=before, share_bp=2_000)
    assert found == why
