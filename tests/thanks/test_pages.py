"""Pages of thanks and rewards: who sees what, what is said, bad input, files."""

import io
import zipfile

import pytest
from django.test import Client as Http
from django.urls import reverse

from polecam.actions import rewards
from polecam.clients.models import Touch
from polecam.insights import client_rewards
from polecam.thanks.models import Reward, RewardBudget, RewardGrant, Thanks
from polecam.web.pages.rewards import files
from polecam.web.ui.waits import thanks as waits
from tests.cast import client
from tests.referrals import growing
from tests.thanks import support
from tests.thanks.support import (
    DAY,
    a_reward,
    acts,
    allowed,
    chosen,
    email_agreed,
    named,
    reward_grants,
    switch_on,
    talked,
)

pytestmark = pytest.mark.django_db


def browser(person, language="pl") -> Http:
    http = Http()
    http.force_login(person)
    http.cookies["language"] = language
    return http


def text_of(answer) -> str:
    return " ".join(answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())


def page(person, name, *arguments, language="pl", query="") -> str:
    return text_of(browser(person, language).get(reverse(name, args=arguments) + query))


# --- thanks ---------------------------------------------------------------------------------------


def test_one_line_for_each_client_and_occasion_and_no_friends_name(anna, marta, at):
    named(anna, at, first="Zdzisław")
    named(anna, at, first="Bogusława")
    text = page(marta, "thanks:list")
    assert "Anna Kowalczyk" in text
    assert "za 2 polecenia" in text
    assert "Zdzisław" not in text
    assert "for 2 recommendations" in page(marta, "thanks:list", language="en")


def test_words_come_round_in_both_forms(anna, marta, kamil, branch, at):
    row = named(anna, at)
    said = [page(marta, "thanks:one", row.public_id, query=f"?w={n}") for n in (1, 2, 3, 4)]
    assert "Pani Anno, dziękuję za zaufanie" in said[0]
    assert "że Pani o mnie pomyślała" in said[1]
    assert "bardzo się ucieszyłam. Dziękuję za Pani dobre słowo" in said[2]
    assert "Pani Anno, dziękuję za zaufanie" in said[3]
    jan = named(client(branch, kamil, "Jan", "Nowak", at=at), at)
    assert "Panie Janie, bardzo się ucieszyłem" in page(
        kamil, "thanks:one", jan.public_id, query="?w=3"
    )
    assert "Podziękowałem" in page(kamil, "thanks:one", jan.public_id)
    assert "Anna, thank you for your trust" in page(
        marta, "thanks:one", row.public_id, language="en"
    )


@pytest.mark.parametrize("typed", ["0", "-1", "x", "9" * 40, "²", "%F0"])
def test_an_unreadable_number_of_words_is_the_first(anna, marta, at, typed):
    row = named(anna, at)
    assert "dziękuję za zaufanie" in page(marta, "thanks:one", row.public_id, query=f"?w={typed}")


def test_words_never_tell_what_became_of_it(anna, marta, at):
    referral = growing.consented(anna, at=at - DAY)
    allowed(referral, at - DAY)
    talked(referral, at)
    referral.state = "won"
    referral.save()
    row = Thanks.objects.get(occasion="talked")
    for number in (1, 2, 3):
        for language in ("pl", "en"):
            text = page(marta, "thanks:one", row.public_id, language=language, query=f"?w={number}")
            for leak in ("Katarzyna", "Bielak", "sprzeda", "kupi", "bought", "sale", "umow"):
                assert leak not in text.partition("<main")[2].partition("</main")[0], leak


def test_a_tap_in_words_and_back(anna, marta, at):
    row = named(anna, at)
    http = browser(marta)
    answer = http.post(reverse("thanks:one", args=[row.public_id]), {"way": "words"}, follow=True)
    assert "Pętla domknięta" in text_of(answer)
    assert "słowami, dziś" in text_of(answer)
    answer = http.post(reverse("thanks:again", args=[row.public_id]), follow=True)
    assert "Wróciło na listę" in text_of(answer)
    answer = http.post(reverse("thanks:skip", args=[row.public_id]), follow=True)
    assert "woli bez podziękowań" in text_of(answer)


def test_bad_ways_are_told_and_nothing_is_noted(anna, marta, at):
    row = named(anna, at)
    address = reverse("thanks:one", args=[row.public_id])
    for said in ({}, {"way": "gold"}, {"way": "email"}, {"way": "words", "language": "xx"}):
        answer = browser(marta).post(address, said)
        assert answer.status_code == 422, said
        assert 'role="alert"' in answer.content.decode()
    assert Thanks.objects.get().done_at is None
    assert browser(marta).get(reverse("thanks:one", args=["nosuch"])).status_code == 404
    assert browser(marta).get(reverse("thanks:again", args=[row.public_id])).status_code == 405


