"""Several roles, several places: given, ended, never without an admin, warned where they clash."""

from datetime import timedelta

import pytest

from polecam.actions import departures, roles
from polecam.kit.errors import NotAllowed, Refused
from polecam.people.models import Membership, Role
from polecam.people.permissions import Permission, Standing
from tests.cast import person

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def refused(code: str, call, **arguments) -> None:
    with pytest.raises(Refused) as caught:
        call(**arguments)
    assert caught.value.code == code


def test_a_second_role_stands_beside_the_first(ada, marta, branch, kazimierz, at):
    roles.give(by=ada, at=at, person=marta, branch=kazimierz, role=Role.MANAGER)
    marta.__dict__.pop("_standing", None)
    seen = Standing(marta)
    assert seen.roles == {branch.pk: {"seller"}, kazimierz.pk: {"manager"}}
    assert seen.may(Permission.CONFIRM, kazimierz.pk)
    assert not seen.may(Permission.CONFIRM, branch.pk)


def test_twice_is_once(ada, marta, kazimierz, at):
    one, two = (
        roles.give(by=ada, at=at, person=marta, branch=kazimierz, role="seller") for _ in range(2)
    )
    assert one == two


def test_one_role_ends_and_the_other_stays(ada, marta, branch, kazimierz, at):
    more = roles.give(by=ada, at=at, person=marta, branch=kazimierz, role="seller")
    roles.end(by=ada, at=at + HOUR, membership=more)
    roles.end(by=ada, at=at + HOUR, membership=more)
    held = Membership.objects.filter(person=marta, until=None)
    assert [m.branch_id for m in held] == [branch.pk]


def test_the_last_role_ends_only_by_leaving(ada, marta, at):
    only = Membership.objects.get(person=marta)
    refused("last_role", roles.end, by=ada, at=at, membership=only)


def test_nobody_gives_or_ends_their_own(ada, branch, kazimierz, at):
    with pytest.raises(NotAllowed):
        roles.give(by=ada, at=at, person=ada, branch=kazimierz, role="manager")
    with pytest.raises(NotAllowed):
        roles.end(by=ada, at=at, membership=Membership.objects.get(person=ada, branch=branch))


def test_the_last_admin_keeps_the_role(ada, branch, kazimierz, at):
    roles.give(by=None, at=at, person=ada, branch=kazimierz, role="manager")
    one, other = Membership.objects.filter(person=ada, role="admin").order_by("id")
    roles.end(by=None, at=at, membership=one)
    refused("last_admin", roles.end, by=None, at=at, membership=other)
    second = person(branch, Role.ADMIN, "Ewa", "Lis", "f", at=at)
    departures.leave(by=None, at=at, person=ada)
    refused("last_admin", departures.leave, by=None, at=at, person=second)


def test_payroll_who_also_sells_is_told_first(ada, marta, branch, at):
    arguments = {"by": ada, "at": at, "person": marta, "branch": branch, "role": "payroll"}
    refused("duties_conflict", roles.give, **arguments)
    assert roles.give(**arguments, knowing=True).role == "payroll"


def test_a_closed_branch_takes_nobody(ada, marta, kazimierz, at):
    kazimierz.closed_on = at.date()
    kazimierz.save()
    arguments = {"by": ada, "at": at, "person": marta, "branch": kazimierz, "role": "seller"}
    refused("branch_closed", roles.give, **arguments)


def test_only_whoever_manages_people_there(tomek, marta, kazimierz, at):
    with pytest.raises(NotAllowed):
        roles.give(by=tomek, at=at, person=marta, branch=kazimierz, role="seller")
