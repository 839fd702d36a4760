"""Nobody finds out who is a client: by names, by numbers, by looking closely, by trying often.

Three friends are tried side by side: a client of a colleague, a friend whom a colleague leads, and
somebody nobody knows. Until the friend confirmed, everything a seller can see is the same to the
letter and to the query; afterwards a client still looks like somebody nobody knows.
"""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from polecam.actions import notices, privacy
from polecam.claims.models import Claim
from polecam.claims.notices import notice
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.parties.models import Match, Merge
from polecam.referrals.links import friend_path
from polecam.worker.readers import matches as reader
from tests import cast
from tests.matches.people import DAY, HOUR, MINUTE, client_with, friend
from tests.privacy.friend import answer, capture, waiting

pytestmark = pytest.mark.django_db

NUMBERS = {"client": "601 111 417", "colleague's": "602 222 417", "unknown": "603 333 417"}
"""They end alike, since the friend's own page shows the last digits."""
ID = re.compile(
    r"\b[0-9A-Za-z]{15}\b|name=\"csrfmiddlewaretoken\" value=\"[^\"]*\"|/[a-z]/[^\"/]{16,}/"
    r"|\b\d\d:\d\d\b|datetime=\"[^\"]*\"|\b(?:no\.|nr) \d+"
)


def plain(page: bytes) -> str:
    """A page without what differs by chance: ids, keys, links and the time of day."""
    return ID.sub("·", page.decode())


def asked(browser: Browser, method: str, path: str, *sent: dict) -> tuple[object, list[str]]:
    """An answer and the shape of every query it took."""
    with CaptureQueriesContext(
        connection,
    ) as seen:
        response = getattr(browser, method)(path, *sent)
    return response, [query["sql"].split(" ", 1)[0] for query in seen.captured_queries]


@pytest.fixture
def three(anna, branch, marta, kamil, plan, at):
    """Marta's three referrals of one first name by three namesakes, and what Kamil knows."""
    client_with(
        branch,
        kamil,
        "Piotr",
        "Nowak",
        at=at - DAY,
        phone="+48" + NUMBERS["client"].replace(" ", ""),
    )
    friend(anna, kamil, at - DAY, plan, phone=NUMBERS["colleague's"])
    return {
        which: capture(cast.client(branch, marta, "Ewa", "Lis", at=at), marta, at, plan)
        for which in NUMBERS
    }


def seller(person) -> Browser:
    made = Browser()
    made.force_login(person)
    return made


def test_capturing_a_name_tells_nothing(branch, marta, kamil, plan, at):
    """Even the whole name of a colleague's client: the same answer and the same page."""
    pages = []
    for known in (False, True):
        if known:
            client_with(branch, kamil, "Gaweł Świętopełk", "", at=at - DAY)
            client_with(branch, kamil, "Gaweł", "Świętopełk", at=at - DAY)
        anna = cast.client(branch, marta, "Anna", "Kowalczyk", at=at)
        referral = capture(anna, marta, at, plan, name="Gaweł Świętopełk")
        page = seller(marta).get(f"/referrals/{referral.public_id}/").content
        pages.append(plain(page))
    assert pages[0] == pages[1]
    assert not Match.objects.exists()


def test_a_typed_number_looks_the_same_whoever_has_it(three, marta, at):
    forms, owns, pages, costs = {}, {}, {}, {}
    for which, referral in three.items():
        stranger = Browser(headers={"accept-language": "pl"})
        sent = {
            "channel": "phone", "first_name": "Piotr", "last_name": "Nowak",
            "phone": NUMBERS[which], "agree_phone": "on", "key": "a" * 15,
        }  # fmt: skip
        response, cost = asked(stranger, "post", friend_path(referral.invitation), sent)
        assert response.status_code == 303
        forms[which] = ID.sub("·", response["Location"])
        owns[which] = plain(stranger.get(response["Location"]).content)
        costs[which] = cost
        pages[which] = plain(seller(marta).get(f"/referrals/{referral.public_id}/").content)
    for answers in (forms, owns, pages, costs):
        assert answers["client"] == answers["unknown"]
        assert answers["colleague's"] == answers["unknown"]
    assert not Match.objects.exists()
    assert not Event.objects.filter(kind__in=["match.found", "merge.made"]).exists()


