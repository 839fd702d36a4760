"""From one tap to a receipt, over HTTP; nothing typed is lost, nothing counted twice."""

from datetime import timedelta

import pytest
from django.test.utils import CaptureQueriesContext

from polecam.actions import asks, invitations
from polecam.asking.models import Ask, FollowUp
from polecam.referrals import links
from polecam.referrals.models import Invitation, Referral
from tests.today.seed import plant


@pytest.fixture
def signed_in(client, marta):
    client.force_login(marta)
    client.cookies["language"] = "pl"
    return client


@pytest.fixture
def anna_(branch, marta, at, plan):
    return plant(branch, marta, at)[0]


def text(response):
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def start(signed_in, client, key="k1"):
    answer = signed_in.post(f"/capture/client/{client.public_id}/asked/", {"key": key})
    assert answer.status_code == 303
    assert answer["X-Capture"] == "stored"
    return answer["Location"]


def test_a_named_friend_ends_in_a_receipt(signed_in, anna_):
    sheet = start(signed_in, anna_)
    page = text(signed_in.get(sheet))
    assert "Co odpowiedziała Pani Anna?" in page
    assert "Samo pytanie już się liczy: 1 z 5." in page
    answer = signed_in.post(sheet, {"outcome": "names", "first_name": "Piotr", "key": "a"})
    assert answer["X-Capture"] == "stored"
    receipt = text(signed_in.get(answer["Location"]))
    assert "To polecenie jest Twoje" in receipt
    assert "Autorstwo jest Twoje. Zaproszenie ważne do" in receipt
    assert "wyłączność 90 dni od zgody." in receipt
    assert "Piotr, od Anny Kowalczyk" in receipt
    assert "od Anny dla Piotra" in receipt
    assert "Piotrze, bardzo pomogła mi Marta Zielinska (Bank Olszyna)." in receipt
    assert "Wyślij zaproszenie Pani Annie" in receipt
    assert links.client_url(Invitation.objects.get()) in receipt
    assert signed_in.get(sheet)["Location"] == answer["Location"]


def test_the_same_form_twice_is_one_record_everywhere(signed_in, anna_):
    """Invariant 20 over HTTP: double tap, retry, replay of an offline queue."""
    assert start(signed_in, anna_) == start(signed_in, anna_)
    sheet = start(signed_in, anna_)
    form = {"outcome": "names", "first_name": "Piotr", "key": "a"}
    places = {signed_in.post(sheet, form)["Location"] for _ in range(3)}
    assert len(places) == 1
    assert (Ask.objects.count(), Referral.objects.count()) == (1, 1)
    other = signed_in.post(sheet, form | {"first_name": "Ewa"})
    assert other.status_code == 422
    assert "Ewa" in text(other), "nothing typed is lost"


def test_a_number_is_refused_kindly_and_stays_in_the_field(signed_in, anna_):
    sheet = start(signed_in, anna_)
    form = {"outcome": "names", "first_name": "Piotr 601 673 417", "key": "a"}
    answer = signed_in.post(sheet, form)
    assert answer.status_code == 422
    assert "Wystarczy imię." in text(answer)
    assert not Referral.objects.exists()
    assert "<input" in text(answer)
    assert 'type="tel"' not in text(answer)


def test_will_pass_on_gives_one_reusable_link(signed_in, anna_):
    sheet = start(signed_in, anna_)
    for _ in range(2):
        answer = signed_in.post(sheet, {"outcome": "pass_on", "key": "a"})
    page = text(signed_in.get(answer["Location"]))
    made = Invitation.objects.get()
    assert made.reusable
    assert not Referral.objects.exists()
    assert links.client_url(made) in page
    assert "Nie potrzebujesz żadnych danych." in page


