"""What is taken back while somebody answers, or while the worker reads: nothing is half done."""

import threading
import time

import pytest
from django.db import connection

from polecam.actions import asks, erasure, referrals, reward_grants, thanks_owed
from polecam.asking.models import Ask
from polecam.journal.models import Event
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.privacy.models import Consent
from polecam.referrals.models import Referral
from polecam.store.tx import action
from polecam.thanks.models import RewardGrant, Thanks
from tests.privacy.friend import answer
from tests.referrals import growing
from tests.thanks.support import a_reward, allowed, chosen, switch_on

pytestmark = pytest.mark.django_db(transaction=True)
HELD = 0.3


def meanwhile(first, then) -> list[BaseException]:
    """`then` begins while what `first` did is not committed yet; what `then` raised."""
    done, raised = threading.Event(), []

    def hold() -> None:
        try:
            with action():
                first()
                done.set()
                time.sleep(HELD)
        finally:
            done.set()
            connection.close()

    holding = threading.Thread(target=hold)
    holding.start()
    done.wait(10)
    try:
        then()
    except BaseException as error:
        raised.append(error)
    holding.join(30)
    return raised


@pytest.fixture
def named(anna, marta, plan, at) -> Referral:
    ask = asks.record(by=marta, at=at, client=anna, key="a")
    return referrals.capture(by=marta, at=at, client=anna, first_name="Piotr", key="b", ask=ask)


@pytest.mark.parametrize("what", ["ask", "referral"])
def test_an_answer_on_its_way_is_waited_for(named, marta, at, what):
    acts = {
        "ask": lambda: asks.undo(by=marta, at=at, ask=Ask.objects.get()),
        "referral": lambda: referrals.undo(by=marta, at=at, referral=Referral.objects.get()),
    }
    raised = meanwhile(lambda: answer(named.invitation, at), acts[what])
    assert [type(error) for error in raised] == [Refused]
    assert raised[0].code == "undo_after_answer"
    assert Ask.objects.get().undone_at is None
    assert Referral.objects.get().party.first_name == "Piotr"


def test_a_link_taken_back_while_the_friend_answers_takes_no_answer(named, marta, at):
    opened = named.invitation
    raised = meanwhile(
        lambda: asks.undo(by=marta, at=at, ask=Ask.objects.get()), lambda: answer(opened, at)
    )
    assert [getattr(error, "code", error) for error in raised] == ["invitation_revoked"]
    assert Ask.objects.get().undone_at == at
    assert not Consent.objects.exists()


def test_no_thanks_are_owed_for_what_is_taken_back_meanwhile(named, marta, at):
    event = Event.objects.get(kind="referral.captured")
    raised = meanwhile(
        lambda: referrals.undo(by=marta, at=at, referral=named),
        lambda: thanks_owed.owe(event=event, at=at),
    )
    assert raised == []
    assert Referral.objects.get().erased_at is not None
    assert not Thanks.objects.exists()


def test_no_reward_is_due_to_a_friend_who_is_erased_meanwhile(anna, ada, irena, at):
    switch_on(at)
    chosen(anna, a_reward(ada, at, side="friend"), at)
    referral = growing.consented(anna, at=at, first="Ewa", phone="+48601601601")
    allowed(referral, at)
    event = record("referral.consented", referral, by=None, at=at, branch=referral.branch_id)
    raised = meanwhile(
        lambda: erasure.erase(by=irena, at=at, party=referral.party),
        lambda: reward_grants.ask_due(event=event, at=at),
    )
    assert raised == []
    assert not RewardGrant.objects.filter(party=referral.party).exists()
