"""The friend's own links: see, withdraw, object, forget, "we did talk"; the demo's mailbox."""

from datetime import timedelta

import pytest
from django.test import Client

from polecam.actions import privacy, referrals_work
from polecam.bonuses.models import Line
from polecam.kit.errors import Refused
from polecam.messages import mail
from polecam.organisation.models import Organisation
from polecam.parties.models import Party
from polecam.privacy import links
from polecam.privacy.models import Consent, Suppression
from polecam.privacy.queries import active_channels
from polecam.referrals.links import friend_path
from polecam.referrals.models import Meeting
from tests.privacy.friend import EMAIL, PHONE, answer, capture, say_yes

HOUR = timedelta(hours=1)


@pytest.fixture
def browser(db) -> Client:
    return Client(headers={"accept-language": "pl", "host": "localhost"})


@pytest.fixture
def referral(anna, marta, plan, at):
    return say_yes(capture(anna, marta, at - 9 * HOUR, plan).invitation, at - 8 * HOUR,
                   channels=["phone", "email"], other_offers=True)  # fmt: skip


@pytest.fixture
def own(referral) -> str:
    return links.friend_path(Consent.objects.filter(channel="phone").first())


def test_it_shows_what_is_stored_and_gives_no_number_away(browser, own):
    shown = browser.get(own).content.decode()
    assert "Piotr Nowak" in shown
    assert "••• 417" in shown
    assert PHONE not in shown
    assert EMAIL not in shown
    assert "Anna" not in shown


def test_one_channel_then_all(browser, own, referral):
    browser.post(own + "withdraw/", {"channel": "phone"})
    assert active_channels(referral.public_id) == {"email"}
    browser.post(own + "withdraw/", {"purpose": "other_offers"})
    assert active_channels(referral.public_id) == {"email"}
    browser.post(own + "withdraw/", {})
    assert not Consent.objects.filter(withdrawn_at=None).exists()


@pytest.mark.parametrize("act", ["withdraw", "object", "erase", "talked"])
def test_a_look_changes_nothing(browser, own, referral, act):
    assert browser.get(f"{own}{act}/").status_code == 303
    assert active_channels(referral.public_id) == {"phone", "email"}
    assert not Suppression.objects.exists()


def test_objecting_and_then_nothing_is_stored(browser, own):
    browser.post(own + "object/")
    shown = browser.get(own).content.decode()
    assert "Nic nie przechowujemy" in shown
    assert Suppression.objects.count() >= 2


def test_erasing_by_oneself(browser, own, referral):
    browser.post(own + "erase/")
    referral.refresh_from_db()
    assert referral.party is None
    assert not Party.objects.filter(name_key__contains="nowak").exists()
    assert not Suppression.objects.exists(), "forgotten is not the same as never again"


def test_a_client_is_sent_to_a_human(browser, own, referral, marta, at):
    from polecam.clients.models import Client as Customer

    Customer.objects.create(
        party=referral.party, branch=referral.branch, owner=marta, created_at=at, updated_at=at
    )
    shown = browser.post(own + "erase/", follow=True).content.decode()
    assert "inspektora ochrony danych" in shown
    referral.refresh_from_db()
    assert referral.party is not None


def test_the_friend_confirms_the_talk(browser, own, referral, marta, at):
    referrals_work.set_meeting(
        by=marta, at=at - 7 * HOUR, referral=referral, meeting_at=at - 5 * HOUR
    )
    assert "Tak, rozmowa" in browser.get(own).content.decode()
    browser.post(own + "talked/")
    assert Meeting.objects.get().confirmed_by is None
    assert Meeting.objects.get().confirmed_at is not None
    assert sorted(Line.objects.values_list("amount_grosze", flat=True)) == [1_000, 4_000]


def test_an_employee_cannot_confirm_the_talk_for_the_friend(browser, own, referral, marta, at):
    referrals_work.set_meeting(
        by=marta, at=at - 7 * HOUR, referral=referral, meeting_at=at - 5 * HOUR
    )
    browser.force_login(marta)
    browser.post(own + "talked/")
    assert Meeting.objects.get().confirmed_at is None


def test_an_unproven_link_confirms_no_talk(anna, marta, at):
    """A visit asks for no contact, so its link proves nothing: the boss confirms that talk."""
    visit = answer(capture(anna, marta, at - 9 * HOUR).invitation, at - 8 * HOUR,
                   channels=["visit"])  # fmt: skip
    referrals_work.set_meeting(by=marta, at=at - 7 * HOUR, referral=visit, meeting_at=at - HOUR)
    with pytest.raises(Refused, match="link_unproven"):
        privacy.confirm_meeting(consent=Consent.objects.get(), at=at)
    assert Meeting.objects.get().confirmed_at is None


def test_a_confirming_link_opens_no_own_page_and_back(browser, referral):
    consent = Consent.objects.first()
    confirm, friend = links.ref(consent, links.CONFIRM), links.ref(consent, links.FRIEND)
    assert browser.get(f"/f/{confirm}/").status_code == 404
    assert browser.get(f"/c/{friend}/").status_code == 404


def test_the_mailbox_is_the_demos_alone(browser, firm, settings, tmp_path):
    settings.MAIL_ROOT = tmp_path
    name = mail.write(
        "sms", PHONE, "", f"<b>see</b> {settings.BASE_URL}/c/x-y/ http://evil.example"
    )
    assert browser.get("/demo/mailbox/").status_code == 404
    Organisation.objects.update(is_demo=True)
    assert name in browser.get("/demo/mailbox/").content.decode()
    shown = browser.get(f"/demo/mailbox/{name}/").content.decode()
    assert 'href="/c/x-y/"' in shown
    assert 'href="http://evil' not in shown
    assert "<b>see" not in shown
    assert browser.get("/demo/mailbox/../../etc/").status_code == 404
    elsewhere = Client(headers={"host": "localhost"}, REMOTE_ADDR="10.0.0.9")
    assert elsewhere.get("/demo/mailbox/").status_code == 404


def test_pages_ask_little_of_the_database(
    browser, own, referral, irena, django_assert_max_num_queries
):
    consent = Consent.objects.first()
    pages = [own, links.confirm_path(consent), friend_path(referral.invitation)]
    browser.get(own)  # what is asked once a minute
    for page in pages:
        with django_assert_max_num_queries(12):
            assert browser.get(page).status_code == 200
    desk = Client()
    desk.force_login(irena)
    desk.post("/privacy/", {"who": "Piotr Nowak", "reason": "audit"})
    page = f"/privacy/{referral.party.public_id}/"
    with django_assert_max_num_queries(30):
        assert desk.get(page).status_code == 200
