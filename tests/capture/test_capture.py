"""A referral begins: invariants 3, 5 and 20 by the actions, and undo."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import asks, invitations, privacy, referrals
from polecam.asking.models import Ask, Outcome
from polecam.claims.models import CreditShare
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.privacy.models import Suppression
from polecam.privacy.queries import name_indexes
from polecam.referrals import links
from polecam.referrals.models import Invitation, Referral, StageTally, State


@pytest.fixture
def ask(marta, anna, at):
    return asks.record(by=marta, at=at, client=anna, key="ask")


def capture(marta, anna, at, ask, name="Piotr", key="one", **more):
    return referrals.capture(
        by=marta, at=at, client=anna, first_name=name, ask=ask, key=key, **more
    )


def test_a_first_name_is_enough_and_the_credit_is_whole(marta, anna, ask, plan, at):
    referral = capture(marta, anna, at, ask, need="home")
    ask.refresh_from_db()
    assert ask.outcome == Outcome.NAMES
    assert (referral.state, referral.kind, referral.need) == ("captured", "asked", "home")
    assert referral.originator == marta
    assert referral.plan_version_id == plan.pk == referral.invitation.plan_version_id
    assert referral.party.full_name == "Piotr"
    assert referral.invitation.expires_at == at + timedelta(days=14)
    assert referral.erase_at == at + timedelta(days=14)
    share = CreditShare.objects.get()
    assert (share.person, share.share_bp, share.number) == (marta, 10_000, 1)


@given(st.lists(st.sampled_from(["one", "two", "three"]), min_size=1, max_size=7))
def test_the_same_capture_makes_one_referral(marta, anna, ask, at, keys):
    """Invariants 3 and 20: double tap, retry, offline queue in any order."""
    from django.db import transaction

    with transaction.atomic():
        save = transaction.savepoint()
        made = {key: set() for key in keys}
        for key in keys:
            made[key].add(capture(marta, anna, at, ask, name=key, key=key).pk)
        assert all(len(rows) == 1 for rows in made.values())
        assert Referral.objects.count() == Invitation.objects.count() == len(made)
        assert StageTally.objects.get().referrals == len(made)
        with pytest.raises(Refused, match="key_reused"):
            capture(marta, anna, at, ask, name="Someone else", key=keys[0])
        transaction.savepoint_rollback(save)


@pytest.mark.parametrize(
    "typed", ["601 673 417", "Piotr 601673417", "piotr@firma.pl", "+48 601-673-417", "tel 60167"]
)
def test_a_number_or_address_in_the_name_is_refused_kindly(marta, anna, ask, at, typed):
    with pytest.raises(Refused, match="no_number_please") as refused:
        capture(marta, anna, at, ask, name=typed)
    assert refused.value.field == "first_name"
    assert not Referral.objects.exists()
    ask.refresh_from_db()
    assert ask.outcome == Outcome.OPEN


def test_an_empty_name_or_a_made_up_need_is_refused(marta, anna, ask, at):
    with pytest.raises(Refused, match="first_name_missing"):
        capture(marta, anna, at, ask, name="  ")
    with pytest.raises(Refused, match="unknown_need"):
        capture(marta, anna, at, ask, need="illness")


def test_unasked_is_spontaneous_and_has_no_ask(marta, anna, ask, at):
    made = referrals.capture(
        by=marta, at=at, client=anna, first_name="Ola", key="s", kind="spontaneous"
    )
    assert made.ask is None
    with pytest.raises(Refused, match="ask_of_another_client"):
        capture(marta, anna, at, ask, kind="spontaneous")
    with pytest.raises(Refused, match="ask_of_another_client"):
        capture(marta, anna, at, None, kind="asked")


def test_whoever_objected_is_refused_for_the_same_client_and_name(marta, anna, ask, branch, at):
    """Invariant 16, by name only."""
    from tests.cast import client

    for index in name_indexes(anna.pk, "Piotr", ""):
        Suppression.objects.create(kind="name_of_client", index=index, at=at)
    with pytest.raises(Refused, match="friend_objected"):
        capture(marta, anna, at, ask, name="piotr")
    other = client(branch, marta, "Ewa", "Nowak", at=at)
    assert referrals.capture(
        by=marta, at=at, client=other, first_name="Piotr", key="o", kind="spontaneous"
    )


def test_a_colleague_cannot_capture_with_my_ask_or_client(marta, kamil, anna, ask, branch, at):
    from tests.cast import client

    with pytest.raises(NotAllowed):
        capture(kamil, anna, at, ask)
    his = client(branch, kamil, "Jan", "Lis", at=at)
    with pytest.raises(NotAllowed):
        referrals.capture(by=kamil, at=at, client=his, first_name="Ala", ask=ask, key="x")


def test_undo_takes_the_name_away_and_the_ask_waits_again(marta, anna, ask, at):
    referral = capture(marta, anna, at, ask)
    link = links.ref(referral.invitation)
    party = referral.party
    referrals.undo(by=marta, at=at + timedelta(minutes=9), referral=referral)
    referrals.undo(by=marta, at=at + timedelta(minutes=9), referral=referral)
    party.refresh_from_db()
    ask.refresh_from_db()
    assert party.full_name == party.name_key == ""
    assert ask.outcome == Outcome.OPEN
    assert Referral.objects.get().state == State.EXPIRED
    assert links.find(link) is None, "the link is void"
    assert StageTally.objects.get().referrals == 0
    assert Event.objects.filter(kind="referral.undone").count() == 1
    again = capture(marta, anna, at, ask, name="Paweł", key="two")
    assert again.state == State.CAPTURED


def test_undo_is_refused_late_or_once_the_friend_answered(marta, anna, ask, at):
    referral = capture(marta, anna, at, ask)
    with pytest.raises(Refused, match="undo_too_late"):
        referrals.undo(by=marta, at=at + timedelta(minutes=11), referral=referral)
    Referral.objects.filter(pk=referral.pk).update(state=State.CONSENTED)
    for act in (
        lambda: referrals.undo(by=marta, at=at, referral=referral),
        lambda: asks.undo(by=marta, at=at, ask=Ask.objects.get()),
    ):
        with pytest.raises(Refused, match="undo_after_answer"):
            act()


@pytest.mark.parametrize("named", [True, False])
def test_undo_is_refused_once_the_friend_said_no(marta, anna, ask, at, named):
    if named:
        invitation = capture(marta, anna, at, ask).invitation
    else:
        invitation = invitations.make(by=marta, at=at, client=anna, ask=ask)
    privacy.decline(invitation=invitation, at=at)
    with pytest.raises(Refused, match="undo_after_answer"):
        asks.undo(by=marta, at=at, ask=Ask.objects.get())
    if named:
        with pytest.raises(Refused, match="undo_after_answer"):
            referrals.undo(by=marta, at=at, referral=Referral.objects.get())


def test_undoing_the_ask_takes_its_referral_along(marta, anna, ask, at):
    capture(marta, anna, at, ask)
    asks.undo(by=marta, at=at, ask=ask)
    assert Referral.objects.get().erased_at is not None
    assert StageTally.objects.get().asks == 0


def test_the_client_takes_the_link_along_once(marta, anna, ask, at):
    referral = capture(marta, anna, at, ask)
    invitation = referral.invitation
    invitations.take(invitation=invitation, at=at)
    invitations.take(invitation=invitation, at=at + timedelta(days=1))
    referral.refresh_from_db()
    invitation.refresh_from_db()
    assert referral.state == State.INVITED
    assert invitation.taken_at == at
    assert Event.objects.filter(kind="invitation.taken").count() == 1
    fresh = capture(marta, anna, at, ask, name="Iga", key="two").invitation
    with pytest.raises(Refused, match="invitation_over"):
        invitations.take(invitation=fresh, at=at + timedelta(days=14))


def test_a_qr_shown_twice_is_one_invitation(marta, anna, at):
    options = {"by": marta, "at": at, "client": anna, "shown_by_seller": True}
    first = invitations.make(**options)
    assert invitations.make(**options) == first
    assert first.reusable
    walk_in = invitations.make(by=marta, at=at, client=anna, walk_in=True, reusable=False)
    assert walk_in != first


def test_words_may_change_while_the_invitation_stands(marta, kamil, anna, at):
    made = invitations.make(by=marta, at=at, client=anna)
    invitations.reword(by=marta, at=at, invitation=made, words="Polecam Martę.", language="pl")
    made.refresh_from_db()
    assert made.words == "Polecam Martę."
    with pytest.raises(NotAllowed):
        invitations.reword(by=kamil, at=at, invitation=made, words="x", language="pl")
    with pytest.raises(Refused, match="words_with_contact"):
        invitations.reword(
            by=marta, at=at, invitation=made, words="Dzwoń 601 673 417", language="pl"
        )


def test_links_are_found_by_their_token_alone(marta, anna, at):
    made = invitations.make(by=marta, at=at, client=anna)
    assert links.find(links.ref(made)) == made
    for wrong in ("", "-", made.public_id, made.public_id + "-x", "x-" + links.ref(made), "\x00-"):
        assert links.find(wrong) is None
    assert len(links.ref(made).split("-", 1)[1]) == 22, "128 bits"
