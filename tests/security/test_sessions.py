"""Where one is signed in: seen, ended at once, and over by itself."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session as Kept
from django.db import connections

from polecam.actions import arrivals
from polecam.signin.models import Session, SignIn
from polecam.store.sessions import kept_under
from polecam.web import presence
from tests.cast import PASSWORD
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
NEW = "zupelnie-nowe-haslo-2026"


def test_no_row_is_of_use_to_whoever_reads_it(marta):
    who = come_in(marta)
    cookie = who.cookies["session"].value
    kept = Kept.objects.get()
    assert kept.session_key == kept_under(cookie) == Session.objects.get().key_hash
    other = browser()
    other.cookies["session"] = kept.session_key
    assert not is_in(other)


def test_every_session_is_seen_and_one_is_ended_at_once(marta):
    here, there = come_in(marta), come_in(marta, agent=IPHONE, address="10.9.9.9")
    page = here.get("/security/").text
    assert "Chrome · Windows" in page
    assert "Safari · iPhone" in page
    assert page.count("this one") == 1
    row = Session.objects.get(device="Safari · iPhone")
    assert here.post(f"/security/sessions/{row.public_id}/").status_code == 303
    assert not is_in(there)
    assert is_in(here)
    assert "Safari · iPhone" not in here.get("/security/").text


def test_all_others_end_and_this_one_stays(marta, kamil):
    here, others, kamils = come_in(marta), [come_in(marta) for _ in range(3)], come_in(kamil)
    here.post("/security/sessions/")
    assert [is_in(who) for who in (here, *others, kamils)] == [True, False, False, False, True]
    assert SignIn.objects.filter(outcome="ended").count() == 3


def test_nobody_ends_a_session_of_somebody_else(marta, kamil):
    mine, other = come_in(marta), come_in(kamil)
    row = Session.objects.get(person=marta)
    assert other.post(f"/security/sessions/{row.public_id}/").status_code == 404
    assert is_in(mine)


def test_signing_out_ends_it_in_the_list_too(marta):
    who = come_in(marta)
    cookie = who.cookies["session"].value
    who.post("/sign-out/")
    assert Session.objects.get().ended_at is not None
    who.cookies["session"] = cookie
    assert not is_in(who)
    assert SignIn.objects.order_by("-id").first().outcome == "out"


def test_a_new_password_ends_the_others_and_turns_the_key(marta):
    here, there = come_in(marta), come_in(marta)
    old = here.cookies["session"].value
    data = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert here.post("/profile/password/", data).url == "/profile/"
    assert is_in(here)
    assert not is_in(there)
    assert here.cookies["session"].value != old
    assert Session.objects.filter(ended_at=None).get().key_hash == kept_under(
        here.cookies["session"].value
    )
    assert here.get("/security/").text.count("this one") == 1


def test_a_forgotten_password_ends_all(marta):
    from polecam.web.pages.entry.passwords import path_for

    who = come_in(marta)
    marta.refresh_from_db()
    stranger = browser()
    done = stranger.post(path_for(marta), {"new_password1": NEW, "new_password2": NEW})
    assert done.url == "/sign-in/"
    assert not is_in(who)
    assert not Session.objects.filter(ended_at=None).exists()


def test_a_new_password_by_mail_does_not_pass_the_second_step(marta, at):
    from polecam.web.pages.entry.passwords import path_for

    an_app(marta, at)
    who = browser()
    who.post(path_for(marta), {"new_password1": NEW, "new_password2": NEW})
    assert knock(who, marta, NEW).url == "/sign-in/code/"
    assert not is_in(who)


def test_a_session_ends_unused_or_after_two_weeks(marta):
    for changed in (
        {"seen": later(datetime.now(UTC).timestamp(), hours=-12)},
        {"began": later(datetime.now(UTC).timestamp(), days=-14)},
    ):
        who = come_in(marta)
        marks(who, **changed)
        assert not is_in(who)
        assert not Kept.objects.filter(
            session_key=kept_under(who.session.session_key or "")
        ).exists()


def test_it_is_noted_every_few_minutes_that_a_session_is_used(marta, django_assert_num_queries):
    who = come_in(marta)
    began = Session.objects.get().seen_at
    marks(who, seen=later(datetime.now(UTC).timestamp(), minutes=-4))
    who.get("/profile/")
    assert Session.objects.get().seen_at == began
    marks(who, seen=later(datetime.now(UTC).timestamp(), minutes=-6))
    who.get("/profile/")
    assert Session.objects.get().seen_at > began
    assert who.session[presence.MARK]["seen"] > began.timestamp()


def test_a_used_session_costs_no_query_of_its_own(marta):
    from django.test.utils import CaptureQueriesContext

    def cost(who) -> int:
        who.get("/security/prove/")
        captured = [CaptureQueriesContext(connection) for connection in connections.all()]
        for one in captured:
            one.__enter__()
        assert who.get("/security/prove/").status_code == 200
        for one in captured:
            one.__exit__(None, None, None)
        return sum(len(one) for one in captured)

    given = browser()
    given.force_login(marta)
    assert cost(come_in(marta)) == cost(given)


def test_a_request_under_way_does_not_bring_an_ended_session_back(marta):
    who = come_in(marta)
    session = who.session
    session["thing"] = 1  # it was read before the other one ended it
    arrivals.end_others(by=marta, at=datetime.now(UTC), keep="")
    with pytest.raises(UpdateError):
        session.save()
    assert not Kept.objects.exists()


def test_what_one_signs_in_with_changes_only_soon_after_a_proof(marta, at):
    factor, _codes = an_app(marta, at)
    who = browser()
    knock(who, marta)
    who.post("/sign-in/code/", {"code": code_of(factor)})
    paths = [f"/security/remove/{factor.public_id}/", "/security/app/", "/security/codes/"]
    paths += ["/security/passkey/ask/", "/security/passkey/"]
    marks(who, proved=later(datetime.now(UTC).timestamp(), minutes=-10))
    for path in paths:
        assert who.post(path).url.startswith("/security/prove/?next="), path
    assert who.get(paths[0]).url == f"/security/prove/?next={paths[0].replace('/', '%2F')}"
    assert who.post("/security/prove/", {"password": "wrong"}).status_code == 422
    old = who.cookies["session"].value
    done = who.post("/security/prove/", {"password": PASSWORD, "next": paths[0]})
    assert done.url == paths[0]
    assert who.cookies["session"].value != old, "a new key after the proof"
    assert who.get("/security/").text.count("this one") == 1
    assert who.get(paths[0]).status_code == 200


def test_a_passkey_is_a_proof_too_but_only_ones_own(marta, kamil):
    who = come_in(marta)
    key, other = a_passkey(who), a_passkey(come_in(kamil))
    for one, expected in ((other, "/security/prove/"), (key, "/security/")):
        marks(who, proved=0)
        question = who.post("/sign-in/passkey/ask/").text
        answer = who.post("/security/prove/passkey/", {"answer": one.prove(question)})
        assert answer.url.partition("?")[0] == expected


def test_leaving_ends_every_session(marta, ada, branch):
    from polecam.actions import people

    who = come_in(marta)
    if hasattr(people, "leave"):
        people.leave(by=ada, at=datetime.now(UTC), person=marta)
    else:
        from polecam.actions import departures

        departures.leave(by=ada, at=datetime.now(UTC), person=marta)
    assert not is_in(who)
    assert not Session.objects.filter(ended_at=None).exists()


def test_times_of_a_session_are_told_in_the_list(marta):
    who = come_in(marta)
    Session.objects.update(began_at=datetime.now(UTC) - timedelta(days=3))
    page = who.get("/security/").text
    assert re.search(r"last used <time[^>]*>today, [0-9:]+</time>, since", page)
