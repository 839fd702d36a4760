"""What the night forgets is told beforehand by the same selection; clocks; the register."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from polecam.actions import privacy, setup, upkeep
from polecam.insights import forgetting, register
from polecam.journal.models import Event
from polecam.referrals.models import Invitation, Referral
from tests import cast
from tests.house.law import models
from tests.privacy.friend import capture, invite, say_yes

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def desk(irena) -> Client:
    browser = Client()
    browser.force_login(irena)
    return browser


def test_the_rehearsal_says_exactly_what_the_night_does(anna, marta, branch, at):
    capture(anna, marta, at - 20 * DAY, name="Ola")
    capture(anna, marta, at - 3 * DAY, name="Jan")
    say_yes(capture(anna, marta, at - 400 * DAY).invitation, at - 399 * DAY)
    won = capture(anna, marta, at - 30 * DAY, name="Iga")
    won.party = cast.client(branch, marta, "Iga", "Bąk", at=at).party
    won.save()
    invite(anna, marta, at - 40 * DAY)
    told = forgetting.rehearsal(at)
    before = Event.objects.count()
    assert (told["unanswered"], told["inactive"]) == (1, 1)
    assert Event.objects.count() == before, "looking changes nothing"
    privacy.expire_due(at=at)
    ran = Event.objects.get(kind="retention.ran").data
    assert ran == {kind: told[kind] for kind in forgetting.FRIENDS}
    again = forgetting.rehearsal(at)
    assert [again[kind] for kind in forgetting.FRIENDS] == [0, 0, 0]


def test_the_houses_own_rubbish_too(firm, anna, at):
    from polecam.journal.models import ActionKey

    ActionKey.objects.create(actor="x", key="k", payload="h", at=at - 100 * DAY)
    told = forgetting.rehearsal(at)
    assert told["form_keys"] == 1
    assert upkeep.forget_old(at)["form_keys"] == 1
    assert forgetting.rehearsal(at)["form_keys"] == 0


def test_the_journal_keeps_numbers_only(anna, marta, at):
    capture(anna, marta, at - 20 * DAY, name="Świętopełk")
    privacy.expire_due(at=at)
    event = Event.objects.get(kind="retention.ran")
    assert all(isinstance(number, int) for number in event.data.values())
    assert event.subject_type == "organisation"


def test_the_page_tells_tonight_and_the_last_nights(desk, anna, marta, at):
    capture(anna, marta, at - 14.5 * DAY)  # its days ended twelve hours ago
    privacy.expire_due(at=at - DAY)
    shown = desk.get(reverse("privacy:retention"))
    assert dict(shown.context["friends"])
    assert sum(number for _what, number in shown.context["friends"]) >= 1
    assert len(shown.context["nights"]) == 1
    assert "Piotr" not in shown.content.decode()


def test_every_clock_is_told_without_a_name_and_ends_in_an_erasure(desk, anna, marta, at):
    capture(anna, marta, at - 2 * DAY, name="Świętopełk")
    seen = desk.get(reverse("privacy:clocks"))
    assert seen.context["page"].paginator.count == 1
    assert "Świętopełk" not in seen.content.decode()
    (clock,) = seen.context["clocks"]
    assert clock.due_at == Referral.objects.get().captured_at + timedelta(days=30)
    privacy.expire_due(at=at + 12 * DAY)
    after = desk.get(reverse("privacy:clocks")).context
    assert (after["page"].paginator.count, after["overdue"], after["erased"]) == (0, 0, 1)
    assert Invitation.objects.get().words == ""


def test_every_field_about_a_person_belongs_to_an_activity():
    assert register.unnamed_fields() == set()
    named = {model for activity in register.ACTIVITIES for model in activity.models}
    assert named <= {model._meta.label for model in models()}


def test_a_model_nobody_named_stands_at_the_end(firm, monkeypatch, at):
    monkeypatch.setattr(register, "ACTIVITIES", register.ACTIVITIES[1:])
    last = register.entries(at)[-1]
    assert last.activity.code == "unnamed"
    assert "parties.Party" in last.activity.models


def test_the_register_follows_the_settings(desk, ada, firm, at):
    setup.set_setting(by=ada, at=at, key="inactive_days", value=200)
    assert "200" in desk.get(reverse("privacy:register")).content.decode()
    sheet = desk.get(reverse("privacy:register_file", args=["csv"]))
    rows = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert len(rows) == len(register.ACTIVITIES) + 1
    assert "Bank Olszyna" in rows[1][0]
    assert "iod@olszyna.example" in rows[1][1]
    assert all(all(cell for cell in row) for row in rows[1:]), "every column says something"
    text = desk.get(reverse("privacy:register_file", args=["md"])).content.decode()
    assert "200" in text
    assert desk.get(reverse("privacy:register_file", args=["doc"])).status_code == 404
