"""What a client does with links: one more, back, a note, own words. Two devices, twice, at once."""

from datetime import timedelta

import pytest

from polecam.actions import card_links, privacy
from polecam.actions import cards as acts
from polecam.journal.models import Event
from polecam.kit.errors import Refused
from polecam.privacy.models import Consent
from polecam.referrals import cards, links
from polecam.referrals.models import Card, Invitation, Referral
from tests.privacy.friend import answer, capture, say_yes
from tests.support.threads import at_once

DAY = timedelta(days=1)


def form_key(page: str) -> str:
    return page.partition('name="key" value="')[2].partition('"')[0]


def test_one_more_link_asks_for_no_name(visitor, path, card, link):
    page = visitor.get(path).content.decode()
    answer = visitor.post(f"{path}links/", {"key": form_key(page), "first_name": "Piotr"})
    made = Invitation.objects.exclude(pk=link.pk).get()
    assert answer["Location"].endswith(f"?link={made.public_id}")
    assert (made.card, made.reusable, made.seller) == (card, False, card.seller)
    assert made.plan_version_id == link.plan_version_id
    assert not Referral.objects.filter(invitation=made).exists()


def test_the_same_form_twice_is_one_link(visitor, path):
    """A double tap, and the same page open on two devices."""
    key = form_key(visitor.get(path).content.decode())
    first = visitor.post(f"{path}links/", {"key": key})
    second = visitor.post(f"{path}links/", {"key": key})
    assert first["Location"] == second["Location"]
    assert Invitation.objects.count() == 2


def test_ten_open_links_and_no_more(card, at):
    for n in range(cards.MOST_LINKS - 1):
        card_links.another(card=card, at=at, key=str(n))
    with pytest.raises(Refused, match="card_links_full"):
        card_links.another(card=card, at=at, key="one more")
    card_links.take_back(card=card, invitation=cards.every_link(card).last(), at=at)
    card_links.another(card=card, at=at, key="room again")
    later = at + 20 * DAY
    assert cards.open_links(card, at=later).count() == 0


def test_further_links_belong_to_the_open_ask(anna, marta, plan, at, branch):
    from polecam.actions import asks, invitations

    ask = asks.record(by=marta, at=at, client=anna, key="a")
    asks.answer(by=marta, at=at, ask=ask, outcome="pass_on")
    made = invitations.make(by=marta, at=at, client=anna, ask=ask)
    card = invitations.take(invitation=made, at=at).card
    assert card_links.another(card=card, at=at, key="1").ask == ask
    assert card_links.another(card=card, at=at + 15 * DAY, key="2").ask is None


def test_taken_back_it_says_so_calmly(visitor, path, link):
    friend = links.friend_path(link)
    assert "Anna" in visitor.get(friend).content.decode()
    visitor.post(f"{path}links/{link.public_id}/back/")
    for method in (visitor.get, visitor.post):
        answer = method(friend)
        assert answer.status_code == 410
        text = answer.content.decode()
        assert "Anna" not in text
        assert "Marta" not in text
        assert "<form" not in text.partition("<main")[2].partition('class="slip"')[2]
    assert link.public_id not in visitor.get(path).content.decode()


def test_nothing_is_answered_through_it(card, link, at):
    card_links.take_back(card=card, invitation=link, at=at)
    link.refresh_from_db()
    with pytest.raises(Refused, match="invitation_revoked"):
        answer(link, at)
    assert not Consent.objects.exists()
    assert not card_links.take_back(card=card, invitation=link, at=at), "twice is once"
    assert Event.objects.filter(kind="invitation.revoked").count() == 1


def test_a_name_that_waited_is_erased_with_it(anna, marta, plan, at):
    from polecam.actions import invitations

    referral = capture(anna, marta, at, plan)
    taken = invitations.take(invitation=referral.invitation, at=at)
    card_links.take_back(card=taken.card, invitation=taken, at=at)
    referral.refresh_from_db()
    assert (referral.party, referral.state) == (None, "expired")


def test_a_friend_who_answered_keeps_their_consent(card, link, at):
    referral = say_yes(link, at)
    card_links.take_back(card=card, invitation=link, at=at + DAY)
    referral.refresh_from_db()
    assert referral.state == "consented"
    assert Consent.objects.get().withdrawn_at is None


def test_an_answer_that_waits_for_its_link_is_left_alone(card, link, at):
    referral = answer(link, at)
    card_links.take_back(card=card, invitation=link, at=at)
    referral.refresh_from_db()
    assert referral.party is not None
    for consent in privacy.waiting(referral):
        privacy.confirm(consent=consent, at=at)
    referral.refresh_from_db()
    assert referral.state == "consented"


