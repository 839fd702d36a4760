"""Two hands on one thing at the same moment: one effect, whoever was first."""

from datetime import timedelta

import pytest

from polecam.actions import bonuses, meetings, referrals_work, sales
from polecam.bonuses.models import Account, CreditedFact, Line
from polecam.claims.models import Claim
from polecam.clients.models import Client
from polecam.journal.models import Event
from polecam.kit.periods import day_of
from polecam.referrals.models import StageTally
from polecam.sales.models import Sale
from tests.referrals.growing import consented
from tests.support.threads import HANDS, together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kasia(anna, plan, at):
    return consented(anna, at=at - timedelta(days=9), plan=plan.pk)


def test_one_report(kasia, marta, at):
    said = together(
        lambda n: sales.report(
            by=marta,
            at=at,
            referral=kasia,
            value_grosze=1_000_000,
            margin_grosze=100_000,
            sold_on=day_of(at, "Europe/Warsaw"),
        )
    )
    assert said == ["done"] * HANDS
    assert Sale.objects.count() == 1
    assert Event.objects.filter(kind="sale.reported").count() == 1


def test_one_confirmation(kasia, marta, tomek, ada, at):
    sale = sales.report(
        by=marta,
        at=at,
        referral=kasia,
        value_grosze=1_000_000,
        margin_grosze=100_000,
        sold_on=day_of(at, "Europe/Warsaw"),
    )
    said = together(lambda n: sales.confirm(by=(tomek, ada)[n % 2], at=at, sale=sale))
    assert said == ["done"] * HANDS
    assert CreditedFact.objects.filter(kind="sale").count() == 1
    assert Client.objects.filter(party=kasia.party).count() == 1
    assert StageTally.objects.get().sales == 1
    assert Account.objects.get(person=marta, kind="pending").balance == 12_500


def test_confirmed_or_voided_but_not_both(kasia, marta, tomek, ada, at):
    sale = sales.report(
        by=marta,
        at=at,
        referral=kasia,
        value_grosze=1_000_000,
        margin_grosze=100_000,
        sold_on=day_of(at, "Europe/Warsaw"),
    )

    def act(n: int) -> None:
        if n % 2:
            sales.void(by=ada, at=at, sale=sale, reason="mistake")
        else:
            sales.confirm(by=tomek, at=at, sale=sale)

    together(act)
    sale.refresh_from_db()
    assert sale.state == "void"
    assert not Line.objects.exclude(state="void").exists()
    assert not Account.objects.exclude(balance=0).exists()
    assert not Claim.objects.filter(ended_at=None).exists()


def test_one_meeting_confirmed_by_boss_and_friend(kasia, marta, tomek, at):
    meeting = referrals_work.set_meeting(
        by=marta, at=at, referral=kasia, meeting_at=at - timedelta(hours=1)
    )
    referrals_work.hold_meeting(by=marta, at=at, meeting=meeting)
    said = together(lambda n: meetings.confirm(by=(tomek, None)[n % 2], at=at, meeting=meeting))
    assert said == ["done"] * HANDS
    assert CreditedFact.objects.filter(kind="meeting").count() == 1
    assert Event.objects.filter(kind="referral.meeting_confirmed").count() == 1


def test_a_sale_is_retained_after_its_clawback(kasia, marta, tomek, at):
    from polecam.actions import retention

    sale = sales.report(
        by=marta,
        at=at - timedelta(days=1),
        referral=kasia,
        value_grosze=1_000_000,
        margin_grosze=100_000,
        sold_on=day_of(at - timedelta(days=1), "Europe/Warsaw"),
    )
    sales.confirm(by=tomek, at=at, sale=sale)
    assert retention.retain_due(at=at + timedelta(days=89)) == 0
    complaint = sales.record_complaint(by=tomek, at=at, sale=sale, ground="service")
    assert retention.retain_due(at=at + timedelta(days=91)) == 0
    sales.decide_complaint(by=tomek, at=at, complaint=complaint, upheld=False, decision="Nie.")
    bonuses.vest_due(at=at)
    assert retention.retain_due(at=at + timedelta(days=91)) == 1
    assert retention.retain_due(at=at + timedelta(days=92)) == 0
    sale.refresh_from_db()
    assert sale.state == "retained"
