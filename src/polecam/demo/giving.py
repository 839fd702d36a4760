"""On what footing people work, who made whom ready, and a pool that was divided once."""

from datetime import datetime, timedelta

from polecam.actions import coaching, engagements, pool
from polecam.bonuses.pool import ledger as pool_ledger
from polecam.demo.found import World
from polecam.demo.people import BOSS, SELLERS
from polecam.people.models import EngagementKind

COACHED_AFTER, DIVIDED_BEFORE = 50, 36
"""Days since the beginning, and days until today."""
OTHERS = {
    "Ola": (EngagementKind.EMPLOYMENT, 8_000),
    "Ewa": (EngagementKind.EMPLOYMENT, 5_000),
    "Nina": (EngagementKind.CIVIL, 10_000),
    "Marcin": (EngagementKind.B2B, 10_000),
}
"""Everyone else is employed full time."""


def engage(world: World, *, at: datetime) -> None:
    """Everyone who sells is engaged since well before the story begins."""
    since = at.date() - timedelta(days=400)
    for colleague in (*SELLERS, BOSS):
        kind, part = OTHERS.get(colleague.first, (EngagementKind.EMPLOYMENT, 10_000))
        person = world.people[colleague.first]
        engagements.engage(by=None, at=at, person=person, kind=kind, full_time_bp=part, since=since)


def day(world: World, *, past: int, ahead: int, at: datetime) -> None:
    """What happens on the morning of a day that is `past` days from the beginning and `ahead` days
    before today."""
    boss = world.people[BOSS.first]
    if past == COACHED_AFTER:
        coaching.confirm(
            by=boss,
            at=at,
            branch=world.branch,
            mentor=world.people["Natalia"],
            colleague=world.people["Nina"],
        )
    if ahead == DIVIDED_BEFORE:
        held = pool_ledger.balance(world.branch.pk)
        whole = held // 10_000 * 10_000  # whole hundreds of zloty; the rest stays
        if whole:
            pool.share_out(
                by=boss, at=at, branch=world.branch, amount_grosze=whole, seen_grosze=held
            )
