"""The pages of hand-offs: what each reader sees, what comes back when something is not possible."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from polecam.actions import handoff_answers
from polecam.claims.models import Handoff
from polecam.people.models import Absence, Skill
from polecam.privacy import links
from polecam.privacy.models import Consent
from tests.handoffs.support import (
    DAY,
    branch_wide,
    can,
    consented,
    holder,
    offered,
    parts,
    taken,
    today,
)
from tests.handoffs.test_offer import overseen as overseen
from tests.handoffs.test_offer import propose


def web(person) -> Browser:
    browser = Browser()
    browser.force_login(person)
    return browser


def page(person, name: str, *args, status: int = 200, **query) -> str:
    answer = web(person).get(reverse(name, args=args), query)
    assert answer.status_code == status
    return answer.content.decode()


def post(who, name: str, /, *args, follow: bool = False, **data):
    return web(who).post(reverse(name, args=args), data, follow=follow)


@pytest.fixture
def kasia(anna, plan, at):
    """Marta's referral; the consent named the branch."""
    return branch_wide(anna, at=at - 3 * DAY, plan=plan.pk, need="home")


@pytest.fixture
def english(marta, kamil, tomek):
    """Everybody reads English."""
    for person in (marta, kamil, tomek):
        person.language = "en"
        person.save()


def test_from_the_referral_to_the_offer(kasia, marta, kamil, english, at):
    can(kamil, "language", "uk")
    assert reverse("handoffs:offer", args=[kasia.public_id]) in page(
        marta, "referrals:one", kasia.public_id
    )
    first = page(marta, "handoffs:offer", kasia.public_id)
    assert "Kamil Duda" in first
    assert "speaks Ukrainian" in first
    asked = {"to": kamil.public_id, "kind": "language", "language": "uk"}
    second = page(marta, "handoffs:split", kasia.public_id, **asked)
    assert "You 70% and Kamil 30%" in second.replace("\u00a0", " ")
    answer = post(
        marta,
        "handoffs:split",
        kasia.public_id,
        follow=True,
        **asked,
        kept="66,67",
        floor="40",
        note="Woli rozmowę po ukraińsku.",
    )
    handoff = Handoff.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("handoffs:one", args=[handoff.public_id])
    assert handoff.floor_bp == 4_000
    shown = page(kamil, "handoffs:one", handoff.public_id)
    for text in ("Marta 66.67%", "33.33%", "Woli rozmowę", "40%", "A sale brings about"):
        assert text in shown.replace("\u00a0", " ")
    assert "Katarzyna" not in shown, "a name is not needed to decide"
    assert post(kamil, "handoffs:accept", handoff.public_id).status_code == 303
    assert holder(kasia) == kamil
    assert parts(kasia) == {"Marta": 6_667, "Kamil": 3_333}


def test_what_was_typed_stays_when_it_is_refused(kasia, marta, kamil, english):
    asked = {"to": kamil.public_id, "kind": "product"}
    for kept, floor, said in (
        ("20", "30", "below a floor"),
        ("100", "30", "needs a part, too"),
        ("60", "20", "cannot lie below the one in force"),
        ("60", "70", "below a floor"),
        ("dużo", "30", "Write a percentage with at most two decimals"),
        ("101", "30", "Write a percentage with at most two decimals"),
    ):
        answer = post(
            marta,
            "handoffs:split",
            kasia.public_id,
            **asked,
            kept=kept,
            floor=floor,
            note="Zdanie, które zostaje",
        )
        shown = answer.content.decode().replace("\u00a0", " ")
        assert answer.status_code == 422
        assert said in shown
        assert "Zdanie, które zostaje" in shown
        assert f'value="{kept}"' in shown
    assert not Handoff.objects.exists()


def test_a_number_in_the_note_is_refused_beside_it(kasia, marta, kamil, english):
    answer = post(
        marta,
        "handoffs:split",
        kasia.public_id,
        to=kamil.public_id,
        kind="product",
        kept="60",
        floor="30",
        note="600 100 200",
    )
    assert answer.status_code == 422
    assert "600 100 200" in answer.content.decode()
    assert not Handoff.objects.exists()