def test_maybe_later_opens_one_follow_up_on_the_clients_date(signed_in, anna_, at):
    sheet = start(signed_in, anna_)
    own = (at + timedelta(days=45)).date()
    form = {"outcome": "later", "later": "30", "later_on": own.isoformat(), "key": "a"}
    for _ in range(2):
        answer = signed_in.post(sheet, form)
    assert FollowUp.objects.get().due_on == own
    assert "tylko do Ciebie" in text(signed_in.get(answer["Location"]))
    assert (
        signed_in.post(start(signed_in, anna_, "k2"), {"outcome": "later", "key": "b"}).status_code
        == 422
    )


def test_not_this_time_gets_kind_words_and_the_leaf_stays(signed_in, anna_):
    answer = signed_in.post(start(signed_in, anna_), {"outcome": "declined", "key": "a"})
    page = text(signed_in.get(answer["Location"]))
    assert "To też wymagało odwagi" in page
    assert "1 z 5" in page


def test_undo_for_ten_minutes_goes_back_to_the_sheet(signed_in, anna_):
    sheet = start(signed_in, anna_)
    answer = signed_in.post(sheet, {"outcome": "names", "first_name": "Piotr", "key": "a"})
    referral = Referral.objects.get()
    assert "Cofnij" in text(signed_in.get(answer["Location"]))
    back = signed_in.post(f"/capture/referral/{referral.public_id}/undo/")
    assert back["Location"] == sheet
    assert signed_in.get(sheet).status_code == 200
    gone = signed_in.post(f"{sheet}undo/")
    assert gone["Location"] == "/today/"
    assert Ask.objects.get().undone_at


def test_after_ten_minutes_undo_is_refused_with_a_sentence(signed_in, anna_, marta, at):
    ask = asks.record(by=marta, at=at - timedelta(hours=1), client=anna_, key="x")
    asks.answer(by=marta, at=at, ask=ask, outcome="declined")
    answer = signed_in.post(f"/capture/{ask.public_id}/undo/", follow=True)
    assert "Cofnąć można przez 10 minut, nie dłużej." in text(answer)


def test_an_old_open_ask_can_turn_out_never_asked(signed_in, anna_, marta, at):
    ask = asks.record(by=marta, at=at - timedelta(hours=1), client=anna_, key="x")
    signed_in.post(f"/capture/{ask.public_id}/undo/")
    ask.refresh_from_db()
    assert ask.outcome == "not_asked"


def test_recommended_unasked_has_its_own_door(signed_in, anna_):
    page = text(signed_in.get(f"/capture/client/{anna_.public_id}/"))
    assert "Klient sam kogoś polecił" in page
    url = f"/capture/client/{anna_.public_id}/unasked/"
    answer = signed_in.post(url, {"first_name": "Ola", "need": "home", "key": "a"})
    made = Referral.objects.get()
    assert (made.kind, made.ask_id, made.need) == ("spontaneous", None, "home")
    assert made.public_id in answer["Location"]
    assert not Ask.objects.exists()


def test_a_walk_in_answers_on_their_own_phone(signed_in, anna_):
    answer = signed_in.post(f"/capture/client/{anna_.public_id}/walk-in/")
    made = Invitation.objects.get()
    assert made.walk_in
    assert not made.reusable
    page = text(signed_in.get(answer["Location"]))
    assert links.friend_url(made) in page, "the QR says its address aloud"
    assert not Referral.objects.exists()


def test_the_qr_page_tells_nothing_about_money_or_people(signed_in, anna_):
    answer = signed_in.post(f"/capture/client/{anna_.public_id}/qr/")
    page = text(signed_in.get(answer["Location"]))
    for word in ("zł", "premi", "Kowalczyk", "Anna", "Górski", "tabbar", "Marta"):
        assert word not in page
    assert links.client_url(Invitation.objects.get()) in page
    signed_in.post(f"/capture/client/{anna_.public_id}/qr/")
    assert Invitation.objects.count() == 1


