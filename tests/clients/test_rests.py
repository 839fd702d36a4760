""" "Rests": the same bytes whatever the reason, for everyone but the asker (invariants 18, 21)."""

import re
from datetime import timedelta

import pytest
from django.test import Client as Web
from django.urls import reverse

from polecam.actions import asks, clients, moments
from polecam.kit.periods import day_of
from tests import cast

DAY = timedelta(days=1)
ZONE = "Europe/Warsaw"
pytestmark = pytest.mark.django_db


def page(who, name, *args, **query) -> str:
    web = Web()
    web.force_login(who)
    web.cookies["language"] = "pl"
    answer = web.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def bare(text: str, client) -> str:
    """The page without what differs anyway: ids, names, keys of forms."""
    text = text.replace(client.public_id, "ID")
    for name in (client.party.first_name, client.party.last_name):
        text = text.replace(name, "NAME")
    text = re.sub(r'(name="key"|name="csrfmiddlewaretoken") value="[^"]+"', r"\1", text)
    text = re.sub(r'"X-CSRFToken": "[^"]+"', "", text)
    return re.sub(r'class="avatar[^>]*>[^<]*<', "<", text)


@pytest.fixture
def resting(branch, marta, at):
    """Five clients of Marta's who rest, each for another reason; whole weeks apart."""
    made = {}
    for reason, last in (
        ("asked", "Adamska"), ("refused", "Babska"), ("never", "Cabska"), ("until", "Dabska"),
        ("complaint", "Ebska"),
    ):  # fmt: skip
        made[reason] = cast.client(branch, marta, "Anna", last, at=at)
    asks.record(by=marta, at=at - 10 * DAY, client=made["asked"], key="a")
    for days in (300, 150):
        ask = asks.record(by=marta, at=at - days * DAY, client=made["refused"], key=f"k{days}")
        asks.answer(by=marta, at=at - days * DAY, ask=ask, outcome="declined")
    clients.never_ask(by=marta, at=at - DAY, client=made["never"])
    today = day_of(at, ZONE)
    clients.rest_until(by=marta, at=at, client=made["until"], until=today + 40 * DAY)
    moments.note_moment(by=marta, at=at, client=made["complaint"], kind="complaint", on=today)
    return made


def test_the_boss_reads_the_same_bytes_for_every_reason(resting, tomek):
    pages = {
        bare(page(tomek, "clients:one", client.public_id), client) for client in resting.values()
    }
    assert len(pages) == 1
    assert "odpoczywa" in pages.pop()


def test_a_colleague_of_a_shared_client_reads_the_same_for_every_ask(resting, kamil):
    pages = set()
    for reason in ("asked", "refused"):
        client = resting[reason]
        client.refresh_from_db()
        client.shared = True
        client.save(update_fields=["shared"])
        pages.add(bare(page(kamil, "clients:one", client.public_id), client))
    assert len(pages) == 1
    assert "odpoczywa" in pages.pop()


def test_lists_mark_every_reason_alike(resting, tomek):
    text = page(tomek, "clients:list", show="branch")
    rows = re.findall(r'<a class="row" href="/clients/[^"]+">.*?</a>', text, re.DOTALL)
    marks = {row[row.index("row__sub") :] for row in rows}
    assert len(rows) == 5
    assert len(marks) == 1


def test_capture_says_that_they_rest_in_the_same_words(resting, marta):
    pages = {
        bare(page(marta, "capture:client", client.public_id), client) for client in resting.values()
    }
    assert len(pages) == 1


def test_the_asker_reads_why(resting, marta, at):
    def said(reason):
        text = page(marta, "clients:one", resting[reason].public_id)
        return re.sub(r"[\u00a0\u202f]", " ", text)

    from polecam.web.ui import format as fmt

    day = re.sub(r"[\u00a0\u202f]", " ", fmt.day(at - 10 * DAY))
    assert f"Twoja prośba: {day}" in said("asked")
    assert "dwa razy" in said("refused")
    assert "Nie chce być" in said("never")
    assert "Odpoczywa do" in said("until")
    assert "Coś było nie tak" in said("complaint")


def test_back_from_never_is_one_page_with_who_and_when(resting, marta, kamil):
    client = resting["never"]
    web = Web()
    web.force_login(kamil)
    address = reverse("clients:again", args=[client.public_id])
    assert web.get(address).status_code == 404
    assert web.post(address).status_code == 404
    web.force_login(marta)
    assert web.get(address).status_code == 200
    client.refresh_from_db()
    assert client.never_ask_at is not None, "a look changes nothing"
    assert web.post(address).status_code == 303
    client.refresh_from_db()
    assert client.never_ask_at is None
    assert "Marta Zielinska" in page(marta, "clients:one", client.public_id)


def test_a_seller_records_a_testimonial_asked_for_inside_the_rest(resting, marta):
    from polecam.asking.models import Ask

    web = Web()
    web.force_login(marta)
    web.cookies["language"] = "pl"
    client = resting["asked"]
    answer = web.post(
        reverse("capture:asked", args=[client.public_id]), {"key": "x", "about": "reference"}
    )
    ask = Ask.objects.latest("id")
    assert (ask.for_reference, ask.inside_rest) == (True, True)
    sheet = web.get(answer["Location"]).content.decode()
    assert "Zgoda na opinię" in sheet
    assert 'value="names"' not in sheet
    wrong = web.post(answer["Location"], {"outcome": "names", "key": "y"})
    assert wrong.status_code == 422
    done = web.post(answer["Location"], {"outcome": "agreed", "key": "y"}, follow=True)
    assert done.status_code == 200
    ask.refresh_from_db()
    assert ask.outcome == "agreed"
