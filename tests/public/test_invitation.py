"""The page of an invitation: names, choices, answers, all without a script or a login."""

import gzip
from datetime import timedelta

import pytest
from django.test import Client

from polecam.claims.models import Claim
from polecam.messages import mail
from polecam.organisation.models import Organisation
from polecam.parties.models import Party
from polecam.privacy.models import Consent, Suppression
from polecam.privacy.notice import FIELDS, sections
from polecam.referrals.links import friend_path
from polecam.store.crypto import phone_index
from polecam.store.models import Hit
from tests.privacy.friend import capture, deliver, invite

YES = {
    "channel": "phone",
    "first_name": "Piotr",
    "last_name": "Nowak",
    "phone": "601 673 417",
    "agree_phone": "on",
    "key": "a" * 15,
}


@pytest.fixture
def page(db) -> Client:
    """A stranger's browser."""
    return Client(headers={"accept-language": "pl"})


@pytest.fixture
def referral(anna, marta, plan, at):
    return capture(anna, marta, at, plan)


def text(response) -> str:
    return response.content.decode()


def test_a_link_passed_on_names_the_client(page, referral):
    shown = text(page.get(friend_path(referral.invitation)))
    assert "Anna Kowalczyk" in shown
    assert "Martę" in shown
    assert "Oddział Podgórze" in shown
    assert "Piotr" not in shown, "nobody is greeted by name"
    assert "checked" not in shown, "nothing is chosen beforehand"


def test_a_qr_held_up_by_the_seller_names_no_client(page, anna, marta, at):
    invitation = invite(anna, marta, at, reusable=True, shown_by_seller=True)
    shown = text(page.get(friend_path(invitation)))
    assert "Kowalczyk" not in shown
    assert "Anna" not in shown
    assert "Zielinska" in shown


def test_an_expired_link_shows_no_names_and_still_works(page, anna, marta, plan, at):
    old = invite(anna, marta, at - timedelta(days=20), plan, expires_at=at - timedelta(days=6))
    path = friend_path(old)
    shown = text(page.get(path))
    assert not any(name in shown for name in ("Anna", "Kowalczyk", "Marta", "Zielinska"))
    assert page.post(path, YES).status_code == 303
    assert Consent.objects.get().receiver == marta


def test_a_wrong_token_is_not_found(page, referral):
    path = friend_path(referral.invitation)
    assert page.get(path[:-2] + "x/").status_code == 404


def test_the_link_is_never_sent_on_as_a_referrer(referral):
    browser = Client(enforce_csrf_checks=True)
    path = friend_path(referral.invitation)
    assert browser.get(path)["Referrer-Policy"] == "no-referrer"
    # From such a page browsers send `Origin: null`; the link itself is the key, so it is enough.
    assert browser.post(path, YES, headers={"origin": "null"}).status_code == 303


def test_a_look_changes_nothing(page, referral, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page.get(friend_path(referral.invitation))
    assert not Consent.objects.exists()
    assert not Hit.objects.exists()


def test_yes_sends_the_link_and_the_link_counts(page, referral):
    answer = page.post(friend_path(referral.invitation), YES)
    assert (answer.status_code, answer["Location"][-8:]) == (303, "/?by=sms")
    assert "+48601673417" not in text(page.get(answer["Location"]))
    deliver(Consent.objects.get().given_at + timedelta(minutes=1))
    (message,) = mail.newest()
    assert message.to == "+48601673417"
    link = next(word for word in message.body.split() if "/c/" in word)
    path = link[link.index("/c/") :]
    assert not Claim.objects.exists(), page.get(path)
    assert page.get(path).status_code == 200
    assert not Claim.objects.exists(), "a preview confirms nothing"
    confirmed = page.post(path)
    assert Claim.objects.get().holder_id == referral.originator_id
    own = text(page.get(confirmed["Location"]))
    assert "••• 417" in own
    assert "601" not in own


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"channel": ""}, "channel"),
        ({"first_name": ""}, "first_name"),
        ({"phone": "12"}, "phone"),
        ({"agree_phone": ""}, "agree_phone"),
        ({"channel": "email", "agree_email": "on", "email": "x"}, "email"),
    ],
)
def test_bad_input_keeps_what_was_typed(page, referral, change, missing):
    answer = page.post(friend_path(referral.invitation), YES | {"last_name": "Żak"} | change)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {missing}
    assert 'value="Żak"' in text(answer)
    assert not Consent.objects.exists()


