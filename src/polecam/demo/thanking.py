"""The loop closed: sellers thank within days; for two months the firm gives small things, too."""

import random
from contextlib import suppress
from datetime import datetime, timedelta

from polecam.actions import reward_grants, rewards, setup, thanks, thanks_choice
from polecam.clients.models import Client
from polecam.demo.found import World
from polecam.demo.people import ADMIN, BOSS
from polecam.kit.errors import Refused
from polecam.referrals import states
from polecam.referrals.models import Referral
from polecam.thanks import queries
from polecam.thanks.models import GrantState, RewardGrant, Thanks

REWARDS_SINCE = 60
"""Days before today on which the admin switched rewards on."""
BUDGET_GROSZE = 250_000
WAYS = ("words", "words", "words", "words", "card", "none")
"""How clients are thanked; one in six would rather have no thanks."""
LEFT = 3
"""Days of thanks that are still owed, and of rewards that wait for the boss."""
DAY = timedelta(days=1)


def day(world: World, *, ahead: int, at: datetime) -> None:
    """The morning of a day that is `ahead` days before today."""
    rng = random.Random(f"thanks-{ahead}")  # noqa: S311 - a story, not a secret
    if ahead == REWARDS_SINCE:
        _switch_on(world, at)
    if ahead > LEFT:
        _thank(rng, at)
    if ahead < REWARDS_SINCE:
        _choose(rng, at)
        _decide(world, at, ahead)


def _thank(rng: random.Random, at: datetime) -> None:
    due = Thanks.objects.filter(done_at=None, skipped_at=None, due_on__lte=(at + DAY).date())
    for row in due.select_related("seller").order_by("id"):
        way = rng.choice(WAYS)
        with suppress(Refused):  # settled with another one of the same client
            if way == "none":
                thanks.skip(by=row.seller, at=at, thanks=row)
            else:
                thanks.give(by=row.seller, at=at, thanks=row, way=way)


def _switch_on(world: World, at: datetime) -> None:
    """With a reason, a budget, and two small things to begin with; one of them runs short."""
    admin = world.people[ADMIN.first]
    setup.set_setting(
        by=admin,
        at=at,
        key="rewards",
        value=True,
        branch=world.branch,
        why="Próba do końca roku: drobiazg dla obojga albo na dobry cel, po zgodzie prawnika",
    )
    rewards.set_budget(by=admin, at=at, branch=world.branch, year=at.year, grosze=BUDGET_GROSZE)
    for code in ("both", "charity"):
        rewards.add_preset(by=admin, at=at, code=code, branch=world.branch)
    rewards.add(
        by=admin,
        at=at,
        branch=world.branch,
        side="client",
        outcome="consent",
        title_pl="Herbata z Podgórza",
        title_en="Tea from Podgórze",
        value_grosze=2_500,
        tax_class="gift",
        stock=20,
        needs_approval=True,
    )


def _choose(rng: random.Random, at: datetime) -> None:
    """Clients whose friends are about to answer say on their card how to be thanked."""
    waiting = Referral.objects.filter(state__in=states.WAITING, captured_at__gt=at - 2 * DAY)
    undecided = Client.objects.filter(
        referral__in=waiting, thankschoice=None, party__erased_at=None
    ).distinct()
    for client in undecided.order_by("id"):
        offers = queries.choices_for(client, at)
        if offers and rng.random() < 0.6:
            one = rng.choice(offers)
            thanks_choice.choose(client=client, choice=one.choice, reward=one.reward, at=at)


def _decide(world: World, at: datetime, ahead: int) -> None:
    """The boss decides for colleagues' clients, the admin for his; the last days wait."""
    boss, admin = world.people[BOSS.first], world.people[ADMIN.first]
    rows = RewardGrant.objects.select_related("client", "referral")
    for grant in rows.filter(state=GrantState.ASKED, asked_at__lt=at - LEFT * DAY):
        own = boss.pk in (grant.referral.originator_id, grant.client and grant.client.owner_id)
        who = admin if own else boss
        with suppress(Refused):
            if grant.pk % 9 == 8:
                why = "Ten klient woli zwykłe dziękuję."
                reward_grants.refuse(by=who, at=at, grant=grant, why=why)
            else:
                reward_grants.approve(by=who, at=at, grant=grant)
    if ahead > LEFT:
        for grant in rows.filter(state=GrantState.APPROVED, decided_at__lt=at - DAY):
            with suppress(Refused):  # the person's year is full, or the talk may not be told
                reward_grants.give(by=boss, at=at, grant=grant)