def test_a_client_who_confirmed_still_looks_like_a_new_person(three, marta, kamil, at):
    pages = {}
    for which in ("client", "unknown"):
        referral = three[which]
        answer(referral.invitation, at, phone=NUMBERS[which])
        for consent in waiting(referral):
            privacy.confirm(consent=consent, at=at + MINUTE)
        for event in Event.objects.filter(kind__in=reader.KINDS).order_by("id"):
            reader.handle(event, at + 2 * MINUTE)
        pages[which] = plain(seller(marta).get(f"/referrals/{referral.public_id}/").content)
    assert Merge.objects.count() == 1, "the records are joined"
    assert pages["client"] == pages["unknown"], "and nobody is told"
    assert Claim.objects.filter(holder=marta, ended_at=None).count() == 2


def test_the_owner_of_the_client_learns_nothing(three, branch, kamil, at):
    before = plain(seller(kamil).get("/clients/").content)
    referral = three["client"]
    answer(referral.invitation, at, phone=NUMBERS["client"])
    for consent in waiting(referral):
        privacy.confirm(consent=consent, at=at + MINUTE)
    for event in Event.objects.filter(kind__in=reader.KINDS).order_by("id"):
        reader.handle(event, at + 2 * MINUTE)
    assert Merge.objects.exists()
    assert plain(seller(kamil).get("/clients/").content) == before


def test_the_notice_comes_only_after_consent_and_only_when_opened(three, marta, at):
    referral = three["colleague's"]
    web, page = seller(marta), f"/referrals/{referral.public_id}/"
    assert web.post(f"{page}notice/").status_code == 303
    assert not Event.objects.filter(kind="referral.notice_read").exists(), "nothing to read yet"
    answer(referral.invitation, at, phone=NUMBERS["colleague's"])
    for consent in waiting(referral):
        privacy.confirm(consent=consent, at=at + MINUTE)
    shown = web.get(page).context["second"]
    assert shown["open_url"]
    assert "kolega" not in shown["said"].lower()
    for _ in range(2):
        web.post(f"{page}notice/")
    assert Event.objects.filter(kind="referral.notice_read").count() == 1, "once a day"
    opened = web.get(page)
    assert not opened.context["second"].get("open_url")
    assert "Kamil" not in opened.content.decode()


def test_the_seller_may_choose_to_stay(three, marta, at):
    referral = three["colleague's"]
    answer(referral.invitation, at, phone=NUMBERS["colleague's"])
    for consent in waiting(referral):
        privacy.confirm(consent=consent, at=at + MINUTE)
    web, page = seller(marta), f"/referrals/{referral.public_id}/"
    web.post(f"{page}notice/")
    assert web.get(page).context["second"]["stay_url"]
    for _ in range(2):
        web.post(f"{page}stay/")
    assert Event.objects.get(kind="referral.stays").by_id == marta.pk
    assert web.get(page).context["second"]["stays"]


def test_whoever_tries_often_is_stopped(anna, branch, marta, kamil, plan, at):
    friends = []
    for _number in range(notices.MOST_A_DAY + 1):
        referral = capture(anna, marta, at, plan)
        referral.second, referral.state = True, "consented"
        referral.consented_at = at
        referral.save()
        friends.append(referral)
    for referral in friends[:-1]:
        notices.read(by=marta, at=at + HOUR, referral=referral)
    with pytest.raises(Refused, match="notice_often"):
        notices.read(by=marta, at=at + HOUR, referral=friends[-1])
    assert Event.objects.filter(kind="referral.notice_read").count() == notices.MOST_A_DAY
    notices.read(by=marta, at=at + HOUR, referral=friends[0])  # what was opened stays open
    notices.read(by=marta, at=at + timedelta(days=2), referral=friends[-1])
    with pytest.raises(NotAllowed):
        notices.read(by=kamil, at=at + HOUR, referral=friends[0])


def test_the_notice_says_since_when_and_until_when_and_no_more(three, marta, kamil, at):
    referral = three["colleague's"]
    answer(referral.invitation, at, phone=NUMBERS["colleague's"])
    for consent in waiting(referral):
        privacy.confirm(consent=consent, at=at + MINUTE)
    referral.refresh_from_db()
    notices.read(by=marta, at=at + HOUR, referral=referral)
    told = notice(marta, referral, at=at + HOUR, zone="Europe/Warsaw")
    claim = Claim.objects.get(holder=kamil)
    assert told is not None
    assert told.known is not None
    assert vars_of(told.known) == {"since": claim.since, "until": claim.until}


def vars_of(known) -> dict:
    """The fields of a frozen value."""
    return {name: getattr(known, name) for name in known.__slots__}
