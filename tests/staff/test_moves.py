"""A move on a day: happens by itself, dated at its beginning, and what was stays where it was."""

from datetime import timedelta

import pytest

from polecam.actions import departures, moves, referrals_work, roles
from polecam.claims.models import BulkHandoff, Claim
from polecam.clients.models import Client
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_bounds, day_of
from polecam.people.models import Membership, PlannedMove
from polecam.people.permissions import Standing
from tests.cast import ZONE
from tests.cast import client as a_client
from tests.portfolio.support import led
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def planned(ada, marta, branch, kazimierz, at, *, days: int = 5, **more) -> PlannedMove:
    on = day_of(at, ZONE) + timedelta(days=days)
    return moves.plan(
        by=ada, at=at, person=marta, origin=branch, target=kazimierz, on=on,
        **{"role": "seller", **more},
    )  # fmt: skip


def roles_of(person) -> list[tuple[int, str, object, object]]:
    rows = Membership.objects.filter(person=person).order_by("since", "id")
    return [(m.branch_id, m.role, m.since, m.until) for m in rows]


def test_on_its_day_the_role_moves_dated_at_the_days_beginning(ada, marta, branch, kazimierz, at):
    move = planned(ada, marta, branch, kazimierz, at)
    start = day_bounds(move.on, ZONE)[0]
    assert moves.carry_out_due(at=start - timedelta(seconds=1)) == 0
    late = start + timedelta(days=1, hours=7)  # nobody worked for a day
    assert moves.carry_out_due(at=late) == 1
    assert moves.carry_out_due(at=late) == 0, "twice is once"
    first, second = roles_of(marta)
    assert (first[0], first[3]) == (branch.pk, start)
    assert (second[0], second[1], second[2], second[3]) == (kazimierz.pk, "seller", start, None)


def test_of_today_it_holds_at_once(ada, marta, branch, kazimierz, at):
    move = planned(ada, marta, branch, kazimierz, at, days=0)
    assert move.done_at == at
    assert Standing(marta).home == kazimierz.pk


def test_the_same_again_is_once_and_another_is_refused(ada, marta, branch, kazimierz, at):
    assert planned(ada, marta, branch, kazimierz, at) == planned(ada, marta, branch, kazimierz, at)
    with pytest.raises(Refused, match="move_planned"):
        planned(ada, marta, branch, kazimierz, at, days=9)


def test_a_move_is_taken_back(ada, marta, branch, kazimierz, at):
    move = planned(ada, marta, branch, kazimierz, at)
    moves.cancel(by=ada, at=at, move=move)
    moves.cancel(by=ada, at=at, move=move)
    assert moves.carry_out_due(at=at + 30 * DAY) == 0
    assert len(roles_of(marta)) == 1
    assert planned(ada, marta, branch, kazimierz, at, days=3), "and may be planned anew"


@pytest.mark.parametrize(
    ("code", "more"),
    [("move_day", {"days": -1}), ("move_day", {"days": 400}), ("role_unknown", {"role": "queen"}),
     ("move_from_nowhere", {"role": "payroll"}), ("choice_unknown", {"clients": "burn"})],
)  # fmt: skip
def test_what_cannot_be_planned(ada, marta, branch, kazimierz, at, code, more):
    with pytest.raises(Refused) as caught:
        planned(ada, marta, branch, kazimierz, at, **more)
    assert caught.value.code == code


def test_nobody_moves_themselves_nor_where_they_manage_nobody(
    ada, tomek, marta, branch, kazimierz, at
):
    with pytest.raises(NotAllowed):
        planned(tomek, marta, branch, kazimierz, at)
    with pytest.raises(NotAllowed):
        planned(ada, ada, branch, kazimierz, at, role="admin")


def test_clients_go_along_and_the_past_stays(ada, marta, branch, kazimierz, anna, plan, at):
    referral = led(anna, marta, 1, at, plan)
    move = planned(ada, marta, branch, kazimierz, at, clients="along")
    later = day_bounds(move.on, ZONE)[0]
    events = list(Event.objects.order_by("id").values_list("id", "branch_id", "data"))
    moves.carry_out_due(at=later)
    anna.refresh_from_db()
    referral.refresh_from_db()
    assert anna.branch == kazimierz
    assert referral.branch == branch, "what was begun in Podgórze stays counted there"
    known = [row[0] for row in events]
    assert events == list(
        Event.objects.filter(pk__in=known).order_by("id").values_list("id", "branch_id", "data")
    )
    assert Event.objects.get(kind="client.moved").subject == anna.public_id


