"""A receipt comes with every capture and every claim; its numbers have no gap, however many ask."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import claims, erasure, privacy, referrals
from polecam.claims import papers, signing, subject
from polecam.claims.models import Claim, Receipt
from polecam.claims.slip import commitment, halves
from polecam.claims.slip_check import Verdict, judge
from polecam.claims.slip_keys import is_signed
from polecam.insights.proofs import prove
from polecam.journal.models import Event, Seal
from polecam.kit.errors import Refused
from polecam.parties.models import Party
from polecam.referrals.models import Referral
from polecam.store import tx
from tests import cast
from tests.privacy.friend import invite, say_yes
from tests.receipts.support import DAY, bring, plant, receipt_of, seal

pytestmark = pytest.mark.django_db


def numbers() -> list[int]:
    return list(Receipt.objects.order_by("id").values_list("number", flat=True))


def problems(at) -> list[str]:
    return next(p.problems for p in prove(at + 2 * DAY) if p.name == "receipts")


def fail(seller, client, at, name: str) -> None:
    """An action that brings a friend, and then goes wrong."""
    with tx.action():
        bring(seller, client, at, name=name)
        raise RuntimeError


def test_a_capture_is_signed_for_and_stands_in_the_journal(receipt, referral, marta, at):
    assert (receipt.number, receipt.kind, receipt.person, receipt.at) == (1, "capture", marta, at)
    slip = papers.slip_of(receipt)
    keys = signing.of_the_house()
    assert is_signed(slip, keys.known[receipt.key_id])
    event = Event.objects.get(pk=receipt.event_id)
    assert (event.kind, event.subject) == ("receipt.issued", receipt.public_id)
    assert event.data == {"number": 1, "digest": halves(slip.digest)}
    opening = papers.opening_of(receipt, marta.public_id)
    assert opening is not None
    assert commitment("capture", opening) == receipt.commitment
    assert (opening.referral, opening.subject) == (referral.public_id, referral.public_id)
    assert problems(at) == []


def test_the_same_form_twice_is_one_receipt(marta, anna, plan, at):
    assert bring(marta, anna, at) == bring(marta, anna, at)
    assert numbers() == [1]


def test_it_carries_the_seal_before_it(marta, anna, plan, at):
    first = receipt_of(bring(marta, anna, at))
    seal(at)
    second = receipt_of(bring(marta, anna, at + timedelta(minutes=5), name="Ewa"))
    assert first.previous == ""
    assert second.previous == Seal.objects.order_by("-day").first().digest
    assert problems(at) == []


def test_a_consent_signs_for_the_exclusivity(referral, marta, at):
    say_yes(referral.invitation, at)
    claim = Claim.objects.get()
    receipt = receipt_of(referral, "claim")
    assert (receipt.number, receipt.person, receipt.subject) == (2, marta, claim.public_id)
    assert papers.of_referral(marta, referral.public_id) == [receipt_of(referral), receipt]


def test_a_friend_through_a_link_to_pass_on_is_signed_for_too(anna, marta, plan, at):
    invitation = invite(anna, marta, at, plan, reusable=True)
    say_yes(invitation, at, first_name="Ola")
    made = Referral.objects.get()
    assert [r.kind for r in papers.of_referral(marta, made.public_id)] == ["capture", "claim"]
    assert receipt_of(made).person == marta


def test_whoever_takes_over_gets_a_receipt_and_the_first_one_keeps_theirs(
    referral, marta, kamil, at
):
    say_yes(referral.invitation, at)
    with tx.action():
        claims.transfer(tx.lock(referral), to=kamil, at=at + timedelta(minutes=9), cause="handoff")
    assert [r.kind for r in papers.of_referral(kamil, referral.public_id)] == ["claim"]
    assert [r.kind for r in papers.of_referral(marta, referral.public_id)] == ["capture", "claim"]
    assert numbers() == [1, 2, 3]
    assert problems(at) == []


def test_what_is_rolled_back_leaves_no_gap(marta, anna, plan, at):
    bring(marta, anna, at)
    with pytest.raises(Refused, match="first_name_missing"):
        bring(marta, anna, at, name=" ")
    with pytest.raises(RuntimeError):
        fail(marta, anna, at, "Jan")
    bring(marta, anna, at, name="Ewa")
    assert numbers() == [1, 2]
    assert problems(at) == []


def test_an_inner_step_that_failed_takes_its_receipt_along(marta, anna, plan, at):
    with tx.action():
        kept = bring(marta, anna, at)
        with pytest.raises(RuntimeError):
            fail(marta, anna, at, "Jan")
    assert Receipt.objects.get().referral == kept.public_id


def test_many_in_one_action_are_numbered_in_their_order(marta, anna, plan, at):
    with tx.action():
        made = [bring(marta, anna, at, name=name) for name in ("Ewa", "Jan", "Ola")]
        assert not Receipt.objects.exists(), "last of all, behind every other lock"
    assert [receipt_of(referral).number for referral in made] == [1, 2, 3]


@given(st.lists(st.sampled_from(["keep", "fail", "inner"]), max_size=8))
def test_numbers_never_have_a_gap(marta, anna, plan, at, acts):
    """Whatever succeeds and fails, in and outside of each other."""
    before = len(numbers())
    done = 0
    for place, act in enumerate(acts):
        name = f"Jan{before}x{place}".translate(str.maketrans("0123456789", "abcdefghij"))
        try:
            with tx.action():
                bring(marta, anna, at, name=name)
                if act == "inner":
                    with pytest.raises(RuntimeError):
                        fail(marta, anna, at, f"{name}y")
                if act == "fail":
                    raise ZeroDivisionError
            done += 1
        except ZeroDivisionError:
            pass
    assert numbers() == list(range(1, before + done + 1))


HANDS = 6


@pytest.mark.django_db(transaction=True)
def test_at_the_same_instant_every_number_is_given_once(branch, marta, kamil, plan, at):
    """Captures of two sellers at once, on real connections: 1 to 6, and the journal holds each."""
    people = [marta, kamil] * (HANDS // 2)
    clients = [cast.client(branch, who, f"Ewa{n}", "Lis", at=at) for n, who in enumerate(people)]
    start, raised = Barrier(HANDS), []

    def one(place: int) -> None:
        try:
            start.wait(10)
            bring(people[place], clients[place], at, name="Piotr")
        except Exception as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=one, args=(n,)) for n in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert raised == []
    assert sorted(numbers()) == list(range(1, HANDS + 1))
    assert problems(at) == []


@pytest.mark.django_db(transaction=True)
def test_a_consent_and_a_capture_of_one_seller_never_wait_in_a_ring(anna, marta, plan, at):
    """Both count in the seller's month and both take a number, in whatever order they meet."""
    links = [invite(anna, marta, at, plan, reusable=True) for _ in range(3)]
    start, raised = Barrier(6), []

    def consent(place: int) -> None:
        start.wait(10)
        privacy.consent(
            invitation=links[place],
            at=at,
            first_name="Ola",
            channels=["visit"],
            preferred="visit",
        )

    def run(act, place: int) -> None:
        try:
            act(place)
        except Exception as error:
            raised.append(error)
        finally:
            connections.close_all()

    def capture(place: int) -> None:
        start.wait(10)
        bring(marta, anna, at, name="Jan" + "abc"[place])

    threads = [Thread(target=run, args=(act, n)) for n in range(3) for act in (consent, capture)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert raised == []
    assert sorted(numbers()) == list(range(1, len(numbers()) + 1))
    assert len(numbers()) >= 6


def test_erasing_the_friend_takes_the_salt_and_the_receipt_still_holds(receipt, referral, at):
    seal(at)
    friend = Party.objects.get(pk=referral.party_id)
    assert subject.export(friend)["receipts"] == [
        {"number": 1, "kind": "capture", "at": at.isoformat()}
    ]
    erasure.erase(by=None, at=at, party=friend)
    receipt.refresh_from_db()
    assert receipt.salt == ""
    whole = papers.whole(receipt, receipt.person)
    assert whole.opening is None
    assert judge(whole, signing.of_the_house().known).verdict == Verdict.INCLUDED
    assert problems(at) == []


def test_taking_back_takes_the_salt_too(receipt, referral, marta, at):
    referrals.undo(by=marta, at=at, referral=referral)
    receipt.refresh_from_db()
    assert receipt.salt == ""
    assert problems(at) == []


def test_a_new_key_signs_and_the_old_one_still_verifies(receipt, marta, anna, plan, at, settings):
    old = list(settings.SIGNING_KEYS)
    settings.SIGNING_KEYS = [*old, "the next secret of this house, long enough"]
    second = receipt_of(bring(marta, anna, at, name="Ewa"))
    assert second.key_id != receipt.key_id
    assert problems(at) == []
    settings.SIGNING_KEYS = ["the next secret of this house, long enough"]
    assert problems(at) == [
        f"receipt 1: it was signed with a key that is not known here ({receipt.key_id})"
    ]


CHANGED = "receipt 1: it was changed after signing"
OTHERS = "receipt 1: it is said to be about something or somebody else than was signed"
UNBOUND = "receipt 1: the journal does not hold it"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE claims_receipt SET at = '2026-01-01 00:00:00+00:00'", CHANGED),
        ("UPDATE claims_receipt SET kind = 'claim'", CHANGED),
        ("UPDATE claims_receipt SET signature = 'AAAA'", CHANGED),
        ("UPDATE claims_receipt SET referral = 'somebodyelses11'", OTHERS),
        ("UPDATE claims_receipt SET event_id = 1", UNBOUND),
        ("UPDATE claims_receipt SET number = 2", "receipt 1: missing"),
        ("DELETE FROM claims_receipt", "receipt 1: it was deleted, the journal still tells of it"),
    ],
)
def test_polecam_verify_names_what_was_changed(receipt, at, change, said):
    plant(change)
    assert problems(at)[0] == said


def test_another_sellers_name_on_it_is_named(receipt, kamil, at):
    plant("UPDATE claims_receipt SET person_id = %s", kamil.pk)
    assert problems(at) == [OTHERS]


def test_nobody_else_sees_it(receipt, marta, kamil, tomek, ada):
    assert list(papers.visible_to(marta)) == [receipt]
    assert not any(papers.visible_to(who).exists() for who in (kamil, tomek, ada))


def test_a_receipt_is_written_once_and_never_unwritten(receipt):
    from django.db import IntegrityError, transaction

    for change in ({"number": 9}, {"commitment": "0" * 64}, {"signature": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Receipt.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.objects.all().delete()
