"""Moments by date: on their day, once, caught up within a week, never for who is left in peace."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from polecam.actions import date_moments
from polecam.asking import dates
from polecam.asking.models import DateRule, Moment, MomentType
from polecam.clients.models import Client
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of
from polecam.privacy.models import Suppression
from polecam.worker import daily

ZONE = "Europe/Warsaw"
DAY = timedelta(days=1)


def rule_of(kind) -> DateRule:
    rule = DateRule.objects.get(kind=kind)
    rule.used = True
    rule.save()
    return rule


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(ZONE))


@pytest.fixture
def today(at):
    return day_of(at, ZONE)


def test_nothing_comes_by_itself_until_somebody_says_so(anna, at, today, catalogue):
    Client.objects.filter(pk=anna.pk).update(since=today - 365 * DAY)
    assert date_moments.note_due(at=at) == 0
    assert not Moment.objects.exists()


def test_the_first_year_and_a_renewal_are_noted_once(anna, at, today, catalogue):
    for kind in ("first_year", "review_due"):
        rule_of(kind)
    Client.objects.filter(pk=anna.pk).update(since=today - 365 * DAY, renews_on=today + 30 * DAY)
    assert date_moments.note_due(at=at) == 2
    assert date_moments.note_due(at=at) == 0
    assert date_moments.note_due(at=at + DAY) == 0
    rows = Moment.objects.order_by("kind").values_list("kind", "on", "source", "noted_by")
    assert list(rows) == [
        ("first_year", today, "date", None),
        ("review_due", today, "date", None),
    ]
    assert Event.objects.filter(kind="date_rule.applied").count() == 2


def test_a_missed_week_is_made_up_for_and_no_more(anna, jan, at, today, catalogue):
    rule_of("first_year")
    Client.objects.filter(pk=anna.pk).update(since=today - 371 * DAY)
    Client.objects.filter(pk=jan.pk).update(since=today - 372 * DAY)
    assert date_moments.note_due(at=at) == 1
    moment = Moment.objects.get()
    assert (moment.client, moment.on) == (anna, today - 6 * DAY)


def test_an_anniversary_comes_every_year_and_never_on_the_first_day(anna, at, catalogue):
    rule = rule_of("anniversary")
    anna.since = date(2020, 2, 29)
    for year, expected in ((2020, None), (2021, date(2021, 2, 28)), (2024, date(2024, 2, 29))):
        for end in (date(year, 2, 28), date(year, 2, 29 if year % 4 == 0 else 28)):
            found = dates.day_for(rule, anna, [end])
            assert found in (None, expected)
        last = date(year, 2, 29 if year % 4 == 0 else 28)
        assert dates.day_for(rule, anna, [last]) == expected
    anna.save()
    assert list(dates.met_by(rule, [date(2025, 2, 28)])) == [anna]
    assert list(dates.met_by(rule, [date(2024, 2, 28)])) == []
    assert list(dates.met_by(rule, [date(2024, 2, 29)])) == [anna]
    assert list(dates.met_by(rule, [date(2020, 2, 29)])) == []


def test_who_is_left_in_peace_gets_none(anna, jan, at, today, catalogue):
    rule_of("first_year")
    Client.objects.update(since=today - 365 * DAY)
    Client.objects.filter(pk=anna.pk).update(never_ask_at=at)
    jan.party.set_email("jan@example.pl")
    jan.party.save()
    Suppression.objects.create(kind="email", index=jan.party.email_index, at=at)
    assert date_moments.note_due(at=at) == 0


def test_a_kind_out_of_use_makes_none(anna, at, today, catalogue):
    rule_of("first_year")
    Client.objects.update(since=today - 365 * DAY)
    MomentType.objects.filter(code="first_year").update(used=False)
    assert date_moments.note_due(at=at) == 0
    MomentType.objects.filter(code="first_year").update(used=True)
    assert date_moments.note_due(at=at) == 1


def test_many_clients_come_in_chunks(anna, jan, numbered, at, today, catalogue, monkeypatch):
    monkeypatch.setattr(date_moments, "CHUNK", 1)
    rule_of("first_year")
    Client.objects.update(since=today - 365 * DAY)
    assert date_moments.note_due(at=at) == 2
    assert Event.objects.filter(kind="date_rule.applied").count() == 2


def test_a_rule_that_fails_keeps_no_other_waiting(anna, at, today, catalogue, monkeypatch):
    Client.objects.filter(pk=anna.pk).update(since=today - 365 * DAY, renews_on=today + 30 * DAY)
    broken = DateRule.objects.order_by("id").first()
    DateRule.objects.update(used=True)
    real = date_moments._apply

    def apply(rule, *more):
        if rule == broken:
            raise RuntimeError("broken")
        return real(rule, *more)

    monkeypatch.setattr(date_moments, "_apply", apply)
    with pytest.raises(RuntimeError):
        date_moments.note_due(at=at)
    noted = Moment.objects.exclude(kind=broken.kind).count()
    assert noted
    with pytest.raises(RuntimeError):
        date_moments.note_due(at=at)
    assert Moment.objects.exclude(kind=broken.kind).count() == noted


def test_the_admin_changes_a_rule(ada, marta, at, catalogue):
    rule = DateRule.objects.get(kind="review_due")
    date_moments.change_rule(by=ada, at=at, rule=rule, offset_days=-14, used=True)
    rule.refresh_from_db()
    assert (rule.offset_days, rule.used, rule.made_by) == (-14, True, ada)
    data = Event.objects.get(kind="date_rule.changed").data
    assert data == {"kind": "review_due", "days": -14, "used": True}
    with pytest.raises(NotAllowed):
        date_moments.change_rule(by=marta, at=at, rule=rule, offset_days=-3, used=True)
    with pytest.raises(Refused, match="date_rule_offset"):
        date_moments.change_rule(by=ada, at=at, rule=rule, offset_days=-731, used=True)
    first = DateRule.objects.get(kind="first_year")
    with pytest.raises(Refused, match="date_rule_offset"):
        date_moments.change_rule(by=ada, at=at, rule=first, offset_days=-1, used=True)


def test_it_is_a_job_of_the_night():
    assert "dates" in [name for name, _ in daily.JOBS]


def test_how_many_it_reaches(anna, jan, at, today, catalogue):
    rule = DateRule.objects.get(kind="review_due")
    Client.objects.filter(pk=anna.pk).update(renews_on=today + 30 * DAY)
    Client.objects.filter(pk=jan.pk).update(renews_on=today + 60 * DAY)
    assert dates.reach(rule, today) == 1
