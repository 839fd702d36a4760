"""The team: a common goal from five people on, praise and news only by consent."""

from datetime import timedelta

import pytest
from django.urls import reverse

from polecam.actions import people, recognition, setup
from polecam.asking.models import Ask
from polecam.insights.team import of_branch
from polecam.journal.models import Event
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.organisation.models import Branch
from polecam.recognition.models import Clap, Praise
from polecam.recognition.queries import visible_to
from polecam.referrals.models import Referral
from polecam.sales.models import Sale
from tests.cast import person

pytestmark = pytest.mark.django_db
ZONE = "Europe/Warsaw"
WORDS = "Po trudnej rozmowie i tak padło pytanie."


@pytest.fixture
def ola(branch, at):
    return person(branch, "seller", "Ola", "Pietrzak", "f", at=at)


@pytest.fixture
def ewa(branch, at):
    return person(branch, "seller", "Ewa", "Lipiec", "f", at=at)


@pytest.fixture
def noticed(firm, marta, kamil, at):
    """A notice of a month ago, which Marta and Kamil have read."""
    early = at - timedelta(days=30)
    setup.announce_monitoring(by=None, at=early, on=early.date(), rule="Regulamin pracy")
    for reader in (marta, kamil):
        people.acknowledge_notice(by=reader, at=early + timedelta(days=1))
        reader.refresh_from_db()


def seen(reader, branch, at):
    return of_branch(reader, branch.pk, at, ZONE)


# --- the common goal ---


def test_the_total_needs_five_people(branch, marta, kamil, tomek, ola, at):
    assert seen(marta, branch, at).asks is None
    person(branch, "seller", "Piąta", "Osoba", "f", at=at)
    assert seen(marta, branch, at).asks == 0


def test_every_ask_of_seven_days_counts_whatever_was_answered(
    branch, marta, kamil, tomek, ola, ewa, anna, at
):
    for days, outcome in ((0, "open"), (1, "declined"), (2, "names"), (6, "later"), (7, "names")):
        Ask.objects.create(
            client=anna, seller=marta, branch=branch, outcome=outcome,
            asked_at=at - timedelta(days=days),
        )  # fmt: skip
    Ask.objects.create(client=anna, seller=marta, branch=branch, outcome="not_asked", asked_at=at)
    Ask.objects.create(client=anna, seller=marta, branch=branch, asked_at=at, undone_at=at)
    assert seen(kamil, branch, at).asks == 4


# --- praise ---


def test_praise_is_seen_by_two_until_the_receiver_agrees(marta, kamil, ola, branch, at):
    given = recognition.praise(by=kamil, at=at, receiver=marta, text=f"  {WORDS} ")
    assert given.text == WORDS
    assert list(visible_to(kamil)) == list(visible_to(marta)) == [given]
    assert not visible_to(ola).exists()
    recognition.join_feed(by=marta, at=at + timedelta(minutes=1))
    assert not visible_to(ola).exists()  # nothing of before the consent
    later = recognition.praise(by=kamil, at=at + timedelta(minutes=2), receiver=marta, text=WORDS)
    assert list(visible_to(ola)) == [later]
    recognition.leave_feed(by=marta, at=at + timedelta(minutes=3))
    assert not visible_to(ola).exists()


def test_a_double_tap_is_one_praise(marta, kamil, at):
    given = recognition.praise(by=kamil, at=at, receiver=marta, text=WORDS)
    soon = at + timedelta(seconds=2)
    assert recognition.praise(by=kamil, at=soon, receiver=marta, text=WORDS) == given
    assert Praise.objects.count() == 1


def test_another_branch_sees_no_praise(marta, kamil, at):
    recognition.join_feed(by=marta, at=at)
    recognition.praise(by=kamil, at=at, receiver=marta, text=WORDS)
    other = Branch.objects.create(name="Krowodrza", created_at=at)
    assert not visible_to(person(other, "manager", "Obcy", "Szef", "m", at=at)).exists()


@pytest.mark.parametrize(("text", "code"), [("  ", "praise_empty"), ("x" * 281, "praise_long")])
def test_praise_has_words_and_few(marta, kamil, at, text, code):
    with pytest.raises(Refused, match=code):
        recognition.praise(by=kamil, at=at, receiver=marta, text=text)


def test_nobody_praises_themselves_or_strangers(marta, firm, at):
    other = Branch.objects.create(name="Krowodrza", created_at=at)
    stranger = person(other, "seller", "Obca", "Osoba", "f", at=at)
    for receiver, code in ((marta, "praise_oneself"), (stranger, "praise_stranger")):
        with pytest.raises(Refused, match=code):
            recognition.praise(by=marta, at=at, receiver=receiver, text=WORDS)


