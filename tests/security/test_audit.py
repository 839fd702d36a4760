"""Who signed in, for admins; help for whoever lost everything; what is told and what is kept."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from polecam.actions import factors, upkeep
from polecam.cli import commands
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.messages.models import Message
from polecam.organisation.models import Branch
from polecam.people.models import Membership
from polecam.signin import queries, subject
from polecam.signin.models import Factor, Identity, Session, SignIn, SpareCode
from polecam.web import devices
from polecam.worker import drain
from tests.cast import PASSWORD, person
from tests.security.support import (
    IPHONE,
    a_passkey,
    an_app,
    browser,
    code_of,
    come_in,
    is_in,
    knock,
    later,
    marks,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mailbox(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.mark.parametrize(
    ("agent", "family"),
    [
        (IPHONE, "Safari · iPhone"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
            "Firefox · Linux",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/141 Safari/537.36 Edg/141",
            "Edge · Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/141 Mobile Safari/537.36",
            "Chrome · Android",
        ),
        ("curl/8", ""),
        ("", ""),
        ("x" * 5000 + "Firefox/1", ""),
    ],
)
def test_a_device_is_a_family_and_no_more(agent, family):
    assert devices.device(agent) == family


def test_an_address_is_kept_as_a_hash_and_a_network_is_one_place():
    assert devices.place("2001:db8:1:2::1") == devices.place("2001:db8:1:2:ffff::9")
    assert devices.place("2001:db8:1:2::1") != devices.place("2001:db8:1:3::1")
    assert devices.place("10.0.0.7") != devices.place("10.0.0.8")
    assert devices.place("nonsense") == ""
    assert "10.0.0.7" not in devices.place("10.0.0.7")


def test_admins_see_who_when_and_how_but_nothing_more(marta, ada):
    come_in(marta, agent=IPHONE, address="198.51.100.23")
    knock(browser(), marta, "wrong")
    who = come_in(ada)
    page = who.get("/security/sign-ins/").text
    for words in ("Marta Zielinska", "Safari · iPhone", "did not fit", "from a new place"):
        assert words in page
    assert "198.51.100.23" not in page
    assert SignIn.objects.get(device="Safari · iPhone").place not in page
    come_in(marta, agent=IPHONE, address="198.51.100.23")
    assert "from a place known before" in who.get("/security/sign-ins/").text


def test_the_list_is_filtered_by_person_and_outcome(marta, kamil, ada):
    come_in(marta)
    knock(browser(), kamil, "wrong")
    who = come_in(ada)
    only = who.get("/security/sign-ins/", {"person": kamil.public_id, "outcome": "wrong"})
    rows = re.findall(r'row__title" data-typed>([^<]+)<', only.text)
    assert rows == ["Kamil Duda"]
    assert who.get("/security/sign-ins/", {"person": "nobody"}).status_code == 200
    assert who.get("/security/sign-ins/", {"page": "900"}).status_code == 200


def test_only_people_of_ones_own_places(marta, firm, at):
    other = Branch.objects.create(name="Oddział Krowodrza", created_at=at)
    boss = person(other, "admin", "Obca", "Osoba", "f", at=at)
    come_in(marta)
    who = come_in(boss)
    assert "Marta" not in who.get("/security/sign-ins/").text
    assert who.get(f"/security/people/{marta.public_id}/").status_code == 404
    assert come_in(marta).get("/security/sign-ins/").status_code == 403
    assert set(queries.visible_to(marta)) == set()


def test_an_admin_sees_nothing_of_the_time_somewhere_else(marta, ada, firm, at):
    other = Branch.objects.create(name="Oddział Krowodrza", created_at=at)
    come_in(marta)
    moved = datetime.now(UTC)
    Membership.objects.filter(person=marta).update(until=moved)
    Membership.objects.create(person=marta, branch=other, role="seller", since=moved)
    come_in(marta)
    assert SignIn.objects.filter(person=marta, outcome="in").count() == 2
    assert queries.visible_to(ada).filter(person=marta, outcome="in").count() == 1


def test_no_secret_is_kept_in_the_open(marta, at):
    factor, codes = an_app(marta, at)
    come_in_by_code(marta, factor)
    rows = []
    for model in (Factor, SpareCode, Session, SignIn, Event):
        rows += [str(row) for row in model.objects.values()]
    kept = "\n".join(rows)
    assert factor.secret not in kept
    assert "10.0.0.7" not in kept
    assert not any(code in kept for code in codes)


def come_in_by_code(who, factor):
    there = browser()
    knock(there, who)
    assert there.post("/sign-in/code/", {"code": code_of(factor)}).status_code == 303
    return there


def test_a_new_device_is_told_by_mail_and_a_known_one_is_not(marta):
    first = come_in(marta)
    drain(datetime.now(UTC))
    (letter,) = mail.outbox
    assert letter.to == [marta.email]
    assert "Chrome · Windows" in letter.body
    assert "10.0.0.7" not in letter.body
    first.post("/sign-out/")
    knock(first, marta)
    drain(datetime.now(UTC))
    assert len(mail.outbox) == 1, "this browser is known by now"
    come_in(marta, agent=IPHONE)
    drain(datetime.now(UTC))
    assert "Safari · iPhone" in mail.outbox[-1].body


def test_two_people_at_one_computer_know_it_both(marta, kamil):
    who = browser()
    for each in (marta, kamil, marta, kamil):
        knock(who, each)
        who.post("/sign-out/")
    news = [event.data["new"] for event in Event.objects.filter(kind="person.signed_in")]
    assert news == [True, True, False, False]


def test_every_change_is_told_by_mail(marta, at):
    marta.language = "en"
    marta.save()
    factor, _codes = an_app(marta, at)
    who = come_in_by_code(marta, factor)
    a_passkey(who)
    who.post("/security/codes/")
    who.post(f"/security/remove/{factor.public_id}/")
    new = "zupelnie-nowe-haslo-2026"
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    who.post("/profile/password/", data)
    drain(datetime.now(UTC))
    said = "\n".join(letter.body for letter in mail.outbox)
    for words in (
        "authenticator app was added",
        "passkey was added",
        "New spare codes",
        "authenticator app was removed",
        "password of your account was changed",
    ):
        assert words in said, words
    assert "/security/" in said


def test_an_admin_helps_after_making_sure(marta, ada, at):
    factor, _codes = an_app(marta, at)
    hers = come_in_by_code(marta, factor)
    who = come_in(ada)
    path = f"/security/people/{marta.public_id}/"
    assert who.post(path, {"how": "they_wrote"}).status_code == 422
    assert who.post(path, {"how": "called_back"}).status_code == 303
    assert not Factor.objects.exists()
    assert not SpareCode.objects.exists()
    assert not is_in(hers)
    event = Event.objects.get(kind="person.factors_reset")
    assert (event.by_id, event.data, event.subject) == (
        ada.pk,
        {"how": "called_back"},
        marta.public_id,
    )
    drain(datetime.now(UTC))
    told = [letter for letter in mail.outbox if letter.to == [marta.email]]
    assert any("/security/" in letter.body for letter in told)
    assert is_in(come_in(marta))


def test_an_admin_signs_somebody_out_everywhere(marta, ada, firm, at):
    hers, who = [come_in(marta), come_in(marta, agent=IPHONE)], come_in(ada)
    assert who.post(f"/security/people/{marta.public_id}/out/").status_code == 303
    assert [is_in(one) for one in (*hers, who)] == [False, False, True]
    assert Event.objects.get(kind="person.sessions_ended").by_id == ada.pk
    assert hers[0].post(f"/security/people/{ada.public_id}/out/").status_code == 302
    assert come_in(marta).post(f"/security/people/{ada.public_id}/out/").status_code == 403


def test_everybody_is_signed_out_by_the_shell(marta, kamil, capsys):
    both = [come_in(marta), come_in(kamil)]
    assert commands.run(["sign-in-help", "--everybody-out"]) == 0
    assert "Sessions ended: 2" in capsys.readouterr().out
    assert [is_in(who) for who in both] == [False, False]
    assert Event.objects.get(kind="organisation.signed_out").data == {"n": 2}


def test_an_admin_helps_only_soon_after_a_proof_and_never_themselves(marta, ada, at):
    who = come_in(ada)
    marks(who, proved=later(datetime.now(UTC).timestamp(), minutes=-11))
    path = f"/security/people/{marta.public_id}/"
    assert who.post(path, {"how": "called_back"}).url.startswith("/security/prove/")
    with pytest.raises(NotAllowed, match="own_factor"):
        factors.reset(by=ada, at=at, person=ada, how="in_person")
    with pytest.raises(NotAllowed):
        factors.reset(by=marta, at=at, person=ada, how="in_person")
    with pytest.raises(Refused, match="choice_unknown"):
        factors.reset(by=ada, at=at, person=marta, how="guessed")


def test_the_last_admin_gets_in_by_the_shell(ada, at, capsys, settings):
    factor, _codes = an_app(ada, at)
    who = come_in_by_code(ada, factor)
    assert commands.run(["sign-in-help", ada.email.upper()]) == 0
    printed = capsys.readouterr().out
    path = re.search(rf"{re.escape(settings.BASE_URL)}(/password/\S+)", printed)[1]
    assert not is_in(who)
    assert Event.objects.get(kind="person.helped_in").by_id is None
    new = {"new_password1": "zupelnie-nowe-haslo-2026", "new_password2": "zupelnie-nowe-haslo-2026"}
    there = browser()
    assert there.post(path, new).url == "/sign-in/"
    assert there.post(path, new).status_code == 410, "once"
    assert knock(there, ada, new["new_password1"]).url == "/"
    assert is_in(there)
    assert commands.run(["sign-in-help", "nobody@olszyna.example"]) == 2
    assert "Nobody works here" in capsys.readouterr().err


def test_after_a_year_it_is_forgotten_and_a_leavers_secrets_at_once(marta, kamil, at):
    an_app(marta, at)
    an_app(kamil, at)
    factors.begin_app(by=marta, at=at - timedelta(days=2))
    for days in (364, 366):
        old = at - timedelta(days=days)
        SignIn.objects.create(person=marta, at=old, way="password", outcome="in")
        Session.objects.create(
            person=marta, key_hash=f"{days}", began_at=old, seen_at=old, ended_at=old
        )
    kamil.is_active = False
    kamil.save(update_fields=["is_active"])
    gone = upkeep.forget_old(at)
    assert (gone["sign_ins"], gone["sign_in_sessions"]) == (1, 1)
    assert gone["sign_in_secrets"] == 2
    assert gone["spare_codes"] == 10
    assert queries.factors(marta).count() == 1


def test_the_room_exports_without_secrets_and_erases_everything(marta, kamil, at):
    factor, _codes = an_app(marta, at)
    who = come_in_by_code(marta, factor)
    an_app(kamil, at)
    Identity.objects.create(person=marta, issuer="https://sso.example", subject="u1", linked_at=at)
    said = subject.export(marta)
    assert [one["name"] for one in said["factors"]] == ["Telefon"]
    assert said["spare_codes_left"] == 10
    assert said["sessions"][0]["device"] == "Chrome · Windows"
    assert {row["outcome"] for row in said["sign_ins"]} == {"half", "in"}
    assert factor.secret not in str(said)
    assert subject.erase(marta, at) >= 15
    assert not is_in(who)
    for model in (Factor, SpareCode, Session, SignIn, Identity):
        assert not model.objects.filter(person=marta).exists()
    assert queries.factors(kamil).exists()


def test_letters_say_what_happened_in_both_languages(marta, at):
    for language in ("pl", "en"):
        marta.language = language
        marta.save()
        come_in(marta)
        factors.forget(marta)
        an_app(marta, at)
        factors.forget(marta)
        drain(datetime.now(UTC))
    assert Message.objects.filter(kind="new_device").count() == 2
    subjects = set(Message.objects.filter(kind="sign_in").values_list("subject", flat=True))
    assert len(subjects) == 2
