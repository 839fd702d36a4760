"""The plan of the demo's branch: three versions, each with four eyes and read by the team, and a
fourth one that the boss is still writing."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from polecam.actions import plan_acknowledgements, plan_drafts, plan_publishing
from polecam.bonuses.models import PlanVersion
from polecam.bonuses.planning.draft import DraftComponent, DraftVersion
from polecam.bonuses.planning.queries import draft_of, unread
from polecam.demo.found import World
from polecam.demo.people import ADMIN, BOSS, OFFICE, SELLERS, Colleague

ZONE = ZoneInfo("Europe/Warsaw")
NAME = "Premia za polecenia"
PAYROLL = OFFICE[-1]
MINUTE = timedelta(minutes=1)
SECOND, THIRD, FOURTH = 42, 100, 10
"""The next versions are drafted so many days from the beginning; the last one, before today."""
POOL_BP = 1_000
FIRST = (
    DraftComponent("consent", amount_grosze=500),
    DraftComponent("meeting", amount_grosze=3_000),
    DraftComponent("sale", base="margin", rate_bp=1_200),
)
NEXT = (
    DraftComponent("consent", amount_grosze=1_000),
    DraftComponent("meeting", amount_grosze=4_000),
    DraftComponent("sale", base="margin", rate_bp=1_200),
)
USUAL = (
    DraftComponent("consent", amount_grosze=1_000),
    DraftComponent("meeting", amount_grosze=4_000),
    DraftComponent("sale", base="margin", rate_bp=1_250),
)
"""What every amount on the demo's first pages comes from."""


def begin(world: World, *, at: datetime) -> None:
    """The first version, from the template of a bank branch, holds from the first morning."""
    boss = world.people[BOSS.first]
    draft = plan_drafts.start(
        by=boss, at=at, branch=world.branch, name=NAME, template="bank", valid_from=at
    )
    _written(world, draft, FIRST, at=at)
    plan_publishing.submit(by=boss, at=at, version=draft)
    plan_publishing.approve(by=world.people[PAYROLL.first], at=at, version=draft)
    _read_by(world, (*SELLERS, BOSS), at=at + MINUTE)


def day(world: World, *, past: int, ahead: int, at: datetime) -> None:
    """What happens on one morning: `past` days after the first one, `ahead` before today."""
    if past == SECOND:
        _drafted(world, NEXT, at=at)
    elif past == SECOND + 2:
        _came_back(world, at=at)
    elif past == THIRD:
        _drafted(world, USUAL, at=at)
    elif past in (SECOND + 4, THIRD + 3):
        draft = PlanVersion.objects.get(published_at=None)
        plan_publishing.approve(by=world.people[PAYROLL.first], at=at, version=draft)
    elif ahead == FOURTH:
        _fourth(world, at=at)
    else:
        since = past - (THIRD + 3 if past > THIRD else SECOND + 4)
        readers = (*SELLERS, BOSS)[2 * since - 2 : 2 * since] if 0 < since < 8 else ()
        _read_by(world, readers, at=at)


def _drafted(world: World, components: tuple[DraftComponent, ...], *, at: datetime) -> None:
    """The boss copies the newest version, writes and submits it."""
    boss = world.people[BOSS.first]
    draft = plan_drafts.start(
        by=boss, at=at, branch=world.branch, copy_of=_newest(), valid_from=_first_after(at, 20)
    )
    _written(world, draft, components, at=at + 9 * MINUTE)
    plan_publishing.submit(by=boss, at=at + 20 * MINUTE, version=draft)


def _came_back(world: World, *, at: datetime) -> None:
    """The admin has a question first; the boss answers it and submits again."""
    boss = world.people[BOSS.first]
    draft = PlanVersion.objects.get(published_at=None)
    plan_publishing.send_back(
        by=world.people[ADMIN.first],
        at=at,
        version=draft,
        reason="Czy 40 zł za spotkanie mieści się w budżecie oddziału? Reszta bez uwag.",
    )
    plan_publishing.submit(by=boss, at=at + 90 * MINUTE, version=draft)


def _fourth(world: World, *, at: datetime) -> None:
    """More for a sale, at least 120 zl, and something for whoever makes a colleague ready."""
    draft = plan_drafts.start(
        by=world.people[BOSS.first],
        at=at,
        branch=world.branch,
        copy_of=_newest(),
        valid_from=_first_after(at, 40),
    )
    consent, meeting, sale = USUAL
    dearer = replace(sale, rate_bp=1_400, floor_grosze=12_000)
    coached = DraftComponent("coached", amount_grosze=20_000)
    _written(world, draft, (consent, meeting, dearer, coached), at=at + 9 * MINUTE)


def _written(
    world: World, version: PlanVersion, components: tuple[DraftComponent, ...], *, at: datetime
) -> None:
    draft: DraftVersion = replace(draft_of(version), components=components, pool_bp=POOL_BP)
    plan_drafts.save(
        by=world.people[BOSS.first], at=at, version=version, draft=draft, seen=version.written_at
    )


def _read_by(world: World, colleagues: tuple[Colleague, ...], *, at: datetime) -> None:
    for colleague in colleagues:
        person = world.people[colleague.first]
        for version in unread(person, at):
            plan_acknowledgements.acknowledge(by=person, at=at, version=version)


def _newest() -> PlanVersion:
    return PlanVersion.objects.filter(published_at__isnull=False).latest("valid_from")


def _first_after(at: datetime, days: int) -> datetime:
    """Midnight of the first month that begins at least so many days later."""
    day = (at.astimezone(ZONE) + timedelta(days=days)).date()
    first = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
    return datetime.combine(first, time(), ZONE)
