"""The client's pages: two taps, no login; links that open nothing look alike. The house's: sums."""

import pytest
from django.db import OperationalError
from django.test import Client as Browser
from django.urls import reverse

from polecam.actions import pulse_alerts, survey_answers
from polecam.asking.models import Moment
from polecam.clients.models import ClientConsent, Touch
from polecam.journal.models import Event
from polecam.store import crypto
from polecam.surveys import links
from polecam.surveys.models import Pulse, PulseAlert, Survey, SurveyRound
from polecam.web.pages.answers import doors
from tests.surveys.support import DAY, a_survey, agree, answers

pytestmark = pytest.mark.django_db
MOST_BYTES = 60_000


@pytest.fixture
def survey(anna, marta, at) -> Survey:
    return a_survey(anna, marta, at)


@pytest.fixture
def phone() -> Browser:
    """A client's phone: no session, no script, Polish."""
    return Browser(HTTP_ACCEPT_LANGUAGE="pl")


def signed_in(person) -> Browser:
    browser = Browser(HTTP_ACCEPT_LANGUAGE="pl")
    browser.force_login(person)
    return browser


def path(survey: Survey) -> str:
    return f"/s/{links.survey_ref(survey)}/"


# --- the client -----------------------------------------------------------------------------------


def test_two_taps_and_thanks(survey, phone):
    page = phone.get(path(survey))
    assert page.content.count(b'name="score"') == 11
    page = phone.post(path(survey), {"score": "9"}, follow=True)
    assert page.content.count(b'name="helped"') == 6
    page = phone.post(path(survey), {"helped": "kept_word"}, follow=True)
    assert "Dziękujemy za odpowiedź" in page.content.decode()
    survey.refresh_from_db()
    assert (survey.score, survey.helped) == (9, "kept_word")
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_in_english_too(survey):
    page = Browser(HTTP_ACCEPT_LANGUAGE="en").get(path(survey)).content.decode()
    assert "How likely are you to recommend us" in page


def test_looking_records_nothing(survey, anna, phone):
    before = (Event.objects.count(), Survey.objects.values().get(), Touch.objects.count())
    for _look in range(5):
        for more in ("", "withdraw/", "?change=1", "?done=1", "?score=9"):
            phone.get(path(survey) + more)
        phone.head(path(survey))
    assert before == (Event.objects.count(), Survey.objects.values().get(), Touch.objects.count())


def test_nothing_personal_stands_on_any_of_the_pages(survey, anna, marta, phone):
    pages = [phone.get(path(survey))]
    pages += [
        phone.post(path(survey), sent, follow=True)
        for sent in ({"score": "3"}, {"helped": "clear"})
    ]
    told = [page.content.decode() for page in pages]
    for text in told:
        for personal in (anna.party.first_name, anna.party.last_name, marta.last_name):
            assert personal not in text
        assert len(text.encode()) < MOST_BYTES
    assert ">3<" not in told[2], "not even the answer itself"


def test_changed_and_taken_back(survey, phone):
    phone.post(path(survey), {"score": "10"})
    assert b'name="score"' in phone.get(path(survey) + "?change=1").content
    phone.post(path(survey) + "?change=1", {"score": "2"})
    assert Survey.objects.get().score == 2
    page = phone.post(path(survey) + "withdraw/")
    assert "Odpowiedź jest usunięta" in page.content.decode()
    assert Survey.objects.get().score is None
    phone.post(path(survey), {"score": "10"})
    assert Survey.objects.get().score is None, "a replay after it brings nothing back"
    assert not Moment.objects.exists()


@pytest.mark.parametrize("typed", ["", "11", "-1", "9.5", "٩", "9 ", "999999999999", "' OR 1=1"])
def test_what_is_no_number_is_said_calmly(survey, phone, typed):
    page = phone.post(path(survey), {"score": typed})
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()
    assert Survey.objects.get().score is None


def test_wrong_expired_and_erased_links_look_alike(survey, anna, at, phone):
    ident, token = links.survey_ref(survey).split("-", 1)
    other = crypto.token("survey", ident, survey.version + 1)
    wrong = [
        f"{ident}-{token[:-1]}{'A' if token[-1] != 'A' else 'B'}",
        f"{ident}-{other}",
        f"{ident}-{crypto.token('pulse', ident)}",
        f"zzzzzzzzzzzzzzz-{token}",
        f"{ident}-",
        f"{ident}-żółw",
        "-",
    ]
    pages = [phone.get(f"/s/{each}/") for each in wrong]
    Survey.objects.update(expires_at=at)
    pages.append(phone.get(path(survey)))
    Survey.objects.update(expires_at=at + 9 * DAY, version=2)
    pages.append(phone.get(path(survey)))
    Survey.objects.update(version=1)
    anna.party.erased_at = at
    anna.party.save()
    pages.append(phone.get(path(survey)))
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    for each in wrong:
        assert phone.post(f"/s/{each}/", {"score": "9"}).status_code == 404
    assert Survey.objects.get().score is None


