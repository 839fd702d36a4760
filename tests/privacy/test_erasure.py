"""Erasing a person leaves nothing of them; ledger and journal still hold (invariant 19)."""

import json
import logging
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as conf
from django.core.mail import get_connection
from django.db import connection, connections, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from polecam.actions import erasure, meetings, officer, privacy, referrals_work
from polecam.actions.journal import seal_due
from polecam.bonuses.models import Line
from polecam.insights.proofs import prove
from polecam.kit.errors import NotAllowed
from polecam.messages import mail
from polecam.messages.models import Message
from polecam.parties.models import Party
from polecam.privacy.models import Consent
from polecam.referrals.models import Invitation, Referral
from tests.house.law import models, room_of_model
from tests.privacy.friend import answer, capture, deliver, invite, say_yes

DAY = timedelta(days=1)
FIRST, LAST = "Świętopełk", "Brzęczyszczykiewicz"
NUMBER, ADDRESS = "+48799123457", "swietopelk.brz@poczta.example"
TRACES = [FIRST, LAST, "swietopelk", "brzeczyszcz", "799123457", ADDRESS, "799 123 457"]
OUR_OWN_PEOPLE = {"signin", "effort", "people", "recognition"}
"""Rooms of colleagues, not of clients and friends: their erasure is the firm's own matter."""


def grep(place: str, content: bytes) -> list[str]:
    """Traces of the person in some bytes, in UTF-8 or escaped as JSON does."""
    forms = [(trace, form) for trace in TRACES for form in (trace, json.dumps(trace)[1:-1])]
    return [f"{place}: {trace}" for trace, form in forms if form.encode() in content]


def tables() -> list[str]:
    """Traces in any column of any table."""
    found = []
    for alias in connections:
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')
                for row in cursor.fetchall():
                    found += grep(table, repr(row).encode())
    return found


def files() -> list[str]:
    """Traces in any file of the house: databases with their logs, uploads, messages."""
    found = []
    places = [Path(conf.HOME), Path(conf.MAIL_ROOT)]
    places += [Path(c.settings_dict["NAME"]).parent for c in connections.all() if sqlite()]
    for place in {p.resolve() for p in places}:
        for path in place.rglob("*"):
            if path.is_file() and path.suffix != ".woff2":
                found += grep(path.name, content(path))
    return found


def content(path: Path) -> bytes:
    """The bytes of a file, read by another process.

    Closing a file drops every lock this process holds on it, also those of SQLite's connections;
    the next process that closes the database would then delete its log under our feet.
    """
    return subprocess.run(["cat", str(path)], capture_output=True, check=True).stdout


def sqlite() -> bool:
    return connection.vendor == "sqlite"


@pytest.fixture(autouse=True)
def file_mail(settings, tmp_path):
    """Mail goes to files, as in a demo (pytest-django keeps it in memory)."""
    settings.MAIL_ROOT = tmp_path
    settings.EMAIL_BACKEND = "polecam.messages.mail.FileBackend"
    assert isinstance(get_connection(), mail.FileBackend)


@pytest.fixture
def friend(anna, marta, tomek, plan, at) -> Referral:
    """Someone who consented, got messages, talked, and earned money for Marta."""
    referral = capture(anna, marta, at - 3 * DAY, plan, name=FIRST)
    Invitation.objects.update(words=f"{FIRST}, polecam Ci Martę")
    answer(
        referral.invitation,
        at - 3 * DAY,
        first_name=FIRST,
        last_name=LAST,
        phone=NUMBER,
        email=ADDRESS,
        channels=["phone", "sms", "email"],
    )
    deliver(at - 3 * DAY + timedelta(minutes=1))
    for consent in privacy.waiting(referral):
        privacy.confirm(consent=consent, at=at - 3 * DAY + timedelta(minutes=2))
    deliver(at - 3 * DAY + timedelta(minutes=3))
    referral.refresh_from_db()
    meeting = referrals_work.set_meeting(
        by=marta, at=at - 2 * DAY, referral=referral, meeting_at=at - DAY
    )
    referrals_work.hold_meeting(by=marta, at=at - DAY, meeting=meeting)
    meetings.confirm(by=tomek, at=at - DAY / 2, meeting=meeting)
    return referral


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left(friend, irena, at, caplog):
    caplog.set_level(logging.DEBUG)
    assert Message.objects.count() >= 3
    assert files(), "the messages are there before, so the grep sees what there is to see"
    party = friend.party
    told = officer.export(by=irena, at=at, party=party)
    assert ADDRESS in str(told)
    assert "/c/" not in str(told), "a link is a key only its owner holds"
    money = list(Line.objects.order_by("id").values())

    privacy.erase(by=irena, at=at, party=party)

    assert tables() == []
    assert files() == []
    assert grep("log", caplog.text.encode()) == []
    assert list(Line.objects.order_by("id").values()) == money
    friend.refresh_from_db()
    assert (friend.party, friend.state) == (None, "expired")
    assert not Consent.objects.filter(withdrawn_at=None).exists()
    seal_due(at=datetime.now(UTC) + DAY)
    broken = [p for proof in prove(datetime.now(UTC) + DAY) for p in proof.problems]
    assert not broken


