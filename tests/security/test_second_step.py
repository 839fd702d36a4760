"""Password, then a code: what opens, what does not, and what is taken once."""

from datetime import UTC, datetime, timedelta

import pytest

from polecam.actions import factors, proofs
from polecam.actions.arrivals import Trace
from polecam.journal.models import Event
from polecam.kit.errors import Refused
from polecam.signin.models import Factor, Session, SignIn, SpareCode
from polecam.web.pages.entry import arriving
from tests.security.support import an_app, browser, code_of, come_in, is_in, knock, seen_codes
from tests.support.threads import together

pytestmark = pytest.mark.django_db


def test_a_password_alone_lets_in_whoever_has_no_factor(marta):
    who = come_in(marta)
    row = Session.objects.get(person=marta)
    assert (row.device, row.strong) == ("Chrome · Windows", False)
    assert is_in(who)
    assert [(s.way, s.outcome) for s in SignIn.objects.all()] == [("password", "in")]


def test_a_code_follows_the_password_and_nothing_opens_between(marta, at):
    factor, _codes = an_app(marta, at)
    who = browser()
    first = knock(who, marta, next="/profile/")
    assert first.url == "/sign-in/code/"
    assert not is_in(who)
    assert who.get("/security/").status_code == 302
    half = who.cookies["session"].value
    second = who.post("/sign-in/code/", {"code": code_of(factor)})
    assert (second.status_code, second.url) == (303, "/profile/")
    assert who.cookies["session"].value != half, "a new key after the proof"
    assert is_in(who)
    assert Session.objects.get(person=marta).strong
    assert [(s.way, s.outcome) for s in SignIn.objects.order_by("id")] == [
        ("password", "half"),
        ("totp", "in"),
    ]


def test_the_key_of_the_session_changes_at_each_step(marta, at):
    """Session fixation: a key somebody knew before is worth nothing afterwards."""
    factor, _codes = an_app(marta, at)
    who = browser()
    who.post("/sign-in/passkey/ask/")
    keys = [who.cookies["session"].value]
    knock(who, marta)
    keys.append(who.cookies["session"].value)
    who.post("/sign-in/code/", {"code": code_of(factor)})
    keys.append(who.cookies["session"].value)
    assert len(set(keys)) == 3
    for old in keys[:2]:
        other = browser()
        other.cookies["session"] = old
        assert not is_in(other)
        assert other.get("/sign-in/code/").status_code == 303


def test_half_a_sign_in_is_over_after_ten_minutes(marta, at):
    factor, _codes = an_app(marta, at)
    who = browser()
    knock(who, marta)
    session = who.session
    session[arriving.HALF] |= {"until": datetime.now(UTC).timestamp() - 1}
    session.save()
    answer = who.post("/sign-in/code/", {"code": code_of(factor)}, follow=True)
    assert answer.redirect_chain[-1][0] == "/sign-in/"
    assert "Ten minutes have passed" in answer.text
    assert not is_in(who)


def test_half_a_sign_in_ends_with_a_new_password_and_with_leaving(marta, at):
    factor, _codes = an_app(marta, at)
    for change in ("password", "is_active"):
        who = browser()
        assert knock(who, marta).url == "/sign-in/code/"
        old = marta.password
        if change == "password":
            marta.set_password("calkiem-inne-haslo-2026")
        else:
            marta.is_active = False
        marta.save()
        assert who.post("/sign-in/code/", {"code": code_of(factor)}).url == "/sign-in/"
        assert not is_in(who)
        marta.password, marta.is_active = old, True
        marta.save()


def test_a_code_is_taken_once_and_a_clock_may_be_half_a_minute_wrong(marta, at):
    factor, _codes = an_app(marta, at)
    now = datetime.now(UTC)
    for wrong in (-61, 61):
        with pytest.raises(Refused, match="code_wrong"):
            take(marta, factor, now, now + timedelta(seconds=wrong))
    take(marta, factor, now, now - timedelta(seconds=30))
    take(marta, factor, now, now)
    for again in (now - timedelta(seconds=30), now):
        with pytest.raises(Refused, match="code_wrong"):
            take(marta, factor, now, again)
    take(marta, factor, now, now + timedelta(seconds=30))


