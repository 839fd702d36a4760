"""Offering a referral to a colleague: what is proposed, what both see, what is refused."""

import pytest

from polecam.actions import handoff_answers, handoffs
from polecam.claims.contact import reveal
from polecam.claims.handoffs import queries, rules
from polecam.claims.handoffs.rules import ANYONE, Wanted
from polecam.claims.models import Claim, CreditShare, Handoff
from polecam.claims.rules import Part
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.people.models import Absence
from tests import cast
from tests.handoffs.support import (
    DAY,
    HOUR,
    branch_wide,
    can,
    consented,
    floors,
    holder,
    offered,
    parts,
    taken,
    today,
)
from tests.referrals.growing import captured


def picture() -> tuple:
    """Everything an offer or its answer might write."""
    return (
        list(Handoff.objects.values_list()),
        list(Claim.objects.values_list()),
        list(CreditShare.objects.values_list()),
        list(Absence.objects.values_list()),
        Event.objects.count(),
    )


def refused(code: str, act) -> None:
    """The act is refused with this code, and nothing at all was written."""
    before = picture()
    with pytest.raises(Refused, match=f"^{code}$"):
        act()
    assert picture() == before


@pytest.fixture
def kasia(anna, at):
    """Marta's referral; the friend's consent named the branch."""
    return branch_wide(anna, at=at - 3 * DAY)


def test_the_usual_split_leaves_the_author_most_of_it(kasia, marta, kamil, at):
    handoff = offered(kasia, marta, kamil, at)
    split = {p.person_id: (p.share_bp, p.role) for p in queries.parts_of(handoff)}
    assert split == {marta.pk: (6_000, "introducer"), kamil.pk: (4_000, "closer")}
    assert handoff.floor_bp == 3_000
    assert handoff.expires_at == at + 48 * HOUR
    assert parts(kasia) == {"Marta": 10_000}, "nothing moves by an offer"
    assert holder(kasia) == marta


def test_accepting_moves_the_work_the_shares_and_the_contact(kasia, marta, kamil, at):
    handoff = taken(offered(kasia, marta, kamil, at), kamil, at + HOUR)
    assert handoff.state == "done"
    assert holder(kasia) == kamil
    assert parts(kasia) == {"Marta": 6_000, "Kamil": 4_000}
    assert floors(kasia) == {"Marta": 3_000}
    assert reveal(kamil, kasia, "phone", at + HOUR) == "+48600100200"
    with pytest.raises(NotAllowed):
        reveal(marta, kasia, "phone", at + HOUR)
    kasia.refresh_from_db()
    assert kasia.originator == marta


def test_the_floor_stands_in_the_ledger_before_contact_is_shown(anna, marta, kamil, at):
    referral = consented(anna, at=at - DAY)
    handoff = taken(offered(referral, marta, kamil, at, floor_bp=5_500), kamil, at + HOUR)
    assert handoff.state == "accepted"
    assert floors(referral) == {"Marta": 5_500}
    assert parts(referral) == {"Marta": 10_000}
    with pytest.raises(NotAllowed):
        reveal(kamil, referral, "phone", at + HOUR)
    assert reveal(marta, referral, "phone", at + HOUR)


def test_any_split_to_the_basis_point(kasia, marta, kamil, at):
    split = [Part(marta.pk, 6_667), Part(kamil.pk, 3_333, "closer")]
    taken(offered(kasia, marta, kamil, at, parts=split, floor_bp=6_001), kamil, at)
    assert parts(kasia) == {"Marta": 6_667, "Kamil": 3_333}
    assert floors(kasia) == {"Marta": 6_001}


def test_a_holder_who_did_not_bring_it_gives_from_their_own_part_only(
    kasia, marta, kamil, tomek, at
):
    taken(offered(kasia, marta, kamil, at), kamil, at)
    handoff = offered(kasia, kamil, tomek, at + HOUR)
    taken(handoff, tomek, at + 2 * HOUR)
    assert parts(kasia) == {"Marta": 6_000, "Kamil": 800, "Tomasz": 3_200}
    roles = {s.person_id: s.role for s in CreditShare.objects.filter(referral=kasia, number=3)}
    assert roles == {marta.pk: "introducer", kamil.pk: "opener", tomek.pk: "closer"}


def test_it_may_go_back_to_whoever_brought_it(kasia, marta, kamil, at):
    taken(offered(kasia, marta, kamil, at), kamil, at)
    taken(offered(kasia, kamil, marta, at + HOUR), marta, at + HOUR)
    assert holder(kasia) == marta
    assert parts(kasia) == {"Marta": 9_200, "Kamil": 800}


