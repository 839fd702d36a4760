"""In a real browser: a client with a phone and no JavaScript; a seller and a boss with it."""

import pytest

from polecam.actions import pulse_alerts
from polecam.surveys import links
from polecam.surveys.models import Pulse, PulseAlert, Survey
from tests.support.browser import DESKTOP, PHONE
from tests.surveys.support import DAY, a_survey, answers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.sqlite]
LEAST = 44


def small_targets(page) -> list[str]:
    """Buttons a thumb would miss."""
    sizes = [(b.inner_text(), b.bounding_box()) for b in page.locator("main .btn").all()]
    return [name for name, box in sizes if box["width"] < LEAST or box["height"] < LEAST]


@pytest.mark.parametrize(("language", "theme"), [("pl", "light"), ("en", "dark")])
def test_a_client_answers_in_two_taps_without_javascript(
    anna, marta, at, new_page, axe, live_server, language, theme
):
    survey = a_survey(anna, marta, at)
    phone = new_page(PHONE, theme=theme, language=language, java_script_enabled=False)
    with_script = new_page(PHONE, theme=theme, language=language)
    door = f"/s/{links.survey_ref(survey)}/"
    with_script.goto(door)
    axe(with_script)
    phone.goto(door)
    assert small_targets(phone) == []
    fits = phone.get_by_role("button", name="10").bounding_box()
    assert fits["y"] + fits["height"] < PHONE["height"], "no scrolling before the first tap"
    phone.get_by_role("button", name="9", exact=True).tap()
    with_script.goto(door)
    axe(with_script)
    assert small_targets(phone) == []
    words = {"pl": "Ktoś wysłuchał", "en": "Somebody listened"}
    phone.get_by_role("button", name=words[language]).tap()
    phone.locator(".slip").wait_for()
    kept = Survey.objects.get()
    assert (kept.score, kept.helped) == (9, "listened")
    with_script.goto(door)
    axe(with_script)
    back = {"pl": "Wycofuję odpowiedź", "en": "Take the answer back"}
    phone.get_by_role("button", name=back[language]).tap()
    gone = {"pl": "Odpowiedź jest usunięta", "en": "The answer is deleted"}
    phone.get_by_role("heading", name=gone[language]).wait_for()
    assert Survey.objects.get().score is None


def test_the_pulse_is_one_tap_without_javascript(anna, marta, at, new_page, live_server):
    asked = Pulse.objects.create(
        ask="0" * 15, client=anna, seller=marta, branch=anna.branch, made_at=at,
        expires_at=at + DAY,
    )  # fmt: skip
    phone = new_page(PHONE, language="pl", java_script_enabled=False)
    phone.goto(f"/p/{links.pulse_ref(asked)}/")
    assert small_targets(phone) == []
    phone.get_by_role("button", name="Nie do końca").tap()
    phone.get_by_role("heading", name="Dziękujemy za odpowiedź").wait_for()
    assert Pulse.objects.get(free__isnull=False).client is None


def test_the_boss_looks_and_decides_and_the_seller_reads_it(
    branch, marta, tomek, at, new_page, sign_in, axe, live_server
):
    answers(branch, marta, 1, 7, at=at - 2 * DAY)
    pulse_alerts.raise_due(at=at)
    desk = new_page(DESKTOP, language="pl", theme="light")
    sign_in(desk, tomek)
    desk.goto("/branch/")
    desk.get_by_role("link", name="Spójrz na to spokojnie").click()
    desk.get_by_role("link", name="Marta Zielinska").click()
    axe(desk)
    desk.get_by_role("button", name="Spójrz na to").click()
    desk.get_by_text("7 z 8 osób").wait_for()
    axe(desk)
    desk.get_by_text("Przerwa w podpowiedziach").click()
    desk.get_by_label("Dlaczego").fill("Zacznijmy spokojniej, pogadamy w piątek.")
    desk.get_by_role("button", name="Zapisz decyzję").click()
    desk.get_by_role("button", name="Zakończ przerwę teraz").wait_for()
    assert PulseAlert.objects.get(seller=marta).decision == "pause"
    phone = new_page(PHONE, language="pl", theme="dark")
    sign_in(phone, marta)
    phone.goto("/today/")
    phone.get_by_text("Zacznijmy spokojniej, pogadamy w piątek.").wait_for()
    axe(phone)
