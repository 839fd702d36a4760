"""Where two deeds of different kinds meet: nobody's place, money or answer is lost between them."""

import pytest

from polecam.actions import (
    absences,
    claims,
    handoff_answers,
    handoff_steps,
    parties,
    portfolio,
    proposals,
    sales,
    turns,
)
from polecam.claims.models import Claim, Receipt
from polecam.claims.rules import Part
from polecam.clients.models import Client
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.privacy.models import Consent
from polecam.referrals.models import Referral
from polecam.sales.models import Complaint, Sale
from tests import cast
from tests.disputes.support import ask, now_shared, shared
from tests.handoffs.support import DAY, HOUR, ZONE, branch_wide, holder, offered, taken
from tests.matches.people import OTHER_PHONE, PHONE, friend
from tests.portfolio.support import clients, leave, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def ola(branch, at):
    """A third seller."""
    return cast.person(branch, "seller", "Ola", "Pietrzak", "f", at=at)


@pytest.fixture
def twice(anna, marta, kamil, plan, at) -> tuple[Referral, Referral]:
    """One friend under two numbers: Marta's a day before Kamil's."""
    first = friend(anna, marta, at - DAY, plan, phone=PHONE)
    second = friend(anna, kamil, at, plan, phone=OTHER_PHONE)
    Consent.objects.update(names_branch=True)
    return first, second


def reported(referral: Referral, by, at) -> Sale:
    return sales.report(
        by=by, at=at, referral=referral, value_grosze=900_000, margin_grosze=90_000,
        sold_on=day_of(at, ZONE),
    )  # fmt: skip


def test_whoever_came_first_keeps_the_place_through_a_hand_off(twice, marta, ola, tomek, at):
    first, second = twice
    taken(offered(first, marta, ola, at + HOUR), ola, at + 2 * HOUR)
    assert holder(first) == ola
    parties.join(by=tomek, at=at + DAY, one=first.party, other=second.party)
    assert Claim.objects.get(ended_at=None).referral == first


def test_a_claim_handed_on_while_the_records_were_joined_ends_as_well(twice, marta, kamil, ola, at):
    """The join had read the claims before a colleague accepted: it reads them again."""
    first, second = twice
    read = list(Claim.objects.filter(ended_at=None))
    taken(offered(second, kamil, ola, at + HOUR), ola, at + 2 * HOUR)
    claims.keep_earliest(read, at=at + 3 * HOUR)
    running = Claim.objects.get(ended_at=None)
    assert (running.referral, running.holder) == (first, marta)
    assert Claim.objects.get(referral=second, holder=ola).end_reason == "merged"
    assert Claim.objects.get(referral=second, holder=kamil).end_reason == "handed_on"


def test_a_parted_friend_comes_back_with_a_receipt(twice, kamil, tomek, at):
    first, second = twice
    merge = parties.join(by=tomek, at=at + HOUR, one=first.party, other=second.party)
    parties.part(by=tomek, at=at + DAY, merge=merge)
    again = Claim.objects.get(referral=second, ended_at=None)
    assert Receipt.objects.filter(person=kamil, subject=again.public_id).count() == 1


def test_a_sale_that_waits_for_its_confirmation_is_nobody_elses_turn(
    anna, marta, kamil, tomek, plan, at
):
    first = friend(anna, marta, at, plan)
    waiting = friend(anna, kamil, at + HOUR, plan)
    reported(first, marta, at + 89 * DAY)
    later = at + 120 * DAY
    claims.expire_due(at=later)
    assert turns.pass_on(at=later, referral=Referral.objects.get(pk=first.pk)) is None
    assert Claim.objects.get(ended_at=None).holder == marta
    sales.void(by=tomek, at=later, sale=Sale.objects.get(), reason="cancelled")
    assert Claim.objects.get(referral=first).end_reason == "lost", "now the next one has a turn"
    assert waiting.second


def test_a_report_that_somebody_complained_of_stays(anna, marta, tomek, at):
    sale = reported(branch_wide(anna, at=at), marta, at)
    Complaint.objects.create(sale=sale, ground="service", recorded_by=tomek, recorded_at=at)
    with pytest.raises(Refused, match="sale_state"):
        sales.take_back(by=marta, at=at + HOUR, sale=sale)
    assert Sale.objects.get().state == "reported"


