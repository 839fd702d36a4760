"""The pages of the admin: how the outbox goes, what to look at, and the firm's own words."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.test import Client as Browser

from polecam.actions import outbox as sending
from polecam.messages.models import Message, Template
from tests.messages.conftest import to_staff
from tests.messages.stand_ins import HANG_UP_AFTER_DATA
from tests.privacy.friend import EMAIL, capture, deliver, say_yes

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
WORDS = "/mailing/words/meeting/email/pl/"
TEXT = {"subject": "Czy się udało?", "body": "{seller} pyta. {firm}: {own}"}


@pytest.fixture
def admin(ada) -> Browser:
    browser = Browser()
    browser.force_login(ada)
    return browser


def read(answer) -> str:
    return answer.content.decode()


def test_a_server_that_does_not_answer_is_told_calmly(admin, letter, settings, at):
    settings.EMAIL_BACKEND = "polecam.messages.smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 1, False
    for n in range(11):
        Message.objects.update(next_try_at=at - timedelta(days=1), tries=0)
        sending.deliver_due(at=at + n * timedelta(hours=2) - timedelta(days=1))
    Message.objects.update(next_try_at=at - timedelta(days=1), tries=0)
    sending.deliver_due(at=at)
    page = read(admin.get("/mailing/"))
    assert "serwer teraz nie odpowiada" in page
    assert "Nic nie ginie: 1" in page
    assert letter.to not in page


def test_the_outbox_names_nobody_and_says_nothing(admin, anna, marta, smtp, at):
    say_yes(capture(anna, marta, at).invitation, at, channels=["email"])
    smtp.script = [HANG_UP_AFTER_DATA]
    deliver(at + 9 * MINUTE)
    message = Message.objects.get(kind="confirmed")
    assert message.state == "unsure"
    for path in ("/mailing/", f"/mailing/message/{message.public_id}/"):
        page = read(admin.get(path))
        assert "niepewna" in page
        assert "p•••@p•••" in page
        for secret in (EMAIL, "poczta.example", "Piotr", "Nowak", message.body, "/f/"):
            assert secret not in page


def test_once_more_put_aside_and_works_again(admin, marta, smtp, at):
    smtp.script = [HANG_UP_AFTER_DATA, "rcpt 550 5.1.1 no", "ok"]
    unsure, dead = to_staff(marta, at), to_staff(marta, at)
    sending.deliver_due(at=at)
    sending.deliver_due(at=at)
    place = f"/mailing/message/{unsure.public_id}/"
    assert admin.post(place + "again/").status_code == 422
    answer = admin.post(place + "again/", {"reason": "not_there"}, follow=True)
    assert "ciągu minuty" in read(answer)
    assert admin.post(place + "aside/", {"aside-reason": "told"}).status_code == 303
    unsure.refresh_from_db()
    assert (unsure.state, unsure.trouble) == ("dropped", "aside")
    again = admin.post(place + "again/", {"reason": "wanted"}, follow=True)
    assert "innym miejscu" in read(again)
    assert "Czy adres znów działa?" in read(admin.get(f"/mailing/message/{dead.public_id}/"))
    admin.post(f"/mailing/message/{dead.public_id}/lift/")
    dead.refresh_from_db()
    assert dead.state == "waiting"


def test_given_up_ones_go_together(admin, letter, at):
    Message.objects.update(state="failed", trouble="gave_up", failed_at=at)
    assert "wszystkie zaniechane" in read(admin.get("/mailing/"))
    admin.post("/mailing/again/")
    letter.refresh_from_db()
    assert letter.state == "waiting"


def test_words_are_changed_seen_tried_and_given_back(admin, ada):
    assert "Czy rozmowa się odbyła?" in read(admin.get("/mailing/words/"))
    look = read(admin.post(WORDS + "look/", TEXT))
    assert "Marta Zielińska pyta. Bank Olszyna: http" in look
    assert "Did the talk take place?" in look, "the other language beside it"
    assert not Template.objects.exists()
    admin.post(WORDS + "try/", TEXT)
    assert [letter.to for letter in outbox.outbox] == [[ada.email]]
    assert admin.post(WORDS, TEXT).status_code == 303
    assert Template.objects.get().body == TEXT["body"]
    assert "własne słowa" in read(admin.get(WORDS))
    admin.post(WORDS + "house/")
    assert Template.objects.get().ended_at is not None


def test_a_refusal_keeps_what_was_typed(admin):
    for address in (WORDS, WORDS + "look/", WORDS + "try/"):
        answer = admin.post(address, {**TEXT, "body": "Bez linku, {seller} {firm}"})
        assert answer.status_code == 422
        assert "Bez linku" in read(answer)
        assert "{own} musi zostać" in read(answer)
    assert outbox.outbox == []


def test_a_text_message_is_counted_as_the_networks_do(admin):
    page = read(admin.get("/mailing/words/confirmed/sms/pl/"))
    assert "polskie litery skracają" in page
    assert "części" in page


@pytest.mark.parametrize(
    "path", ["words/none/email/pl/", "words/meeting/fax/pl/", "words/meeting/email/de/"]
)
def test_what_there_is_not(admin, path):
    assert admin.get(f"/mailing/{path}").status_code == 404
    assert admin.post(f"/mailing/{path}house/").status_code == 404


def test_only_admins(marta, tomek, irena, letter):
    for person in (marta, tomek, irena):
        browser = Browser()
        browser.force_login(person)
        for path in ("", "words/", f"message/{letter.public_id}/"):
            assert browser.get(f"/mailing/{path}").status_code == 403
