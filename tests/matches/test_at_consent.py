"""After a friend confirmed: who is this person, among clients and friends of everybody?"""

import pytest

from polecam.actions import comparing
from polecam.claims.models import Claim
from polecam.journal.models import Event
from polecam.parties.models import Match, MatchState, Merge, Party
from polecam.worker.readers import matches as reader
from tests.matches.people import (
    DAY,
    EMAIL,
    HOUR,
    MINUTE,
    OTHER_PHONE,
    PHONE,
    client_with,
    friend,
    seen_again,
)
from tests.privacy.friend import answer, capture, waiting

pytestmark = pytest.mark.django_db


def test_a_client_under_the_same_number_and_name_is_the_same_by_itself(
    anna, branch, marta, kamil, at
):
    known = client_with(branch, kamil, "Piotr", "Nowak", at=at - DAY, phone=PHONE)
    referral = friend(anna, marta, at)
    seen_again(referral, at + MINUTE)
    match, merge = Match.objects.get(), Merge.objects.get()
    assert (match.state, match.decided_by) == (MatchState.SAME, None)
    assert (merge.kept, merge.merged, merge.by) == (known.party, referral.party, None)
    referral.party.refresh_from_db()
    assert referral.party.same_as == known.party
    assert Claim.objects.get().holder == marta, "the friend stays with whom they agreed to talk to"


def test_a_diminutive_under_the_same_number_is_the_same(anna, branch, marta, kamil, at):
    client_with(branch, kamil, "Katarzyna", "Nowak", at=at - DAY, phone=PHONE)
    referral = friend(anna, marta, at, first_name="Kasia")
    seen_again(referral, at + MINUTE)
    assert Merge.objects.count() == 1


def test_a_spouse_under_the_same_number_is_a_question_at_most(anna, branch, marta, kamil, at):
    client_with(branch, kamil, "Ewa", "Nowak", at=at - DAY, phone=PHONE)
    referral = friend(anna, marta, at)
    seen_again(referral, at + MINUTE)
    assert not Merge.objects.exists()


def test_a_rare_name_alone_is_a_question(anna, branch, marta, kamil, at):
    client_with(branch, kamil, "Gaweł", "Świętopełk", at=at - DAY, phone=OTHER_PHONE)
    referral = friend(
        anna, marta, at, first_name="Gaweł", last_name="Świętopełk",
        channels=["email"], email=EMAIL, phone="",
    )  # fmt: skip
    seen_again(referral, at + MINUTE)
    match = Match.objects.get()
    assert match.state == MatchState.OPEN
    assert not Merge.objects.exists()
    assert Event.objects.get(kind="match.found").data == {"found_by": "consent"}


def test_a_stranger_is_new(anna, branch, marta, kamil, at):
    client_with(branch, kamil, "Ewa", "Mazur", at=at - DAY, phone=OTHER_PHONE)
    seen_again(friend(anna, marta, at), at + MINUTE)
    assert not Match.objects.exists()


def test_nobody_is_compared_before_the_friend_confirmed(anna, branch, marta, kamil, at):
    client_with(branch, kamil, "Piotr", "Nowak", at=at - DAY, phone=PHONE)
    referral = capture(anna, marta, at)
    answer(referral.invitation, at)
    seen_again(referral, at + MINUTE)
    comparing.compare_all(at=at + HOUR)
    assert not Match.objects.exists()


def test_a_typed_number_of_another_is_not_compared_even_after_an_own_address_was_proven(
    anna, branch, marta, kamil, at
):
    """Kamil's own address is confirmed; the client's number beside it was only typed."""
    client_with(branch, marta, "Jan", "Zając", at=at - DAY, phone=PHONE)
    referral = capture(anna, kamil, at)
    answer(
        referral.invitation, at, first_name="Jan", last_name="Zając",
        channels=["phone", "email"], phone=PHONE, email="kamil@dom.example",
    )  # fmt: skip
    by_mail = next(c for c in waiting(referral) if c.channel == "email")
    from polecam.actions import privacy

    privacy.confirm(consent=by_mail, at=at + MINUTE)
    seen_again(referral, at + 2 * MINUTE)
    assert not Merge.objects.exists()
    for match in Match.objects.all():
        assert "same_phone" not in match.reasons, "nobody is told whose number it is"


def test_a_friend_who_only_typed_the_number_is_not_touched_by_whoever_proves_it(
    anna, marta, kamil, at
):
    typed = capture(anna, kamil, at - HOUR)
    answer(typed.invitation, at - HOUR, channels=["phone", "email"], email="kamil@dom.example")
    from polecam.actions import privacy

    by_mail = next(c for c in waiting(typed) if c.channel == "email")
    privacy.confirm(consent=by_mail, at=at - HOUR + MINUTE)
    mine = friend(anna, marta, at)
    seen_again(mine, at + 10 * MINUTE)
    assert not Merge.objects.exists()
    assert Claim.objects.get(holder=marta).ended_at is None, "nobody took it by typing"


def test_the_reader_does_it_seconds_after_and_twice_is_once(anna, branch, marta, kamil, at):
    client_with(branch, kamil, "Piotr", "Nowak", at=at - DAY, phone=PHONE)
    friend(anna, marta, at)
    events = Event.objects.filter(kind__in=reader.KINDS).order_by("id")
    assert events
    for event in [*events, *events]:
        reader.handle(event, at + MINUTE)
    assert Merge.objects.count() == 1
    assert Event.objects.filter(kind="merge.made").count() == 1


def test_what_a_human_parted_is_never_joined_again_by_itself(anna, branch, marta, kamil, tomek, at):
    from polecam.actions import parties

    client_with(branch, kamil, "Piotr", "Nowak", at=at - DAY, phone=PHONE)
    referral = friend(anna, marta, at)
    seen_again(referral, at + MINUTE)
    parties.part(by=tomek, at=at + HOUR, merge=Merge.objects.get())
    seen_again(referral, at + 2 * HOUR)
    comparing.compare_all(at=at + 3 * HOUR)
    assert Merge.objects.filter(undone_at=None).count() == 0
    assert Match.objects.get().state == MatchState.DIFFERENT
    assert not Party.objects.filter(same_as__isnull=False).exists()
