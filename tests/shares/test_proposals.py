"""Other shares: proposed by a seller of the referral, in force by the yes of everyone who loses."""

from datetime import timedelta

import pytest

from polecam.actions import credit, people, proposals
from polecam.claims.models import CreditShare, ProposedShare, ShareProposal
from polecam.claims.shares import queries as reads
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.referrals.models import Grant, Referral
from polecam.referrals.queries import mine
from polecam.store.tx import action, lock
from tests.cast import person
from tests.privacy.friend import capture, say_yes
from tests.referrals.growing import captured, consented
from tests.shares.support import in_force, shared, split
from tests.support.threads import together

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def kasia(anna, plan, at) -> Referral:
    """Marta's, consented three days ago; all hers."""
    return consented(anna, at=at - 3 * DAY, plan=plan.pk)


def propose(by, at, referral, *parts, **more) -> ShareProposal:
    return proposals.propose(by=by, at=at, referral=referral, parts=split(*parts), **more)


def refused(code, call, *args, **kwargs) -> None:
    before = [(row.pk, row.number) for row in CreditShare.objects.order_by("pk")]
    with pytest.raises(Refused, match=f"^{code}"):
        call(*args, **kwargs)
    assert [(row.pk, row.number) for row in CreditShare.objects.order_by("pk")] == before


def test_what_only_the_proposer_gives_counts_at_once(kasia, marta, kamil, at):
    made = propose(marta, at, kasia, (marta, 7_000), (kamil, 3_000, "closer"), reason="joint")
    assert made.state == "agreed"
    assert in_force(kasia) == {"Marta": 7_000, "Kamil": 3_000}
    assert in_force(kasia, at - MINUTE) == {"Marta": 10_000}, "a set counts from its own time"
    newest = CreditShare.objects.filter(referral=kasia, number=2)
    assert {(row.reason, row.source) for row in newest} == {("agreed", made.public_id)}
    assert Grant.objects.get(person=kamil).why == "share"
    assert kasia in mine(kamil, at=at + MINUTE)


def test_whoever_loses_is_asked_whoever_gains_is_not(anna, plan, marta, kamil, branch, at):
    ola = person(branch, "seller", "Ola", "Pietrzak", "f", at=at)
    referral = shared(anna, at - DAY, (marta, 6_000), (kamil, 4_000, "closer"), plan=plan.pk)
    made = propose(kamil, at, referral, (marta, 5_000), (kamil, 4_500, "closer"), (ola, 500))
    assert made.state == "open"
    assert in_force(referral) == {"Marta": 6_000, "Kamil": 4_000}
    assert [row.person for row in reads.waiting_for(marta, at)] == [marta]
    assert not reads.waiting_for(kamil, at).exists()
    assert not reads.waiting_for(ola, at).exists()
    assert referral in reads.with_share(ola, at=at), "whoever would gain sees it"
    for nobody in (kamil, ola):
        with pytest.raises(NotAllowed):
            proposals.answer(by=nobody, at=at, proposal=made, agrees=True)
    done = proposals.answer(by=marta, at=at + MINUTE, proposal=made, agrees=True)
    assert done.state == "agreed"
    assert in_force(referral) == {"Marta": 5_000, "Kamil": 4_500, "Ola": 500}
    again = proposals.answer(by=marta, at=at + MINUTE, proposal=made, agrees=True)
    assert again.state == "agreed"
    assert CreditShare.objects.filter(referral=referral, number=3).count() == 3
    assert not CreditShare.objects.filter(referral=referral, number=4).exists()


def test_everyone_who_loses_must_agree(anna, plan, marta, kamil, tomek, branch, at):
    ola = person(branch, "seller", "Ola", "Pietrzak", "f", at=at)
    referral = shared(anna, at - DAY, (marta, 5_000), (kamil, 3_000), (tomek, 2_000), plan=plan.pk)
    made = propose(
        tomek, at, referral, (marta, 4_500), (kamil, 2_500), (tomek, 1_500), (ola, 1_500)
    )
    assert ProposedShare.objects.get(proposal=made, person=tomek).agreed, "the proposer's own yes"
    proposals.answer(by=marta, at=at, proposal=made, agrees=True)
    assert in_force(referral)["Marta"] == 5_000
    proposals.answer(by=kamil, at=at, proposal=made, agrees=True)
    assert in_force(referral) == {"Marta": 4_500, "Kamil": 2_500, "Tomasz": 1_500, "Ola": 1_500}


