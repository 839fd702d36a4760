"""Two at once: one event told by many hands, the night's run beside itself."""

from datetime import timedelta

import pytest

from polecam.actions import date_moments, inlets
from polecam.asking import kinds
from polecam.asking.inlet_rules import Told
from polecam.asking.models import DateRule, Inlet, Moment
from polecam.clients.models import Client
from polecam.kit.periods import day_of
from tests.support.threads import HANDS, together

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_event_from_four_hands_is_one_moment(anna, jan, numbered, ada, at):
    kinds.install(at, "bank")
    inlet, _ = inlets.make(by=ada, at=at, kind="webhook", name="Szkody", branch=None)
    numbers = ("K-1", "K-2", "K-1", "K-2")
    said = together(
        lambda n: inlets.hear(at=at, inlet=inlet, told=Told("e-1", numbers[n], "praise"))
    )
    assert said == ["done"] * HANDS
    assert Moment.objects.count() == 1
    assert Inlet.objects.get().accepted == 1


def test_two_nights_at_once_note_each_date_once(anna, jan, at):
    kinds.install(at, "bank")
    DateRule.objects.filter(kind="first_year").update(used=True)
    Client.objects.update(since=day_of(at, "Europe/Warsaw") - timedelta(days=365))
    assert together(lambda n: date_moments.note_due(at=at)) == ["done"] * HANDS
    assert Moment.objects.count() == 2
