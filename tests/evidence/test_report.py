"""What leaves the house about a branch: sums of five people, ranges, own data against defaults."""

import pytest

from polecam.actions.parameters import set_parameter
from polecam.insights import evidence
from polecam.insights.evidence_data import Ground, ground
from polecam.insights.evidence_report import report
from polecam.insights.parameters import PARAMETERS, in_force
from tests.cast import ZONE

pytestmark = pytest.mark.django_db


def told(branch, at, period="quarter"):
    return ground([branch.pk], at, ZONE, period)


def the_report(branch, at, period="quarter"):
    return report(told(branch, at, period), in_force(at, business="bank", branch=branch))


def test_sums_of_closed_months_of_five(branch, five, closed, happened, at):
    happened(closed[0], five, five)
    happened(closed[1], five[:4], five[:4])
    found = told(branch, at)
    assert (found.months, found.cells, found.left_out) == ((closed[0],), 1, 1)
    assert (found.answers, found.yes, found.wins) == (15, 5, 5)
    assert (found.margin, found.bonuses) == (2_000_000, 25_000)


@pytest.mark.parametrize("earners", [1, 2, 4])
def test_a_month_in_which_few_earned_tells_no_amount(branch, five, closed, happened, at, earners):
    """Else the sum of bonuses would tell what one or two colleagues got."""
    happened(closed[0], five, five[:earners])
    assert not told(branch, at).shown
    happened(closed[1], five, [])
    assert told(branch, at).months == (closed[1],)


def test_nothing_yet_is_all_default(branch, at):
    found = the_report(branch, at)
    assert not found.ground.shown
    assert (found.saved, found.cost.by_win, found.returned) == (None, None, None)
    assert found.worth.clv.value == pytest.approx(evidence.clv(436_000, 0.8, 0.1))
    assert found.worth.referred.value == pytest.approx(1.16 * found.worth.clv.value)


def test_the_saving_is_hidden_until_the_own_cost_is_entered(
    branch, five, closed, happened, ada, at
):
    happened(closed[0], five, five)
    assert the_report(branch, at).saved is None
    set_parameter(by=ada, at=at, key="cost_of_client_grosze", value=148_000, source="Marketing, Q2")
    found = the_report(branch, at)
    spent = 25_000 + (20 * 3 + 10 * 20) * 100
    assert found.cost.total.value == spent
    assert found.saved.value == pytest.approx(148_000 * 5 - spent)
    assert found.left.value == found.saved.value  # nothing flowed into a pool
    assert found.returned_otherwise.value < found.returned.value


def test_every_figure_lies_in_its_range(branch, five, closed, happened, ada, at):
    happened(closed[0], five, five)
    set_parameter(by=ada, at=at, key="cost_of_client_grosze", value=148_000, source="Marketing, Q2")
    found = the_report(branch, at)
    figures = [
        found.worth.margin, found.worth.clv, found.worth.referred, found.worth.together,
        found.worth.crv, found.cost.total, found.cost.by_win, found.saved, found.left,
        found.returned, found.returned_otherwise, found.ask.yes, found.ask.consent, found.ask.win,
        found.ask.by_win, found.ask.value, found.ask.minutes, found.ask.cost, found.ask.roti,
        found.ask.per_hour,
    ]  # fmt: skip
    assert all(one.low <= one.value <= one.high for one in figures)
    again = the_report(branch, at)
    assert again.ask.roti == found.ask.roti  # the dice always fall the same


def test_more_own_data_narrow_the_chances(firm, at):
    parameters = in_force(at, business="bank")

    def width(times):
        counts = {"asks": 10 * times, "referrals": 3 * times, "consents": 2 * times, "sales": times}
        whole = Ground(
            ("2026-01",), 1, 0, 10 * times, 3 * times, counts | {"margin_grosze": 400_000 * times},
            margins=(400_000,) * times,
        )  # fmt: skip
        return report(whole, parameters).ask.yes.width

    assert width(1) > width(10) > width(100)


def test_parameters_say_whose_they_are(firm, branch, ada, tomek, at):
    found = in_force(at, business="bank", branch=branch)
    assert {key for key in PARAMETERS if found.held[key].own} == set()
    assert (found.value("uplift_bp"), in_force(at, business="shop").value("uplift_bp")) == (
        11_600,
        10_000,
    )
    set_parameter(by=ada, at=at, key="retention_bp", value=8_500, source="Kontroling 2025")
    set_parameter(
        by=tomek, at=at, key="retention_bp", value=9_000, source="Raport oddziału", branch=branch
    )
    assert in_force(at, business="bank").value("retention_bp") == 8_500
    assert in_force(at, business="bank", branch=branch).value("retention_bp") == 9_000
    set_parameter(by=ada, at=at, key="retention_bp", value=None, source="")
    back = in_force(at, business="bank").held["retention_bp"]
    assert (back.value, back.own) == (8_000, False)