def test_a_no_needs_no_reason_and_changes_nothing(anna, plan, marta, kamil, at):
    referral = shared(anna, at - DAY, (marta, 6_000), (kamil, 4_000), plan=plan.pk)
    made = propose(kamil, at, referral, (marta, 5_000), (kamil, 5_000))
    said = proposals.answer(by=marta, at=at, proposal=made, agrees=False)
    assert said.state == "declined"
    assert in_force(referral) == {"Marta": 6_000, "Kamil": 4_000}
    refused("proposal_over", proposals.answer, by=marta, at=at, proposal=made, agrees=True)
    assert propose(kamil, at, referral, (marta, 5_500), (kamil, 4_500)).state == "open"


def test_only_the_proposer_takes_it_back(anna, plan, marta, kamil, at):
    referral = shared(anna, at - DAY, (marta, 6_000), (kamil, 4_000), plan=plan.pk)
    made = propose(kamil, at, referral, (marta, 5_000), (kamil, 5_000))
    with pytest.raises(NotAllowed):
        proposals.withdraw(by=marta, at=at, proposal=made)
    assert proposals.withdraw(by=kamil, at=at, proposal=made).state == "withdrawn"
    assert proposals.withdraw(by=kamil, at=at, proposal=made).state == "withdrawn"
    refused("proposal_over", proposals.answer, by=marta, at=at, proposal=made, agrees=True)


def test_after_its_days_it_lapses(anna, plan, marta, kamil, at):
    early = at - 10 * DAY
    referral = shared(anna, early, (marta, 6_000), (kamil, 4_000), plan=plan.pk)
    made = propose(kamil, early, referral, (marta, 5_000), (kamil, 5_000))
    assert made.expires_at == early + 7 * DAY
    refused("proposal_expired", proposals.answer, by=marta, at=at, proposal=made, agrees=True)
    assert not reads.waiting_for(marta, at).exists()
    assert proposals.close_due(at=made.expires_at - MINUTE) == 0
    assert proposals.close_due(at=made.expires_at) == 1
    assert proposals.close_due(at=at) == 0
    made.refresh_from_db()
    assert made.state == "expired"
    refused("proposal_expired", proposals.answer, by=marta, at=at, proposal=made, agrees=True)


def test_another_set_meanwhile_makes_it_void(anna, plan, marta, kamil, at):
    referral = shared(anna, at - DAY, (marta, 6_000), (kamil, 4_000), plan=plan.pk)
    made = propose(kamil, at, referral, (marta, 5_000), (kamil, 5_000))
    with action():
        credit.share_anew(
            lock(referral), split((marta, 5_900), (kamil, 4_100)), by=None, at=at,
            reason="dispute", source="", agreed={marta.pk},
        )  # fmt: skip
    refused("shares_changed", proposals.answer, by=marta, at=at, proposal=made, agrees=True)
    assert not reads.waiting_for(marta, at).exists()
    assert propose(kamil, at, referral, (marta, 5_000), (kamil, 5_000)).state == "open"
    made.refresh_from_db()
    assert made.state == "expired"


