"""The pages of a dispute: two taps, one text for both sides, the effect before the decision."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from polecam.bonuses.models import Line
from polecam.claims.models import Dispute, DisputeDecision, DisputeParty
from polecam.people.models import Role
from tests import cast
from tests.disputes.support import WORDS, ask, decide, earn, shared
from tests.handoffs.support import branch_wide, offered, taken
from tests.privacy.friend import capture, say_yes

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CASE = re.compile(r'<section class="stack" id="case".*?</section>', re.DOTALL)


@pytest.fixture
def theirs(anna, marta, kamil, tomek, ada, plan, at):
    """Marta 70, Kamil 30; the consent is credited."""
    made = shared(
        anna, {marta: 7_000, kamil: 3_000}, floors={marta: 3_000}, at=at - DAY, plan=plan.pk
    )
    earn(made, "consent", at=at)
    return made


def of(person) -> Browser:
    browser = Browser()
    browser.force_login(person)
    browser.cookies["language"] = "en"
    return browser


def page(person, dispute) -> str:
    answer = of(person).get(reverse("disputes:one", args=[dispute.public_id]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_two_taps_from_the_referral(theirs, kamil):
    browser, link = of(kamil), reverse("disputes:raise", args=["referral", theirs.public_id])
    assert link in browser.get(reverse("referrals:one", args=[theirs.public_id])).content.decode()
    sheet = browser.get(link).content.decode()
    assert 'name="claimed" value="50"' in sheet
    answer = browser.post(link, {"claimed": "50", "reason": "split"})
    dispute = Dispute.objects.get()
    assert answer["Location"] == reverse("disputes:one", args=[dispute.public_id])
    assert (dispute.claimed_bp, dispute.contested_bp, dispute.about) == (5_000, 2_000, "referral")
    assert browser.get(link)["Location"] == answer["Location"], "a running one is shown"


def test_two_taps_from_a_line_of_money(theirs, kamil):
    line = Line.objects.get(person=kamil)
    browser, link = of(kamil), reverse("disputes:raise", args=["line", line.public_id])
    assert link in browser.get(reverse("money:line", args=[line.public_id])).content.decode()
    browser.post(link, {"claimed": "30", "reason": "amount"})
    dispute = Dispute.objects.get()
    assert (dispute.about, dispute.subject, dispute.contested_bp) == ("line", line.public_id, 0)


def test_a_line_that_waits_says_so_and_leads_to_the_case(theirs, marta, kamil, at):
    dispute = ask(kamil, theirs, at=at, claimed_bp=5_000)
    line = Line.objects.get(person=marta)
    shown = of(marta).get(reverse("money:line", args=[line.public_id])).content.decode()
    assert "of it waits" in shown
    assert reverse("disputes:one", args=[dispute.public_id]) in shown
    assert "waits for a decision" in of(marta).get(reverse("money:mine")).content.decode()


def test_what_was_typed_stays_with_the_reason_why_not(theirs, kamil):
    link = reverse("disputes:raise", args=["referral", theirs.public_id])
    answer = of(kamil).post(link, {"claimed": "20", "reason": "split", "note": "My own sentence."})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "This part is yours already" in shown
    assert "My own sentence." in shown
    assert 'value="20"' in shown
    answer = of(kamil).post(link, {"claimed": "a lot", "reason": "split"})
    assert answer.status_code == 422
    assert of(kamil).post(link, {"claimed": "50", "reason": "x"}).status_code == 422
    assert not Dispute.objects.exists()


def test_erased_or_running_is_a_clear_answer(theirs, anna, marta, kamil, at):
    link = reverse("disputes:raise", args=["referral", theirs.public_id])
    theirs.party = None
    theirs.save(update_fields=["party"])
    answer = of(kamil).get(link)
    assert answer.status_code == 409
    assert "data were erased" in answer.content.decode()


@pytest.mark.parametrize("about", ["referral", "line", "handoff", "nonsense"])
def test_nobody_else_raises_it(theirs, branch, marta, kamil, at, about):
    ola = cast.person(branch, Role.SELLER, "Ola", "Pietrzak", "f", at=at)
    thing = Line.objects.get(person=marta).public_id if about == "line" else theirs.public_id
    for stranger in (ola, *([kamil] if about == "line" else [])):
        address = reverse("disputes:raise", args=[about, thing])
        assert of(stranger).get(address).status_code == 404
        assert of(stranger).post(address, {"claimed": "50", "reason": "split"}).status_code == 404


def test_both_sides_and_the_decider_read_the_same(theirs, marta, kamil, tomek, at):
    dispute = ask(kamil, theirs, at=at, claimed_bp=5_000, note="We agreed on half.")
    of(marta).post(reverse("disputes:say", args=[dispute.public_id]), {"words": "I called first."})
    decide(tomek, dispute, "partly", granted_bp=1_000, at=at)
    read = {CASE.search(page(person, dispute)).group() for person in (marta, kamil, tomek)}
    assert len(read) == 1
    (text,) = read
    for said in ("We agreed on half.", "I called first.", WORDS, "Work counts", "Kamil", "Marta"):
        assert said in text
    assert "zł" not in text, "money is each one's own"


def test_nobody_else_reads_it(theirs, kamil, ada, irena, pawel, branch, at):
    dispute = ask(kamil, theirs, at=at, claimed_bp=5_000)
    ola = cast.person(branch, Role.SELLER, "Ola", "Pietrzak", "f", at=at)
    boss = cast.person(branch, Role.MANAGER, "Ewa", "Lipiec", "f", at=at)
    address = reverse("disputes:one", args=[dispute.public_id])
    assert [of(who).get(address).status_code for who in (ola, boss, ada)] == [404] * 3
    assert [of(who).get(address).status_code for who in (irena, pawel)] == [403] * 2


def test_the_sides_of_a_further_recommendation_stay_blind(
    anna, branch, marta, kamil, tomek, ada, plan, at
):
    theirs = cast.client(branch, kamil, "Halina", "Wilk", at=at)
    first = capture(anna, marta, at - 3 * DAY, plan)
    second = capture(theirs, kamil, at - 3 * DAY, plan)
    say_yes(first.invitation, at - 2 * DAY)
    say_yes(second.invitation, at - DAY)
    address = reverse("disputes:raise", args=["referral", second.public_id])
    of(kamil).post(address, {"claimed": "30", "reason": "brought"})
    dispute = Dispute.objects.get()
    unknown = {kamil: ("Marta", "Zielinska", "Kowalczyk"), marta: ("Kamil", "Duda", "Wilk")}
    for reader, other in unknown.items():
        shown = page(reader, dispute)
        main = shown[shown.index("<main") :]
        assert not [name for name in other if name in main]
        assert "Side A" in main
    decide(tomek, dispute, "rejected", at=at)
    assert "Marta" not in CASE.search(page(kamil, dispute)).group(), "a no tells no name either"


def test_the_effect_is_shown_before_anything_is_saved(theirs, kamil, tomek, at):
    dispute = ask(kamil, theirs, at=at, claimed_bp=5_000)
    browser, address = of(tomek), reverse("disputes:decide", args=[dispute.public_id])
    typed = {"outcome": "partly", "part": "40", "rule": "work", "words": WORDS}
    shown = browser.post(address, typed).content.decode()
    assert "70% → 60%" in shown
    assert "7 zł → 6 zł" in shown.replace("\u202f", " ")
    assert WORDS in shown
    assert not DisputeDecision.objects.exists()
    other = typed | {"outcome": "upheld", "seen": "partly:1000"}
    assert "70% → 50%" in browser.post(address, other).content.decode(), (
        "another choice, shown anew"
    )
    assert browser.post(address, typed | {"seen": "partly:1000"}).status_code == 303
    assert DisputeDecision.objects.get().granted_bp == 1_000
    assert browser.get(address).status_code == 409


def test_a_decision_that_is_not_taken_keeps_what_was_typed(theirs, kamil, tomek, at):
    dispute = ask(kamil, theirs, at=at, claimed_bp=5_000)
    address = reverse("disputes:decide", args=[dispute.public_id])
    typed = {"outcome": "partly", "part": "90", "rule": "work", "words": WORDS}
    answer = of(tomek).post(address, typed)
    assert answer.status_code == 422
    assert "less than claimed" in answer.content.decode()
    assert WORDS in answer.content.decode()
    answer = of(tomek).post(address, {"outcome": "upheld", "rule": "work", "words": "Short."})
    assert answer.status_code == 422
    assert "Short." in answer.content.decode()
    assert not DisputeDecision.objects.exists()


def test_it_waits_for_everyone_on_the_page_fair(theirs, marta, kamil, tomek, at):
    dispute = ask(kamil, theirs, at=at, claimed_bp=5_000)
    fair = reverse("fair:fair")
    assert "waits for your decision" in of(tomek).get(fair).content.decode()
    assert "How do you see it?" in of(marta).get(fair).content.decode()
    decide(tomek, dispute, "upheld", at=at)
    for person in (marta, kamil):
        assert "Is it fine for you?" in of(person).get(fair).content.decode()
        address = reverse("disputes:accept", args=[dispute.public_id])
        assert of(person).post(address).status_code == 303
    assert DisputeParty.objects.filter(accepted_at=None).count() == 0
    assert "Is it fine for you?" not in of(marta).get(fair).content.decode()


def test_the_list_and_what_keeps_coming_up(theirs, kamil, tomek, marta, at):
    ask(kamil, theirs, at=at, claimed_bp=5_000)
    assert "How it is shared" not in of(kamil).get(reverse("disputes:list")).content.decode()
    assert "Who worked on it" in of(kamil).get(reverse("disputes:list")).content.decode()
    assert of(tomek).get(reverse("disputes:patterns")).status_code == 200
    assert of(marta).get(reverse("disputes:patterns")).status_code == 403


def test_the_page_of_a_case_asks_at_most_twelve_questions(theirs, marta, kamil, tomek, at):
    dispute = ask(kamil, theirs, at=at, claimed_bp=5_000, note="We agreed on half.")
    decide(tomek, dispute, "partly", granted_bp=1_000, at=at)
    address = reverse("disputes:one", args=[dispute.public_id])
    for person in (marta, tomek):
        browser = of(person)
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            browser.get(address)
        assert len(asked) <= 12


def test_the_case_tells_how_it_was_handed_on(anna, marta, kamil, tomek, plan, at):
    """Acceptance, the fixed floor and who leads are evidence, collected by themselves."""
    referral = branch_wide(anna, at=at - timedelta(days=2), plan=plan.pk)
    offer = offered(referral, marta, kamil, at - timedelta(days=1))
    taken(offer, kamil, at - timedelta(hours=20))
    dispute = ask(kamil, referral, at=at, claimed_bp=6_000)
    shown = of(marta).get(reverse("disputes:one", args=[dispute.public_id])).content.decode()
    assert "takes it. The floor is fixed." in shown
    assert "From now on Kamil leads it." in shown