def test_what_is_refused_leaves_everything_as_it_was(kasia, marta, kamil, tomek, at):
    def act(**more):
        return lambda: offered(kasia, marta, kamil, at, **more)

    sum_off = [Part(marta.pk, 6_000), Part(kamil.pk, 4_100)]
    low = [Part(marta.pk, 2_900), Part(kamil.pk, 7_100)]
    stranger = [Part(marta.pk, 6_000), Part(kamil.pk, 3_000), Part(tomek.pk, 1_000)]
    refused("shares_sum", act(parts=sum_off))
    refused("shares_sum", act(parts=[Part(marta.pk, 10_000), Part(kamil.pk, 0)]))
    refused("share_twice", act(parts=[Part(marta.pk, 5_000), Part(marta.pk, 5_000)]))
    refused("shares_floor", act(parts=low))
    refused("handoff_floor", act(floor_bp=2_999))
    refused("shares_floor", act(floor_bp=6_001))
    refused("handoff_only_yours", act(parts=stranger))
    refused("handoff_nothing", act(parts=[Part(marta.pk, 10_000)]))
    refused("handoff_kind", act(kind="leaving"))
    refused("handoff_kind", act(kind="whim"))
    refused("no_number_please", act(note="Zadzwoń: 600 100 200"))
    refused("no_number_please", act(note="kasia@poczta.example"))
    refused("note_long", act(note="a" * 241))
    refused("unknown_need", act(wanted=Wanted(product="yacht")))
    refused("handoff_oneself", lambda: offered(kasia, marta, marta, at))
    refused("not_holder", lambda: offered(kasia, kamil, tomek, at))


def test_not_to_a_leaver_nor_to_somebody_away_nor_out_of_the_branch(
    kasia, marta, kamil, ada, firm, at
):
    from polecam.organisation.models import Branch

    far = Branch.objects.create(name="Oddział Krowodrza", created_at=at)
    stranger = cast.person(far, "seller", "Olga", "Obca", "f", at=at)
    gone = cast.person(kasia.branch, "seller", "Ewa", "Dawna", "f", at=at, is_active=False)
    for person in (stranger, gone, ada):
        refused("handoff_unfit", lambda person=person: offered(kasia, marta, person, at))
    Absence.objects.create(
        person=kamil, since=today(at), until=today(at) + DAY, made_by=kamil, made_at=at
    )
    refused("handoff_away", lambda: offered(kasia, marta, kamil, at))


def test_not_without_consent_nor_after_the_end(anna, kasia, marta, kamil, at):
    waits = captured(anna, at=at - DAY)
    refused("referral_waits", lambda: offered(waits, marta, kamil, at))
    from polecam.privacy.models import Consent

    Consent.objects.filter(referral=kasia.public_id).update(withdrawn_at=at)
    refused("no_consent", lambda: offered(kasia, marta, kamil, at))
    refused("claim_over", lambda: offered(kasia, marta, kamil, at + 100 * DAY))


def test_one_offer_at_a_time(kasia, marta, kamil, tomek, at):
    offered(kasia, marta, kamil, at)
    refused("handoff_open", lambda: offered(kasia, marta, kamil, at))
    refused("handoff_open", lambda: offered(kasia, marta, tomek, at))


def test_a_holder_without_a_part_has_nothing_to_pass_on(anna, marta, kamil, tomek, at):
    referral = branch_wide(anna, at=at - DAY, holder=kamil)
    refused("handoff_no_part", lambda: offered(referral, kamil, tomek, at))


def test_an_expired_offer_cannot_be_taken_and_returns_by_itself(kasia, marta, kamil, at):
    handoff = offered(kasia, marta, kamil, at)
    late = at + 48 * HOUR
    refused("handoff_over", lambda: taken(handoff, kamil, late))
    assert handoff_answers.expire_due(at=late - HOUR) == 0
    assert handoff_answers.expire_due(at=late) == 1
    assert handoff_answers.expire_due(at=late) == 0
    handoff.refresh_from_db()
    assert handoff.state == "expired"
    assert holder(kasia) == marta
    refused("handoff_over", lambda: taken(handoff, kamil, at + HOUR))
    assert offered(kasia, marta, kamil, late).state == "offered", "it may be offered again"


def test_the_hours_are_a_setting_and_never_outlast_the_exclusivity(kasia, marta, kamil, at):
    from polecam.organisation.models import Setting

    Setting.objects.create(key="handoff_hours", value=5, valid_from=at - DAY, set_at=at)
    assert offered(kasia, marta, kamil, at).expires_at == at + 5 * HOUR
    handoff_answers.withdraw(by=marta, at=at, handoff=Handoff.objects.get())
    claim = Claim.objects.get()
    end = claim.until - HOUR
    assert offered(kasia, marta, kamil, end).expires_at == claim.until