def test_whoever_guesses_is_stopped(phone, survey, monkeypatch):
    monkeypatch.setattr(doors, "GUESSES", (3, 3600))
    statuses = [phone.get(f"/p/guess-{n}/").status_code for n in range(5)]
    assert statuses == [404, 404, 404, 429, 429]
    assert phone.get(path(survey)).status_code == 200, "a right link opens all the same"


def test_one_link_is_posted_to_only_so_often(phone, survey):
    statuses = [phone.post(path(survey), {"score": "9"}).status_code for _n in range(32)]
    assert statuses[:30] == [303] * 30
    assert statuses[30:] == [429, 429]


def test_an_answer_is_not_lost_to_a_busy_database(phone, survey, monkeypatch):
    tries, real = [], survey_answers.answer

    def busy(**more):
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError("database is locked")
        return real(**more)

    monkeypatch.setattr(survey_answers, "answer", busy)
    assert phone.post(path(survey), {"score": "9"}).status_code == 303
    assert (Survey.objects.get().score, len(tries)) == (9, 3)
    monkeypatch.setattr(doors, "TRIES", 2)
    with pytest.raises(OperationalError):
        doors.patiently(lambda: (_ for _ in ()).throw(OperationalError("gone")))


def test_the_token_is_compared_in_constant_time(survey, phone, monkeypatch):
    compared = []
    real = crypto.same
    monkeypatch.setattr(crypto, "same", lambda a, b: compared.append(a) or real(a, b))
    for link in (links.survey_ref(survey), "zzz-abc", f"{survey.public_id}-abc"):
        phone.get(f"/s/{link}/")
    assert len(compared) == 3, "also where nothing of that id exists"
    assert len(crypto.token("survey", survey.public_id)) == 22  # 128 bits


def test_an_expired_answer_can_still_be_taken_back(survey, phone, at):
    survey_answers.answer(survey=survey, at=at, score=10)
    Survey.objects.update(expires_at=at)
    page = phone.get(path(survey))
    assert page.status_code == 200
    assert b"?change=1" not in page.content
    phone.post(path(survey) + "withdraw/")
    assert Survey.objects.get().score is None


def test_no_more_emails_with_one_tap(anna, at, phone):
    agree(anna, at)
    stop = links.stop_url(anna).partition("//")[2].partition("/")[2]
    phone.get(f"/{stop}")
    assert ClientConsent.objects.get().withdrawn_at is None
    for _twice in range(2):
        assert "Takich e-maili już nie będzie" in phone.post(f"/{stop}").content.decode()
    assert ClientConsent.objects.get().withdrawn_at is not None
    assert phone.post("/s/forged-token/stop/").status_code == 404


def test_the_pulse_is_one_tap(anna, marta, at, phone):
    asked = Pulse.objects.create(
        ask="0" * 15, client=anna, seller=marta, branch=anna.branch, made_at=at,
        expires_at=at + DAY,
    )  # fmt: skip
    door = f"/p/{links.pulse_ref(asked)}/"
    assert "Czy można było swobodnie odmówić?" in phone.get(door).content.decode()
    assert phone.post(door, {"free": "maybe"}).status_code == 422
    assert not Pulse.objects.filter(free__isnull=False).exists()
    page = phone.post(door, {"free": "no"}, follow=True).content.decode()
    assert "Liczymy ją bez nazwiska" in page
    phone.post(door, {"free": "yes"})
    assert list(Pulse.objects.filter(free__isnull=False).values_list("free", flat=True)) == [False]


# --- the seller -----------------------------------------------------------------------------------


def test_from_the_clients_page_to_a_code(anna, marta, at):
    browser = signed_in(marta)
    door = reverse("surveys:new", args=[anna.public_id])
    assert door in browser.get(reverse("clients:one", args=[anna.public_id])).content.decode()
    assert b'value="qr"' in browser.get(door).content
    page = browser.post(door, {"way": "qr"}, follow=True)
    assert b"<svg" in page.content
    assert anna.party.last_name not in page.content.decode(), "it is turned towards the client"
    waiting = browser.get(door).content.decode()
    assert reverse("surveys:show", args=[Survey.objects.get().public_id]) in waiting