def test_an_email_is_offered_only_where_it_may_go(anna, marta, at):
    row = named(anna, at)
    assert "nie zgodził się na podziękowania e-mailem" in page(marta, "thanks:one", row.public_id)
    email_agreed(anna, at)
    text = page(marta, "thanks:one", row.public_id)
    assert "Dziękuję za polecenie" in text
    assert "Thank you for the recommendation" in text
    Touch.objects.create(client=anna, kind="survey", at=at - DAY)
    assert "Słowa na żywo są możliwe zawsze" in page(marta, "thanks:one", row.public_id)


def test_one_calm_line_waits_from_the_day_it_is_due(anna, marta, kamil, at):
    row = named(anna, at)
    assert waits.waits(marta, at) == []
    later = at + 3 * DAY
    (line,) = waits.waits(marta, later)
    assert line.url == reverse("thanks:list")
    assert waits.waits(kamil, later) == []
    acts.skip(by=marta, at=at, thanks=row)
    assert waits.waits(marta, later) == []


# --- rewards --------------------------------------------------------------------------------------

ADDRESSES = ("rewards:list", "rewards:new", "rewards:budget")


def test_off_nothing_is_anywhere(ada, tomek, marta, year):
    for name in ADDRESSES:
        assert browser(ada).get(reverse(name)).status_code == 404
    assert browser(tomek).get(reverse("rewards:list")).status_code == 404
    assert browser(ada).get(reverse("rewards:year", args=[year])).status_code == 404
    assert "Nagrody dla klientów" not in page(ada, "setup:setup")
    assert "Co dokłada firma" not in page(marta, "thanks:list")


def test_the_admin_fills_a_catalogue_and_a_budget(ada, branch, at, year):
    switch_on(at)
    http = browser(ada)
    http.post(reverse("rewards:preset"), {"preset": "both"})
    typed = {
        "title_pl": "Herbata",
        "title_en": "Tea",
        "side": "client",
        "outcome": "consent",
        "value": "25,50",
        "stock": "1 0",
        "tax_class": "gift",
        "branch": branch.public_id,
    }
    answer = http.post(reverse("rewards:new"), typed, follow=True)
    text = text_of(answer)
    assert "Herbata" in text
    assert "zostało: 10" in text
    assert "to samo dla obojga" in text
    tea = Reward.objects.get(title_en="Tea")
    assert (tea.value_grosze, tea.stock, tea.branch, tea.needs_approval) == (
        2_550,
        10,
        branch,
        True,
    )
    http.post(
        reverse("rewards:budget"),
        {"branch": branch.public_id, "year": str(year), "amount": "1 000"},
    )
    assert RewardBudget.objects.get().grosze == 100_000
    http.post(reverse("rewards:reward", args=[tea.public_id]), {"stock": ""})
    tea.refresh_from_db()
    assert tea.stock is None
    http.post(reverse("rewards:reward", args=[tea.public_id]), {"end": "1"})
    assert "Herbata" not in page(ada, "rewards:list")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"value": "100,01"}, "Najwyżej 100,00 zł"),
        ({"value": "-5"}, "Wartość to stała kwota"),
        ({"value": "12,5%"}, None),
        ({"value": "9" * 400}, None),
        ({"stock": "-1"}, "Ile zostało"),
        ({"stock": "٣"}, "Ile zostało"),
        ({"stock": "1000000"}, "Ile zostało"),
        ({"side": "seller"}, None),
        ({"outcome": "sale"}, None),
        ({"title_pl": "x" * 81}, None),
        ({"branch": "nosuch"}, None),
    ],
)
def test_bad_input_stays_in_the_form(ada, on, typed, said):
    good = {
        "title_pl": "=Herbata", "title_en": "Tea", "side": "client", "outcome": "consent",
        "value": "25", "stock": "", "tax_class": "gift", "branch": "",
    }  # fmt: skip
    answer = browser(ada).post(reverse("rewards:new"), good | typed)
    assert answer.status_code == 422
    assert "=Herbata" in answer.content.decode() or "title_pl" in typed
    assert said is None or said in text_of(answer)
    assert not Reward.objects.exists()


def test_the_warning_about_size_stands_with_its_source(ada, on):
    assert "Wolters, Schulze i Gedenk 2020" in page(ada, "rewards:new")
    assert "Wolters, Schulze and Gedenk 2020" in page(ada, "rewards:new", language="en")


def test_a_boss_decides_and_hands_over(anna, ada, tomek, marta, on, at):
    chosen(anna, a_reward(ada, at), at)
    grant = support.asked(anna, at, first="Zdzisława")
    assert [line.url for line in waits.waits(tomek, at)] == [reverse("rewards:list")]
    assert "czeka na decyzję" in page(marta, "thanks:list")
    text = page(tomek, "rewards:list")
    assert "dla Anny Kowalczyk" in text
    assert "Zdzisława" not in text
    address = reverse("rewards:grant", args=[grant.public_id])
    refused = browser(tomek).post(address, {"act": "refuse", "why": ""})
    assert refused.status_code == 422
    assert "w jednym zdaniu" in text_of(refused)
    assert browser(tomek).post(address, {"act": "delete"}).status_code == 404
    browser(tomek).post(address, {"act": "approve"})
    text = text_of(browser(tomek).post(address, {"act": "give"}, follow=True))
    assert "Zapisane jako wręczone" in text
    grant.refresh_from_db()
    assert grant.state == "given"
    assert browser(marta).get(address).status_code == 403


