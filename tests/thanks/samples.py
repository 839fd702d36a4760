"""One of each thing of thanks and rewards, for tests that walk the house."""

from polecam.organisation.models import Setting
from polecam.thanks.models import Reward, RewardBudget, RewardGrant, Thanks


def samples(anna, referral, ada, at) -> dict[str, str]:
    """Thanks owed; rewards on, with one in the catalogue and one that waits for a decision."""
    owed = Thanks.objects.create(
        client=anna, referral=referral, seller=anna.owner, branch=anna.branch,
        occasion="recommended", due_on=at.date(),
    )  # fmt: skip
    Setting.objects.create(key="rewards", value=True, valid_from=at, set_at=at, why="próba")
    reward = Reward.objects.create(
        branch=anna.branch, side="client", title_pl="Książka", title_en="A book",
        value_grosze=4_000, made_by=ada, made_at=at,
    )  # fmt: skip
    RewardBudget.objects.create(branch=anna.branch, year=at.year, grosze=100_000)
    grant = RewardGrant.objects.create(
        reward=reward, client=anna, party=anna.party, referral=referral, branch=anna.branch,
        side="client", value_grosze=4_000, tax_class="gift", year=at.year, state="asked",
        asked_at=at,
    )  # fmt: skip
    return {
        "thanks:ref": owed.public_id,
        "rewards:reward": reward.public_id,
        "rewards:grant": grant.public_id,
        "rewards:year": str(at.year),
    }