def test_clapping_twice_takes_the_clap_back(marta, kamil, at):
    given = recognition.praise(by=kamil, at=at, receiver=marta, text=WORDS)
    recognition.clap(by=marta, at=at, praise=given)
    assert Clap.objects.count() == 1
    recognition.clap(by=marta, at=at, praise=given)
    assert not Clap.objects.exists()


def test_only_the_two_take_praise_off(marta, kamil, ola, at):
    recognition.join_feed(by=marta, at=at)
    given = recognition.praise(by=kamil, at=at, receiver=marta, text=WORDS)
    with pytest.raises(Praise.DoesNotExist):
        recognition.take_back(by=ola, at=at, praise=given)
    recognition.take_back(by=marta, at=at, praise=given)
    assert not visible_to(kamil).exists()


def test_the_journal_holds_no_words_of_praise(marta, kamil, at):
    recognition.praise(by=kamil, at=at, receiver=marta, text=WORDS)
    event = Event.objects.get(kind="praise.given")
    assert event.data == {"receiver": marta.public_id}
    assert len(event.commitment) == 64


# --- good news ---


def sold(seller, anna, branch, at) -> Sale:
    """A confirmed sale of `seller` and its event in the journal."""
    referral = Referral.objects.create(
        client=anna, originator=seller, branch=branch, kind="spontaneous", state="won",
        captured_at=at, state_at=at, consented_at=at,
    )  # fmt: skip
    record("referral.consented", referral, by=None, at=at, branch=branch.pk)
    sale = Sale.objects.create(
        referral=referral, seller=seller, branch=branch, value_grosze=1, margin_grosze=1,
        sold_on=at.date(), state="confirmed", reported_at=at, confirmed_at=at,
    )  # fmt: skip
    record("sale.confirmed", sale, by=None, at=at, branch=branch.pk)
    return sale


def test_news_name_only_those_who_agreed(noticed, marta, kamil, ola, anna, branch, at):
    early = at - timedelta(days=3)
    recognition.join_feed(by=kamil, at=early)
    recognition.join_feed(by=ola, at=early)  # agreed, but has not read the notice
    for seller in (marta, kamil, ola):
        sold(seller, anna, branch, at - timedelta(days=1))
    told = [(item.person, item.kind) for item in seen(marta, branch, at).news]
    assert told == [(kamil, "sale"), (kamil, "first")]


def test_nothing_from_before_the_consent_is_told(noticed, kamil, marta, anna, branch, at):
    sold(kamil, anna, branch, at - timedelta(days=2))
    recognition.join_feed(by=kamil, at=at - timedelta(days=1))
    assert seen(marta, branch, at).news == []


def test_a_sale_taken_back_is_no_news(noticed, kamil, marta, anna, branch, at):
    recognition.join_feed(by=kamil, at=at - timedelta(days=3))
    sale = sold(kamil, anna, branch, at - timedelta(days=1))
    sale.state = "void"
    sale.save(update_fields=["state"])
    assert [item.kind for item in seen(marta, branch, at).news] == ["first"]


def test_no_names_without_a_notice(firm, kamil, marta, anna, branch, at):
    recognition.join_feed(by=kamil, at=at - timedelta(days=3))
    sold(kamil, anna, branch, at - timedelta(days=1))
    assert seen(marta, branch, at).news == []


# --- the page ---


def test_the_page_shows_no_amount_and_praise_comes_through_the_form(client, marta, kamil, at):
    client.force_login(marta)
    given = client.post(
        reverse("team:praise"), {"receiver": kamil.public_id, "text": "Dziękuję za pomoc."}
    )
    assert (given.status_code, given.headers["Location"]) == (303, reverse("team:team"))
    page = client.get(reverse("team:team")).content.decode()
    assert "Dziękuję za\u00a0pomoc." in page or "Dziękuję za pomoc." in page
    assert "zł" not in page
    empty = client.post(reverse("team:praise"), {"receiver": kamil.public_id, "text": ""})
    assert empty.status_code == 422


def test_joining_and_leaving_good_news(client, marta):
    client.force_login(marta)
    assert client.post(reverse("team:join")).status_code == 303
    marta.refresh_from_db()
    assert marta.in_feed_since
    client.post(reverse("team:leave"))
    marta.refresh_from_db()
    assert marta.in_feed_since is None
