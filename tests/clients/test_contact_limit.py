"""One contact limit for surveys, pulses and thanks: a rest between two, and so many a year."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import parties
from polecam.actions.touches import touch
from polecam.clients import contact_limit
from polecam.clients.contact_limit import Limit, allowed, next_at
from polecam.clients.models import Touch
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.store.tx import action
from polecam.web.pages.clients.resting import Resting
from tests import cast

DAY = timedelta(days=1)
ZONE = "Europe/Warsaw"
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
limits = st.builds(Limit, rest_days=st.integers(7, 120), a_year=st.integers(1, 6))
wishes = st.lists(st.integers(0, 900), max_size=40).map(sorted)


@given(wishes, limits)
def test_whatever_is_wished_the_limit_holds(wishes, limit):
    """Let through as the rule says, then look at every pair and every year: never too much."""
    sent: list[datetime] = []
    for day in wishes:
        at = NOW + day * DAY
        if allowed(sent, at=at, limit=limit):
            sent.append(at)
    for one, following in pairwise(sent):
        assert following - one >= limit.rest_days * DAY
    for start in sent:
        assert sum(start <= at < start + 365 * DAY for at in sent) <= limit.a_year
    for day in wishes:  # and never too little: what was refused would have broken it
        at = NOW + day * DAY
        if at in sent:
            continue
        before = [one for one in sent if one <= at]
        near = any(at - one < limit.rest_days * DAY for one in before)
        full = sum(at - one < 365 * DAY for one in before) >= limit.a_year
        assert near or full


@given(st.lists(st.integers(0, 700), max_size=12), limits)
def test_the_day_that_is_told_is_the_first(past_days, limit):
    past = [NOW - days * DAY for days in past_days]
    found = next_at(past, at=NOW, limit=limit)
    assert allowed(past, at=found, limit=limit)
    day = NOW
    while day < found:
        assert not allowed(past, at=day, limit=limit)
        day += DAY


@given(st.integers(0, 29), st.booleans())
def test_two_whose_clocks_differ_are_still_two(days, later):
    when = NOW + (days * DAY if later else -days * DAY)
    assert not allowed([when], at=NOW, limit=Limit())


def contact(client, at):
    with action():
        return touch(client, "thanks", at=at)


@pytest.fixture
def two(anna, branch, kamil, tomek, at):
    other = cast.client(branch, kamil, "Ania", "Kowalczyk", at=at)
    parties.join(by=tomek, at=at, one=anna.party, other=other.party)
    return anna, other


def test_records_of_one_person_share_the_limit(two, at):
    here, there = two
    contact(there, at - DAY)
    with pytest.raises(Refused, match="contacted_lately"):
        contact(here, at)
    assert Touch.objects.count() == 1


def test_an_ask_takes_nothing_from_it_nor_the_other_way_round(anna, marta, at):
    from polecam.actions import asks

    contact(anna, at)
    assert not asks.record(by=marta, at=at, client=anna, key="a").inside_rest
    assert not contact_limit.may_contact(anna, at=at)
    assert contact_limit.may_contact(anna, at=at + 30 * DAY)


def test_the_own_seller_reads_the_day_nobody_else_a_word(anna, marta, kamil, at):
    with translation.override("en"):
        assert Resting(marta, anna, at=at).house_writes().endswith("may write now.")
        contact(anna, at)
        told = Resting(marta, anna, at=at).house_writes()
    assert f" {day_of(at + 30 * DAY, ZONE).day}" in told.replace("\u00a0", " ")
    assert Resting(kamil, anna, at=at).house_writes() == ""


def test_the_day_of_another_record_is_not_told(two, marta, at):
    here, there = two
    contact(there, at - DAY)
    told = Resting(marta, here, at=at).house_writes()
    assert told
    assert not any(sign.isdigit() for sign in told)
