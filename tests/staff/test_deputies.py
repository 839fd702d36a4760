"""A deputy of a manager: for days, one at a time, never for oneself."""

from datetime import timedelta

import pytest
from django.utils import translation

from polecam.actions import absences, departures, deputies, sales
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_bounds, day_of
from polecam.people import staff
from polecam.people.permissions import Permission, Standing
from polecam.sales.models import Sale
from polecam.web.ui.sentences import Names, sentence
from tests.cast import ZONE
from tests.portfolio.support import led
from tests.staff.test_roles import refused

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def named(by, branch, manager, person, at, *, start: int = 0, days: int = 5):
    since = day_of(at, ZONE) + timedelta(days=start)
    return deputies.name(
        by=by, at=at, branch=branch, manager=manager, person=person, since=since,
        until=since + timedelta(days=days),
    )  # fmt: skip


def fresh(person):
    person.__dict__.pop("_standing", None)
    return person


def test_for_its_days_the_deputy_decides_and_then_no_longer(tomek, kamil, branch, at):
    deputy = named(tomek, branch, tomek, kamil, at, start=1)
    assert not Standing(kamil, at).may(Permission.CONFIRM, branch.pk)
    first, last = (day_bounds(day, ZONE)[0] for day in (deputy.since, deputy.until))
    assert Standing(kamil, first).may(Permission.CONFIRM, branch.pk)
    assert Standing(kamil, last - timedelta(seconds=1)).may(Permission.CONFIRM, branch.pk)
    assert not Standing(kamil, last).may(Permission.CONFIRM, branch.pk)


def test_what_outlasts_the_days_is_not_theirs(tomek, kamil, branch, at):
    named(tomek, branch, tomek, kamil, at)
    seen = Standing(kamil, at)
    for never in (Permission.NAME_DEPUTY, Permission.WRITE_PLAN, Permission.GIVE_EXTRA):
        assert not seen.may(never, branch.pk)


def test_never_two_for_the_same_days(tomek, ada, kamil, marta, branch, at):
    first = named(tomek, branch, tomek, kamil, at)
    assert named(tomek, branch, tomek, kamil, at) == first, "the same again is once"
    arguments = (ada, branch, tomek, marta, at)
    with pytest.raises(Refused, match="deputy_overlaps"):
        named(*arguments, start=4)
    assert named(*arguments, start=5), "half-open: the day of return is free"


def test_ended_by_hand_at_once(tomek, kamil, branch, at):
    deputy = named(tomek, branch, tomek, kamil, at)
    deputies.end(by=kamil, at=at, deputy=deputy)
    deputies.end(by=tomek, at=at, deputy=deputy)
    assert not Standing(kamil, at).may(Permission.CONFIRM, branch.pk)
    assert Event.objects.filter(kind="deputy.ended").count() == 1
    assert named(tomek, branch, tomek, kamil, at), "and may be named anew"


def test_who_names_whom(tomek, ada, kamil, marta, pawel, branch, at):
    with pytest.raises(NotAllowed):
        named(marta, branch, tomek, kamil, at)
    for code, by, who in (
        ("deputy_oneself", ada, ada), ("deputy_unfit", ada, tomek), ("deputy_duties", ada, pawel),
    ):  # fmt: skip
        with pytest.raises(Refused) as caught:
            named(by, branch, tomek, who, at)
        assert caught.value.code == code
    with pytest.raises(Refused, match="deputy_not_manager"):
        named(ada, branch, marta, kamil, at)
    with pytest.raises(Refused, match="deputy_days"):
        named(ada, branch, tomek, kamil, at, start=-1)


def test_whoever_is_away_does_not_stand_in(tomek, kamil, branch, at):
    today = day_of(at, ZONE)
    absences.plan(by=kamil, at=at, person=kamil, since=today, until=today + DAY * 2)
    with pytest.raises(Refused, match="deputy_away"):
        named(tomek, branch, tomek, kamil, at)


def test_neither_their_own_nor_their_managers_sale(tomek, kamil, marta, branch, anna, plan, at):
    own, boss = led(anna, kamil, 1, at, plan), led(anna, tomek, 2, at, plan)
    other = led(anna, marta, 3, at, plan)
    named(tomek, branch, tomek, kamil, at)
    for seller, referral, code in (
        (kamil, own, "own_confirmation"),
        (tomek, boss, "deputy_own_manager"),
    ):
        fresh(kamil)
        sale = reported(seller, referral, at)
        refused(code, sales.confirm, by=kamil, at=at, sale=sale)
    assert (
        sales.confirm(by=fresh(kamil), at=at, sale=reported(marta, other, at)).confirmed_by == kamil
    )


def reported(seller, referral, at) -> Sale:
    return sales.report(
        by=fresh(seller), at=at, referral=referral, value_grosze=900_000, margin_grosze=436_000,
        sold_on=day_of(at, ZONE),
    )  # fmt: skip


def test_whoever_leaves_stands_in_for_nobody(tomek, ada, kamil, branch, at):
    named(tomek, branch, tomek, kamil, at)
    departures.leave(by=ada, at=at, person=kamil)
    assert not staff.deputies([branch.pk], day_of(at, ZONE))


def test_for_whom_a_decision_was_made(tomek, kamil, marta, branch, anna, plan, at):
    referral = led(anna, marta, 3, at - DAY, plan)
    deputy = named(tomek, branch, tomek, kamil, at)
    sale = reported(marta, referral, at)
    sales.confirm(by=fresh(kamil), at=at, sale=sale)
    event = Event.objects.get(kind="sale.confirmed")
    told = staff.stood_in([event], ZONE)
    assert told == {event.pk: tomek}
    with translation.override("en"):
        said = sentence(event, marta, Names(people={kamil.pk: kamil}, deputised=told))
    assert "standing in for Tomasz" in said
    deputies.end(by=tomek, at=at, deputy=deputy)
    assert staff.stood_in([event], ZONE) == {}, "from the end on nothing is said for anybody"
