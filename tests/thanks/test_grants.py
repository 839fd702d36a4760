"""A reward from its outcome to the hand: decided by somebody else, once, within a year's limits."""

from datetime import timedelta

import pytest

from polecam.actions import erasure, rewards
from polecam.clients.models import Client
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed
from polecam.organisation.models import Organisation, Setting
from polecam.parties.models import Merge
from polecam.thanks.models import Reward, RewardBudget, RewardGrant, ThanksChoice
from tests.cast import client
from tests.thanks import support
from tests.thanks.support import (
    DAY,
    a_reward,
    chosen,
    code,
    reward_grants,
    switch_on,
    used,
)

# --- the life of a grant --------------------------------------------------------------------------


def test_approved_given_and_nothing_more(anna, ada, tomek, on, at):
    reward = a_reward(ada, at, stock=3)
    chosen(anna, reward, at)
    grant = reward_grants.approve(by=tomek, at=at, grant=support.asked(anna, at))
    reward_grants.approve(by=tomek, at=at, grant=grant)  # twice is once
    reward.refresh_from_db()
    assert (grant.state, reward.stock, used()) == ("approved", 2, 4_000)
    grant = reward_grants.give(by=tomek, at=at, grant=grant)
    reward_grants.give(by=tomek, at=at, grant=grant)
    assert code(reward_grants.cancel, by=tomek, at=at, grant=grant, why="Nie") == "reward_settled"
    assert Event.objects.filter(kind__startswith="reward_grant.").count() == 3


def test_refused_with_a_reason_takes_nothing(anna, ada, tomek, on, at):
    chosen(anna, a_reward(ada, at, stock=3), at)
    grant = support.asked(anna, at)
    assert code(reward_grants.refuse, by=tomek, at=at, grant=grant, why=" ") == (
        "reward_needs_reason"
    )
    grant = reward_grants.refuse(by=tomek, at=at, grant=grant, why="Klientka woli słowa.")
    assert (grant.state, grant.why, used()) == ("refused", "Klientka woli słowa.", 0)
    assert code(reward_grants.approve, by=tomek, at=at, grant=grant) == "reward_settled"
    assert code(reward_grants.give, by=tomek, at=at, grant=grant) == "reward_settled"


def test_cancelled_brings_stock_and_budget_back(anna, ada, tomek, on, at):
    reward = a_reward(ada, at, stock=3)
    chosen(anna, reward, at)
    grant = reward_grants.approve(by=tomek, at=at, grant=support.asked(anna, at))
    assert code(reward_grants.cancel, by=tomek, at=at, grant=grant, why="") == (
        "reward_needs_reason"
    )
    reward_grants.cancel(by=tomek, at=at, grant=grant, why="Wyjechała.")
    reward_grants.cancel(by=tomek, at=at, grant=grant, why="Wyjechała.")
    reward.refresh_from_db()
    assert (reward.stock, used()) == (3, 0)


def test_the_clients_own_seller_does_not_decide(ada, tomek, branch, on, at):
    own = client(branch, tomek, "Jan", "Nowak", at=at)
    chosen(own, a_reward(ada, at), at)
    grant = support.asked(own, at)
    assert code(reward_grants.approve, by=tomek, at=at, grant=grant) == "reward_own_client"
    assert code(reward_grants.refuse, by=tomek, at=at, grant=grant, why="x") == "reward_own_client"
    assert reward_grants.approve(by=ada, at=at, grant=grant).state == "approved"


@pytest.mark.parametrize("who", ["marta", "kamil", "irena", "pawel"])
def test_sellers_decide_and_give_nothing(anna, ada, on, at, who, request):
    chosen(anna, a_reward(ada, at), at)
    grant = support.asked(anna, at)
    by = request.getfixturevalue(who)
    for act, more in (
        (reward_grants.approve, {}),
        (reward_grants.refuse, {"why": "x"}),
        (reward_grants.give, {}),
        (reward_grants.cancel, {"why": "x"}),
    ):
        with pytest.raises(NotAllowed):
            act(by=by, at=at, grant=grant, **more)


def test_budget_and_stock_end_at_nothing(anna, ada, tomek, branch, on, at, year):
    reward = a_reward(ada, at, stock=1)
    chosen(anna, reward, at)
    first, second = support.asked(anna, at), support.asked(anna, at, first="Ola")
    reward_grants.approve(by=tomek, at=at, grant=first)
    assert code(reward_grants.approve, by=tomek, at=at, grant=second) == "reward_none_left"
    rewards.restock(by=ada, at=at, reward=reward, stock=None)
    rewards.set_budget(by=ada, at=at, branch=branch, year=year, grosze=7_999)
    assert code(reward_grants.approve, by=tomek, at=at, grant=second) == "reward_budget_spent"
    RewardBudget.objects.all().delete()
    assert code(reward_grants.approve, by=tomek, at=at, grant=second) == "reward_budget_none"
    second.refresh_from_db()
    assert second.state == "asked"


def test_without_need_of_approval_it_is_approved_at_once_or_waits(anna, ada, on, at):
    chosen(anna, a_reward(ada, at, needs_approval=False, stock=1), at)
    assert support.asked(anna, at).state == "approved"
    assert support.asked(anna, at, first="Ola").state == "asked"
    assert used() == 4_000


# --- one person's year ----------------------------------------------------------------------------


