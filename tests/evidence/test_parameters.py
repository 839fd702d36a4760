"""Who enters what the evidence counts with, and that each value names its source."""

from datetime import timedelta

import pytest

from polecam.actions.parameters import set_parameter
from polecam.insights.parameters import in_force
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation.models import Branch, Setting

pytestmark = pytest.mark.django_db


def enter(by, at, **given):
    return set_parameter(
        **{"by": by, "at": at, "key": "hour_cost_grosze", "value": 7_000, "source": "Kadry"} | given
    )


def test_the_admin_enters_for_the_firm_the_boss_for_the_branch(ada, tomek, branch, at):
    enter(ada, at)
    row = enter(tomek, at, value=8_000, branch=branch)
    assert (row.branch, row.why, row.set_by_id) == (branch, "Kadry", tomek.pk)
    assert Event.objects.filter(kind="setting.changed").count() == 2


def test_nobody_else_enters_any(marta, irena, pawel, tomek, branch, at):
    for other in (marta, irena, pawel):
        with pytest.raises(NotAllowed):
            enter(other, at, branch=branch)
    with pytest.raises(NotAllowed):
        enter(tomek, at)  # for the whole firm
    elsewhere = Branch.objects.create(name="Krowodrza", created_at=at)
    with pytest.raises(NotAllowed):
        enter(tomek, at, branch=elsewhere)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"source": "  "}, "setting_needs_source"),
        ({"key": "exclusivity_days"}, "setting_unknown"),
        ({"key": "retention_bp", "value": 10_001}, "setting_out_of_bounds"),
        ({"key": "horizon_years", "value": 0}, "setting_out_of_bounds"),
        ({"value": -1}, "setting_out_of_bounds"),
        ({"value": 7.5}, "setting_wrong_type"),
    ],
)
def test_bad_input_is_refused(ada, firm, at, given, code):
    with pytest.raises(Refused, match=code):
        enter(ada, at, **given)
    assert not Setting.objects.exists()


def test_a_value_of_tomorrow_waits(ada, firm, at):
    enter(ada, at, valid_from=at + timedelta(days=1))
    assert not in_force(at, business="bank").held["hour_cost_grosze"].own
    later = in_force(at + timedelta(days=2), business="bank")
    assert later.value("hour_cost_grosze") == 7_000
    with pytest.raises(Refused, match="setting_from_past"):
        enter(ada, at, valid_from=at - timedelta(days=1))