def test_a_refusal_is_calm_and_makes_nothing(anna, marta, at):
    Touch.objects.create(client=anna, kind="thanks", at=at)
    browser = signed_in(marta)
    door = reverse("surveys:new", args=[anna.public_id])
    page = browser.get(door)
    assert (page.status_code, b'name="way"' in page.content) == (200, False)
    assert browser.post(door, {"way": "link"}).status_code == 422
    assert "ma teraz spokój" in page.content.decode()
    assert not Survey.objects.exists()


def test_the_owner_sees_a_moment_or_a_task_and_no_number(survey, anna, marta, at):
    browser = signed_in(marta)
    door = reverse("clients:one", args=[anna.public_id])
    before = browser.get(reverse("surveys:show", args=[survey.public_id])).content
    told = []
    for score in (10, 9):
        survey_answers.answer(survey=survey, at=at, score=score)
        assert browser.get(reverse("surveys:show", args=[survey.public_id])).content == before
        told.append(browser.get(door).content.decode().partition("h-moments")[2])
    assert told[0].split("csrf")[0] == told[1].split("csrf")[0], "nine and ten look alike"
    assert "9 lub 10" in told[0]
    survey_answers.answer(survey=survey, at=at, score=1)
    assert "Do naprawienia" in browser.get(door).content.decode()


def test_a_colleague_and_a_boss_open_nothing_of_it(survey, anna, kamil, tomek):
    for other in (kamil, tomek):
        for name, ref in (("new", anna), ("show", survey), ("code", survey)):
            door = reverse(f"surveys:{name}", args=[ref.public_id])
            assert signed_in(other).get(door).status_code == 404


# --- the firm -------------------------------------------------------------------------------------


def test_sums_name_nobody(branch, marta, tomek, ada, at):
    from tests.cast import client

    month_ago = at - 35 * DAY
    for number in range(7):
        who = client(branch, marta, f"Klient{number}", "Bezimienny", at=at)
        Survey.objects.create(
            client=who, owner=marta, branch=branch, way="link", made_at=month_ago,
            expires_at=at, score=10 - number, helped="clear", answered_at=month_ago,
        )  # fmt: skip
    for reader in (tomek, ada):
        text = signed_in(reader).get(reverse("surveys:summary")).content.decode()
        assert "Bezimienny" not in text
        assert marta.last_name not in text
        assert "Z 7 odpowiedzi." in text
        assert "uczciwie od" in text


def test_a_round_from_the_count_to_the_result(branch, anna, tomek, at):
    agree(anna, at)
    browser = signed_in(tomek)
    page = browser.get(reverse("surveys:begin")).content.decode()
    assert "1 klient zgodził się" in page
    assert browser.post(reverse("surveys:begin"), {"wanted": "0"}).status_code == 422
    to = browser.post(reverse("surveys:begin"), {"wanted": "1"}).headers["Location"]
    assert "Zapytano 0 z 1" in browser.get(to).content.decode()
    browser.post(reverse("surveys:stop", args=[SurveyRound.objects.get().public_id]))
    assert "Zatrzymano ręcznie." in browser.get(to).content.decode()


def test_the_boss_sees_figures_after_a_look_and_the_seller_reads_why(branch, marta, tomek, at):
    answers(branch, marta, 1, 7, at=at - 2 * DAY)
    pulse_alerts.raise_due(at=at)
    alert = PulseAlert.objects.get(seller=marta)
    browser = signed_in(tomek)
    assert reverse("pulse:list") in browser.get(reverse("branch:branch")).content.decode()
    door = reverse("pulse:one", args=[alert.public_id])
    assert "7 z 8" not in browser.get(door).content.decode()
    browser.post(reverse("pulse:look", args=[alert.public_id]))
    assert "7 z 8" in browser.get(door).content.decode()
    decide = reverse("pulse:decide", args=[alert.public_id])
    kept = browser.post(decide, {"decision": "", "why": "Spokojniej teraz."})
    assert kept.status_code == 422
    assert "Spokojniej teraz." in kept.content.decode()
    browser.post(decide, {"decision": "pause", "why": "Spokojniej teraz."})
    today = signed_in(marta).get(reverse("today:today")).content.decode()
    assert "Na razie bez podpowiedzi" in today
    assert "Spokojniej teraz." in today
    browser.post(reverse("pulse:end", args=[alert.public_id]))
    assert "Spokojniej teraz." not in signed_in(marta).get(reverse("today:today")).content.decode()
