"""The way in, and one's own account."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from polecam.actions import people
from polecam.journal.models import Event
from polecam.organisation.models import Organisation
from polecam.people import links
from polecam.people.models import Membership, Person, Role
from polecam.worker import drain
from tests.cast import PASSWORD

NEW = "zupelnie-nowe-haslo-2026"


@pytest.fixture(autouse=True)
def mailbox(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def test_sign_in_and_out(client, marta):
    page = client.get("/sign-in/", headers={"accept-language": "pl"})
    assert "Dobrze, że jesteś" in page.text
    answer = client.post("/sign-in/", {"username": marta.email.upper(), "password": PASSWORD})
    assert answer.status_code == 303
    assert Event.objects.filter(kind="person.signed_in", by_id=marta.pk).count() == 1
    assert client.get("/profile/").status_code == 200
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").status_code == 303
    assert client.get("/profile/").status_code == 302


def test_a_wrong_password_and_a_stranger_get_the_same_answer(client, marta):
    texts = []
    for email in (marta.email, "nobody@olszyna.example"):
        answer = client.post("/sign-in/", {"username": email, "password": "wrong"})
        assert answer.status_code == 422
        texts.append(re.findall(r'role="alert".*?</div></div>', answer.text, re.DOTALL))
    assert texts[0] == texts[1]


def test_sign_in_leads_on_only_within_the_house(client, marta):
    data = {"username": marta.email, "password": PASSWORD}
    assert client.post("/sign-in/", data | {"next": "/profile/"}).url == "/profile/"
    client.post("/sign-out/")
    assert client.post("/sign-in/", data | {"next": "https://evil.example/"}).url == "/"


def test_attempts_at_one_account_are_limited(client, marta):
    data = {"username": marta.email, "password": "wrong"}
    codes = [client.post("/sign-in/", data).status_code for _ in range(11)]
    assert codes == [422] * 10 + [429]


def test_a_broken_mail_server_does_not_tell_who_works_here(client, marta, monkeypatch):
    def broken(*_args: object, **_more: object) -> None:
        raise OSError

    monkeypatch.setattr("polecam.messages.mail.send_email", broken)
    assert client.post("/password/", {"email": marta.email}).url == "/password/sent/"


def test_a_forgotten_password(client, marta):
    answer = client.post("/password/", {"email": marta.email})
    assert answer.url == "/password/sent/"
    assert mail.outbox == [], "the worker sends it: how long that takes would tell who works here"
    drain(datetime.now(UTC))
    url = re.search(r"/password/\S+/\S+/", mail.outbox[0].body)[0]
    assert "/password/" in url
    form = client.get(url)
    assert form.status_code == 200
    weak = client.post(url, {"new_password1": "krotkie", "new_password2": "krotkie"})
    assert weak.status_code == 422
    done = client.post(url, {"new_password1": NEW, "new_password2": NEW})
    assert done.url == "/sign-in/"
    assert client.get(url).status_code == 410
    assert client.login(username=marta.email, password=NEW)


def test_nobody_learns_whether_an_address_is_known(client, marta):
    assert client.post("/password/", {"email": "nobody@x.example"}).url == "/password/sent/"
    drain(datetime.now(UTC))
    assert mail.outbox == []


def test_a_broken_link_is_over(client, db):
    for uid in ("x", "bm9ib2R5"):
        assert client.get(f"/password/{uid}/abc-def/").status_code == 410
    assert client.get("/password/%00/abc-def/").status_code == 404


def test_an_invited_person_comes_in(client, ada, branch, at):
    welcome = people.invite(
        by=ada, at=at, email="nina@olszyna.example", branch=branch, role=Role.SELLER
    )
    url = f"/welcome/{links.reference(welcome)}/"
    assert client.get(url, headers={"accept-language": "pl"}).status_code == 200
    data = {"first_name": "Nina", "form": "f", "language": "en", "password": NEW}
    assert client.post(url, data | {"password": "krotkie"}).status_code == 422
    answer = client.post(url, data)
    assert answer.status_code == 303
    assert answer.cookies["language"].value == "en"
    nina = Person.objects.get(email="nina@olszyna.example")
    assert nina.form == "f"
    assert Membership.objects.get(person=nina).role == Role.SELLER
    assert client.get("/profile/").status_code == 200
    assert client.get(url).status_code == 410


def test_an_invitation_ends(client, ada, branch, at):
    welcome = people.invite(by=ada, at=at - timedelta(days=8), email="n@x.pl", branch=branch,
                            role=Role.SELLER)  # fmt: skip
    assert client.get(f"/welcome/{links.reference(welcome)}/").status_code == 410
    assert client.get("/welcome/forged-token/").status_code == 404


def test_language(client, marta):
    answer = client.post("/language/", {"language": "en", "next": "/password/"})
    assert answer.url == "/password/"
    assert answer.cookies["language"].value == "en"
    assert "Set a new password" in client.get("/password/").text
    client.force_login(marta)
    client.post("/language/", {"language": "en", "next": "//evil.example"})
    marta.refresh_from_db()
    assert marta.language == "en"
    assert client.get("/language/").status_code == 405


def test_profile(client, marta):
    client.force_login(marta)
    data = {"first_name": "Marta", "form": "n", "language": "pl", "theme": "dark"}
    assert client.post("/profile/", data).status_code == 303
    page = client.get("/profile/")
    assert 'data-theme="dark"' in page.text
    assert client.post("/profile/", data | {"first_name": " "}).status_code == 422
    marta.refresh_from_db()
    assert (marta.form, marta.last_name) == ("n", "")


def test_a_new_password_keeps_this_session(client, marta):
    client.force_login(marta)
    data = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert client.post("/profile/password/", data | {"old_password": "x"}).status_code == 422
    assert client.post("/profile/password/", data).url == "/profile/"
    assert client.get("/profile/").status_code == 200


def test_good_news_only_by_consent(client, marta):
    client.force_login(marta)
    client.post("/profile/good-news/", {"yes": "1"})
    marta.refresh_from_db()
    assert marta.in_feed_since is not None
    client.post("/profile/good-news/", {"yes": "0"})
    marta.refresh_from_db()
    assert marta.in_feed_since is None
    kinds = list(Event.objects.filter(kind__startswith="feed.").values_list("kind", flat=True))
    assert kinds == ["feed.consented", "feed.withdrawn"]


def test_personas_only_in_a_demo_on_this_machine(client, marta, tomek, ada):
    assert client.get("/personas/").status_code == 404
    assert client.post(f"/personas/{marta.public_id}/").status_code == 404
    Organisation.objects.update(is_demo=True)
    page = client.get("/personas/", headers={"host": "localhost"})
    assert "Marta" in page.text
    assert client.get("/personas/", REMOTE_ADDR="10.0.0.7").status_code == 404
    took = client.post(f"/personas/{tomek.public_id}/", headers={"host": "localhost"})
    assert took.status_code == 303
    assert client.session["_auth_user_id"] == str(tomek.pk)


def test_someone_without_a_role_is_told_whom_to_ask(client, marta):
    Membership.objects.all().delete()
    client.force_login(marta)
    assert client.get("/", follow=True).redirect_chain[-1][0] == reverse("entry:no_role")


def test_pages_of_trouble_say_what_to_do_next(client, db):
    page = client.get("/no-such-page/", headers={"accept-language": "pl"})
    assert page.status_code == 404
    assert "Tu nic nie rośnie" in page.text
    assert "Na moją stronę" in page.text


def test_the_gallery_shows_the_whole_kit(client, db):
    page = client.get("/gallery/", headers={"accept-language": "en"})
    assert page.status_code == 200
    assert "Components" in page.text
    assert "style=" not in page.text