def take(person, factor, at, shown) -> None:
    """Type at `at` what the app showed at `shown`."""
    proofs.take_code(by=person, at=at, code=code_of(factor, shown), trace=Trace())


@pytest.mark.django_db(transaction=True)
def test_the_same_code_in_several_hands_at_once_opens_once(marta, at):
    factor, codes = an_app(marta, at)
    now = datetime.now(UTC)
    said = together(lambda _n: take(marta, factor, now, now))
    assert sorted(said) == ["code_wrong"] * 3 + ["done"]
    said = together(lambda _n: proofs.take_spare(by=marta, at=now, code=codes[0], trace=Trace()))
    assert sorted(said) == ["done"] + ["spare_wrong"] * 3


def test_a_code_of_somebody_else_is_none(marta, kamil, at):
    an_app(marta, at)
    other, _codes = an_app(kamil, at)
    who = browser()
    knock(who, marta)
    answer = who.post("/sign-in/code/", {"code": code_of(other)})
    assert answer.status_code == 422
    assert "This code does not fit" in answer.text
    assert not is_in(who)


def test_a_spare_code_opens_once_whatever_its_spelling(marta, at):
    _factor, codes = an_app(marta, at)
    assert len(set(codes)) == 10
    kept = "".join(SpareCode.objects.values_list("code_hash", flat=True))
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
    typed = codes[3].upper().replace("-", " ")
    for expected in (303, 422):
        who = browser()
        knock(who, marta)
        assert who.get("/sign-in/spare/").status_code == 200
        assert who.post("/sign-in/spare/", {"code": typed}).status_code == expected
        assert is_in(who) is (expected == 303)
    assert SpareCode.objects.filter(used_at=None).count() == 9
    assert Event.objects.get(kind="person.code_used").data == {"left": 9}


def test_new_spare_codes_void_the_old_ones(marta, at):
    factor, old = an_app(marta, at)
    who = browser()
    knock(who, marta)
    who.post("/sign-in/code/", {"code": code_of(factor)})
    page = who.post("/security/codes/")
    new = seen_codes(page.text)
    assert len(new) == 10
    assert page.headers["Cache-Control"] == "private, no-store"
    with pytest.raises(Refused):
        proofs.take_spare(by=marta, at=at, code=old[0], trace=Trace())
    assert proofs.take_spare(by=marta, at=at, code=new[0], trace=Trace()) == 9


def test_setting_up_an_app_by_the_page(marta):
    who = come_in(marta)
    begun = who.post("/security/app/")
    factor = Factor.objects.get()
    assert begun.url == f"/security/app/{factor.public_id}/"
    page = who.get(begun.url)
    assert factor.secret[:4] in page.text
    assert "otpauth://totp/" in page.text
    assert 'class="qr"' in page.text
    assert "style=" not in page.text
    assert "data:" not in page.text
    wrong = who.post(begun.url, {"code": "000000", "name": "Mój telefon"})
    assert wrong.status_code == 422
    assert "Mój telefon" in wrong.text, "nothing typed is lost"
    done = who.post(begun.url, {"code": code_of(factor), "name": "Mój telefon"})
    assert len(seen_codes(done.text)) == 10
    factor.refresh_from_db()
    assert factor.confirmed_at
    assert factor.secret not in factor.secret_sealed
    assert who.get(begun.url).status_code == 404, "the seed is shown no more"
    assert "Mój telefon" in who.get("/security/").text


def test_an_app_that_was_never_confirmed_demands_nothing(marta, at):
    factors.begin_app(by=marta, at=at)
    come_in(marta)


def test_removing_the_last_factor_takes_the_codes_along(marta, at):
    factor, _codes = an_app(marta, at)
    factors.remove(by=marta, at=at, factor=factor)
    assert not Factor.objects.exists()
    assert not SpareCode.objects.exists()
    come_in(marta)
