"""The admin in a real browser: words changed and tried on a phone, a message sent on at a desk."""

import re

import pytest
from django.core import mail as outbox
from playwright.sync_api import expect

from polecam.messages.models import Message, Template
from tests.messages.conftest import to_staff

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.look(theme="light", language="pl")
def test_own_words_on_a_phone(phone, sign_in, axe, watch, live_server, ada):
    watch.allow("422")
    sign_in(phone, ada)
    phone.goto(live_server.url + "/mailing/words/meeting/email/pl/")
    axe(phone)
    phone.get_by_label("Treść").fill("{seller} pyta, czy się udało. {firm}")
    phone.get_by_role("button", name="Zapisz").click()
    expect(phone.get_by_text("{own} musi zostać")).to_be_visible()
    axe(phone)
    phone.get_by_label("Treść").fill("{seller} pyta, czy się udało. {firm}: {own}")
    phone.get_by_role("button", name="Zobacz").click()
    expect(phone.get_by_text("Marta Zielińska pyta, czy się udało.")).to_be_visible()
    phone.get_by_role("button", name="Wyślij do mnie").click()
    expect(phone.get_by_text(re.compile("do nikogo więcej"))).to_be_visible()
    assert [letter.to for letter in outbox.outbox] == [[ada.email]]
    phone.get_by_role("button", name="Zapisz").click()
    expect(phone.get_by_text(re.compile("Od teraz takie wiadomości"))).to_be_visible()
    assert Template.objects.get(ended_at=None).code == "meeting"


@pytest.mark.look(theme="dark", language="en")
def test_a_message_nobody_is_sure_of_at_a_desk(desktop, sign_in, axe, live_server, ada, marta, at):
    message = to_staff(marta, at)
    Message.objects.update(state="unsure", trouble="died", failed_at=at)
    sign_in(desktop, ada)
    desktop.goto(live_server.url + "/mailing/")
    axe(desktop)
    desktop.get_by_role("link", name=re.compile("The statement is there")).click()
    expect(desktop.get_by_text("never sent again by itself")).to_be_visible()
    axe(desktop)
    desktop.get_by_text("it did not arrive, I have checked").click()
    desktop.get_by_role("button", name="Send once more").click()
    expect(desktop.get_by_text("It goes once more")).to_be_visible()
    message.refresh_from_db()
    assert message.state == "waiting"