def test_declining_needs_no_reason_and_changes_nothing(kasia, marta, kamil, tomek, at):
    handoff = offered(kasia, marta, kamil, at)
    refused("not_yours_to_answer", lambda: decline(tomek, handoff, at))
    refused("not_yours_to_answer", lambda: decline(marta, handoff, at))
    assert decline(kamil, handoff, at + HOUR).state == "declined"
    assert decline(kamil, handoff, at + HOUR).state == "declined", "a double tap"
    refused("handoff_over", lambda: taken(handoff, kamil, at + HOUR))
    assert (holder(kasia), parts(kasia)) == (marta, {"Marta": 10_000})


def decline(by, handoff, at):
    return handoff_answers.decline(by=by, at=at, handoff=handoff)


def test_the_giver_takes_it_back(kasia, marta, kamil, at):
    handoff = offered(kasia, marta, kamil, at)
    refused(
        "not_yours_to_answer",
        lambda: handoff_answers.withdraw(by=kamil, at=at, handoff=handoff),
    )
    assert handoff_answers.withdraw(by=marta, at=at, handoff=handoff).state == "withdrawn"
    assert handoff_answers.withdraw(by=marta, at=at, handoff=handoff).state == "withdrawn"
    refused("handoff_over", lambda: taken(handoff, kamil, at))


def test_taking_twice_is_once(kasia, marta, kamil, at):
    handoff = offered(kasia, marta, kamil, at)
    taken(handoff, kamil, at)
    before = picture()
    assert taken(handoff, kamil, at + HOUR).state == "done"
    assert picture() == before


def test_nobody_takes_what_is_offered_to_somebody_else(kasia, marta, kamil, tomek, ada, at):
    handoff = offered(kasia, marta, kamil, at)
    refused("not_yours_to_answer", lambda: taken(handoff, tomek, at))
    refused("not_yours_to_answer", lambda: taken(handoff, marta, at))
    refused("not_allowed", lambda: taken(handoff, ada, at))


def test_a_split_that_changed_meanwhile_is_not_accepted_unseen(kasia, marta, kamil, tomek, at):
    from polecam.actions import credit

    handoff = offered(kasia, marta, kamil, at)
    joint = [Part(marta.pk, 5_000), Part(tomek.pk, 5_000, "opener")]
    credit.share_anew(kasia, joint, by=marta, at=at, reason="agreed", source="p1")
    refused("handoff_changed", lambda: taken(handoff, kamil, at + HOUR))


def test_an_offer_whose_referral_ended_is_over(kasia, marta, kamil, at):
    from polecam.actions import referrals_work

    handoff = offered(kasia, marta, kamil, at)
    referrals_work.lose(by=marta, at=at, referral=kasia, reason="not_now")
    refused("handoff_over", lambda: taken(handoff, kamil, at + HOUR))
    assert handoff_answers.expire_due(at=at + HOUR) == 1


# --- whoever fits ---------------------------------------------------------------------------------


def test_to_whoever_fits_the_first_to_accept(kasia, marta, kamil, tomek, at):
    for person in (kamil, tomek):
        can(person, "language", "uk")
    can(kamil, "place", "Wieliczka")
    handoff = offered(kasia, marta, None, at, kind="language", wanted=Wanted(language="uk"))
    split = {p.person_id: p.share_bp for p in queries.parts_of(handoff)}
    assert split == {marta.pk: 7_000, ANYONE: 3_000}
    assert list(queries.waiting_for(tomek, at=at)) == [handoff]
    taken(handoff, tomek, at + HOUR)
    refused("handoff_taken", lambda: taken(handoff, kamil, at + HOUR))
    assert parts(kasia) == {"Marta": 7_000, "Tomasz": 3_000}
    assert not queries.waiting_for(kamil, at=at + HOUR)
    assert queries.missed(kamil, handoff.public_id, at=at + HOUR)
    assert not queries.visible_to(kamil, at=at + HOUR).exists()


def test_only_whoever_fits_everything_and_is_here(kasia, marta, kamil, tomek, at):
    wanted = Wanted(language="uk", product="home", place="wieliczka")
    can(kamil, "language", "uk")
    can(kamil, "product", "home")
    refused("handoff_nobody", lambda: offered(kasia, marta, None, at, kind="place", wanted=wanted))
    can(kamil, "place", "Wieliczka")
    handoff = offered(kasia, marta, None, at, kind="place", wanted=wanted)
    assert not queries.visible_to(tomek, at=at).exists()
    refused("handoff_not_fitting", lambda: taken(handoff, tomek, at))
    away = Absence.objects.create(
        person=kamil, since=today(at), until=today(at) + DAY, made_by=kamil, made_at=at
    )
    assert not queries.waiting_for(kamil, at=at)
    refused("handoff_not_fitting", lambda: taken(handoff, kamil, at))
    away.delete()
    assert taken(handoff, kamil, at).state == "done"