def test_what_they_lead_they_finish(ada, marta, branch, kazimierz, anna, plan, at):
    referral = led(anna, marta, 1, at, plan)
    planned(ada, marta, branch, kazimierz, at, days=0)
    marta.__dict__.pop("_standing", None)
    on = day_of(at, ZONE) + DAY
    referrals_work.plan_step(by=marta, at=at, referral=referral, step="call", on=on)
    assert Claim.objects.get(referral=referral, ended_at=None).holder == marta


def test_a_client_whom_the_new_branch_knows_by_number_stays(
    ada, marta, kamil, branch, kazimierz, zofia, at
):
    ours = a_client(branch, marta, "Ewa", "Lis", at=at, number="17")
    a_client(kazimierz, zofia, "Ewa", "Lis", at=at, number="17")
    planned(ada, marta, branch, kazimierz, at, days=0, clients="along")
    ours.refresh_from_db()
    assert ours.branch == branch
    assert BulkHandoff.objects.get(giver=marta).state == "draft"


def test_clients_who_stay_are_dealt_out_in_a_draft(ada, marta, kamil, branch, kazimierz, anna, at):
    planned(ada, marta, branch, kazimierz, at, days=0, clients="stay")
    draft = BulkHandoff.objects.get(giver=marta)
    assert (draft.state, draft.why, draft.branch) == ("draft", "division", branch)
    assert Client.objects.get(pk=anna.pk).owner == marta, "nothing moves before somebody says so"


def test_whoever_leaves_moves_nowhere(ada, marta, branch, kazimierz, at):
    move = planned(ada, marta, branch, kazimierz, at)
    departures.leave(by=ada, at=at, person=marta)
    move.refresh_from_db()
    assert move.cancelled_at == at
    assert moves.carry_out_due(at=at + 30 * DAY) == 0


def test_a_last_day_before_the_move_comes_first_however_late_it_is_looked_at(
    ada, marta, branch, kazimierz, anna, at
):
    move = planned(ada, marta, branch, kazimierz, at, days=9, clients="along")
    departures.plan(by=ada, at=at, person=marta, on=day_of(at, ZONE) + 5 * DAY)
    moves.carry_out_due(at=at + 12 * DAY)  # nobody worked for a week
    departures.carry_out_due(at=at + 12 * DAY)
    move.refresh_from_db()
    anna.refresh_from_db()
    assert (move.done_at, anna.branch) == (None, branch)
    assert [row[0] for row in roles_of(marta)] == [branch.pk]


def test_whoever_does_nothing_there_any_more_moves_nowhere(ada, marta, branch, kazimierz, at):
    move = planned(ada, marta, branch, kazimierz, at)
    role = Membership.objects.get(person=marta)
    Membership.objects.create(person=marta, branch=kazimierz, role="payroll", since=at)
    roles.end(by=ada, at=at, membership=role)
    assert moves.carry_out_due(at=at + 30 * DAY) == 0
    move.refresh_from_db()
    assert move.cancelled_at
    assert [m.role for m in Membership.objects.filter(person=marta, until=None)] == ["payroll"]


def test_a_manager_of_two_moves_one_of_them(ada, marta, branch, kazimierz, zofia, at):
    Membership.objects.create(person=zofia, branch=branch, role="manager", since=at - DAY)
    planned(ada, zofia, kazimierz, branch, at, days=0, role="manager")
    held = Membership.objects.filter(person=zofia, until=None)
    assert [(m.branch_id, m.role) for m in held] == [(branch.pk, "manager")]


@pytest.mark.django_db(transaction=True)
def test_two_workers_carry_out_one_move(ada, marta, branch, kazimierz, at):
    move = planned(ada, marta, branch, kazimierz, at)
    start = day_bounds(move.on, ZONE)[0]
    done = []
    assert not at_once(*[lambda: done.append(moves.carry_out_due(at=start))] * 2)
    assert sum(done) == 1
    assert len(roles_of(marta)) == 2
