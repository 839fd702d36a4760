"""Passkeys on the server's side: whose answer counts, and which never does."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.journal.models import Event
from polecam.signin import passkeys
from polecam.signin.models import Factor, SignIn
from tests.security.authenticator import Passkey
from tests.security.support import (
    a_passkey,
    an_app,
    browser,
    by_passkey,
    code_of,
    come_in,
    is_in,
    knock,
)

pytestmark = pytest.mark.django_db


def test_a_passkey_alone_signs_in(marta):
    key = a_passkey(come_in(marta))
    who = browser()
    answer = by_passkey(who, key, next="/profile/")
    assert (answer.status_code, answer.url) == (303, "/profile/")
    assert is_in(who)
    assert SignIn.objects.order_by("-id").first().way == "passkey"
    assert by_passkey(browser(), key, next="https://evil.example/").url == "/"


def test_the_question_says_nothing_about_anybody(marta, kamil):
    a_passkey(come_in(marta))
    asked = json.loads(browser().post("/sign-in/passkey/ask/").text)
    assert asked["allowCredentials"] == []
    assert asked["userVerification"] == "required"


def test_a_passkey_stands_in_for_the_code(marta, at):
    key = a_passkey(come_in(marta))
    an_app(marta, at)
    who = browser()
    assert knock(who, marta, next="/profile/").url == "/sign-in/code/"
    assert by_passkey(who, key).url == "/profile/"
    assert is_in(who)


def test_after_a_password_only_a_passkey_of_the_same_person(marta, kamil):
    a_passkey(come_in(marta))
    other = a_passkey(come_in(kamil))
    who = browser()
    knock(who, marta)
    assert by_passkey(who, other).url == "/sign-in/code/"
    assert not is_in(who)
    assert SignIn.objects.order_by("-id").first().person == marta


def test_nobody_adds_a_passkey_with_a_question_that_was_for_signing_in(marta):
    who, key = come_in(marta), Passkey()
    options = json.loads(who.post("/security/passkey/ask/").text)
    signing_in = json.loads(who.post("/sign-in/passkey/ask/").text)
    options["challenge"] = signing_in["challenge"]
    who.post("/security/passkey/", {"answer": key.make(json.dumps(options)), "name": ""})
    assert not Factor.objects.exists()


def test_an_answer_counts_once(marta):
    key, who = a_passkey(come_in(marta)), browser()
    answer = {"answer": key.prove(who.post("/sign-in/passkey/ask/").text)}
    assert who.post("/sign-in/passkey/", answer).url == "/"
    who.post("/sign-out/")
    assert who.post("/sign-in/passkey/", answer).url == "/sign-in/"
    assert not is_in(who)


def test_an_answer_to_another_question_is_none(marta):
    key, who = a_passkey(come_in(marta)), browser()
    elsewhere = browser().post("/sign-in/passkey/ask/").text
    who.post("/sign-in/passkey/ask/")
    assert who.post("/sign-in/passkey/", {"answer": key.prove(elsewhere)}).url == "/sign-in/"
    assert not is_in(who)


@pytest.mark.parametrize(
    "lie", [{"origin": "https://evil.example"}, {"site": "evil.example"}, {"verified": False}]
)
def test_what_was_made_or_answered_elsewhere_is_refused(marta, lie):
    who = come_in(marta)
    key = a_passkey(who)
    for name, value in lie.items():
        setattr(key, name, value)
    other = browser()
    assert by_passkey(other, key).url == "/sign-in/"
    assert not is_in(other)
    false = Passkey(**lie)
    answer = who.post("/security/passkey/ask/")
    assert who.post("/security/passkey/", {"answer": false.make(answer.text)}).status_code == 303
    assert Factor.objects.count() == 1


def test_a_handle_of_somebody_else_is_refused(marta, kamil):
    key = a_passkey(come_in(marta))
    key.handle = kamil.public_id.encode()
    who = browser()
    by_passkey(who, key)
    assert not is_in(who)


def test_a_copied_passkey_is_refused_and_its_person_told(marta):
    key = a_passkey(come_in(marta))
    by_passkey(browser(), key)
    key.count = 0  # the copy was made before
    who = browser()
    answer = by_passkey(who, key)
    assert "counts differently" in who.get(answer.url).text
    assert not is_in(who)
    assert Event.objects.get(kind="factor.doubted").data == {"person": marta.public_id}
    key.count = 5
    assert by_passkey(who, key).url == "/"


def test_a_passkey_that_never_counts_is_fine(marta):
    assert passkeys.counts_on(0, 0)
    assert not passkeys.counts_on(1, 0)
    assert not passkeys.counts_on(3, 3)


def test_the_same_passkey_is_set_up_once(marta, kamil):
    key = a_passkey(come_in(marta))
    who = come_in(kamil)
    answer = who.post("/security/passkey/ask/")
    who.post("/security/passkey/", {"answer": key.make(answer.text)})
    assert list(Factor.objects.values_list("person", flat=True)) == [marta.pk]


def test_a_removed_passkey_and_one_of_a_leaver_open_nothing(marta, kamil):
    key, other = a_passkey(come_in(marta)), a_passkey(come_in(kamil))
    Factor.objects.filter(person=marta).delete()
    kamil.is_active = False
    kamil.save(update_fields=["is_active"])
    for one in (key, other):
        who = browser()
        assert by_passkey(who, one).url == "/sign-in/"
        assert not is_in(who)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
SHAPED = st.fixed_dictionaries(
    {
        "id": st.text(max_size=30),
        "rawId": st.text(max_size=30),
        "type": st.sampled_from(["public-key", "x"]),
        "response": st.dictionaries(
            st.sampled_from(
                ["clientDataJSON", "attestationObject", "authenticatorData", "signature"]
            ),
            st.text(max_size=60),
        ),
    }
)


@given(st.one_of(st.text(max_size=60), ANYTHING.map(json.dumps), SHAPED.map(json.dumps)))
def test_no_answer_whatever_breaks_the_house(answer):
    with pytest.raises(passkeys.NotTrue):
        passkeys.made(answer, "AAAA")
    with pytest.raises(passkeys.NotTrue):
        passkeys.proved(answer, "AAAA", Factor(public_key="AAAA"))
    assert isinstance(passkeys.named(answer), str)


def test_a_code_still_works_beside_a_passkey(marta, at):
    a_passkey(come_in(marta))
    factor, _codes = an_app(marta, at)
    who = browser()
    knock(who, marta)
    who.post("/sign-in/code/", {"code": code_of(factor)})
    assert is_in(who)
