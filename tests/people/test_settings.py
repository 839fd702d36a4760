"""Settings are dated rows with who and why; a looser protection needs a reason."""

from datetime import UTC, date, datetime, timedelta

import pytest

from polecam.actions import people, setup
from polecam.insights.parameters import PARAMETERS
from polecam.kit.errors import Refused
from polecam.organisation import settings
from polecam.organisation.models import Setting
from polecam.organisation.settings import KINDS, ON_OTHER_PAGES, value
from polecam.people.rules import may_be_named
from polecam.web.pages.setup.words import GROUPS, TITLES

pytestmark = pytest.mark.django_db
ZONE = "Europe/Warsaw"


def refused(code: str, **arguments) -> None:
    with pytest.raises(Refused) as caught:
        setup.set_setting(**arguments)
    assert caught.value.code == code


def test_a_value_holds_from_its_day_and_the_past_stays(ada, branch, at):
    later = at + timedelta(days=3)
    setup.set_setting(by=ada, at=at, key="weekly_goal", value=3)
    setup.set_setting(by=ada, at=at, key="weekly_goal", value=7, valid_from=later)
    assert value("weekly_goal", at=at - timedelta(seconds=1)) == 5
    assert value("weekly_goal", at=at) == 3
    assert value("weekly_goal", at=later) == 7
    assert settings.values("weekly_goal", at=later) == {"weekly_goal": 7}


def test_a_branch_may_differ(ada, branch, at):
    setup.set_setting(by=ada, at=at, key="weekly_goal", value=3, branch=branch)
    assert value("weekly_goal", at=at, branch=branch) == 3
    assert value("weekly_goal", at=at) == 5


def test_the_past_cannot_be_set(ada, at):
    arguments = {"by": ada, "at": at, "key": "weekly_goal", "value": 3}
    refused("setting_from_past", **arguments, valid_from=at - timedelta(days=1))


@pytest.mark.parametrize(
    ("key", "looser", "stricter"),
    [
        ("unanswered_days", 20, 7),
        ("inactive_days", 400, 90),
        ("invitation_days", 30, 7),
        ("ask_rest_days", 60, 120),
        ("refusals_rest_days", 180, 400),
        ("sms_without_gateway_unlocks", True, False),
    ],
)
def test_a_looser_protection_needs_a_reason(ada, at, key, looser, stricter):
    setup.set_setting(by=ada, at=at, key=key, value=stricter)
    refused("setting_needs_reason", by=ada, at=at, key=key, value=looser)
    row = setup.set_setting(by=ada, at=at, key=key, value=looser, why="Umowa z organem")
    assert (row.set_by_id, row.why) == (ada.pk, "Umowa z organem")


@pytest.mark.parametrize(
    ("key", "wrong"),
    [("unanswered_days", 31), ("unanswered_days", 0), ("weekly_goal", 31)],
)
def test_bounds_hold_even_with_a_reason(ada, at, key, wrong):
    refused("setting_out_of_bounds", by=ada, at=at, key=key, value=wrong, why="Tak chcę")


def test_wrong_types_and_unknown_keys(ada, at):
    refused("setting_wrong_type", by=ada, at=at, key="weekly_goal", value="five")
    refused("setting_wrong_type", by=ada, at=at, key="weekly_goal", value=True)
    refused("setting_unknown", by=ada, at=at, key="colour", value=1)


def test_only_an_admin_sets(tomek, at):
    refused("not_allowed", by=tomek, at=at, key="weekly_goal", value=3)


def test_every_setting_has_its_words():
    told = {key for _title, keys in GROUPS for key in keys}
    assert told == set(TITLES)
    assert told | set(PARAMETERS) == set(KINDS) - ON_OTHER_PAGES


def test_names_are_shown_two_weeks_after_the_notice_to_those_who_read_it():
    noon = datetime(2026, 11, 1, 12, tzinfo=UTC)
    notice, read = date(2026, 11, 1), noon + timedelta(days=1)
    assert not may_be_named(notice, read, noon + timedelta(days=13), ZONE)
    assert may_be_named(notice, read, noon + timedelta(days=14), ZONE)
    assert not may_be_named(notice, None, noon + timedelta(days=30), ZONE)
    assert not may_be_named(None, read, noon + timedelta(days=30), ZONE)
    earlier = noon - timedelta(days=5)  # they read an older notice
    assert not may_be_named(notice, earlier, noon + timedelta(days=30), ZONE)


def test_the_notice_is_recorded_and_acknowledged(ada, marta, at):
    with pytest.raises(Refused, match="no_notice"):
        people.acknowledge_notice(by=marta, at=at)
    setup.announce_monitoring(by=ada, at=at, on=at.date(), rule="Regulamin pracy, par. 12")
    assert value("monitoring_notice", at=at) == at.date().isoformat()
    assert Setting.objects.filter(key="monitoring_rule").get().set_by_id == ada.pk
    people.acknowledge_notice(by=marta, at=at)
    marta.refresh_from_db()
    assert marta.notice_acknowledged_at == at


def test_a_notice_needs_its_rule_and_a_day_that_was(ada, at):
    for arguments in (
        {"on": at.date(), "rule": " "},
        {"on": at.date() + timedelta(days=2), "rule": "Regulamin"},
    ):
        with pytest.raises(Refused):
            setup.announce_monitoring(by=ada, at=at, **arguments)


def test_one_firm_in_one_database(firm, ada, at):
    with pytest.raises(Refused, match="organisation_exists"):
        setup.create_organisation(by=ada, at=at, name="Drugi bank")
