"""Whose role needs a second step: since when, until when, and what opens meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import setup
from polecam.journal.models import Event
from polecam.kit.errors import Refused
from polecam.organisation.models import Organisation, Setting
from polecam.people.models import Membership
from polecam.signin import policy, rules
from polecam.web import presence
from tests.security.support import (
    a_passkey,
    an_app,
    browser,
    code_of,
    come_in,
    demand,
    is_in,
    knock,
    later,
    marks,
)

MOMENTS = st.integers(0, 400).map(lambda day: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(day))


@given(st.lists(st.tuples(st.sampled_from("ab"), MOMENTS, st.booleans())))
def test_a_demand_counts_from_where_it_holds_without_a_break(said):
    rows = [rules.Said(*row) for row in sorted(said, key=lambda row: row[1])]
    since = rules.in_force_since(rows)
    for key in "ab":
        mine = [row for row in rows if row.key == key]
        assert (key in since) == bool(mine and mine[-1].value)
        if key in since:
            last_no = max((n for n, row in enumerate(mine) if not row.value), default=-1)
            assert since[key] == mine[last_no + 1].since


@given(MOMENTS, MOMENTS, st.integers(0, 30))
def test_the_grace_counts_from_the_later_of_role_and_rule(role, rule, days):
    grace = timedelta(days=days)
    assert rules.due([("manager", role)], {"manager": rule}, grace) == max(role, rule) + grace
    assert rules.due([("seller", role)], {"manager": rule}, grace) is None


@pytest.mark.django_db
def test_a_real_firm_begins_with_a_demand_and_a_demo_does_not(db):
    at = datetime.now(UTC)
    setup.create_organisation(by=None, at=at, name="Bank Olszyna")
    rows = Setting.objects.filter(key__startswith="factor_", branch=None)
    assert {row.key for row in rows} == {
        "factor_manager", "factor_payroll", "factor_dpo", "factor_admin",
    }  # fmt: skip
    assert all(row.value is True and row.valid_from == at for row in rows)
    assert Event.objects.filter(kind="setting.changed", data__key="factor_dpo").count() == 1
    setup.install_house(at=at)
    assert rows.all().count() == 4, "an upgrade repeats nothing"
    rows.filter(key="factor_dpo").delete()
    setup.install_house(at=at)
    assert rows.all().count() == 3, "nor does it overrule the firm"


@pytest.mark.django_db
def test_an_upgrade_brings_the_demand_to_an_older_firm_with_its_grace(firm, tomek):
    at = datetime.now(UTC)
    assert policy.terms(tomek, at).due is None
    setup.install_house(at=at)
    assert policy.terms(tomek, at).due == at + timedelta(days=7)
    Setting.objects.all().delete()
    Organisation.objects.update(is_demo=True)
    setup.install_house(at=at)
    assert policy.terms(tomek, at).due is None


@pytest.mark.django_db
def test_switching_it_off_needs_a_reason(ada):
    at = datetime.now(UTC)
    demand(at - timedelta(hours=1), "dpo")
    with pytest.raises(Refused, match="setting_needs_reason"):
        setup.set_setting(by=ada, at=at, key="factor_dpo", value=False)
    setup.set_setting(by=ada, at=at, key="factor_dpo", value=False, why="We have no DPO.")


@pytest.mark.django_db
def test_in_the_grace_everything_opens_and_the_day_is_named(tomek):
    demand(datetime.now(UTC), "manager", grace=7)
    who = browser()
    knock(who, tomek)
    assert "a second step of sign-in is to be set up by" in who.get("/profile/").text.replace(
        "\xa0", " "
    )
    assert "A second step is to be set up by" in who.get("/security/").text


@pytest.mark.django_db
def test_after_the_grace_only_ones_own_sign_in_opens(tomek, marta, at):
    demand(at, "manager")
    who = browser()
    assert knock(who, tomek).status_code == 303
    for name in ("home", "branch:branch", "entry:profile", "entry:password", "money:mine"):
        answer = who.get(reverse(name))
        assert (answer.status_code, answer.url) == (302, "/security/"), name
    page = who.get("/security/")
    assert "Before you go on" in page.text
    assert who.post("/language/", {"language": "en", "next": "/security/"}).status_code == 303
    assert who.get("/password/").status_code == 200, "public pages stay open"
    begun = who.post("/security/app/").url
    factor = policy.Factor.objects.get()
    assert who.post(begun, {"code": code_of(factor)}).status_code == 200
    assert is_in(who), "set up, and everything opens at once"
    assert come_in(marta).get("/profile/").status_code == 200, "others are asked for nothing"


@pytest.mark.django_db
def test_the_audit_is_closed_to_an_admin_who_owes_the_second_step(ada, at):
    demand(at, "admin")
    who = browser()
    knock(who, ada)
    assert who.get("/security/sign-ins/").url == "/security/"
    a_passkey(who)
    assert who.get("/security/sign-ins/").status_code == 200


@pytest.mark.django_db
def test_a_demand_reaches_a_session_that_is_open_already(tomek, at):
    who = come_in(tomek)
    demand(at, "manager")
    assert is_in(who)
    marks(who, seen=later(datetime.now(UTC).timestamp(), minutes=-6))
    who.get("/profile/")
    assert who.get("/profile/").url == "/security/"


@pytest.mark.django_db
def test_removing_the_last_factor_holds_back_at_once(tomek, at):
    demand(at, "manager")
    factor, _codes = an_app(tomek, at)
    who = browser()
    knock(who, tomek)
    who.post("/sign-in/code/", {"code": code_of(factor)})
    assert is_in(who)
    who.post(f"/security/remove/{factor.public_id}/")
    assert who.get("/profile/").url == "/security/"


@pytest.mark.django_db
def test_a_new_role_brings_its_own_grace(marta, branch):
    at = datetime.now(UTC)
    demand(at - timedelta(days=100), "manager", grace=7)
    assert policy.terms(marta, at).due is None
    Membership.objects.create(person=marta, branch=branch, role="manager", since=at)
    assert policy.terms(marta, at).due == at + timedelta(days=7)


@pytest.mark.django_db
def test_personas_of_the_demo_owe_nothing(tomek, at):
    demand(at, "manager")
    an_app(tomek, at)
    Organisation.objects.update(is_demo=True)
    who = browser(address="127.0.0.1")
    answer = who.post(f"/personas/{tomek.public_id}/", headers={"host": "localhost"})
    assert answer.url == "/"
    assert is_in(who)
    assert who.session[presence.MARK]["due"] is None


@pytest.mark.django_db
def test_how_long_a_session_may_lie_unused_is_the_firms_choice(ada, marta):
    at = datetime.now(UTC)
    setup.set_setting(by=ada, at=at, key="session_idle_hours", value=2)
    who = come_in(marta)
    marks(who, seen=later(at.timestamp(), hours=-2))
    assert not is_in(who)