def test_the_year_of_one_person_counts_joined_records(anna, marta, ada, tomek, branch, on, at):
    switch_on(at, reward_person_year_grosze=7_999)
    reward = a_reward(ada, at)
    twin = client(branch, marta, "Anna", "Kowalczyk", at=at)
    twin.party.same_as = anna.party
    twin.party.save()
    chosen(anna, reward, at)
    chosen(twin, reward, at)
    reward_grants.approve(by=tomek, at=at, grant=support.asked(anna, at))
    grant = support.asked(twin, at, first="Ola")
    assert code(reward_grants.approve, by=tomek, at=at, grant=grant) == "reward_person_year"
    assert used() == 4_000
    assert not Merge.objects.exists()


def test_more_than_five_rewarded_referrals_wait_for_compliance(anna, ada, tomek, on, at):
    chosen(anna, a_reward(ada, at, needs_approval=False, value_grosze=100), at)
    flags = []
    for first in ("Ola", "Jan", "Ewa", "Adam", "Iza", "Piotr"):
        grant = support.asked(anna, at, first=first)
        flags.append((grant.flag, grant.state))
    assert flags == [("", "approved")] * 5 + [("many", "asked")]
    assert code(reward_grants.approve, by=tomek, at=at, grant=grant) == "reward_needs_reason"
    grant = reward_grants.approve(by=tomek, at=at, grant=grant, why="Sprawdziłem, bez nacisku.")
    assert grant.state == "approved"


def test_what_waited_since_last_year_is_counted_in_the_year_of_its_approval(
    anna, ada, tomek, on, at, year
):
    switch_on(at, rewarded_a_year=1)
    chosen(anna, a_reward(ada, at, value_grosze=100), at)
    waits = support.asked(anna, at)
    RewardGrant.objects.update(year=year - 1)
    other = support.asked(anna, at, first="Ola")
    assert reward_grants.approve(by=tomek, at=at, grant=other).flag == "", "the first of this year"
    assert code(reward_grants.approve, by=tomek, at=at, grant=waits) == "reward_needs_reason"
    found = reward_grants.approve(by=tomek, at=at, grant=waits, why="Sprawdziłem, bez nacisku.")
    assert (found.year, found.flag, found.state) == (year, "many", "approved")


def test_a_firm_that_is_not_regulated_flags_nobody(anna, ada, on, at):
    Organisation.objects.update(regulated=False)
    switch_on(at, rewarded_a_year=1)
    chosen(anna, a_reward(ada, at, value_grosze=100), at)
    support.asked(anna, at)
    assert support.asked(anna, at, first="Ola").flag == ""


def test_given_in_a_later_year_counts_in_that_year(anna, ada, tomek, branch, on, at, year):
    chosen(anna, a_reward(ada, at), at)
    grant = support.asked(anna, at)
    RewardBudget.objects.create(branch=branch, year=year - 1, grosze=9_000)
    before = at - timedelta(days=366)
    Setting.objects.filter(key="rewards").update(valid_from=before - DAY)
    grant = reward_grants.approve(by=tomek, at=before, grant=grant)
    assert (grant.year, grant.budget_year) == (before.year, before.year)
    grant = reward_grants.give(by=tomek, at=at, grant=grant)
    assert (grant.year, grant.budget_year) == (year, before.year)


# --- who goes -------------------------------------------------------------------------------------


def test_erasing_the_client_cancels_what_was_promised_and_keeps_the_books(
    anna, ada, tomek, irena, on, at
):
    reward = a_reward(ada, at, stock=5)
    chosen(anna, reward, at)
    given = reward_grants.approve(by=tomek, at=at, grant=support.asked(anna, at))
    reward_grants.give(by=tomek, at=at, grant=given)
    promised = support.asked(anna, at, first="Ola")
    reward_grants.approve(by=tomek, at=at, grant=promised, why="Dla Anny Kowalczyk")
    erasure.erase(by=irena, at=at, party=anna.party)
    rows = {row.pk: row for row in RewardGrant.objects.all()}
    assert (rows[given.pk].state, rows[promised.pk].state) == ("given", "cancelled")
    assert all(row.party is None and row.client is None and not row.why for row in rows.values())
    reward.refresh_from_db()
    assert (reward.stock, used()) == (4, 4_000)
    assert not ThanksChoice.objects.exists()


def test_whoever_is_gone_cannot_be_given_anything(anna, ada, tomek, irena, on, at):
    chosen(anna, a_reward(ada, at, side="friend"), at)
    grant = support.asked(anna, at)
    RewardGrant.objects.filter(pk=grant.pk).update(party=None)
    grant.refresh_from_db()
    assert code(reward_grants.approve, by=tomek, at=at, grant=grant) == "reward_nobody"
    assert Client.objects.filter(pk=anna.pk).exists()


def test_what_was_written_about_a_clients_reward_goes_with_the_friend(
    anna, ada, tomek, irena, on, at
):
    chosen(anna, a_reward(ada, at), at)
    grant = support.asked(anna, at, first="Zofia")
    reward_grants.refuse(by=tomek, at=at, grant=grant, why="Zofia jest siostrą klientki")
    erasure.erase(by=irena, at=at, party=grant.referral.party)
    grant.refresh_from_db()
    assert (grant.why, grant.party) == ("", anna.party)


def test_a_grant_that_came_while_the_class_was_decided_gets_it_the_next_time(anna, ada, at):
    switch_on(at)
    reward = a_reward(ada, at, tax_class="unset")
    chosen(anna, reward, at)
    grant = support.asked(anna, at)
    Reward.objects.filter(pk=reward.pk).update(tax_class="gift")
    assert grant.tax_class == "unset"
    for _twice in range(2):
        rewards.classify(by=ada, at=at, reward=reward, tax_class="gift")
    grant.refresh_from_db()
    assert grant.tax_class == "gift"
    assert Event.objects.filter(kind="reward.classified").count() == 1
