"""The new settings: words, percents and hours; a history with who and why; then in force."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from polecam.actions import plans as actions
from polecam.insights.parameters import PARAMETERS
from polecam.organisation import settings
from polecam.organisation.models import Setting
from polecam.organisation.settings import KINDS, ON_OTHER_PAGES
from polecam.web.pages.setup.words import GROUPS, TITLES
from tests.support.twice import twice

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(ada) -> Browser:
    browser = Browser()
    browser.force_login(ada)
    return browser


def address(key: str) -> str:
    return reverse("setup:setting", args=[key])


@pytest.mark.parametrize(
    ("key", "typed", "stored"),
    [
        ("claim_work", "meeting", "meeting"),
        ("claim_expiry", "originator", "originator"),
        ("handoff_leaving_bp", "33,25", 3_325),
        ("share_floor_bp", "40", 4_000),
        ("handoff_hours", "24", 24),
        ("exclusivity_days", "60", 60),
        ("contact_secures_days", "14", 14),
    ],
)
def test_typed_stored_in_force_and_on_record(desk, ada, branch, key, typed, stored):
    answer = twice(desk, address(key), {"value": typed, "why": "Ustalone z zespołem"})
    assert answer.status_code == 303
    row = Setting.objects.get()
    assert (row.key, row.value, row.set_by_id) == (key, stored, ada.pk)
    assert settings.value(key, at=row.valid_from, branch=branch) == stored
    page = desk.get(address(key)).content.decode()
    assert "Ustalone z zespołem" in page
    assert "Ada Maj" in page


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("claim_work", "whatever"),
        ("claim_expiry", ""),
        ("handoff_leaving_bp", "101"),
        ("handoff_leaving_bp", "-1"),
        ("handoff_leaving_bp", ""),
        ("share_floor_bp", "much"),
        ("handoff_hours", "0"),
        ("exclusivity_days", "366"),
    ],
)
def test_what_does_not_fit_is_said_and_kept_in_the_form(desk, key, typed):
    answer = desk.post(address(key), {"value": typed, "why": "Bo tak"})
    assert answer.status_code == 422
    assert not Setting.objects.exists()
    assert "Bo tak" in answer.content.decode()


def test_every_setting_has_its_words_and_its_place():
    placed = {key for _title, keys in GROUPS for key in keys}
    assert placed == set(TITLES)
    asked = {key for key, kind in KINDS.items() if kind.unit in ("choice", "bp", "hours")}
    assert asked <= placed | set(PARAMETERS) | ON_OTHER_PAGES


def test_the_plan_says_what_becomes_of_a_leaver(ada, marta, branch, plan, at):
    version = actions.publish_plan(by=ada, at=at, name="Plan", leaver="holder")
    seller = Browser()
    seller.force_login(marta)
    marta.language = "en"
    marta.save()
    told = seller.get(reverse("money:plan"), {"v": version.public_id}).content.decode()
    assert "whoever" in told
    before = seller.get(reverse("money:plan"), {"v": plan.public_id}).content.decode()
    assert "final" in before
