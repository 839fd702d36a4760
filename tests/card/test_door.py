"""The link is the door: wrong, ended, expired look the same; no name without it; light."""

import gzip
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from polecam.actions import card_links, invitations
from polecam.actions import cards as acts
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation.models import Setting
from polecam.referrals import cards, links
from polecam.referrals.models import Card
from polecam.store import crypto
from tests.privacy.friend import capture, invite

DAY = timedelta(days=1)
NAMES = ("Anna", "Kowalczyk", "Marta", "Zielinska")


def test_taking_an_invitation_leads_to_the_card(visitor, anna, marta, plan, at):
    invitation = invite(anna, marta, at, plan)
    answer = visitor.post(links.client_path(invitation))
    card = Card.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == f"{cards.card_path(card)}?link={invitation.public_id}"
    again = visitor.get(links.client_path(invitation))
    assert again["Location"] == answer["Location"], "the old link goes on working"
    shown = visitor.get(answer["Location"]).content.decode()
    assert links.friend_url(invitation) in shown
    assert "Pani Anno" in shown


def test_a_look_records_nothing(visitor, anna, marta, plan, at):
    invitation = invite(anna, marta, at, plan)
    visitor.get(links.client_path(invitation))
    assert not Card.objects.exists()


def test_one_card_for_every_invitation_of_one_seller(anna, marta, plan, at):
    one = invitations.take(invitation=invite(anna, marta, at, plan), at=at)
    two = invitations.take(invitation=invite(anna, marta, at, plan), at=at)
    assert one.card == two.card
    assert Card.objects.count() == 1


@pytest.mark.parametrize("how", ["forged", "other", "renewed", "closed", "expired", "nobody"])
def test_every_link_that_is_no_key_looks_the_same(visitor, card, marta, path, at, how):
    if how == "forged":
        path = path[:-3] + "xx/"
    elif how == "other":
        path = f"/card/{card.public_id}-{crypto.token('invitation', card.public_id)}/"
    elif how == "renewed":
        acts.renew(by=marta, at=at, card=card)
    elif how == "closed":
        acts.close(card=card, at=at)
    elif how == "expired":
        Card.objects.update(expires_at=at)
    else:
        path = f"/card/nosuchcard-{crypto.token('card', 'nosuchcard')}/"
    answer = visitor.get(path)
    assert answer.status_code == 404
    text = answer.content.decode()
    assert not [name for name in NAMES if name in text]
    assert re.sub(r'value="[^"]+"', "", text) == re.sub(
        r'value="[^"]+"', "", visitor.get("/card/nothing-at-all/").content.decode()
    )


def test_guessing_is_slowed_down(visitor, path):
    codes = [visitor.get(f"/card/guess-{n}/").status_code for n in range(32)]
    assert codes[0] == 404
    assert codes[-1] == 429
    assert visitor.get(path).status_code == 200, "a right link still opens from there"


def test_a_link_makes_so_many_changes_an_hour(visitor, path, monkeypatch):
    codes = {visitor.post(f"{path}never/").status_code for _ in range(61)}
    assert codes == {303, 429}


def test_tokens_have_128_bits_and_a_higher_version_ends_the_older(card):
    old = cards.ref(card).partition("-")[2]
    assert len(old) == 22
    card.version += 1
    assert cards.ref(card).partition("-")[2] != old


def test_renewed_by_the_seller_the_links_stay(card, link, marta, kamil, at):
    old = cards.ref(card)
    new = acts.renew(by=marta, at=at + DAY, card=card)
    assert cards.find(old, at=at + DAY) is None
    assert cards.find(cards.ref(new), at=at + DAY) == card
    assert [item.invitation for item in cards.shown(new, at=at)] == [link]
    with pytest.raises(NotAllowed):
        acts.renew(by=kamil, at=at, card=new)


def test_an_older_invitation_does_not_open_a_renewed_card(visitor, card, link, marta, at):
    """Whoever found a link of before the renewal gets the one invitation, and nothing else."""
    acts.renew(by=marta, at=at + timedelta(minutes=1), card=card)
    answer = visitor.get(links.client_path(link))
    assert answer.status_code == 200
    assert "/card/" not in answer.content.decode()
    answer = visitor.post(links.client_path(link))
    assert answer["Location"] == links.client_path(link)


def test_an_older_invitation_does_not_open_a_new_card_after_the_close(
    visitor, card, link, anna, marta, plan, at
):
    untaken = invite(anna, marta, at, plan)
    acts.close(card=card, at=at + timedelta(minutes=1))
    for invitation in (link, untaken):
        answer = visitor.post(links.client_path(invitation))
        assert answer["Location"] == links.client_path(invitation)
    assert not Card.objects.filter(revoked_at=None).exists()


def test_given_again_it_is_the_same_and_lasts_a_whole_time(card, anna, marta, kamil, at):
    again = acts.open_card(by=marta, at=at + 30 * DAY, client=anna)
    assert again == card
    assert again.expires_at == at + 395 * DAY
    with pytest.raises(NotAllowed):
        acts.open_card(by=kamil, at=at, client=anna)


