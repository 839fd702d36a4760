"""Two at once: threads, on both databases (invariant 13)."""

import pytest

from polecam.actions import reward_grants, rewards
from polecam.journal.models import Event
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.thanks.models import RewardBudget, RewardGrant, Thanks
from tests.cast import client
from tests.support.threads import at_once
from tests.thanks import support
from tests.thanks.support import a_reward, acts, chosen, email_agreed, named, switch_on

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_budget_and_a_stock_never_run_below_nothing(branch, marta, ada, tomek, at):
    """Six approvals at once: three fit the budget, two are in stock, two are approved."""
    year = day_of(at, "Europe/Warsaw").year
    switch_on(at)
    rewards.set_budget(by=ada, at=at, branch=branch, year=year, grosze=12_500)
    reward = a_reward(ada, at, stock=2)
    grants = []
    for first in ("Anna", "Jan", "Ewa", "Piotr", "Iza", "Adam"):
        who = client(branch, marta, first, "Nowak", at=at)
        chosen(who, reward, at)
        grants.append(support.asked(who, at))

    def approve(by, grant):
        return lambda: reward_grants.approve(by=by, at=at, grant=grant)

    raised = at_once(*(approve((tomek, ada)[i % 2], one) for i, one in enumerate(grants)))
    assert [type(error) for error in raised] == [Refused] * 4
    reward.refresh_from_db()
    budget = RewardBudget.objects.get()
    assert (reward.stock, budget.used_grosze) == (0, 8_000)
    assert RewardGrant.objects.filter(state="approved").count() == 2


def test_one_persons_year_holds_across_branches_and_records(branch, marta, anna, ada, tomek, at):
    """Two records of one person, approved at once: the cap of the year counts both."""
    year = day_of(at, "Europe/Warsaw").year
    switch_on(at, reward_person_year_grosze=4_000)
    rewards.set_budget(by=ada, at=at, branch=branch, year=year, grosze=90_000)
    reward = a_reward(ada, at)
    twin = client(branch, marta, "Anna", "Kowalczyk", at=at)
    twin.party.same_as = anna.party
    twin.party.save()
    grants = []
    for who, first in ((anna, "Ola"), (twin, "Jan"), (anna, "Iza"), (twin, "Ewa")):
        chosen(who, reward, at)
        grants.append(support.asked(who, at, first=first))
    raised = at_once(
        *(lambda one=one: reward_grants.approve(by=tomek, at=at, grant=one) for one in grants)
    )
    assert [getattr(error, "code", error) for error in raised] == ["reward_person_year"] * 3
    assert RewardBudget.objects.get().used_grosze == 4_000


def test_approving_and_cancelling_the_same_reward_at_once(branch, anna, ada, tomek, at):
    year = day_of(at, "Europe/Warsaw").year
    switch_on(at)
    rewards.set_budget(by=ada, at=at, branch=branch, year=year, grosze=9_000)
    reward = a_reward(ada, at, stock=5)
    chosen(anna, reward, at)
    grant = support.asked(anna, at)

    def approve():
        reward_grants.approve(by=tomek, at=at, grant=grant)

    def cancel():
        reward_grants.cancel(by=ada, at=at, grant=grant, why="Nie chce.")

    raised = at_once(approve, cancel, approve, cancel)
    assert {type(error) for error in raised} <= {Refused}
    reward.refresh_from_db()
    grant.refresh_from_db()
    assert grant.state == "cancelled"  # an approval before it is taken back, one after it refused
    assert (reward.stock, RewardBudget.objects.get().used_grosze) == (5, 0)


def test_two_taps_at_once_send_one_email(anna, marta, at):
    email_agreed(anna, at)
    row = named(anna, at)
    give = lambda: acts.give(by=marta, at=at, thanks=row, way="email")  # noqa: E731
    assert at_once(give, give, give) == []
    assert Event.objects.filter(kind="thanks.given").count() == 1
    assert Thanks.objects.get().way == "email"
