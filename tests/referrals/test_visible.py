"""Who sees which referral (domain.md, who sees what)."""

from datetime import timedelta

import pytest

from polecam.kit.periods import day_of
from polecam.organisation.models import Setting
from polecam.referrals import queries
from polecam.referrals.models import Grant, Referral
from tests.cast import ZONE, client
from tests.referrals.growing import captured, consented


def test_each_sees_what_they_brought(anna, marta, kamil, tomek, ada, irena, pawel, at):
    referral = captured(anna, at=at)
    assert list(queries.visible_to(marta)) == [referral]
    for other in (kamil, tomek, ada, irena, pawel):
        assert not queries.visible_to(other).exists()
        with pytest.raises(Referral.DoesNotExist):
            queries.find(other, referral.public_id)


def test_a_grant_opens_until_it_ends(anna, kamil, at):
    referral = consented(anna, at=at)
    Grant.objects.create(
        referral=referral, person=kamil, why="holder", since=at, until=at + timedelta(days=5)
    )
    assert queries.visible_to(kamil, at=at + timedelta(days=1)).exists()
    assert not queries.visible_to(kamil, at=at - timedelta(days=1)).exists()
    assert not queries.visible_to(kamil, at=at + timedelta(days=6)).exists()


def announced(branch, at, days):
    Setting.objects.create(
        key="monitoring_notice",
        value=day_of(at - timedelta(days=days), ZONE).isoformat(),
        valid_from=at - timedelta(days=days),
        set_at=at - timedelta(days=days),
    )


def test_a_manager_waits_for_the_notice_and_the_acknowledgement(anna, marta, tomek, branch, at):
    referral = consented(anna, at=at)
    before_consent = captured(anna, at=at)
    announced(branch, at, 20)
    assert not queries.visible_to(tomek, at=at).exists()
    marta.notice_acknowledged_at = at - timedelta(days=3)
    marta.save()
    assert list(queries.visible_to(tomek, at=at)) == [referral]
    assert before_consent not in queries.visible_to(tomek, at=at)  # it would tell an answer
    assert not queries.mine(tomek, at=at).exists()


def test_an_earlier_notice_read_is_not_this_one(anna, marta, tomek, branch, at):
    referral = consented(anna, at=at)
    marta.notice_acknowledged_at = at - timedelta(days=40)
    marta.save()
    announced(branch, at, 60)
    assert list(queries.visible_to(tomek, at=at)) == [referral]
    announced(branch, at, 20)
    assert not queries.visible_to(tomek, at=at).exists()


def test_two_weeks_must_pass_after_the_notice(anna, marta, tomek, branch, at):
    consented(anna, at=at)
    marta.notice_acknowledged_at = at
    marta.save()
    announced(branch, at, 13)
    assert not queries.visible_to(tomek, at=at).exists()
    assert queries.visible_to(tomek, at=at + timedelta(days=2)).exists()


def test_the_manager_sees_their_own_as_everyone_does(branch, tomek, at):
    own = captured(client(branch, tomek, "Ewa", "Polak", at=at), at=at)
    assert list(queries.visible_to(tomek)) == [own]