def test_whoever_fits_needs_to_be_said(kasia, marta, kamil, at):
    refused("handoff_wanted", lambda: offered(kasia, marta, None, at))


# --- the boss -------------------------------------------------------------------------------------


@pytest.fixture
def overseen(kasia, marta, at):
    """The monitoring notice was given, and Marta has read it."""
    from polecam.organisation.models import Setting

    Setting.objects.create(
        key="monitoring_notice",
        value=(at - 60 * DAY).date().isoformat(),
        valid_from=at - 60 * DAY,
        set_at=at - 60 * DAY,
    )
    marta.notice_acknowledged_at = at - 50 * DAY
    marta.save()
    return kasia


def propose(boss, referral, receiver, at, **more):
    return handoffs.propose(
        by=boss, at=at, referral=referral, receiver=receiver, kind="product", **more
    )


def test_the_boss_proposes_and_the_holder_decides(overseen, marta, kamil, tomek, at):
    handoff = propose(tomek, overseen, kamil, at, note="Kamil prowadzi mieszkania.")
    assert (handoff.state, handoff.giver, handoff.proposed_by) == ("proposed", marta, tomek)
    refused("handoff_over", lambda: taken(handoff, kamil, at))
    assert list(queries.waiting_for(marta, at=at)) == [handoff]
    assert not queries.waiting_for(kamil, at=at)
    split = [Part(marta.pk, 8_000), Part(kamil.pk, 2_000, "closer")]
    refused("not_yours_to_answer", lambda: agree(kamil, handoff, at))
    refused("shares_floor", lambda: agree(marta, handoff, at, parts=split, floor_bp=9_000))
    agree(marta, handoff, at + HOUR, parts=split, floor_bp=7_000)
    taken(handoff, kamil, at + 2 * HOUR)
    assert parts(overseen) == {"Marta": 8_000, "Kamil": 2_000}
    assert floors(overseen) == {"Marta": 7_000}


def agree(by, handoff, at, **more):
    return handoffs.agree(by=by, at=at, handoff=handoff, **more)


def test_a_proposal_is_declined_taken_back_or_runs_out(overseen, marta, kamil, tomek, at):
    first = propose(tomek, overseen, kamil, at)
    refused("not_yours_to_answer", lambda: decline(kamil, first, at))
    assert decline(marta, first, at).state == "declined"
    assert decline(marta, first, at).state == "declined"
    second = propose(tomek, overseen, kamil, at)
    assert handoff_answers.withdraw(by=tomek, at=at, handoff=second).state == "withdrawn"
    third = propose(tomek, overseen, kamil, at)
    refused("handoff_over", lambda: agree(marta, third, at + 48 * HOUR))
    assert handoff_answers.expire_due(at=at + 48 * HOUR) == 1
    assert (holder(overseen), parts(overseen)) == (marta, {"Marta": 10_000})


def test_the_boss_never_imposes(overseen, marta, kamil, tomek, ada, at):
    refused("not_holder", lambda: offered(overseen, tomek, kamil, at))
    refused("not_allowed", lambda: propose(kamil, overseen, kamil, at))
    refused("not_allowed", lambda: propose(ada, overseen, kamil, at))
    marta.notice_acknowledged_at = None
    marta.save()
    refused("not_overseen", lambda: propose(tomek, overseen, kamil, at))


def test_the_boss_offers_an_own_referral_as_everybody_does(overseen, marta, kamil, tomek, at):
    taken(offered(overseen, marta, tomek, at), tomek, at)
    refused("handoff_own", lambda: propose(tomek, overseen, kamil, at + HOUR))
    assert offered(overseen, tomek, kamil, at + HOUR).state == "offered"


# --- what the journal keeps -----------------------------------------------------------------------


def test_the_note_stays_out_of_the_journal_and_is_committed_to(kasia, marta, kamil, at):
    handoff = offered(kasia, marta, kamil, at, note="Woli rozmowę po pracy.")
    event = Event.objects.get(kind="handoff.offered")
    assert "Woli" not in str(event.data)
    assert event.commitment
    assert handoff.nonce
    assert event.data["shares_bp"] == [6_000, 4_000]
    assert event.data["floor_bp"] == 3_000


def test_an_offer_without_a_note_commits_to_nothing(kasia, marta, kamil, at):
    offered(kasia, marta, kamil, at)
    assert Event.objects.get(kind="handoff.offered").commitment == ""


def test_every_move_of_a_handoff_is_one_that_the_states_allow():
    assert set(rules.MOVES) == {"proposed", "offered", "accepted", "done"}
    with pytest.raises(Refused):
        rules.require_move("returned", "done")
