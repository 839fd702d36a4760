"""How often one may be wrong, whichever process answers; and what nobody learns by trying."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import connections

from polecam.signin import rules
from polecam.signin.models import SignIn
from polecam.store.models import Hit
from polecam.web.pages.entry import tries
from tests.cast import PASSWORD
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
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db
WINDOW, ENOUGH = 600, 30
"""Tries are counted in windows of the clock; a test needs less of one than that, in seconds."""


@pytest.fixture(autouse=True)
def no_window_ends_meanwhile():
    """Where one is about to, the next is waited for."""
    left = WINDOW - time.time() % WINDOW
    time.sleep(left if left < ENOUGH else 0)


def test_wrong_codes_are_limited_and_the_page_says_until_when(marta, at):
    factor, _codes = an_app(marta, at)
    who = browser()
    knock(who, marta)
    codes = [who.post("/sign-in/code/", {"code": "000000"}).status_code for _ in range(5)]
    assert codes == [422] * 5
    answer = who.post("/sign-in/code/", {"code": code_of(factor)})
    assert answer.status_code == 429, "now not even the right one is looked at"
    assert "The next one is possible from" in answer.text
    assert 0 < int(answer.headers["Retry-After"]) <= 601
    who.post("/sign-in/code/", {"code": "000000"})
    assert SignIn.objects.filter(outcome="too_often").count() == 1, "written down once"
    elsewhere = browser(address="192.0.2.9")
    knock(elsewhere, marta)
    assert elsewhere.post("/sign-in/code/", {"code": code_of(factor)}).status_code == 429


def test_spare_codes_share_the_limit_of_codes(marta, at):
    _factor, codes = an_app(marta, at)
    who = browser()
    knock(who, marta)
    for _ in range(5):
        who.post("/sign-in/code/", {"code": "000000"})
    assert who.post("/sign-in/spare/", {"code": codes[0]}).status_code == 429


def test_a_day_has_its_own_limit(marta):
    at = datetime.now(UTC)
    (_short, (most, day)) = rules.TRIES
    bucket = tries.codes_of(marta)
    for _ in range(most):
        tries.count([bucket], at)
        Hit.objects.filter(bucket__startswith="sign-in-code-600").delete()
    wait = tries.count([bucket], at)
    assert wait is not None
    assert wait.until == rules.opens_again(at, day)


def test_right_ones_do_not_count(marta):
    for _ in range(12):
        who = browser()
        assert knock(who, marta).status_code == 303
    assert not Hit.objects.filter(bucket__startswith="sign-in", count__gt=0).exists()


def test_a_passkey_opens_while_passwords_are_guessed(marta):
    """Nobody locks somebody else out by guessing."""
    key = a_passkey(come_in(marta))
    thief = browser(address="203.0.113.5")
    codes = [knock(thief, marta, "guess").status_code for _ in range(11)]
    assert codes == [422] * 10 + [429]
    who = browser()
    assert knock(who, marta).status_code == 429
    assert by_passkey(who, key).url == "/"
    assert is_in(who)


def test_many_people_may_share_one_address(marta, kamil, tomek, ada):
    for person in (marta, kamil, tomek, ada) * 10:
        assert knock(browser(), person).status_code == 303


def test_an_empty_form_is_told_what_is_missing(db):
    assert browser().post("/sign-in/").status_code == 422
    assert browser().post("/sign-in/", {"username": "a@x.pl"}).status_code == 422
    assert not SignIn.objects.exists()


def test_what_was_typed_is_not_lost_while_one_waits(marta):
    who = browser()
    for _ in range(10):
        knock(who, marta, "guess")
    answer = knock(who, marta)
    assert marta.email in answer.text
    assert "There were many tries" in answer.text


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_no_way_around(marta, at):
    an_app(marta, at)
    who = browser()
    knock(who, marta)
    key, said = who.cookies["session"].value, []

    def guess() -> None:
        other = browser()
        other.cookies["session"] = key
        said.append(other.post("/sign-in/code/", {"code": "000000"}).status_code)

    assert not at_once(*[guess] * 8)
    assert sorted(said) == [422] * 5 + [429] * 3


CHILD = """
import sys
from datetime import UTC, datetime
import django
django.setup()
from django.conf import settings
from django.db import connections
for alias, name in zip(connections, sys.argv[2].split("|")):
    connections[alias].settings_dict["NAME"] = name
from polecam.store.limits import count_hit
at = datetime.fromtimestamp(float(sys.argv[1]), UTC)
print(*[count_hit("two-processes", "marta", 600, at=at) for _ in range(20)])
"""


@pytest.mark.django_db(transaction=True)
def test_two_processes_count_together():
    at = datetime.now(UTC).timestamp()
    names = "|".join(str(connections[alias].settings_dict["NAME"]) for alias in connections)
    child = [sys.executable, "-c", CHILD, str(at), names]
    both = [
        subprocess.Popen(child, stdout=subprocess.PIPE, env=os.environ, text=True) for _ in range(2)
    ]
    counted = [int(n) for one in both for n in one.communicate(timeout=60)[0].split()]
    assert sorted(counted) == list(range(1, 41))


def test_an_unknown_address_is_answered_alike_and_as_slowly(marta, settings):
    """The password is hashed for nobody, too: the same work, whoever is named."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    marta.set_password(PASSWORD)
    marta.save()
    times = {}
    for name in ("nobody@olszyna.example", marta.email):
        began = time.process_time()
        answer = browser().post("/sign-in/", {"username": name, "password": "wrong-one"})
        times[name] = time.process_time() - began
        assert answer.status_code == 422
    outcomes = list(SignIn.objects.order_by("id").values_list("outcome", "person"))
    assert outcomes == [("not_here", None), ("wrong", marta.pk)]


def test_a_forgotten_password_takes_as_long_for_everybody(marta, monkeypatch):
    from polecam.web.pages.entry import passwords

    waited = []
    monkeypatch.setattr(passwords.time, "sleep", waited.append)
    for email in (marta.email, "nobody@olszyna.example"):
        assert browser().post("/password/", {"email": email}).url == "/password/sent/"
    assert len(waited) == 2
    assert min(waited) > passwords.EVEN_SECONDS / 4, "what is to do is a small part of it"
    assert settings.PASSWORD_RESET_TIMEOUT == 3600
