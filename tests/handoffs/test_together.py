"""Several hands on one offer at the same moment: one effect, on both databases."""

from datetime import timedelta

import pytest

from polecam.actions import absences, handoff_answers
from polecam.claims.handoffs.rules import Wanted
from polecam.claims.models import Claim, CreditShare, Handoff
from polecam.journal.models import Event
from tests.cast import person
from tests.handoffs.support import branch_wide, can, consented, friend_says, offered, taken, today
from tests.support.threads import HANDS, together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def crowd(branch, kamil, tomek, at):
    """Four colleagues who all fit."""
    more = [
        person(branch, "seller", "Ola", "Pietrzak", "f", at=at),
        person(branch, "seller", "Ewa", "Lipiec", "f", at=at),
    ]
    found = [kamil, tomek, *more]
    for one in found:
        can(one, "language", "uk")
    return found


def test_whoever_fits_exactly_one_gets_it(anna, marta, crowd, at):
    kasia = branch_wide(anna, at=at - timedelta(days=3))
    handoff = offered(kasia, marta, None, at, kind="language", wanted=Wanted(language="uk"))
    said = together(lambda n: taken(handoff, crowd[n], at))
    assert sorted(said) == ["done"] + ["handoff_taken"] * (HANDS - 1)
    winner = crowd[said.index("done")]
    assert Claim.objects.get(ended_at=None).holder == winner
    newest = CreditShare.objects.order_by("-number").first().number
    assert {(s.person_id, s.share_bp) for s in CreditShare.objects.filter(number=newest)} == {
        (marta.pk, 7_000),
        (winner.pk, 3_000),
    }
    assert Event.objects.filter(kind="handoff.done").count() == 1


def test_one_offer_of_a_referral(anna, marta, crowd, at):
    kasia = branch_wide(anna, at=at - timedelta(days=3))
    said = together(lambda n: offered(kasia, marta, crowd[n], at))
    assert sorted(said) == ["done"] + ["handoff_open"] * (HANDS - 1)
    assert Handoff.objects.count() == 1


def test_taken_or_taken_back_but_not_both(anna, marta, kamil, at):
    kasia = branch_wide(anna, at=at - timedelta(days=3))
    handoff = offered(kasia, marta, kamil, at)

    def act(n: int) -> None:
        if n % 2:
            handoff_answers.withdraw(by=marta, at=at, handoff=handoff)
        else:
            taken(handoff, kamil, at)

    together(act)
    handoff.refresh_from_db()
    holder = Claim.objects.get(ended_at=None).holder
    assert (handoff.state, holder) in (("done", kamil), ("withdrawn", marta))


def test_the_friend_says_yes_and_no_at_once(anna, marta, kamil, at):
    referral = consented(anna, at=at - timedelta(days=3))
    handoff = taken(offered(referral, marta, kamil, at), kamil, at)
    together(lambda n: friend_says(handoff, n % 2 == 0, at))
    handoff.refresh_from_db()
    holder = Claim.objects.get(ended_at=None).holder
    assert (handoff.state, holder) in (("done", kamil), ("declined", marta))


def test_two_workers_cover_an_absence_once(anna, marta, kamil, at):
    kasia = branch_wide(anna, at=at - timedelta(days=3))
    since = today(at)
    absences.plan(
        by=marta,
        at=at - timedelta(days=1),
        person=marta,
        since=since,
        until=since + timedelta(days=2),
        cover=kamil,
    )
    together(lambda n: absences.keep_up(at=at))
    assert Handoff.objects.get(referral=kasia).state == "done"
    later = at + timedelta(days=3)
    together(lambda n: absences.keep_up(at=later))
    assert Claim.objects.get(ended_at=None).holder == marta
    assert Event.objects.filter(kind="handoff.returned").count() == 1
    assert Event.objects.filter(kind="absence.ended").count() == 1
