"""What an hour is worth: bonus by time, by source, with grades and honest ranges."""

from datetime import timedelta

import pytest

from polecam.actions import bonuses, effort
from polecam.asking.models import Ask
from polecam.claims.models import CreditShare
from polecam.effort.models import Grade, TimeEntry
from polecam.insights import hours as insights
from polecam.kit.periods import day_of, month_of
from polecam.referrals.models import Referral
from tests.cast import ZONE

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def months(at):
    return [month_of(at, ZONE)]


@pytest.fixture
def earned(anna, marta, branch, plan, at):
    """A consent: 10 zł gross for Marta."""
    referral = Referral.objects.create(
        client=anna, originator=marta, branch=branch, kind="asked", state="consented",
        captured_at=at, state_at=at, consented_at=at, plan_version_id=plan.pk,
    )  # fmt: skip
    CreditShare.objects.create(referral=referral, number=1, person=marta, share_bp=10_000, at=at)
    bonuses.credit(kind="consent", referral=referral, source=referral, at=at)
    return referral


def ask(client, seller, at, outcome) -> None:
    Ask.objects.create(
        client=client, seller=seller, branch=client.branch, asked_at=at, outcome=outcome
    )


def of(found, source):
    return next(hour for hour in found if hour.source == source)


def test_bonus_by_noted_time(marta, earned, months, at):
    effort.log_time(by=marta, at=at, source="referral", minutes=30)
    found = of(insights.hours(marta, months, zone=ZONE), "referral")
    assert (found.earned, found.total_minutes, found.grade) == (1_000, 30, Grade.REPORTED)
    assert found.value.value == pytest.approx(2_000)
    assert found.value.low <= 2_000 <= found.value.high


def test_a_day_without_a_note_counts_asks_at_their_usual_minutes(marta, anna, months, at, earned):
    for outcome in ("names", "declined", "not_asked"):
        ask(anna, marta, at, outcome)
    found = of(insights.hours(marta, months, zone=ZONE), "referral")
    assert dict(found.minutes) == {Grade.DEFAULT: 3 + 3 + 20}
    assert (found.asks, found.yes, found.grade) == (2, 1, Grade.DEFAULT)
    assert found.value is None  # 26 minutes: too little to speak of an hour
    usual = insights.Usual(10, 30)
    again = of(insights.hours(marta, months, zone=ZONE, usual=usual), "referral")
    assert again.total_minutes == 50
    assert again.value.value == pytest.approx(1_000 * 60 / 50)


def test_a_noted_day_replaces_its_default(marta, anna, months, at):
    ask(anna, marta, at, "names")
    effort.log_time(by=marta, at=at, source="referral", minutes=60)
    found = of(insights.hours(marta, months, zone=ZONE), "referral")
    assert dict(found.minutes) == {Grade.REPORTED: 60}


def test_time_without_a_told_income_has_no_value(marta, months, at):
    effort.log_time(by=marta, at=at, source="advert", minutes=60, effort="hard")
    found = of(insights.hours(marta, months, zone=ZONE), "advert")
    assert (found.value, found.earned) == (None, None)
    assert insights.easy_share(found) == (0, 1)
    effort.tell_income(by=marta, at=at, source="advert", month=months[0], amount_grosze=5_800)
    found = of(insights.hours(marta, months, zone=ZONE), "advert")
    assert found.value.value == pytest.approx(5_800)


def test_a_month_without_a_told_income_does_not_thin_out_another(marta, months, at):
    before = at.replace(day=1) - 10 * DAY
    TimeEntry.objects.create(
        person=marta, source="advert", minutes=600, grade="reported",
        day=day_of(before, ZONE), at=before,
    )  # fmt: skip
    effort.log_time(by=marta, at=at, source="advert", minutes=60)
    effort.tell_income(by=marta, at=at, source="advert", month=months[0], amount_grosze=5_800)
    both = [month_of(before, ZONE), *months]
    assert of(insights.hours(marta, both, zone=ZONE), "advert").total_minutes == 60


def test_weaker_evidence_has_a_wider_range(marta, months, at):
    widths = {}
    effort.tell_income(by=marta, at=at, source="advert", month=months[0], amount_grosze=6_000)
    for grade in Grade.values:
        TimeEntry.objects.all().delete()
        TimeEntry.objects.create(
            person=marta, source="advert", minutes=60, grade=grade, day=day_of(at, ZONE), at=at
        )
        widths[grade] = of(insights.hours(marta, months, zone=ZONE), "advert").value.width
    assert widths["timed"] < widths["reported"] < widths["default"]


def test_times_better_only_where_the_ranges_part():
    def hour(low, value, high):
        made = insights.Hour("x")
        made.value = insights.Figure(value, low, high)
        return made

    assert insights.times_better(hour(90, 100, 110), hour(10, 20, 30)) == pytest.approx(5)
    assert insights.times_better(hour(20, 100, 110), hour(10, 20, 30)) is None
    assert insights.times_better(insights.Hour("x"), hour(1, 2, 3)) is None


def test_others_stand_behind_referrals_best_first(marta, months, at):
    for source, amount in (("advert", 5_800), ("walk_in", 7_200), ("cold_call", None)):
        effort.log_time(by=marta, at=at, source=source, minutes=60)
        if amount:
            effort.tell_income(
                by=marta, at=at, source=source, month=months[0], amount_grosze=amount
            )
    found = [hour.source for hour in insights.hours(marta, months, zone=ZONE)]
    assert found == ["referral", "walk_in", "advert", "cold_call"]
