"""A month of Marta's: two sales, meetings, consents, something waiting, something open."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache

from polecam.actions import bonuses
from polecam.referrals.models import Meeting
from polecam.store import clock
from polecam.store.tx import action
from tests.bonuses.support import referral_of, sale_of
from tests.cast import client


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Chances are kept for minutes; the next test has another branch."""
    cache.clear()
    yield
    cache.clear()


def confirmed(referral, kind, source, at, base=0):
    with action():
        return bonuses.credit(kind=kind, referral=referral, source=source, at=at, base_grosze=base)


@pytest.fixture
def month(branch, anna, marta, kamil, plan, at):
    """What happened to Marta lately, and the handles of it."""
    made = SimpleNamespace(at=at)
    with clock.injected():
        for number, first in enumerate(["Halina", "Dorota", "Robert"]):
            referral = referral_of(anna, marta, plan, at - timedelta(days=3))
            referral.party = client(branch, kamil, first, "Zych", at=at).party
            referral.state = "meeting"
            referral.save()
            confirmed(referral, "consent", referral, at)
            meeting = Meeting.objects.create(
                referral=referral, at=at, set_by=marta, held_at=at, confirmed_at=at
            )
            confirmed(referral, "meeting", meeting, at)
            if number == 0:
                made.shared = referral_of(
                    anna, marta, plan, at - timedelta(days=3), {marta: 7_000, kamil: 3_000}
                )
                made.shared.party = client(branch, kamil, "Lena", "Bor", at=at).party
                made.shared.state = "won"
                made.shared.save()
                made.sale = sale_of(made.shared, marta, at, margin=640_003)
                confirmed(made.shared, "sale", made.sale, at, 640_003)
        made.reported = referral_of(anna, marta, plan, at)
        made.reported.state = "won"
        made.reported.save()
        sale_of(made.reported, marta, at, margin=520_000, state="reported")
        made.held = referral_of(anna, marta, plan, at)
        made.held.state = "meeting"
        made.held.save()
        Meeting.objects.create(referral=made.held, at=at, set_by=marta, held_at=at)
        made.open = referral_of(anna, marta, plan, at)
    return made