def test_a_floor_falls_only_with_the_yes_of_whose_it_is(anna, plan, marta, kamil, at):
    referral = shared(anna, at - DAY, (marta, 5_000), (kamil, 5_000), plan=plan.pk)
    CreditShare.objects.bulk_create(
        CreditShare(
            referral=referral, number=3, person=who, share_bp=5_000, floor_bp=floor, at=at - DAY
        )
        for who, floor in ((marta, 3_000), (kamil, 0))
    )
    with action(), pytest.raises(Refused, match="shares_floor"):
        credit.share_anew(
            lock(referral), split((marta, 1_000), (kamil, 9_000)), by=kamil, at=at,
            reason="agreed", source="",
        )  # fmt: skip
    made = propose(kamil, at, referral, (marta, 1_000), (kamil, 9_000))
    proposals.answer(by=marta, at=at, proposal=made, agrees=True)
    marta_now = CreditShare.objects.get(referral=referral, number=4, person=marta)
    assert (marta_now.share_bp, marta_now.floor_bp) == (1_000, 1_000)


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (lambda m, k: [(m, 7_000), (k, 2_999)], "shares_sum"),
        (lambda m, k: [(m, 7_000), (k, 3_001)], "shares_sum"),
        (lambda m, k: [(m, 11_000), (k, -1_000)], "shares_sum"),
        (lambda m, k: [(m, 10_000), (k, 0)], "shares_sum"),
        (lambda m, k: [(m, 5_000), (m, 5_000)], "share_twice"),
        (lambda m, k: [(m, 10_000)], "shares_same"),
        (lambda m, k: [(m, 7_000), (k, 3_000, "boss")], "share_role"),
        (lambda m, k: [], "shares_sum"),
    ],
)
def test_a_split_that_is_none_is_refused(kasia, marta, kamil, at, parts, code):
    refused(code, propose, marta, at, kasia, *parts(marta, kamil))
    assert not ShareProposal.objects.exists()


def test_nobody_who_left_or_sells_elsewhere_comes_in(kasia, marta, kamil, irena, at):
    refused("share_stranger", propose, marta, at, kasia, (marta, 9_000), (irena, 1_000))
    people.Person.objects.filter(pk=kamil.pk).update(is_active=False)
    refused("person_left", propose, marta, at, kasia, (marta, 9_000), (kamil, 1_000))


def test_whoever_left_cannot_lose_unasked(anna, plan, marta, kamil, at):
    referral = shared(anna, at - DAY, (marta, 6_000), (kamil, 4_000), plan=plan.pk)
    people.Person.objects.filter(pk=kamil.pk).update(is_active=False)
    refused("person_left", propose, marta, at, referral, (marta, 7_000), (kamil, 3_000))


def test_a_strangers_and_a_waiting_referral_are_not_shared(anna, kasia, plan, marta, kamil, at):
    with pytest.raises(NotAllowed):
        propose(kamil, at, kasia, (marta, 5_000), (kamil, 5_000))
    early = captured(anna, at=at - DAY, plan=plan.pk)
    refused("referral_waits", propose, marta, at, early, (marta, 5_000), (kamil, 5_000))
    Referral.objects.filter(pk=kasia.pk).update(state="lost")
    refused("referral_ended", propose, marta, at, kasia, (marta, 5_000), (kamil, 5_000))


def test_one_proposal_at_a_time(anna, plan, marta, kamil, at):
    referral = shared(anna, at - DAY, (marta, 6_000), (kamil, 4_000), plan=plan.pk)
    propose(kamil, at, referral, (marta, 5_000), (kamil, 5_000))
    refused("proposal_open", propose, marta, at, referral, (marta, 7_000), (kamil, 3_000))


def test_a_colleague_keeps_their_role_unless_asked(anna, plan, marta, kamil, branch, at):
    ola = person(branch, "seller", "Ola", "Pietrzak", "f", at=at)
    referral = shared(anna, at - DAY, (marta, 6_000), (kamil, 4_000), plan=plan.pk)
    changed = ((marta, 5_000), (kamil, 4_000, "opener"), (ola, 1_000))
    refused("share_role", propose, marta, at, referral, *changed)
    own = propose(kamil, at, referral, (marta, 6_000), (kamil, 4_000, "closer"))
    assert own.state == "agreed"


@pytest.mark.parametrize(
    ("note", "code"), [("x" * 241, "note_long"), ("zadzwoń 601 673 417", "words_with_contact")]
)
def test_a_note_is_short_and_without_numbers(kasia, marta, kamil, at, note, code):
    refused(code, propose, marta, at, kasia, (marta, 7_000), (kamil, 3_000), note=note)


def test_the_journal_holds_no_words(kasia, marta, kamil, at):
    propose(marta, at, kasia, (marta, 7_000), (kamil, 3_000), note="Za pomoc w rozmowie")
    event = Event.objects.get(kind="share.proposed")
    assert event.commitment
    assert "Za pomoc" not in str(event.data)
    told = Event.objects.get(kind="share.set")
    assert told.data["shares_bp"] == [7_000, 3_000]


# --- a share asked for by whoever was recommended the same person too ---