def test_only_links_of_this_card(card, anna, kamil, at):
    stranger = Invitation.objects.create(
        client=anna, seller=kamil, branch=anna.branch, created_at=at, expires_at=at + DAY
    )
    assert not card_links.take_back(card=card, invitation=stranger, at=at)
    card_links.note_passed(card=card, invitation=stranger, passed=True, at=at)
    stranger.refresh_from_db()
    assert (stranger.revoked_at, stranger.passed_at) == (None, None)


def test_the_clients_own_note(visitor, path, link):
    assert "Do przekazania" in visitor.get(path).content.decode()
    visitor.post(f"{path}links/{link.public_id}/passed/", {"passed": "yes"})
    assert "Przekazany" in visitor.get(path).content.decode()
    visitor.post(f"{path}links/{link.public_id}/passed/", {"passed": "no"})
    assert "Do przekazania" in visitor.get(path).content.decode()


def test_own_words_go_with_every_link(visitor, path, card, link, at):
    second = card_links.another(card=card, at=at, key="1")
    visitor.post(f"{path}words/", {"language": "pl", "words": "Polecam. Bez pośpiechu."})
    for one in (link, second):
        assert (
            "Polecam. Bez pośpiechu."
            in visitor.get(f"{path}?link={one.public_id}").content.decode()
        )


@pytest.mark.parametrize(
    "words", ["Zadzwoń: 601 673 417", "pisz na jan@poczta.example", "x" * 401, "Wejdź: www.bank.pl"]
)
def test_what_was_typed_stays(visitor, path, words):
    answer = visitor.post(f"{path}words/", {"language": "pl", "words": words})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Card.objects.get().words == ""


def test_words_name_no_friend_who_has_not_answered(card, anna, marta, plan, at):
    capture(anna, marta, at, plan, name="Piotr")
    with pytest.raises(Refused, match="words_with_friend"):
        card_links.reword(card=card, at=at, words="Piotrze, polecam Martę", language="pl")
    card_links.reword(card=card, at=at, words="Polecam Martę", language="pl")


def test_words_that_name_an_erased_friend_go_with_them(card, link, at):
    card_links.reword(card=card, at=at, words="Piotrek, polecam", language="pl")
    referral = say_yes(link, at, first_name="Piotrek")
    privacy.erase(by=None, at=at + DAY, party=referral.party)
    card.refresh_from_db()
    assert card.words == ""


def test_the_houses_words_stay_the_houses(visitor, path):
    page = visitor.get(f"{path}words/").content.decode()
    words = page.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0].strip()
    visitor.post(f"{path}words/", {"language": "pl", "words": words})
    visitor.post(f"{path}words/", {"language": "en", "words": words})
    card = Card.objects.get()
    assert (card.words, card.language) == ("", "en")
    assert "helped me a lot" in visitor.get(path).content.decode().replace("\u00a0", " ")


def test_erased_the_client_has_no_card(visitor, path, card, anna, at):
    card_links.reword(card=card, at=at, words="Polecam", language="pl")
    privacy.erase(by=None, at=at, party=anna.party)
    card.refresh_from_db()
    assert card.words == ""
    assert card.revoked_at == at
    assert visitor.get(path).status_code == 404


@pytest.mark.parametrize("act", ["links/", "never/", "again/", "agree/", "thanks/", "close/"])
def test_a_look_at_an_act_changes_nothing(visitor, path, act):
    before = Event.objects.count()
    assert visitor.get(path + act).status_code == 405
    assert Event.objects.count() == before


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Threads, on both databases."""

    def test_two_taps_make_one_link_and_ten_devices_at_most_ten(self, card, at):
        same = at_once(*[lambda: card_links.another(card=card, at=at, key="same")] * 3)
        assert same == []
        assert cards.open_links(card, at=at).count() == 2

        def tap(n):
            return lambda: card_links.another(card=card, at=at, key=f"device {n}")

        raised = at_once(*(tap(n) for n in range(12)))
        assert {error.code for error in raised} == {"card_links_full"}
        assert cards.open_links(card, at=at).count() == cards.MOST_LINKS

    def test_taken_back_while_the_friend_answers_is_one_or_the_other(self, card, link, at):
        raised = at_once(
            lambda: answer(link, at),
            lambda: card_links.take_back(card=card, invitation=link, at=at),
        )
        assert [error.code for error in raised] in ([], ["invitation_revoked"])
        assert Consent.objects.exists() == (not raised)

    def test_taken_and_given_at_once_is_one_card(self, anna, marta, plan, at):
        from polecam.actions import invitations
        from tests.privacy.friend import invite

        invitation = invite(anna, marta, at, plan)
        raised = at_once(
            lambda: invitations.take(invitation=invitation, at=at),
            lambda: acts.open_card(by=marta, at=at, client=anna),
            lambda: invitations.take(invitation=invitation, at=at),
        )
        assert raised == []
        assert Card.objects.count() == 1
