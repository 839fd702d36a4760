"""Leaving with everything settled, on a day named beforehand or at once; and coming back."""

from datetime import timedelta

import pytest

from polecam.actions import absences, departures, deputies, inviting, people
from polecam.bonuses.leavers import goes_to_pool
from polecam.claims.models import BulkHandoff, CreditShare
from polecam.insights import records, settling
from polecam.kit.errors import Refused
from polecam.kit.periods import day_bounds, day_of
from polecam.people import queries
from polecam.people.models import Absence, Departure, Membership, Person
from polecam.people.permissions import Permission, Standing
from polecam.web.pages.staff import points
from tests.cast import PASSWORD, ZONE
from tests.portfolio.support import MINUTE, led, run
from tests.staff.test_moves import planned

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def plan_last(ada, person, at, *, days: int = 3) -> Departure:
    return departures.plan(by=ada, at=at, person=person, on=day_of(at, ZONE) + days * DAY)


def test_on_the_day_after_the_last_it_happens_by_itself(ada, marta, at):
    planned = plan_last(ada, marta, at)
    start = day_bounds(planned.on, ZONE)[0]
    assert departures.carry_out_due(at=start - timedelta(seconds=1)) == 0
    assert departures.carry_out_due(at=start + 2 * DAY) == 1
    assert departures.carry_out_due(at=start + 2 * DAY) == 0
    marta.refresh_from_db()
    assert not marta.is_active
    assert Membership.objects.get(person=marta).until == start, "dated at the day's beginning"


def test_a_planned_last_day_is_taken_back(ada, marta, at):
    planned = plan_last(ada, marta, at)
    departures.cancel(by=ada, at=at, departure=planned)
    assert departures.carry_out_due(at=at + 9 * DAY) == 0
    assert plan_last(ada, marta, at, days=5)
    with pytest.raises(Refused, match="departure_planned"):
        plan_last(ada, marta, at, days=6)


def test_the_last_admin_waits_for_another(ada, marta, at):
    with pytest.raises(Refused, match="last_admin"):
        departures.plan(by=None, at=at, person=ada, on=day_of(at, ZONE) + DAY)
    Departure.objects.create(person=ada, on=day_of(at, ZONE) + DAY, made_at=at)
    assert departures.carry_out_due(at=at + 5 * DAY) == 0
    ada.refresh_from_db()
    assert ada.is_active


def test_everything_that_counted_on_them_ends(
    ada, tomek, marta, kamil, branch, kazimierz, client, at
):
    today = day_of(at, ZONE)
    client.force_login(marta)
    deputies.name(
        by=tomek, at=at, branch=branch, manager=tomek, person=marta, since=today + 20 * DAY,
        until=today + 22 * DAY,
    )  # fmt: skip
    absences.plan(
        by=kamil, at=at, person=kamil, since=today + DAY, until=today + 3 * DAY, cover=marta
    )
    absences.plan(by=marta, at=at, person=marta, since=today + 9 * DAY, until=today + 11 * DAY)
    planned(ada, marta, branch, kazimierz, at)
    counted = settling.counts(marta, at=at)
    assert (counted.deputising, counted.covers, counted.away, counted.moves) == (1, 1, 1, 1)
    departures.leave(by=ada, at=at, person=marta)
    after = settling.counts(marta, at=at)
    assert (after.deputising, after.covers, after.away, after.moves, after.sessions) == (0,) * 5
    assert Absence.objects.get(person=kamil).cover is None
    assert client.get("/").status_code == 302, "signed out at once"


def test_invitations_they_sent_work_no_longer_and_are_made_anew(ada, branch, kazimierz, zofia, at):
    Membership.objects.create(person=zofia, branch=branch, role="admin", since=at - DAY)
    sent = people.invite(by=ada, at=at, email="nina@o.pl", branch=branch, role="seller")
    departures.leave(by=None, at=at, person=ada)
    with pytest.raises(Refused, match="welcome_over"):
        people.accept_invitation(at=at, welcome=sent, password=PASSWORD, first_name="Nina")
    (anew,) = inviting.renew(by=zofia, at=at, welcomes=[sent])
    assert people.accept_invitation(at=at, welcome=anew, password=PASSWORD, first_name="Nina")


def test_the_list_turns_green(ada, marta, kamil, tomek, branch, anna, plan, at):
    led(anna, marta, 1, at - DAY, plan)
    departures.leave(by=ada, at=at, person=marta)
    marta.refresh_from_db()

    def states() -> dict[str, str]:
        found = settling.of(marta, at=at)
        return {p.key: p.state for p in points.of(found, marta, amounts=True)}

    assert [key for key, state in states().items() if state == "waits"] == ["work"]
    draft = BulkHandoff.objects.get(giver=marta)
    run(tomek, draft, at + MINUTE)
    assert "waits" not in states().values()


def test_authorship_never_moves(ada, marta, kamil, tomek, anna, plan, at):
    referral = led(anna, marta, 1, at - DAY, plan)
    departures.leave(by=ada, at=at, person=marta)
    draft = BulkHandoff.objects.get(giver=marta)
    run(tomek, draft, at + MINUTE)
    referral.refresh_from_db()
    assert referral.originator == marta
    assert CreditShare.objects.filter(referral=referral, person=marta).exists()


def test_nobody_is_suggested_who_left(ada, marta, kamil, branch, at):
    departures.leave(by=ada, at=at, person=marta)
    assert marta not in queries.team(branch.pk)
    assert not Standing(Person.objects.get(pk=marta.pk)).roles


def test_whoever_comes_back_is_the_same_person(ada, marta, branch, kazimierz, at):
    departures.leave(by=ada, at=at, person=marta)
    later = at + timedelta(minutes=20)
    welcome = people.invite(
        by=ada, at=later, email=marta.email.upper(), branch=kazimierz, role="seller"
    )
    back = people.accept_invitation(
        at=later, welcome=welcome, password="inne-slowa-na-dzis-9", first_name="Marta"
    )
    assert (back.pk, back.is_active, back.public_id) == (marta.pk, True, marta.public_id)
    assert Standing(back).may(Permission.ASK, kazimierz.pk)
    assert not back.check_password(PASSWORD)
    spans = list(
        Membership.objects.filter(person=back).order_by("id").values_list("since", "until")
    )
    assert spans[0][1] == at
    assert spans[1] == (later, None)


def test_what_happened_while_they_were_gone_stays_so(ada, marta, branch, at):
    departures.leave(by=ada, at=at, person=marta)
    back = at + timedelta(minutes=20)
    welcome = people.invite(by=ada, at=back, email=marta.email, branch=branch, role="seller")
    people.accept_invitation(
        at=back, welcome=welcome, password="inne-slowa-na-dzis-9", first_name="Marta"
    )
    between = at + timedelta(minutes=10)
    assert queries.left([marta.pk], at=between) == {marta.pk}
    assert queries.left([marta.pk], at=at - DAY) == set()
    assert queries.left([marta.pk], at=back) == set()
    assert goes_to_pool(marta.pk, []) == set()


def test_own_records_hold_nobody_elses_name(marta, anna, plan, at):
    led(anna, marta, 1, at - DAY, plan)
    found = records.of(marta, at=at)
    assert [row.role for row in found.roles] == ["seller"]
    assert [(row.author, row.share_bp) for row in found.brought] == [(True, 10_000)]
    assert "Kowalczyk" not in repr(found)
    assert "Piotr" not in repr(found)