def test_a_number_put_right_after_going_back_is_not_lost(page, referral):
    path = friend_path(referral.invitation)
    assert page.post(path, YES).status_code == 303
    assert page.post(path, YES).status_code == 303, "twice is once"
    assert Consent.objects.count() == 1
    again = page.post(path, YES | {"phone": "601 673 418"})
    assert again.status_code == 422
    assert "już jest zapisana" in text(again)
    key = again.context["form"]["key"].value()
    assert key != YES["key"]
    assert page.post(path, YES | {"phone": "601 673 418", "key": key}).status_code == 303
    assert Party.objects.get(pk=referral.party_id).phone == "+48601673418"


def test_an_objection_is_not_told_by_the_forms_key_either(page, referral, at):
    Suppression.objects.create(kind="phone", index=phone_index("+48601673417"), at=at)
    path = friend_path(referral.invitation)
    assert page.post(path, YES).status_code == 303
    assert page.post(path, YES).status_code == 303
    assert page.post(path, YES | {"phone": "601 673 418"}).status_code == 422
    assert not Consent.objects.exists()


def test_refusing_one_consent_never_blocks_another(page, referral):
    only_mail = YES | {
        "channel": "email",
        "agree_phone": "",
        "agree_email": "on",
        "email": "piotr@poczta.example",
    }
    assert page.post(friend_path(referral.invitation), only_mail).status_code == 303
    assert Consent.objects.get().channel == "email"
    assert Party.objects.get(pk=referral.party_id).phone_sealed == "", "no consent, no number"


def test_no_thank_you_erases_at_once(page, referral):
    path = friend_path(referral.invitation)
    assert page.get(path + "no/").status_code == 303
    assert Party.objects.filter(first_name="Piotr").exists()
    answer = page.post(path + "no/")
    assert answer.status_code == 303
    assert not Party.objects.filter(first_name="Piotr").exists()
    assert page.get(answer["Location"]).status_code == 200


def test_an_employees_browser_is_held(page, referral, kamil):
    page.force_login(kamil)
    page.post(friend_path(referral.invitation), YES)
    assert Consent.objects.get().held_for == "own_session"


def test_in_a_demo_one_browser_plays_everybody(anna, marta, kamil, at):
    Organisation.objects.update(is_demo=True)
    browser = Client(headers={"host": "localhost"})
    browser.force_login(kamil)
    browser.post(friend_path(capture(anna, marta, at).invitation), YES)
    assert Consent.objects.get().held_for == ""


def test_too_many_answers_are_refused_politely(page, referral):
    path = friend_path(referral.invitation)
    answers = [page.post(path, {}).status_code for _ in range(21)]
    assert answers[:20] == [422] * 20
    assert answers[20] == 429


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("bare", [True, False])
def test_the_notice_is_complete(firm, branch, marta, at, language, bare):
    if bare:
        firm.address = firm.privacy_contact = ""
    told = sections(
        firm=firm,
        branch=branch,
        seller=None if bare else marta,
        client_name="" if bare else "Anna Kowalczyk",
        language=language,
        at=at,
    )
    assert [section.key for section in told] == FIELDS
    assert all(s.title.strip() and s.text.strip() and "{" not in s.text for s in told)


def test_the_page_is_light(page, referral):
    """At most 60 KB compressed with everything it loads: page, styles, icons, one face."""
    from pathlib import Path

    static = Path(__file__).resolve().parents[2] / "src/polecam/web/ui/static/polecam"
    shown = page.get(friend_path(referral.invitation)).content
    parts = [shown, *((static / name).read_bytes() for name in ("public.css", "icons.svg"))]
    font = (static / "fonts/onest.woff2").stat().st_size
    weight = font + sum(len(gzip.compress(part, 6)) for part in parts)
    assert weight <= 60_000, weight
    assert b"<script" not in shown