def test_the_own_seller_is_told_that_somebody_else_decides(ada, tomek, branch, on, at):
    own = client(branch, tomek, "Jan", "Nowak", at=at)
    chosen(own, a_reward(ada, at), at)
    grant = support.asked(own, at)
    text = page(tomek, "rewards:grant", grant.public_id)
    assert "decyduje ktoś inny" in text
    assert "Zgoda</button>" not in text
    assert waits.waits(tomek, at) == []


def test_the_second_look_is_explained(anna, ada, tomek, on, at):
    switch_on(at, rewarded_a_year=1)
    chosen(anna, a_reward(ada, at, value_grosze=100), at)
    support.asked(anna, at)
    grant = support.asked(anna, at, first="Ola")
    text = page(tomek, "rewards:grant", grant.public_id)
    assert "czy to jeszcze polecanie, czy już handel" in text
    address = reverse("rewards:grant", args=[grant.public_id])
    assert browser(tomek).post(address, {"act": "approve"}).status_code == 422
    RewardGrant.objects.get(pk=grant.pk, state="asked")


# --- the year for the books -----------------------------------------------------------------------


@pytest.fixture
def given(anna, marta, ada, tomek, branch, on, at):
    """Two for one person under two records, one for charity, one promised only."""
    twin = client(branch, marta, "=Anna", "Kowalczyk", at=at)
    anna.party.same_as = twin.party
    anna.party.save()
    book = a_reward(ada, at)
    good = a_reward(ada, at, side="charity", title_pl="Hospicjum")
    for who, reward, first in (
        (anna, book, "Ola"),
        (twin, book, "Jan"),
        (anna, good, "Iza"),
    ):
        chosen(who, reward, at)
        grant = reward_grants.approve(by=tomek, at=at, grant=support.asked(who, at, first=first))
        reward_grants.give(by=tomek, at=at, grant=grant)
    chosen(anna, book, at)
    reward_grants.approve(by=tomek, at=at, grant=support.asked(anna, at, first="Ewa"))


def test_a_year_per_person_and_tax_class(given, ada, year):
    found = client_rewards.year_of(ada, year)
    rows = [(row.party and row.party.first_name, row.count, row.grosze) for row in found.rows]
    assert rows == [("=Anna", 2, 8_000), (None, 1, 4_000)]
    assert (found.count, found.grosze) == (3, 12_000)
    text = page(ada, "rewards:year", year)
    assert "upominek · 2 nagrody" in text
    assert "dobre cele" in text


def test_files_hold_the_same_and_no_formula(given, ada, year):
    found = client_rewards.year_of(ada, year)
    text = files.as_csv(found).decode("utf-8-sig")
    assert "'=Anna Kowalczyk;" in text
    assert text.rstrip().endswith("3;120.00")
    book = zipfile.ZipFile(io.BytesIO(files.as_xlsx(found)))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "=Anna Kowalczyk" in book.read("xl/sharedStrings.xml").decode()
    answer = browser(ada).get(reverse("rewards:file", args=[year, "csv"]))
    assert answer["Content-Disposition"].endswith(f'-{year}.csv"')


def test_names_are_for_the_accounts_alone(given, ada, tomek, marta, pawel, year):
    address = reverse("rewards:year", args=[year])
    for who in (tomek, marta, pawel):
        assert browser(who).get(address).status_code == 403
    for other in (1999, year + 1):
        assert browser(ada).get(reverse("rewards:year", args=[other])).status_code == 404
    assert browser(ada).get(reverse("rewards:file", args=[year, "pdf"])).status_code == 404


def test_a_tax_class_is_decided_later_and_holds_for_what_had_none(anna, ada, tomek, on, at, year):
    reward = a_reward(ada, at, tax_class="unset")
    chosen(anna, reward, at)
    grant = reward_grants.approve(by=tomek, at=at, grant=support.asked(anna, at))
    reward_grants.give(by=tomek, at=at, grant=grant)
    rewards.end(by=ada, at=at, reward=reward)
    assert "klasa podatkowa wciąż otwarta" in page(ada, "rewards:list")
    address = reverse("rewards:reward", args=[reward.public_id])
    assert browser(ada).post(address, {"tax_class": "exempt"}).status_code == 422
    assert browser(ada).post(address, {"tax_class": "prize"}).status_code == 303
    grant.refresh_from_db()
    assert grant.tax_class == "prize"
    rewards.classify(by=ada, at=at, reward=reward, tax_class="gift")
    grant.refresh_from_db()
    assert grant.tax_class == "prize"  # given under a class, it keeps it
    assert "nagroda · 1 nagroda" in page(ada, "rewards:year", year)
