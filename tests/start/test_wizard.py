"""From an empty database to a firm that works, in the browser, one step at a time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from polecam.asking.models import MomentType
from polecam.bonuses.models import PlanVersion
from polecam.insights import start as insight
from polecam.organisation import settings as dated
from polecam.organisation.models import Organisation, Setting
from polecam.people import links
from polecam.people.models import Membership, Person, Role
from polecam.web.pages.start import path
from polecam.web.ui.firm import forget

pytestmark = pytest.mark.django_db

YOU = {
    "first_name": "Wanda",
    "last_name": "Lis",
    "email": "wanda@salon.example",
    "form": "f",
    "password": "cztery-spokojne-slowa-2026",
}
FIRM = {
    "name": "Salon Klon",
    "language": "pl",
    "currency": "PLN",
    "zone": "Europe/Warsaw",
    "business": "cars",
}
PRIVACY = {"address": "ul. Leśna 1", "privacy_contact": "rodo@salon.example", "officer": "none"}


@pytest.fixture(autouse=True)
def nothing_chosen_yet():
    """Zone and currency of the tests before are of another firm."""
    dated._fixed.clear()
    forget()
    yield
    dated._fixed.clear()
    forget()


def link(ago: timedelta = timedelta(minutes=1)) -> str:
    return links.start_url(datetime.now(UTC) - ago).removeprefix("http://localhost:8000")


def begun(**changes) -> Browser:
    """A browser of whoever has said who they are."""
    browser = Browser()
    answer = browser.post(link(), YOU | changes)
    assert answer.status_code == 303, answer.content.decode()
    assert answer.url == reverse("start:firm")
    return browser


def founded(**changes) -> Browser:
    """A firm that stands."""
    browser = begun()
    assert browser.post(reverse("start:firm"), FIRM | changes).url == reverse("start:branch")
    answer = browser.post(reverse("start:branch"), {"name": "Salon Zabłocie", "city": "Kraków"})
    assert answer.url == reverse("start:manager")
    return browser


def test_a_firm_is_started_from_nothing():
    browser = founded()
    wanda = Person.objects.get()
    firm = Organisation.objects.get()
    assert (firm.name, firm.business, firm.currency, firm.language) == (
        "Salon Klon", "cars", "PLN", "pl",
    )  # fmt: skip
    assert not firm.regulated
    assert list(Membership.objects.values_list("person", "role")) == [(wanda.pk, Role.ADMIN)]
    used = set(MomentType.objects.filter(used=True).values_list("code", flat=True))
    assert "car_handed_over" in used
    assert "claim_paid" not in used
    draft = PlanVersion.objects.get()
    assert (draft.template, draft.published_at, draft.written_by) == ("cars", None, wanda)
    assert browser.post(reverse("start:lead_it_myself")).url == reverse("start:privacy")
    assert browser.post(reverse("start:privacy"), PRIVACY).url == reverse("start:notice")
    later = browser.post(reverse("start:put_off", args=["notice"]), {"why": "Rada czyta"})
    assert later.url == reverse("start:plan")
    assert Setting.objects.get(key="start_put_off").why == "Rada czyta"
    for step, following in (("plan", "clients"), ("clients", "team")):
        answer = browser.post(reverse("start:put_off", args=[step]))
        assert answer.url == reverse(f"start:{following}")
    browser.post(reverse("start:put_off", args=["team"]))
    if path.protectable():
        browser.post(reverse("start:put_off", args=["protect"]))
    found = path.of_admin(wanda, datetime.now(UTC))
    assert found.next == ""
    assert found.states["notice"] == insight.LATER
    assert browser.get(reverse("start:done")).status_code == 200
    assert "aria-label" in browser.get(reverse("start:overview")).content.decode()


def test_every_step_opens_and_says_where_one_is():
    browser = founded()
    for step in insight.STEPS[3:]:
        if step == "protect" and not path.protectable():
            continue
        answer = browser.get(reverse(f"start:{step}"))
        assert answer.status_code == 200, step
        said = answer.content.decode()
        assert said.count('aria-current="step"') == 1
        assert "<ol" in said
