"""What a role held at one place permits at others; what a team is to its branch."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import setup
from polecam.bonuses.planning.coverage import version_in_force
from polecam.bonuses.pool.ledger import home_of, homes_of
from polecam.clients.queries import askable_by, visible_to
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.organisation.models import Level
from polecam.people import queries as people
from polecam.people.models import Deputy, Role
from polecam.people.permissions import (
    LASTING,
    REGION,
    REGIONAL,
    ROLES,
    Permission,
    Standing,
    as_deputy,
    at_doors,
    permits,
    reach,
    standing,
)
from polecam.referrals.models import Referral
from polecam.referrals.queries import overseen
from tests import cast
from tests.cast import ZONE

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
P = Permission
NAMED = {
    P.SEE_NAMED,
    P.SEE_BRANCH_CLIENTS,
    P.SEE_OWN_CLIENTS,
    P.SEE_TEAM,
    P.SEE_AMOUNTS,
    P.SEE_PERSON_DATA,
    P.CONFIRM,
    P.WORK_REFERRALS,
    P.JOIN_RECORDS,
    P.DIVIDE_PORTFOLIO,
    P.IMPORT_CLIENTS,
    P.IMPORT_SALES,
    P.GIVE_EXTRA,
    P.SHARE_OUT_POOL,
    P.LOOK_AT_PULSE,
    P.PLAN_ABSENCE,
    P.GIVE_REWARD,
    P.APPROVE_REWARD,
}


@given(role=st.sampled_from(Role.values), level=st.sampled_from(Level.values))
def test_nothing_grows_on_its_way_down(role, level):
    assert reach(role, level) <= permits(role, level) <= ROLES[role]
    assert as_deputy(level) <= permits(Role.MANAGER, level) - LASTING


def test_a_region_reads_sums_alone():
    assert not REGIONAL & NAMED
    assert at_doors(Role.MANAGER, Level.REGION) == REGION
    assert at_doors(Role.MANAGER, Level.TEAM) == Role.MANAGER


def test_who_reaches_what(own, team, sibling, region, other_region, boss, admin, tomek, marta, at):
    assert set(Standing(boss).granted) == {region.pk, own.pk, sibling.pk, team.pk}
    assert all(granted == REGIONAL for granted in Standing(boss).granted.values())
    assert Standing(admin).branches(P.MANAGE_PEOPLE)[0] == region.pk
    assert set(Standing(tomek).branches(P.SEE_BRANCH_CLIENTS)) == {own.pk, team.pk}
    assert set(Standing(marta).granted) == {own.pk}
    leader = cast.person(team, Role.MANAGER, "Lena", "Rys", "f", at=at)
    assert Standing(leader).branches(P.SEE_BRANCH_CLIENTS) == [team.pk]
    assert Standing(leader).branches(P.ASK) == [team.pk, own.pk]


def test_an_officer_of_two_branches_sees_people_of_both_and_of_no_third(
    own, sibling, other_region, marta, at
):
    officer = cast.person(own, Role.DPO, "Ewa", "Dwa", "f", at=at)
    cast.Membership.objects.create(person=officer, branch=sibling, role=Role.DPO, since=at)
    admin = cast.person(own, Role.ADMIN, "Olek", "Dwa", "m", at=at)
    cast.Membership.objects.create(person=admin, branch=sibling, role=Role.ADMIN, since=at)
    near = cast.person(sibling, Role.SELLER, "Bliska", "Osoba", "f", at=at)
    far = cast.person(other_region, Role.SELLER, "Daleka", "Osoba", "f", at=at)
    assert standing(officer).branches(P.SEE_PERSON_DATA) == [own.pk, sibling.pk]
    seen = set(people.visible_to(admin))
    assert {marta, near} <= seen
    assert far not in seen


def test_a_deputy_before_during_and_after(own, team, kamil, tomek, at):
    today = day_of(at, ZONE)
    row = Deputy.objects.create(
        branch=own, manager=tomek, person=kamil, since=today + DAY, until=today + 3 * DAY,
        made_at=at,
    )  # fmt: skip
    assert not Standing(kamil, at).may(P.CONFIRM, own.pk)
    during = Standing(kamil, at + DAY)
    assert during.may(P.CONFIRM, own.pk)
    assert during.may(P.CONFIRM, team.pk)
    assert not during.may(P.NAME_DEPUTY, own.pk)
    assert not Standing(kamil, at + 3 * DAY).may(P.CONFIRM, own.pk)
    row.ended_at = at
    row.save()
    assert not Standing(kamil, at + DAY).may(P.CONFIRM, own.pk)


def test_a_deputy_of_a_region_reads_sums_too(region, own, boss, kamil, at):
    today = day_of(at, ZONE)
    Deputy.objects.create(
        branch=region, manager=boss, person=kamil, since=today, until=today + DAY, made_at=at
    )
    found = Standing(kamil)
    assert found.roles[region.pk] == {REGION}
    assert found.granted[region.pk] == REGIONAL - LASTING


def test_named_activity_is_not_the_regions(own, boss, tomek, marta, anna, at):
    for key, value in (("monitoring_notice", (day_of(at, ZONE) - 30 * DAY).isoformat()),):
        settings.Setting.objects.create(key=key, value=value, valid_from=at - DAY, set_at=at)
    marta.notice_acknowledged_at = at - DAY
    marta.save()
    Referral.objects.create(
        client=anna, originator=marta, branch=own, kind="asked", state="consented",
        captured_at=at, state_at=at, consented_at=at,
    )  # fmt: skip
    assert overseen(tomek).count() == 1
    assert overseen(boss).count() == 0


def test_a_team_is_part_of_its_branch(own, team, tomek, marta, at):
    seller = cast.person(team, Role.SELLER, "Tola", "Zespolowa", "f", at=at)
    shared = cast.client(own, marta, "Wspolna", "Klientka", at=at, shared=True)
    named = cast.client(own, seller, "Wlasna", "Klientka", at=at)
    theirs = cast.client(own, marta, "Cudza", "Klientka", at=at)
    hidden = cast.client(team, seller, "Zespolu", "Klientka", at=at)
    assert set(people.team(own.pk)) == {tomek, marta, seller}
    assert set(people.team(team.pk)) == {seller}
    assert set(askable_by(seller)) == {shared, named, hidden}
    assert theirs not in visible_to(seller)
    assert set(visible_to(tomek)) == {shared, named, theirs, hidden}
    assert set(visible_to(marta)) == {shared, theirs}


def test_a_plan_of_the_branch_covers_its_teams(own, team, region, plan, ada, at):
    plans = type(plan.plan)
    local = plans.objects.create(name="Plan oddziału", branch=own, covers_all=True, created_at=at)
    version = type(plan).objects.create(
        plan=local, number=1, valid_from=at - DAY, published_at=at - DAY, hold_days=30,
        clawback_days=90,
    )  # fmt: skip
    assert version_in_force(None, team.pk, at) == version
    assert version_in_force(None, region.pk, at) == plan
    assert version_in_force(None, team.pk, at, above=[]) == plan


def test_a_teams_pool_is_its_branchs(own, team, sibling, at):
    assert home_of(team.pk, at) == home_of(own.pk, at) == own.pk
    assert homes_of([team.pk, own.pk, sibling.pk], at) == [own.pk, sibling.pk]


def test_settings_come_from_the_nearest_place_above(own, team, region, sibling, at):
    for branch, value in ((None, 3), (region, 7), (own, 9)):
        setup.set_setting(by=None, at=at, key="weekly_goal", value=value, branch=branch)
    later = at + timedelta(seconds=1)
    assert settings.value("weekly_goal", at=later, branch=team) == 9
    assert settings.value("weekly_goal", at=later, branch=sibling) == 7
    setup.set_setting(by=None, at=later, key="weekly_goal", value=None, branch=own)
    past = settings.Past("weekly_goal")
    for where, value in ((team, 7), (own, 7), (sibling, 7)):
        assert settings.value("weekly_goal", at=later, branch=where) == value
        assert past.value("weekly_goal", at=later, branch=where.pk) == value
    assert settings.value("weekly_goal", at=at - DAY, branch=team) == 5
