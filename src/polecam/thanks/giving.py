"""What a reward takes from stock and budget, and gives back; sums of a person's year."""

from collections.abc import Collection

from django.db.models import F, QuerySet, Sum

from polecam.kit.errors import Refused
from polecam.parties import groups
from polecam.parties.models import Party
from polecam.thanks.models import GrantState, Reward, RewardBudget, RewardGrant

PROMISED = (GrantState.APPROVED, GrantState.GIVEN)
REWARDED = (GrantState.ASKED, *PROMISED)


def take(grant: RewardGrant, *, year: int) -> None:
    """Inner step: one from the stock, its worth from the branch's budget of `year`; or neither.

    Each is one conditional UPDATE, so two at once never go below zero (invariant 13). Raises
    Refused("reward_none_left", "reward_budget_none", "reward_budget_spent"); then the caller's
    transaction is to roll back.
    """
    rewards = Reward.objects.filter(pk=grant.reward_id, stock__isnull=False)
    left = rewards.filter(stock__gt=0).update(stock=F("stock") - 1)
    if not left and rewards.exists():
        raise Refused("reward_none_left")
    budget = RewardBudget.objects.filter(branch=grant.branch_id, year=year)
    room = budget.filter(used_grosze__lte=F("grosze") - grant.value_grosze)
    if not room.update(used_grosze=F("used_grosze") + grant.value_grosze):
        raise Refused("reward_budget_spent" if budget.exists() else "reward_budget_none")
    grant.budget_year = year


def give_back(grant: RewardGrant) -> None:
    """Inner step: what an approved, ungiven reward took comes back, to the year it came from."""
    if grant.budget_year is None:
        return
    Reward.objects.filter(pk=grant.reward_id, stock__isnull=False).update(stock=F("stock") + 1)
    RewardBudget.objects.filter(branch=grant.branch_id, year=grant.budget_year).update(
        used_grosze=F("used_grosze") - grant.value_grosze
    )
    grant.budget_year = None


def of_person(party: Party, *, year: int) -> QuerySet[RewardGrant]:
    """What one person was promised or given in a year, under every record joined to theirs."""
    return RewardGrant.objects.filter(
        party__in=groups.ids([party.pk]), year=year, state__in=PROMISED
    )


def year_sum(party: Party, *, year: int, but: int) -> int:
    """Its worth in grosze, without the grant of id `but`."""
    rows = of_person(party, year=year).exclude(pk=but)
    return int(rows.aggregate(sum=Sum("value_grosze"))["sum"] or 0)


def rewarded_referrals(clients: Collection[int], *, year: int) -> set[int]:
    """Referrals by these client records that are rewarded in a year, or wait for it; by id."""
    rows = RewardGrant.objects.filter(client__in=clients, year=year, state__in=REWARDED)
    return set(rows.values_list("referral_id", flat=True))