def test_nothing_is_given_to_a_colleague_who_left_since_the_draft(
    branch, marta, kamil, ola, tomek, ada, at
):
    owned = clients(branch, marta, 4, at=at)
    bulk = leave(ada, marta, at)
    leave(ada, kamil, at + HOUR)
    with pytest.raises(Refused, match="division_taker_left"):
        portfolio.start(by=tomek, at=at + 2 * HOUR, bulk=bulk)
    portfolio.divide(by=tomek, at=at + 2 * HOUR, bulk=bulk, counts={ola: 4})
    run(tomek, bulk, at + 3 * HOUR)
    assert set(Client.objects.filter(pk__in=[c.pk for c in owned]).values_list("owner")) == {
        (ola.pk,)
    }


def test_a_proposal_that_waits_for_whoever_left_makes_room_for_another(
    anna, marta, kamil, ola, ada, at
):
    referral = shared(anna, {marta: 6_000, kamil: 2_000, ola: 2_000}, at=at, plan=None)
    asks_kamil = [Part(marta.pk, 8_000), Part(ola.pk, 2_000)]
    first = proposals.propose(by=marta, at=at, referral=referral, parts=asks_kamil, reason="joint")
    leave(ada, kamil, at + HOUR)
    assert proposals.close_due(at=at + 2 * HOUR) == 1
    first.refresh_from_db()
    assert first.state == "expired"
    given = [Part(marta.pk, 5_000), Part(kamil.pk, 2_000), Part(ola.pk, 3_000)]
    proposals.propose(by=marta, at=at + HOUR, referral=referral, parts=given, reason="joint")
    assert now_shared(referral) == {"Marta": 5_000, "Kamil": 2_000, "Ola": 3_000}


def test_whoever_stands_in_cannot_give_away_what_is_lent(anna, marta, kamil, ola, at):
    referral = branch_wide(anna, at=at - DAY)
    today = day_of(at, ZONE)
    lent = absences.plan(
        by=marta, at=at, person=marta, since=today, until=today + 5 * DAY, cover=kamil
    )
    assert holder(referral) == kamil
    with pytest.raises(Refused, match="handoff_lent"):
        offered(referral, kamil, ola, at + HOUR)
    absences.end(by=marta, at=at + DAY, absence=lent)
    assert holder(referral) == marta


def test_a_floor_agreed_during_a_dispute_does_not_put_aside_what_is_contested(
    anna, marta, kamil, ola, tomek, at
):
    referral = shared(anna, {marta: 8_000, kamil: 2_000}, at=at, plan=None)
    Consent.objects.update(names_branch=True)
    before = offered(referral, marta, ola, at, floor_bp=4_000)
    ask(kamil, referral, at=at + HOUR)
    with pytest.raises(Refused, match="handoff_disputed"):
        taken(before, ola, at + 2 * HOUR)
    handoff_answers.withdraw(by=marta, at=at + 2 * HOUR, handoff=before)
    with pytest.raises(Refused, match="handoff_disputed"):
        offered(referral, marta, ola, at + 2 * HOUR, floor_bp=4_000)
    taken(offered(referral, marta, ola, at + 2 * HOUR), ola, at + 3 * HOUR)
    assert holder(referral) == ola, "the work itself may go on with a colleague"


def test_one_that_fails_keeps_nobody_else_waiting(anna, marta, kamil, ola, at, monkeypatch):
    """An offer that cannot be ended for whatever reason does not hold up those behind it."""
    offers = [offered(branch_wide(anna, at=at - DAY), marta, who, at) for who in (kamil, ola)]
    real = handoff_steps.close

    def close(handoff, *rest, **more):
        if handoff.pk == offers[0].pk:
            raise ConnectionError
        return real(handoff, *rest, **more)

    monkeypatch.setattr(handoff_steps, "close", close)
    with pytest.raises(ConnectionError):
        handoff_answers.expire_due(at=at + 30 * DAY)
    states = [type(one).objects.get(pk=one.pk).state for one in offers]
    assert states == ["offered", "expired"]