@settings(max_examples=12)
@given(
    by_whom=st.sampled_from(["officer", "friend", "clock"]),
    channels=st.sets(st.sampled_from(["phone", "sms", "email"]), min_size=1),
    proven=st.booleans(),
    talked=st.booleans(),
    met=st.booleans(),
)
def test_whatever_happened_nothing_is_left(
    anna, marta, irena, plan, at, by_whom, channels, proven, talked, met
):
    """However far the path went and whoever ends it."""
    start = at - 400 * DAY
    with transaction.atomic():
        friend = capture(anna, marta, start, plan, name=FIRST)
        said = {"first_name": FIRST, "last_name": LAST, "phone": NUMBER, "email": ADDRESS}
        answer(friend.invitation, start, **said, channels=sorted(channels))
        deliver(start + timedelta(minutes=1))
        if proven:
            for consent in privacy.waiting(friend):
                privacy.confirm(consent=consent, at=start + timedelta(minutes=2))
            deliver(start + timedelta(minutes=3))
            friend.refresh_from_db()
            if talked and "phone" in channels:
                referrals_work.log_contact(
                    by=marta, at=start + DAY, referral=friend, channel="phone", result="reached"
                )
            if met:
                referrals_work.set_meeting(
                    by=marta, at=start + DAY, referral=friend, meeting_at=start + 2 * DAY
                )
        assert tables(), "there was something to erase"
        if by_whom == "officer":
            privacy.erase(by=irena, at=at, party=friend.party)
        elif by_whom == "friend":
            privacy.erase(by=None, at=at, party=friend.party)
        else:
            privacy.expire_due(at=at)
        assert tables() == []
        transaction.set_rollback(True)


def test_whoever_was_recommended_twice_is_erased_twice(friend, anna, kamil, irena, at):
    twice = say_yes(
        capture(anna, kamil, at - DAY).invitation,
        at - DAY,
        first_name=FIRST,
        last_name=LAST,
        phone=NUMBER,
    )
    assert twice.second
    privacy.erase(by=irena, at=at, party=friend.party)
    assert tables() == []


def test_only_the_officer_or_the_person_erases(friend, marta, tomek, ada, pawel, at):
    for person in (marta, tomek, ada, pawel):
        with pytest.raises(NotAllowed):
            privacy.erase(by=person, at=at, party=friend.party)
        with pytest.raises(NotAllowed):
            privacy.export(by=person, at=at, party=friend.party)


def test_erasing_a_client_keeps_what_others_earned(anna, friend, irena, at):
    privacy.erase(by=irena, at=at, party=anna.party)
    anna.refresh_from_db()
    assert anna.party.full_name == ""
    assert anna.never_ask_at is not None
    friend.refresh_from_db()
    assert friend.client == anna
    assert friend.state == "meeting"


def test_every_room_with_personal_data_forgets_and_tells():
    holding = {
        room_of_model(model)
        for model in models()
        if {"personal", "contact"} & set(vars(model).get("DATA", {}).values())
    } - OUR_OWN_PEOPLE
    forgetting = {room.__name__.split(".")[1] for room in (*erasure.SEARCHED, *erasure.KEYED)}
    assert holding <= forgetting
    assert holding <= set(officer.ROOMS)


def test_whoever_does_not_answer_is_erased_after_fourteen_days(anna, marta, at):
    referral = capture(anna, marta, at - 14 * DAY)
    assert privacy.expire_due(at=at - timedelta(minutes=1)) == 0
    assert privacy.expire_due(at=at) == 1
    referral.refresh_from_db()
    assert (referral.state, referral.party, referral.need) == ("expired", None, "")
    invitation = Invitation.objects.get()
    assert invitation.expired_at is not None
    assert (invitation.seller, invitation.client, invitation.words) == (marta, anna, "")
    assert privacy.expire_due(at=at) == 0, "twice is once"


def test_one_that_cannot_be_erased_keeps_no_other_waiting(anna, marta, at, monkeypatch):
    broken, fine = capture(anna, marta, at - 15 * DAY), capture(anna, marta, at - 14 * DAY)
    real = erasure._expire_one

    def expire(ident, when):
        if ident == broken.pk:
            raise RuntimeError("a damaged row")
        return real(ident, when)

    monkeypatch.setattr(erasure, "_expire_one", expire)
    with pytest.raises(RuntimeError):
        privacy.expire_due(at=at)
    fine.refresh_from_db()
    assert fine.state == "expired"
    assert not Invitation.objects.filter(expired_at=None).exists()


def test_an_answer_never_confirmed_goes_too(anna, marta, at):
    wall = invite(anna, marta, at - 20 * DAY, reusable=True)
    answer(wall, at - 15 * DAY)
    privacy.expire_due(at=at)
    assert not Party.objects.exclude(phone_sealed="").exists()


def test_an_inactive_friend_is_erased_after_a_year(anna, marta, at):
    referral = capture(anna, marta, at - 400 * DAY)
    say_yes(referral.invitation, at - 399 * DAY)
    privacy.expire_due(at=at - 35 * DAY)
    referral.refresh_from_db()
    assert referral.party is not None
    privacy.expire_due(at=at)
    referral.refresh_from_db()
    assert (referral.party, referral.state) == (None, "expired")


def test_a_client_is_not_erased_by_the_clock_of_a_referral(anna, marta, at):
    from tests import cast

    referral = capture(anna, marta, at - 20 * DAY)
    won = cast.client(anna.branch, marta, "Piotr", "Nowak", at=at)
    referral.party = won.party
    referral.save()
    privacy.expire_due(at=at)
    won.party.refresh_from_db()
    assert won.party.first_name == "Piotr"