def test_whoever_fits_needs_a_wish_and_somebody_who_fits(kasia, marta, kamil, english):
    asked = {"to": "anyone", "kind": "language", "kept": "70", "floor": "30"}
    answer = post(marta, "handoffs:split", kasia.public_id, **asked)
    assert answer.status_code == 422
    assert "Say what is needed" in answer.content.decode()
    answer = post(marta, "handoffs:split", kasia.public_id, **asked, language="uk")
    assert "Nobody here has noted all of this" in answer.content.decode()
    can(kamil, "language", "uk")
    assert post(marta, "handoffs:split", kasia.public_id, **asked, language="uk").status_code == 303
    handoff = Handoff.objects.get()
    assert "Whoever accepts" in page(marta, "handoffs:one", handoff.public_id)
    assert "I take it" in page(kamil, "handoffs:one", handoff.public_id)


def test_whoever_came_second_is_told_kindly(kasia, marta, kamil, tomek, english, at):
    from polecam.claims.handoffs.rules import Wanted

    for person in (kamil, tomek):
        can(person, "language", "uk")
    handoff = offered(kasia, marta, None, at, wanted=Wanted(language="uk"))
    assert page(tomek, "handoffs:one", handoff.public_id)
    taken(handoff, kamil, at)
    answer = post(tomek, "handoffs:accept", handoff.public_id)
    assert answer.status_code == 409
    assert "faster this time" in answer.content.decode()


def test_nobody_else_may_open_it(kasia, marta, kamil, tomek, ada, at):
    handoff = offered(kasia, marta, kamil, at)
    assert web(tomek).get(reverse("handoffs:one", args=[handoff.public_id])).status_code == 404
    assert web(ada).get(reverse("handoffs:one", args=[handoff.public_id])).status_code == 403
    for name in ("accept", "decline", "withdraw"):
        assert post(tomek, f"handoffs:{name}", handoff.public_id).status_code == 404
    assert web(kamil).get(reverse("handoffs:offer", args=[kasia.public_id])).status_code == 404
    assert web(kamil).get(reverse("referrals:one", args=[kasia.public_id])).status_code == 404


def test_it_waits_for_the_right_people(kasia, marta, kamil, tomek, english, at):
    handoff = offered(kasia, marta, kamil, at)
    address = reverse("handoffs:one", args=[handoff.public_id])
    assert address in page(kamil, "fair:fair")
    assert address not in page(marta, "fair:fair")
    assert address not in page(tomek, "fair:fair")
    for person in (marta, kamil):
        assert address in page(person, "handoffs:list")
    assert address not in page(tomek, "handoffs:list")


def test_the_originator_follows_without_any_contact(kasia, marta, kamil, english, at):
    taken(offered(kasia, marta, kamil, at), kamil, at)
    shown = page(marta, "referrals:one", kasia.public_id)
    assert "Kamil is in touch" in shown
    assert "From now on Kamil leads it" in shown.replace("\u00a0", " ")
    assert reverse("referrals:number", args=[kasia.public_id]) not in shown
    assert "60%" in shown
    assert "40%" in shown
    listed = page(marta, "referrals:list")
    assert "Kamil is in touch" in listed
    assert "exclusivity is over" not in listed
    number = post(marta, "referrals:number", kasia.public_id, channel="phone")
    assert number.status_code == 403
    assert post(kamil, "referrals:number", kasia.public_id, channel="phone").status_code == 200


def test_the_running_offer_stands_on_the_referrals_page(kasia, marta, kamil, english, at):
    handoff = offered(kasia, marta, kamil, at)
    shown = page(marta, "referrals:one", kasia.public_id)
    assert "Offered, waits for Kamil" in shown
    assert reverse("handoffs:one", args=[handoff.public_id]) in shown
    assert reverse("handoffs:offer", args=[kasia.public_id]) not in shown
    assert web(marta).get(reverse("handoffs:offer", args=[kasia.public_id])).status_code == 409


