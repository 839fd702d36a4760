"""Where no text message can be sent, a dated setting decides whether a call unlocks unproven."""

from datetime import timedelta

import pytest

from polecam.actions import privacy
from polecam.bonuses.models import Line
from polecam.claims.models import Claim
from polecam.organisation.models import Setting
from polecam.privacy.queries import active_channels
from tests.privacy.friend import answer, capture, waiting


@pytest.fixture(autouse=True)
def no_gateway(settings):
    settings.SMS_TO_FILES = False


def allow(at, value=True):
    Setting.objects.create(key="sms_without_gateway_unlocks", value=value, valid_from=at, set_at=at)


def test_off_by_default(anna, marta, plan, at):
    referral = capture(anna, marta, at, plan)
    answer(referral.invitation, at)
    assert active_channels(referral.public_id, at=at) == set()
    assert not Claim.objects.exists()


def test_on_it_unlocks_the_call_alone_and_the_bonus_waits(anna, marta, plan, at):
    allow(at - timedelta(days=1))
    referral = capture(anna, marta, at, plan)
    answer(referral.invitation, at, channels=["phone", "sms", "email"])
    assert active_channels(referral.public_id, at=at) == {"phone"}
    assert Claim.objects.get().holder == marta
    assert not Line.objects.exists()


def test_switched_off_again_it_locks_again(anna, marta, at):
    allow(at - timedelta(days=1))
    referral = capture(anna, marta, at)
    answer(referral.invitation, at)
    allow(at + timedelta(days=1), value=False)
    assert active_channels(referral.public_id, at=at + timedelta(hours=1)) == {"phone"}
    assert active_channels(referral.public_id, at=at + timedelta(days=2)) == set()


def test_an_address_still_needs_its_link(anna, marta, plan, at):
    allow(at - timedelta(days=1))
    referral = capture(anna, marta, at, plan)
    answer(referral.invitation, at, channels=["phone", "email"])
    (email,) = [c for c in waiting(referral) if c.channel == "email"]
    privacy.confirm(consent=email, at=at + timedelta(minutes=1))
    assert active_channels(referral.public_id, at=at + timedelta(minutes=2)) == {
        "phone",
        "email",
    }
    assert Line.objects.count() == 1, "the address was proven"
