"""A client who stayed is credited after each number of months the plan pays for, once."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import retained_facts, sales
from polecam.actions.retained_facts import months_later
from polecam.bonuses.models import Line, PlanVersion
from polecam.bonuses.verify import problems
from polecam.claims.models import CreditShare
from polecam.people.models import Membership
from polecam.store import clock
from tests.facts.support import DAY, SALE, confirmed, count, kept, version_of

pytestmark = pytest.mark.django_db
WARSAW = ZoneInfo("Europe/Warsaw")


def stayed(at):
    with clock.injected():
        return retained_facts.credit_due(at=at)


@pytest.fixture
def two(firm, at) -> PlanVersion:
    """100 zł after three months, 200 zł after six; the same six twice is one fact."""
    return version_of(
        at,
        SALE,
        count("retained", 10_000, months=3),
        count("retained", 20_000, months=6),
        {"fact_kind": "retained", "base": "value", "rate_bp": 10, "months": 6},
    )


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(1, 60))
def test_a_month_later_is_the_same_day_or_the_last_one(day, months):
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


def test_each_number_of_months_once(anna, marta, tomek, two, at):
    sold_at = at - timedelta(days=200)
    sale = confirmed(anna, marta, tomek, two, sold_at)
    sold_on = sold_at.astimezone(WARSAW).date()
    third = datetime.combine(months_later(sold_on, 3), datetime.min.time(), WARSAW)
    assert stayed(third - timedelta(minutes=1)) == 0
    assert stayed(third) == 1
    assert stayed(at) == 1
    assert stayed(at) == 0
    facts = kept(kind="retained")
    first = facts[0]
    assert (first.ordinal, first.source, first.confirmed_at) == (3, sale.public_id, third)
    assert [f.ordinal for f in facts] == [3, 6]
    assert {f.value_grosze for f in facts} == {sale.value_grosze}
    assert list(problems()) == []


def test_the_shares_of_then_count(anna, marta, kamil, tomek, two, at):
    sale = confirmed(anna, marta, tomek, two, at - timedelta(days=100))
    CreditShare.objects.create(
        referral=sale.referral, number=2, person=kamil, share_bp=10_000, at=at - DAY
    )
    stayed(at)
    assert [fact.person for fact in kept(kind="retained")] == [marta]


def test_a_complaint_a_void_sale_and_another_plan_do_not_count(anna, marta, tomek, two, at):
    plan = version_of(at, SALE, plan=two.plan, valid_from=at - timedelta(days=399))
    complained, voided, other = (
        confirmed(anna, marta, tomek, version, at - timedelta(days=100))
        for version in (two, two, plan)
    )
    with clock.injected():
        complaint = sales.record_complaint(by=tomek, at=at - DAY, sale=complained, ground="other")
        sales.void(by=tomek, at=at - DAY, sale=voided, reason="cancelled")
    assert stayed(at) == 0
    sales.decide_complaint(
        by=tomek, at=at, complaint=complaint, upheld=False, decision="Bez racji."
    )
    assert stayed(at) == 1
    assert other.referral.plan_version_id == plan.pk


def test_an_upheld_complaint_ends_it(anna, marta, tomek, two, at):
    sale = confirmed(anna, marta, tomek, two, at - timedelta(days=100))
    with clock.injected():
        complaint = sales.record_complaint(by=tomek, at=at - DAY, sale=sale, ground="other")
        sales.decide_complaint(by=tomek, at=at, complaint=complaint, upheld=True, decision="Racja.")
    assert stayed(at) == 0


def test_voided_with_its_sale(anna, marta, tomek, two, at):
    sale = confirmed(anna, marta, tomek, two, at - timedelta(days=100))
    stayed(at)
    with clock.injected():
        sales.void(by=tomek, at=at, sale=sale, reason="cancelled")
    assert kept() == []
    assert not Line.objects.exclude(state="void").exists()
    assert list(problems()) == []


def test_a_leavers_part_goes_to_whoever_works_on_where_the_plan_says_so(
    anna, marta, kamil, tomek, firm, at
):
    version = version_of(at, count("retained", 10_000, months=3), leaver="holder")
    confirmed(anna, marta, tomek, version, at - timedelta(days=100))
    anna.owner = kamil
    anna.save(update_fields=["owner"])
    Membership.objects.filter(person=marta).update(until=at - 40 * DAY)
    marta.is_active = False
    marta.save(update_fields=["is_active"])
    stayed(at)
    assert [fact.person for fact in kept(kind="retained")] == [kamil]
