"""What is one person's alone: a hand-off that won, a coaching, a reference; a complaint."""

from datetime import timedelta

import pytest

from polecam.actions import bonuses, coaching, sales
from polecam.bonuses.models import Coaching, Line
from polecam.bonuses.queries import credited
from polecam.bonuses.verify import problems
from polecam.claims.models import Handoff
from polecam.kit.errors import NotAllowed, Refused
from polecam.store import clock
from polecam.store.tx import action
from tests.facts.support import DAY, SALE, confirmed, count, kept, version_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def helpful(firm, at):
    """50 zł for a hand-off that won, 80 zł for a colleague coached, 30 zł for a reference."""
    return version_of(
        at, SALE, count("handoff", 5_000), count("coached", 8_000), count("reference", 3_000)
    )


def done(giver, receiver, at, *, kind="product"):
    """A hand-off from one to the other, done."""

    def hand(referral):
        Handoff.objects.create(
            referral=referral,
            branch_id=referral.branch_id,
            giver=giver,
            receiver=receiver,
            proposed_by=giver,
            kind=kind,
            floor_bp=0,
            state="done",
            made_at=at,
            expires_at=at + DAY,
            done_at=at,
        )

    return hand


def test_who_gave_it_away_is_credited_once_it_is_sold(anna, marta, kamil, tomek, helpful, at):
    sale = confirmed(anna, kamil, tomek, helpful, at, handed=done(marta, kamil, at - 5 * DAY))
    (fact,) = kept(kind="handoff")
    assert (fact.person, fact.share_bp) == (marta, 10_000)
    assert fact.referral == sale.referral.public_id
    assert Line.objects.get(fact=fact).amount_grosze == 5_000
    assert [one.facts[0].kind for one in credited(fact.referral)] == ["sale"]  # never shared
    assert list(problems()) == []


def test_there_and_back_again_only_the_other_gave(anna, marta, kamil, tomek, helpful, at):
    def both(referral):
        done(marta, kamil, at - 5 * DAY)(referral)
        done(kamil, marta, at - 4 * DAY)(referral)

    confirmed(anna, marta, tomek, helpful, at, handed=both)
    assert [fact.person for fact in kept(kind="handoff")] == [kamil]


@pytest.mark.parametrize("kind", ["absence", "leaving"])
def test_an_absence_and_a_leaving_are_no_gift(anna, marta, kamil, tomek, helpful, at, kind):
    confirmed(anna, kamil, tomek, helpful, at, handed=done(marta, kamil, at, kind=kind))
    assert kept(kind="handoff") == []


def test_a_hand_off_goes_with_its_sale(anna, marta, kamil, tomek, helpful, at):
    sale = confirmed(anna, kamil, tomek, helpful, at, handed=done(marta, kamil, at - 5 * DAY))
    sales.void(by=tomek, at=at, sale=sale, reason="cancelled")
    assert kept() == []
    assert not Line.objects.exclude(state="void").exists()
    assert list(problems()) == []


def test_the_value_of_a_sale_stands_beside_its_margin(anna, marta, tomek, helpful, at):
    sale = confirmed(anna, marta, tomek, helpful, at)
    (fact,) = kept(kind="sale")
    assert (fact.base_grosze, fact.value_grosze) == (sale.margin_grosze, sale.value_grosze)


def test_an_upheld_complaint_counts_and_earns_nothing(anna, marta, kamil, tomek, helpful, at):
    sale = confirmed(anna, marta, tomek, helpful, at, shares={marta: 6_000, kamil: 4_000})
    for _ in range(2):
        complaint = sales.record_complaint(by=tomek, at=at, sale=sale, ground="pressure")
        sales.decide_complaint(by=tomek, at=at, complaint=complaint, upheld=True, decision="Tak.")
    (fact,) = kept()
    assert (fact.kind, fact.person, fact.share_bp) == ("complaint", marta, 10_000)
    assert not Line.objects.filter(fact=fact).exists()
    assert list(problems()) == []


def test_a_colleague_made_ready(branch, marta, kamil, tomek, helpful, at):
    made = coaching.confirm(by=tomek, at=at, branch=branch, mentor=marta, colleague=kamil)
    (fact,) = kept()
    assert (fact.kind, fact.person, fact.source) == ("coached", marta, made.public_id)
    assert fact.referral == made.public_id
    assert Line.objects.get().amount_grosze == 8_000
    with pytest.raises(Refused, match="coached_before"):
        coaching.confirm(by=tomek, at=at, branch=branch, mentor=marta, colleague=kamil)
    coaching.confirm(by=tomek, at=at, branch=branch, mentor=kamil, colleague=marta)
    assert Coaching.objects.count() == 2


def test_who_may_not_confirm_a_coaching(branch, marta, kamil, tomek, pawel, at):
    def confirm(by, mentor, colleague):
        coaching.confirm(by=by, at=at, branch=branch, mentor=mentor, colleague=colleague)

    with pytest.raises(NotAllowed):
        confirm(kamil, marta, kamil)
    for mentor, colleague in ((tomek, marta), (marta, tomek)):
        with pytest.raises(Refused, match="coaching_own"):
            confirm(tomek, mentor, colleague)
    with pytest.raises(Refused, match="coaching_oneself"):
        confirm(tomek, marta, marta)
    with pytest.raises(Refused, match="coaching_stranger"):
        confirm(tomek, marta, pawel)
    assert not Coaching.objects.exists()


def test_a_reference_is_its_sellers_once(anna, marta, tomek, helpful, branch, at):
    """A reference is a later issue's row; here anything with a public id stands for it."""
    for _ in range(2):
        bonuses.credit_reference(seller=marta, branch_id=branch.pk, reference=anna, at=at, by=tomek)
    (fact,) = kept()
    assert (fact.kind, fact.person, fact.source) == ("reference", marta, anna.public_id)
    assert Line.objects.get().amount_grosze == 3_000


def test_without_a_plan_nothing_is_credited(anna, marta, kamil, tomek, branch, at):
    coaching.confirm(by=tomek, at=at, branch=branch, mentor=marta, colleague=kamil)
    assert kept() == []


def test_a_line_vests_only_after_the_fact_it_waits_for(anna, marta, tomek, firm, at):
    version = version_of(at, count("consent", 1_000, vests_after="sale"), SALE)
    sold = confirmed(anna, marta, tomek, version, at - 40 * DAY)
    with clock.injected():
        waiting = confirmed(anna, marta, tomek, version, at - 80 * DAY)
        for sale, back in ((sold, 45), (waiting, 85)):
            with action():
                bonuses.credit(
                    kind="consent",
                    referral=sale.referral,
                    source=sale.referral,
                    at=at - back * DAY,
                )
        sales.void(by=tomek, at=at - 79 * DAY, sale=waiting, reason="cancelled")
        bonuses.vest_due(at=at)
    consents = Line.objects.filter(fact__kind="consent").order_by("fact__confirmed_at")
    assert [line.state for line in consents] == ["pending", "payable"]
    assert list(problems()) == []


def test_a_component_without_a_condition_vests_as_before(anna, marta, tomek, plan, at):
    confirmed(anna, marta, tomek, plan, at - timedelta(days=31))
    with clock.injected():
        assert bonuses.vest_due(at=at) == 1