def test_the_boss_proposes_on_the_page_and_the_holder_decides(
    overseen, marta, kamil, tomek, english, at
):
    shown = page(tomek, "referrals:one", overseen.public_id)
    assert reverse("handoffs:offer", args=[overseen.public_id]) in shown
    answer = post(
        tomek,
        "handoffs:split",
        overseen.public_id,
        to=kamil.public_id,
        kind="product",
        note="",
    )
    assert answer.status_code == 303
    handoff = Handoff.objects.get()
    assert handoff.state == "proposed"
    assert "You decide" in page(marta, "fair:fair")
    assert "You decide" in page(marta, "handoffs:one", handoff.public_id)
    assert web(kamil).get(reverse("handoffs:agree", args=[handoff.public_id])).status_code == 409
    low = post(marta, "handoffs:agree", handoff.public_id, kept="10", floor="30")
    assert low.status_code == 422
    assert 'value="10"' in low.content.decode()
    assert (
        post(marta, "handoffs:agree", handoff.public_id, kept="75", floor="50").status_code == 303
    )
    handoff.refresh_from_db()
    assert (handoff.state, handoff.floor_bp) == ("offered", 5_000)


def test_a_proposal_is_declined_with_one_tap(overseen, marta, kamil, tomek, at):
    handoff = propose(tomek, overseen, kamil, at)
    assert post(marta, "handoffs:decline", handoff.public_id).status_code == 303
    handoff.refresh_from_db()
    assert handoff.state == "declined"


def test_an_expired_offer_says_so_and_changes_nothing(kasia, marta, kamil, english, at):
    handoff = offered(kasia, marta, kamil, at - 3 * DAY)
    assert "I take it" not in page(kamil, "handoffs:one", handoff.public_id)
    answer = post(kamil, "handoffs:accept", handoff.public_id, follow=True)
    assert "This hand-off is over" in answer.content.decode()
    assert holder(kasia) == marta


# --- the friend -----------------------------------------------------------------------------------


@pytest.fixture
def waiting(anna, marta, kamil, at):
    """Kamil took it; the friend agreed to calls and e-mails by Marta only."""
    referral = consented(anna, at=at - DAY, channels=("phone", "email"))
    from polecam.claims.handoffs.rules import Wanted

    return taken(
        offered(referral, marta, kamil, at, kind="language", wanted=Wanted(language="uk")),
        kamil,
        at,
    )


def own_page(handoff) -> str:
    consent = Consent.objects.filter(referral=handoff.referral.public_id).order_by("pk").first()
    return links.friend_path(consent)


def says(handoff, answer: str) -> dict[str, str]:
    """What the form on the friend's page sends."""
    return {"handoff": handoff.public_id, "answer": answer}


def test_a_yes_is_to_the_adviser_who_was_read_and_to_no_other(waiting, marta, kamil, tomek, at):
    """Between the look and the tap another hand-off took the place of the one on the page."""
    friend = Browser(headers={"accept-language": "en"})
    shown = friend.get(own_page(waiting)).content.decode()
    assert f'name="handoff" value="{waiting.public_id}"' in shown
    handoff_answers.withdraw(by=marta, at=at, handoff=waiting)
    other = taken(offered(waiting.referral, marta, tomek, at), tomek, at)
    for sent in (says(waiting, "yes"), {"answer": "yes"}, says(waiting, "no")):
        answer = friend.post(own_page(waiting) + "instead/", sent, follow=True)
        assert "This hand-off is over" in answer.content.decode()
    other.refresh_from_db()
    assert (other.state, holder(other.referral)) == ("accepted", marta)


def test_the_friend_sees_the_question_and_answers_in_one_post(waiting, kamil, settings):
    friend = Browser(headers={"accept-language": "en"})
    shown = friend.get(own_page(waiting)).content.decode()
    for text in (
        "May Kamil Duda get in touch?",
        "Marta proposes that Kamil Duda gets in touch instead.",
        "Kamil speaks Ukrainian.",
        "Kamil Duda may call me about this instead of the person named before",
        "Kamil Duda may e-mail me about this instead of the person named before",
    ):
        assert text in shown.replace("\u00a0", " ")
    assert shown.count('name="answer"') == 2
    answer = friend.post(own_page(waiting) + "instead/", says(waiting, "yes"), follow=True)
    assert "Kamil Duda will get in touch" in answer.content.decode()
    waiting.refresh_from_db()
    assert (waiting.state, holder(waiting.referral)) == ("done", kamil)
    after = friend.get(own_page(waiting)).content.decode()
    assert "May Kamil Duda get in touch?" not in after
    assert "Kamil Duda may call me" in after.replace("\u00a0", " ")


