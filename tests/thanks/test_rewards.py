"""What the firm gives: attached to an outcome, decided by somebody else, within budget and cap."""

from datetime import timedelta

import pytest

from polecam.actions import erasure, rewards, thanks_choice
from polecam.clients.models import Client
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of
from polecam.organisation.models import Organisation, Setting
from polecam.parties.models import Merge
from polecam.thanks import queries
from polecam.thanks.models import Reward, RewardBudget, RewardGrant, ThanksChoice
from tests.cast import client
from tests.referrals import growing
from tests.thanks import support
from tests.thanks.support import DAY, a_reward, allowed, chosen, reward_grants, switch_on, talked


@pytest.fixture
def year(at) -> int:
    return day_of(at, "Europe/Warsaw").year


@pytest.fixture
def on(branch, ada, at, year):
    """Rewards are on, with 200 zł for the year."""
    switch_on(at)
    return rewards.set_budget(by=ada, at=at, branch=branch, year=year, grosze=20_000)


def code(call, **said) -> str:
    with pytest.raises(Refused) as refused:
        call(**said)
    return refused.value.code


def used() -> int:
    return RewardBudget.objects.get().used_grosze


# --- off by default -------------------------------------------------------------------------------


def test_off_by_default_nothing_is_offered_made_or_given(anna, ada, branch, at):
    assert queries.choices_for(anna, at) == []
    assert code(support.a_reward, ada=ada, at=at) == "rewards_off"
    assert code(rewards.set_budget, by=ada, at=at, branch=branch, year=at.year, grosze=1) == (
        "rewards_off"
    )
    assert code(thanks_choice.choose, client=anna, choice="none", at=at) == "reward_gone"


def test_switched_off_again_no_new_reward_waits_and_none_is_approved(anna, ada, tomek, on, at):
    chosen(anna, a_reward(ada, at), at)
    grant = support.asked(anna, at)
    Setting.objects.create(key="rewards", value=False, valid_from=at, set_at=at)
    assert support.asked(anna, at, first="Ola") is None
    assert code(reward_grants.approve, by=tomek, at=at, grant=grant) == "rewards_off"
    assert queries.choices_for(anna, at) == []


# --- what a client may choose ---------------------------------------------------------------------


def test_the_friends_benefit_stands_first_and_nothing_last(anna, ada, on, at):
    made = {side: a_reward(ada, at, side=side) for side in ("charity", "client", "both", "friend")}
    offers = queries.choices_for(anna, at)
    assert [one.choice for one in offers] == ["friend", "both", "client", "charity", "none"]
    thanks_choice.choose(client=anna, choice="charity", reward=made["charity"], at=at)
    thanks_choice.choose(client=anna, choice="charity", reward=made["charity"], at=at)
    assert ThanksChoice.objects.get().choice == "charity"
    assert Event.objects.filter(kind="thanks.chosen").count() == 1
    thanks_choice.choose(client=anna, choice="none", at=at)
    assert ThanksChoice.objects.get().reward is None


def test_what_is_gone_or_never_was_is_not_chosen(anna, ada, on, at):
    out, book = a_reward(ada, at, stock=0), a_reward(ada, at, title_pl="Inna")
    choose = thanks_choice.choose
    assert code(choose, client=anna, choice="client", reward=out, at=at) == "reward_gone"
    assert code(choose, client=anna, choice="friend", reward=book, at=at) == "reward_gone"
    assert code(choose, client=anna, choice="client", at=at) == "reward_gone"
    assert code(choose, client=anna, choice="all", reward=book, at=at) == "reward_gone"
    rewards.end(by=ada, at=at, reward=book)
    assert queries.choices_for(anna, at) == []


# --- the catalogue --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"value_grosze": 10_001}, "reward_too_large"),
        ({"value_grosze": -1}, "reward_value"),
        ({"side": "seller"}, "reward_side"),
        ({"outcome": "sale"}, "reward_outcome"),
        ({"tax_class": "exempt"}, "reward_tax"),
        ({"title_pl": "  "}, "reward_title"),
        ({"title_en": "x" * 81}, "reward_title"),
        ({"stock": -1}, "reward_stock"),
        ({"stock": 100_001}, "reward_stock"),
    ],
)
def test_bad_rewards_are_refused(ada, on, at, more, why):
    assert code(support.a_reward, ada=ada, at=at, **more) == why
    assert not Reward.objects.exists()