def test_an_expired_card_makes_room_for_a_new_one(card, anna, marta, at):
    later = at + 366 * DAY
    new = acts.open_card(by=marta, at=later, client=anna)
    assert new != card
    card.refresh_from_db()
    assert card.revoked_at == card.expires_at


def test_a_form_of_an_ended_link_does_nothing(card, marta, at):
    held = cards.find(cards.ref(card), at=at)
    acts.renew(by=marta, at=at, card=card)
    with pytest.raises(Refused, match="link_over"):
        acts.standing(held, at)


def test_closing_it_leads_to_a_page_that_names_nobody(visitor, path):
    answer = visitor.post(f"{path}close/")
    assert answer["Location"] == "/card/closed/"
    text = visitor.get("/card/closed/").content.decode()
    assert not [name for name in NAMES if name in text]
    assert visitor.get(path).status_code == 404


@pytest.mark.parametrize("where", ["", "words/", "me/"])
def test_no_referrer_no_store_no_preview(visitor, path, where):
    answer = visitor.get(path + where)
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    text = answer.content.decode()
    assert "noindex" in text
    assert "og:" not in text
    assert not [name for name in NAMES if name in text.partition("</head>")[0]]


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_page_is_light(visitor, path, card, known, at, language):
    """At most 60 KB compressed with everything it loads: page, styles, icons, script, one face."""
    for n in range(9):
        card_links.another(card=card, at=at, key=str(n))
    static = Path(__file__).resolve().parents[2] / "src/polecam/web/ui/static/polecam"
    names = ("public.css", "icons.svg", "public.js")
    for where in ("", "me/"):
        shown = visitor.get(path + where, headers={"accept-language": language}).content
        parts = [shown, *((static / name).read_bytes() for name in names)]
        font = (static / "fonts/onest.woff2").stat().st_size
        weight = font + sum(len(gzip.compress(part, 6)) for part in parts)
        assert weight <= 60_000, (where, weight)


def test_bank_secrecy_tells_nobody_that_anna_is_a_client(visitor, card, link, path, at):
    plain = visitor.get(path).content.decode()
    assert "pomogła mi" in plain.replace("\u00a0", " ") or "pomog" in plain
    Setting.objects.create(key="bank_secrecy", value=True, valid_from=at - DAY, set_at=at)
    shown = visitor.get(path).content.decode()
    paper = visitor.get(f"{path}links/{link.public_id}/paper/").content.decode()
    for page in (shown, paper):
        assert "pomog" not in page
        assert "od Anny" not in page
    friend = visitor.get(links.friend_path(link)).content.decode()
    assert "Anna" not in friend


def test_a_seller_who_left_gives_no_more_links(visitor, card, path, marta, at):
    marta.is_active = False
    marta.save()
    with pytest.raises(Refused, match="card_adviser_left"):
        card_links.another(card=Card.objects.get(), at=at, key="k")
    assert 'links/">' not in visitor.get(path).content.decode()


def test_the_seller_gives_it_and_ends_its_older_links(client, marta, anna, at):
    client.force_login(marta)
    page = f"/clients/{anna.public_id}/card/"
    assert "card/open/" in client.get(page).content.decode()
    client.post(f"{page}open/")
    card = Card.objects.get()
    assert cards.card_url(card) in client.get(page).content.decode()
    client.post(f"{page}renew/")
    renewed = Card.objects.get()
    assert renewed.version == card.version + 1
    assert cards.card_url(renewed) in client.get(page).content.decode()
    assert cards.card_url(card) not in client.get(page).content.decode()


def test_a_colleague_gives_no_card_of_a_client_of_somebody_else(client, kamil, anna):
    client.force_login(kamil)
    assert client.get(f"/clients/{anna.public_id}/card/").status_code == 404
    assert client.post(f"/clients/{anna.public_id}/card/open/").status_code == 404
    assert not Card.objects.exists()


def test_words_agreed_with_the_adviser_come_along_unless_they_name_a_friend(anna, marta, plan, at):
    named = capture(anna, marta, at, plan, name="Piotr").invitation
    invitations.reword(by=marta, at=at, invitation=named, words="Piotrze, polecam.", language="pl")
    assert not invitations.take(invitation=named, at=datetime.now(UTC)).card.words
    other = invite(anna, marta, at, plan)
    invitations.reword(by=marta, at=at, invitation=other, words="Polecam Martę.", language="pl")
    assert invitations.take(invitation=other, at=at).card.words == "Polecam Martę."


@pytest.mark.parametrize("where", ["", "words/", "links/{}/paper/"])
def test_a_page_of_the_card_asks_at_most_twelve_questions(
    visitor, path, card, link, known, at, django_assert_max_num_queries, where
):
    for n in range(9):
        card_links.another(card=card, at=at, key=str(n))
    address = path + where.format(link.public_id)
    visitor.get(address)
    with django_assert_max_num_queries(12):
        assert visitor.get(address).status_code == 200
