"""The friend decides what the client may learn: that they talked, or nothing. Never what came."""

from datetime import timedelta

import pytest

from polecam.actions import meetings, privacy, telling
from polecam.privacy import links as own_links
from polecam.privacy.models import Consent, Telling, Wording
from polecam.privacy.queries import may_tell
from polecam.referrals import cards, links
from polecam.referrals.models import Meeting, Referral
from tests.privacy.friend import answer, say_yes

DAY = timedelta(days=1)


def reached(card, at) -> str:
    return cards.shown(card, at=at)[0].reached


def test_the_box_is_unticked_and_names_the_client(visitor, link):
    page = visitor.get(links.friend_path(link)).content.decode()
    box = page.partition('name="may_tell"')[2].partition(">")[0]
    assert "checked" not in box
    assert "Anna może się dowiedzieć, że rozmowa się odbyła." in page.replace("\u00a0", " ")


def test_without_it_the_card_shows_nothing_more(card, link, at):
    referral = say_yes(link, at)
    Meeting.objects.create(referral=referral, at=at, set_by=link.seller, held_at=at)
    assert not may_tell(referral.public_id)
    assert reached(card, at) == cards.READY


def test_with_it_that_they_answered_and_that_they_talked(card, link, at):
    referral = answer(link, at, may_tell=True)
    assert reached(card, at) == cards.READY, "not before the consent is confirmed"
    for consent in privacy.waiting(referral):
        privacy.confirm(consent=consent, at=at)
    assert reached(card, at) == cards.ANSWERED
    meeting = Meeting.objects.create(referral=referral, at=at, set_by=link.seller)
    assert reached(card, at) == cards.ANSWERED
    meetings.confirm(by=None, at=at, meeting=meeting)
    assert reached(card, at) == cards.TALKED


@pytest.mark.parametrize("state", ["won", "lost"])
def test_what_came_of_it_is_never_told(visitor, path, card, link, at, state):
    referral = say_yes(link, at, may_tell=True)
    Meeting.objects.create(referral=referral, at=at, set_by=link.seller, held_at=at)
    before = visitor.get(path).content
    Referral.objects.filter(pk=referral.pk).update(state=state, state_at=at)
    after = visitor.get(path).content
    assert _without_keys(before) == _without_keys(after)


def _without_keys(page: bytes) -> str:
    import re

    return re.sub(r'value="[^"]{15,}"', "", page.decode())


def test_a_no_changes_nothing_on_the_card(visitor, path, link, at):
    before = visitor.get(path).content
    privacy.decline(invitation=link, at=at)
    assert _without_keys(visitor.get(path).content) == _without_keys(before)


def test_a_no_by_a_named_friend_changes_nothing_either(visitor, anna, marta, plan, at):
    from polecam.actions import invitations
    from tests.privacy.friend import capture

    taken = invitations.take(invitation=capture(anna, marta, at, plan).invitation, at=at)
    path = cards.card_path(taken.card)
    before = visitor.get(path).content
    privacy.decline(invitation=taken, at=at)
    taken.refresh_from_db()
    assert taken.expired_at is not None
    assert _without_keys(visitor.get(path).content) == _without_keys(before)


def test_taken_back_by_the_friend_in_one_step(visitor, card, link, at):
    referral = say_yes(link, at, may_tell=True)
    own = own_links.friend_path(Consent.objects.first())
    assert "Anna może się dowiedzieć" in visitor.get(own).content.decode().replace("\u00a0", " ")
    assert visitor.get(f"{own}not-told/").status_code == 303
    assert may_tell(referral.public_id), "a look changes nothing"
    visitor.post(f"{own}not-told/")
    assert not may_tell(referral.public_id)
    assert reached(card, at) == cards.READY
    assert Consent.objects.get().withdrawn_at is None, "the consent to a talk stays"
    assert "dowiedzieć" not in visitor.get(own).content.decode()


@pytest.mark.parametrize("how", ["withdraw", "objection", "erase"])
def test_it_ends_with_everything_else(link, at, how):
    referral = say_yes(link, at, may_tell=True)
    consent = Consent.objects.first()
    if how == "withdraw":
        privacy.withdraw(consent=consent, at=at)
    elif how == "objection":
        privacy.objection(consent=consent, at=at)
    else:
        privacy.erase_me(consent=consent, at=at)
    assert not may_tell(referral.public_id)


def test_one_channel_taken_back_leaves_it(link, at):
    referral = say_yes(link, at, channels=["phone", "email"], may_tell=True)
    privacy.withdraw(consent=Consent.objects.first(), at=at, channel="phone")
    assert may_tell(referral.public_id)


def test_an_answer_given_anew_counts(link, at):
    answer(link, at, may_tell=True)
    referral = answer(link, at)
    assert not may_tell(referral.public_id)
    answer(link, at, may_tell=True)
    assert may_tell(referral.public_id)
    assert Telling.objects.filter(withdrawn_at=None).count() == 1
    assert Telling.objects.count() == 2, "what was taken back stays as it was"


def test_not_from_the_browser_of_an_employee(link, at):
    referral = answer(link, at, may_tell=True, device=privacy.STAFF)
    assert not may_tell(referral.public_id)


def test_the_words_stand_as_they_were_read(link, at):
    say_yes(link, at, may_tell=True)
    row = Telling.objects.select_related("wording").get()
    assert (row.wording.code, row.wording.version) == ("telling", 1)
    assert row.wording == Wording.objects.get(code="telling", version=1, language="pl")


def test_a_qr_of_the_seller_names_nobody_in_the_box(visitor, anna, marta, plan, at):
    from tests.privacy.friend import invite

    shown = invite(anna, marta, at, plan, shown_by_seller=True)
    page = visitor.get(links.friend_path(shown)).content.decode()
    assert "Osoba, która mnie poleca, może się dowiedzieć" in page.replace("\u00a0", " ")
    say_yes(shown, at, may_tell=True)
    assert Telling.objects.get().wording.code == "telling_unnamed"


def test_take_back_twice_is_once(link, at):
    say_yes(link, at, may_tell=True)
    consent = Consent.objects.first()
    assert telling.take_back(consent=consent, at=at)
    assert not telling.take_back(consent=consent, at=at)