def test_looking_answers_nothing_and_nonsense_neither(waiting, marta):
    friend = Browser()
    address = own_page(waiting) + "instead/"
    assert friend.get(address).status_code == 303
    assert friend.post(address, says(waiting, "maybe")).status_code == 303
    assert Browser().post("/f/forged-token/instead/", {"answer": "yes"}).status_code == 404
    waiting.refresh_from_db()
    assert (waiting.state, holder(waiting.referral)) == ("accepted", marta)


def test_a_no_is_thanked_for(waiting, marta):
    friend = Browser(headers={"accept-language": "en"})
    answer = friend.post(own_page(waiting) + "instead/", says(waiting, "no"), follow=True)
    assert "Thank you for the answer" in answer.content.decode()
    waiting.refresh_from_db()
    assert (waiting.state, holder(waiting.referral)) == ("declined", marta)


def test_an_employee_cannot_answer_for_the_friend(waiting, kamil, english):
    answer = web(kamil).post(own_page(waiting) + "instead/", says(waiting, "yes"), follow=True)
    waiting.refresh_from_db()
    assert waiting.state == "accepted"
    assert "signed in in this browser" in answer.content.decode()


# --- absences and skills --------------------------------------------------------------------------


def test_an_absence_is_planned_and_ended(kasia, marta, kamil, tomek, english, at):
    now = today(at)
    answer = post(
        marta,
        "handoffs:away",
        person=marta.public_id,
        since=now.isoformat(),
        until=(now + 3 * DAY).isoformat(),
        cover=kamil.public_id,
    )
    assert answer.status_code == 303
    absence = Absence.objects.get()
    assert holder(kasia) == kamil
    assert "You are away" in page(marta, "handoffs:list")
    assert "you stand in" in page(kamil, "handoffs:list")
    assert "Marta" in page(tomek, "handoffs:list")
    assert post(kamil, "handoffs:back", absence.public_id).status_code == 403
    assert post(marta, "handoffs:back", absence.public_id).status_code == 303
    assert holder(kasia) == marta


def test_a_refused_absence_keeps_what_was_typed(kasia, marta, kamil, english, at):
    now = today(at)
    typed = {
        "person": marta.public_id,
        "since": (now + 3 * DAY).isoformat(),
        "until": (now + DAY).isoformat(),
        "cover": kamil.public_id,
    }
    answer = post(marta, "handoffs:away", **typed)
    assert answer.status_code == 422
    assert typed["since"] in answer.content.decode()
    for person in (kamil.public_id, "somebody"):
        assert post(marta, "handoffs:away", **(typed | {"person": person})).status_code == 422
    assert not Absence.objects.exists()


def test_skills_stand_on_the_profile(marta, english):
    said = {"languages": ["uk", "en"], "needs": ["home"], "places": "Wieliczka, Skawina,Wieliczka"}
    assert post(marta, "handoffs:skills", **said).status_code == 303
    assert {(s.kind, s.value) for s in Skill.objects.filter(person=marta)} == {
        ("language", "uk"),
        ("language", "en"),
        ("product", "home"),
        ("place", "Wieliczka"),
        ("place", "Skawina"),
    }
    assert "speaks Ukrainian" in page(marta, "entry:profile")
    assert post(marta, "handoffs:skills", places="Skawina").status_code == 303
    assert {s.value for s in Skill.objects.filter(person=marta)} == {"Skawina"}


def test_wrong_skills_change_nothing(marta, english):
    can(marta, "language", "en")
    assert post(marta, "handoffs:skills", languages=["xx"]).status_code == 422
    many = ", ".join(f"Miasto{n}" for n in range(9))
    answer = post(marta, "handoffs:skills", places=many)
    assert answer.status_code == 422
    assert many in answer.content.decode()
    assert {s.value for s in Skill.objects.filter(person=marta)} == {"en"}