def test_words_of_the_invitation_may_change(signed_in, anna_):
    sheet = start(signed_in, anna_)
    answer = signed_in.post(sheet, {"outcome": "names", "first_name": "Piotr", "key": "a"})
    made = Invitation.objects.get()
    url = f"/capture/invitation/{made.public_id}/words/"
    signed_in.post(url, {"language": "en", "words": ""})
    assert "Piotr, Marta Zielinska (Bank Olszyna) helped me a lot." in text(
        signed_in.get(answer["Location"])
    )
    signed_in.post(url, {"language": "pl", "words": "Piotrze, polecam."})
    assert "Piotrze, polecam." in text(signed_in.get(answer["Location"]))
    refused = signed_in.post(url, {"language": "pl", "words": "tel. 601673417"}, follow=True)
    assert "Numery i adresy lepiej zostawić poza treścią." in text(refused)


def test_a_colleague_finds_none_of_it(client, signed_in, kamil, anna_):
    sheet = start(signed_in, anna_)
    place = signed_in.post(sheet, {"outcome": "names", "first_name": "Piotr", "key": "a"})
    made = Invitation.objects.get()
    client.force_login(kamil)
    for url in (sheet, place["Location"], f"{sheet}done/", f"/capture/show/{made.public_id}/"):
        assert client.get(url).status_code == 404
    for url in (
        sheet,
        f"{sheet}undo/",
        f"{place['Location']}undo/",
        f"/capture/client/{anna_.public_id}/asked/",
        f"/capture/client/{anna_.public_id}/qr/",
        f"/capture/invitation/{made.public_id}/words/",
    ):
        assert client.post(url, {"key": "z"}).status_code == 404


def test_the_client_takes_the_link_along_by_a_post(client, signed_in, marta, anna_):
    start_at = start(signed_in, anna_)
    signed_in.post(start_at, {"outcome": "names", "first_name": "Piotr", "key": "a"})
    made = Invitation.objects.get()
    client.logout()
    page = text(client.get(links.client_path(made)))
    assert links.friend_url(made) not in page
    assert "Anna" not in page
    assert "Piotr" not in page
    made.refresh_from_db()
    assert made.taken_at is None, "a look changes nothing"
    assert client.post(links.client_path(made)).status_code == 303
    made.refresh_from_db()
    assert made.taken_at
    assert Referral.objects.get().state == "invited"
    assert links.friend_url(made) in text(client.get(links.client_path(made), follow=True))
    assert client.get("/k/wrong-token/").status_code == 404


def test_a_taken_back_link_opens_nothing(client, signed_in, anna_, marta, at):
    sheet = start(signed_in, anna_)
    signed_in.post(sheet, {"outcome": "names", "first_name": "Piotr", "key": "a"})
    path = links.client_path(Invitation.objects.get())
    referral = Referral.objects.get()
    signed_in.post(f"/capture/referral/{referral.public_id}/undo/")
    assert client.get(path).status_code == 404


def test_an_expired_link_shows_no_names(client, marta, anna_, at):
    made = invitations.make(by=marta, at=at - timedelta(days=20), client=anna_)
    answer = client.get(links.client_path(made))
    assert answer.status_code == 410
    assert "Zielinska" not in text(answer)


def test_one_tap_and_nobody_asks_again(client, marta, anna_, at):
    made = invitations.make(by=marta, at=at, client=anna_)
    assert client.post(f"{links.client_path(made)}never/").status_code == 303
    anna_.refresh_from_db()
    assert anna_.never_ask_at


def test_the_friends_link_does_not_speak_for_the_client(client, marta, anna_, at):
    made = invitations.make(by=marta, at=at, client=anna_)
    path = links.friend_path(made).replace("/z/", "/k/")
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404
    assert client.post(f"{path}never/").status_code == 404
    assert client.get(links.client_path(made).replace("/k/", "/z/")).status_code == 404
    anna_.refresh_from_db()
    assert anna_.never_ask_at is None


def test_capturing_costs_a_known_number_of_queries(signed_in, anna_):
    from django.db import connection

    sheet = start(signed_in, anna_)
    with CaptureQueriesContext(connection) as seen:
        signed_in.get(sheet)
    assert len(seen) <= 12
