"""What the firm gives: attached to an outcome, decided by somebody else, within budget and cap."""

import pytest

from polecam.actions import rewards, thanks_choice
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed
from polecam.organisation.models import Setting
from polecam.thanks import queries
from polecam.thanks.models import Reward, RewardGrant, ThanksChoice
from tests.referrals import growing
from tests.thanks import support
from tests.thanks.support import DAY, a_reward, allowed, chosen, code, reward_grants, talked, used

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