@pytest.mark.parametrize("who", ["marta", "tomek", "irena", "pawel"])
def test_only_the_admin_keeps_the_catalogue(branch, on, at, year, who, request):
    by = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        support.a_reward(by, at)
    with pytest.raises(NotAllowed):
        rewards.set_budget(by=by, at=at, branch=branch, year=year, grosze=1)


def test_a_preset_twice_is_one(ada, on, at):
    first = rewards.add_preset(by=ada, at=at, code="both")
    assert first.side == "both"
    assert first.tax_class == "unset"
    assert rewards.add_preset(by=ada, at=at, code="both") is None
    assert code(rewards.add_preset, by=ada, at=at, code="gold") == "reward_gone"


def test_a_budget_is_of_this_year_or_the_next_and_holds_what_is_promised(
    anna, ada, tomek, branch, on, at, year
):
    chosen(anna, a_reward(ada, at), at)
    reward_grants.approve(by=tomek, at=at, grant=support.asked(anna, at))
    assert code(rewards.set_budget, by=ada, at=at, branch=branch, year=year, grosze=3_999) == (
        "reward_budget_low"
    )
    assert code(rewards.set_budget, by=ada, at=at, branch=branch, year=year - 1, grosze=1) == (
        "reward_year"
    )
    assert rewards.set_budget(by=ada, at=at, branch=branch, year=year, grosze=4_000).used_grosze


# --- outcomes -------------------------------------------------------------------------------------


def test_a_reward_waits_after_the_outcome_once(anna, ada, on, at):
    chosen(anna, a_reward(ada, at), at)
    grant = support.asked(anna, at)  # the event is read twice
    assert (grant.state, grant.side, grant.party) == ("asked", "client", anna.party)
    assert RewardGrant.objects.count() == 1
    assert used() == 0


def test_naming_friends_earns_nothing_however_many(anna, ada, on, at):
    chosen(anna, a_reward(ada, at), at)
    for first in ("Piotr", "Ola", "Jan", "Ewa", "Adam", "Iza"):
        support.named(anna, at, first=first)
    assert not RewardGrant.objects.exists()


def test_no_choice_or_nothing_chosen_no_reward(anna, ada, on, at):
    a_reward(ada, at)
    assert support.asked(anna, at) is None
    chosen(anna, None, at)
    assert support.asked(anna, at, first="Ola") is None


def test_both_get_the_same(anna, ada, on, at):
    chosen(anna, a_reward(ada, at, side="both"), at)
    support.asked(anna, at)
    rows = RewardGrant.objects.order_by("side")
    assert [(row.side, row.value_grosze) for row in rows] == [("client", 4_000), ("friend", 4_000)]
    assert rows[1].party == rows[1].referral.party


@pytest.mark.parametrize("may", [True, False])
def test_a_yes_nobody_may_tell_rewards_the_friend_alone(anna, ada, on, at, may):
    """A voucher in the client's hand would say that the friend agreed."""
    chosen(anna, a_reward(ada, at, side="both"), at)
    referral = growing.consented(anna, at=at)
    if may:
        allowed(referral, at)
    support.told(referral, "referral.consented", at)
    sides = set(RewardGrant.objects.values_list("side", flat=True))
    assert sides == ({"client", "friend"} if may else {"friend"})


@pytest.mark.parametrize("may", [True, False])
def test_a_talk_nobody_may_tell_rewards_the_friend_alone(anna, ada, on, at, may):
    chosen(anna, a_reward(ada, at, side="both", outcome="talk"), at)
    referral = growing.consented(anna, at=at - DAY)
    if may:
        allowed(referral, at - DAY)
    talked(referral, at)
    sides = set(RewardGrant.objects.values_list("side", flat=True))
    assert sides == ({"client", "friend"} if may else {"friend"})


def test_nobody_is_rewarded_for_recommending_themselves(anna, ada, on, at):
    chosen(anna, a_reward(ada, at), at)
    referral = growing.consented(anna, at=at)
    referral.party.same_as = anna.party
    referral.party.save()
    support.told(referral, "referral.consented", at)
    assert not RewardGrant.objects.exists()


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