@pytest.fixture
def both(anna, marta, kamil, plan, at):
    """Marta leads the friend; Kamil was recommended the same person a day later."""
    first = capture(anna, marta, at - 2 * DAY, plan)
    second = capture(anna, kamil, at - DAY, plan)
    say_yes(first.invitation, at - 2 * DAY)
    say_yes(second.invitation, at - DAY)
    first.refresh_from_db()
    second.refresh_from_db()
    return first, second


def test_a_share_is_asked_for_blindly_and_agreed_by_name(both, marta, kamil, at):
    led, second = both
    made = proposals.ask_for_share(by=kamil, at=at, referral=second, share_bp=1_250)
    assert (made.referral, made.reason, made.note) == (led, "second", "")
    assert led not in reads.with_share(kamil, at=at), "nothing opens before they agreed"
    assert led not in mine(kamil, at=at)
    assert [row.proposal for row in reads.waiting_for(marta, at)] == [made]
    event = Event.objects.get(kind="share.proposed")
    assert kamil.pk not in event.data.values()
    proposals.answer(by=marta, at=at, proposal=made, agrees=True)
    assert in_force(led) == {"Marta": 8_750, "Kamil": 1_250}
    assert led in mine(kamil, at=at + MINUTE)


def test_a_share_is_asked_for_once(both, marta, kamil, at):
    _led, second = both
    made = proposals.ask_for_share(by=kamil, at=at, referral=second, share_bp=1_000)
    refused(
        "share_asked_already",
        proposals.ask_for_share, by=kamil, at=at, referral=second, share_bp=500,
    )  # fmt: skip
    proposals.answer(by=marta, at=at, proposal=made, agrees=False)
    refused(
        "share_asked_already",
        proposals.ask_for_share, by=kamil, at=at, referral=second, share_bp=500,
    )  # fmt: skip


def test_nothing_is_asked_where_nobody_leads(kasia, both, marta, kamil, at):
    _led, second = both
    ask = proposals.ask_for_share
    refused("nothing_to_share", ask, by=marta, at=at, referral=kasia, share_bp=1_000)
    refused("nothing_to_share", ask, by=kamil, at=at + 200 * DAY, referral=second, share_bp=1)
    with pytest.raises(NotAllowed):
        ask(by=marta, at=at, referral=second, share_bp=1_000)
    for wrong in (0, -1, 10_000):
        refused("share_asked", ask, by=kamil, at=at, referral=second, share_bp=wrong)


def test_what_stands_in_the_way_is_not_told(both, marta, kamil, branch, at):
    led, second = both
    ola = person(branch, "seller", "Ola", "Pietrzak", "f", at=at)
    propose(marta, at, led, (marta, 7_000), (ola, 3_000))
    propose(ola, at, led, (marta, 6_000), (ola, 4_000))
    ask = proposals.ask_for_share
    refused("share_ask_later", ask, by=kamil, at=at, referral=second, share_bp=1_000)


@pytest.mark.django_db(transaction=True)
def test_the_last_two_answers_at_once_make_one_set(anna, plan, marta, kamil, tomek, at):
    referral = shared(anna, at - DAY, (marta, 5_000), (kamil, 3_000), (tomek, 2_000), plan=plan.pk)
    made = propose(tomek, at, referral, (marta, 4_000), (kamil, 2_000), (tomek, 4_000))
    said = together(
        lambda n: proposals.answer(by=(marta, kamil)[n % 2], at=at, proposal=made, agrees=True)
    )
    assert said == ["done"] * 4
    assert in_force(referral) == {"Marta": 4_000, "Kamil": 2_000, "Tomasz": 4_000}
    assert CreditShare.objects.filter(referral=referral, number=3).count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_yes_and_a_no_at_once_end_it_once(anna, plan, marta, kamil, at):
    referral = shared(anna, at - DAY, (marta, 6_000), (kamil, 4_000), plan=plan.pk)
    made = propose(kamil, at, referral, (marta, 5_000), (kamil, 5_000))
    together(lambda n: proposals.answer(by=marta, at=at, proposal=made, agrees=bool(n % 2)))
    made.refresh_from_db()
    now = in_force(referral)["Marta"]
    assert (made.state, now) in {("agreed", 5_000), ("declined", 6_000)}
