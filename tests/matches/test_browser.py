"""The review in Chromium: by keyboard alone, at both sizes, axe-clean, back again by one tap."""

import pytest
from playwright.sync_api import Page, expect

from polecam.parties.models import Match, MatchState, Merge
from tests import cast
from tests.matches.people import PHONE, client_with, pair


@pytest.fixture
def pairs(branch, marta, kamil, at) -> list[Match]:
    one = client_with(branch, marta, "Beata", "Ostrowicz", at=at, phone=PHONE)
    other = client_with(branch, kamil, "Beata", "Chlebowska", at=at, phone=PHONE)
    first = pair(
        one.party, other.party, at, score_bp=8_000, reasons=["same_phone", "other_surname"]
    )
    kasia = cast.client(branch, marta, "Katarzyna", "Świętochowska", at=at)
    again = cast.client(branch, kamil, "Kasia", "Świętochowska", at=at)
    return [first, pair(kasia.party, again.party, at, reasons=["diminutive", "rare_name"])]


@pytest.mark.django_db(transaction=True)
@pytest.mark.look(theme="light", language="pl")
def test_two_pairs_answered_by_keyboard_on_the_desk(
    desktop: Page, sign_in, axe, live_server, tomek, pairs
):
    sign_in(desktop, tomek)
    desktop.goto(live_server.url + "/matches/")
    axe(desktop)
    desktop.get_by_role("link", name="Zacznij od najbardziej podobnych").press("Enter")
    expect(desktop.get_by_text("1 z 2")).to_be_visible()
    expect(desktop.get_by_text("Ten sam numer telefonu: tak")).to_be_visible()
    assert "601" not in desktop.content()
    axe(desktop)
    same = desktop.get_by_role("button", name="Jedna osoba")
    same.focus()
    desktop.keyboard.press("Tab")
    expect(desktop.get_by_role("button", name="Dwie osoby")).to_be_focused()
    desktop.keyboard.press("Tab")
    expect(desktop.get_by_role("link", name="Później")).to_be_focused()
    weights = {
        (box["width"], box["height"])
        for box in (
            desktop.get_by_role(role, name=name).bounding_box()
            for role, name in (
                ("button", "Jedna osoba"), ("button", "Dwie osoby"), ("link", "Później"),
            )
        )
    }  # fmt: skip
    assert len({tuple(round(side) for side in box) for box in weights}) == 1, "equal weight"
    same.press("Enter")
    expect(desktop.get_by_text("1 z 1")).to_be_visible()
    desktop.get_by_role("button", name="Dwie osoby").press("Enter")
    expect(desktop.get_by_text("Nie ma żadnych wątpliwości.")).to_be_visible()
    assert Merge.objects.get().by == tomek
    assert Match.objects.get(pk=pairs[1].pk).state == MatchState.DIFFERENT
    axe(desktop)
    desktop.get_by_role("button", name="Rozłącz").press("Enter")
    expect(desktop.get_by_text("Znów dwa wpisy, jak przedtem.")).to_be_visible()
    assert not Merge.objects.filter(undone_at=None).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.look(theme="dark", language="en")
def test_later_goes_on_and_ends_on_the_phone(phone: Page, sign_in, axe, live_server, tomek, pairs):
    sign_in(phone, tomek)
    phone.goto(live_server.url + f"/matches/{pairs[0].public_id}/")
    axe(phone)
    phone.get_by_role("link", name="Later").tap()
    expect(phone.get_by_text("2 of 2")).to_be_visible()
    phone.get_by_role("link", name="Later").tap()
    expect(phone.get_by_role("heading", name="Waiting for a look")).to_be_visible()
    assert Match.objects.filter(state=MatchState.OPEN).count() == 2
    wide = phone.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide
