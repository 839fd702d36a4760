"""Part of full time and part of a month: by how much caps, borders and guarantees are scaled.

A factor in basis points: the mean, over the days of a month, of the part of full time of whoever is
engaged and covered by the plan that day. Without any engagement on record somebody counts as full
time; so does somebody with no such day in the month at all, who is paid for earlier work.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Q

from polecam.bonuses.models import Assignment, CreditedFact, Plan
from polecam.kit import periods
from polecam.kit.money import WHOLE_BP, half_up
from polecam.organisation import settings
from polecam.organisation.tree import History
from polecam.people.models import Engagement, Membership

Spell = tuple[date, date | None, int]
"""From a day until another (half-open; None: no end), so many basis points of full time."""
Factors = dict[tuple[int, int, str], int]
"""Plan id, person id and month -> basis points; those of full time are left out."""
ALWAYS: Spell = (date.min, None, WHOLE_BP)


def factor_bp(month: str, spells: Collection[Spell], covered: Callable[[date], bool]) -> int:
    """The factor of a month `YYYY-MM` (1 to 10,000): `spells` are engagements, `covered` says
    whether the plan held for the person on a day."""
    days = list(_days(month))
    total = sum(_part_on(day, spells or (ALWAYS,)) for day in days if covered(day))
    return half_up(total, len(days)) or WHOLE_BP


def factor_of(person_id: int, plan_id: int, month: str) -> int:
    """The same for one person, plan and month, from what is on record."""
    found = factors([plan_id], [month], [person_id])
    return found.get((plan_id, person_id, month), WHOLE_BP)


def factors(
    plan_ids: Iterable[int],
    months: Iterable[str] | None,
    person_ids: Collection[int] | None = None,
) -> Factors:
    """The factors of these people (None: of everybody) in these months (None: in all that have
    facts) that are not full time. One query where nobody has an engagement and every plan covers
    everybody."""
    plans = set(plan_ids)
    if not plans or not _may_differ(plans, person_ids):
        return {}
    spells = _engagements(person_ids)
    cover = _Coverage(plans, person_ids)
    people = set(spells) | cover.people
    if not people:
        return {}
    if months is None:
        months = CreditedFact.objects.values_list("month", flat=True).distinct()
    months = sorted(set(months))
    found = {}
    for person in sorted(people):
        own = spells.get(person, [])
        for plan in plans:
            covered = cover.of(plan, person)
            if covered is None and not own:
                continue
            for month in months:
                bp = factor_bp(month, own, covered or _every_day)
                if bp != WHOLE_BP:
                    found[plan, person, month] = bp
    return found


def _may_differ(plans: Collection[int], person_ids: Collection[int] | None) -> bool:
    """Whether anybody has an engagement, or a plan covers only those who were assigned to it."""
    people = "1 = 1"
    if person_ids is not None:
        people = f"e.person_id IN ({', '.join(map(str, sorted(person_ids))) or 'NULL'})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 WHERE EXISTS (SELECT 1 FROM people_engagement e WHERE {people})"  # noqa: S608 - ids
            " OR EXISTS (SELECT 1 FROM bonuses_plan p JOIN bonuses_assignment a ON a.plan_id = p.id"
            f" WHERE NOT p.covers_all AND p.id IN ({', '.join(map(str, sorted(plans)))}))"
        )
        return cursor.fetchone() is not None


def _every_day(_day: date) -> bool:
    return True


def _days(month: str) -> Iterator[date]:
    day, end = periods.first_day(month), periods.first_day(periods.next_month(month))
    while day < end:
        yield day
        day += timedelta(days=1)


def _part_on(day: date, spells: Iterable[Spell]) -> int:
    live = (bp for since, until, bp in spells if since <= day and (until is None or day < until))
    return next(live, 0)


def _engagements(person_ids: Collection[int] | None) -> dict[int, list[Spell]]:
    rows = Engagement.objects.all()
    if person_ids is not None:
        rows = rows.filter(person__in=person_ids)
    found: dict[int, list[Spell]] = defaultdict(list)
    for person, since, until, bp in rows.values_list("person", "since", "until", "full_time_bp"):
        found[person].append((since, until, bp))
    return found


class _Coverage:
    """On which days plans cover people that were assigned to them; a plan that covers everybody of
    its firm or branch covers every day."""

    def __init__(self, plans: set[int], person_ids: Collection[int] | None) -> None:
        limited = Plan.objects.filter(pk__in=plans, assignment__isnull=False, covers_all=False)
        self.plans = set(limited.values_list("pk", flat=True).distinct())
        self.spells: dict[tuple[int, int], list[Spell]] = defaultdict(list)
        if self.plans:
            self._load(person_ids)
        self.people = {person for _plan, person in self.spells}

    def of(self, plan: int, person: int) -> Callable[[date], bool] | None:
        """Whether a plan covers a person on a day; None: on every day."""
        spells = self.spells.get((plan, person))
        if plan not in self.plans or not spells:
            return None
        return lambda day: _part_on(day, spells) > 0

    def _load(self, person_ids: Collection[int] | None) -> None:
        zone, tree = settings.zone(), History()
        rows = Assignment.objects.filter(plan__in=self.plans)
        if person_ids is not None:
            rows = rows.filter(Q(person=None) | Q(person__in=person_ids))
        for row in rows:
            if row.person_id is not None:
                self._add(row.plan_id, row.person_id, row.since, row.until, zone)
                continue
            for person, since, until in _members(row, person_ids, tree, zone):
                self._add(row.plan_id, person, since, until, zone)

    def _add(
        self, plan: int, person: int, since: datetime, until: datetime | None, zone: str
    ) -> None:
        end = None if until is None else periods.day_of(until, zone)
        self.spells[plan, person].append((periods.day_of(since, zone), end, WHOLE_BP))


def _members(
    row: Assignment, person_ids: Collection[int] | None, tree: History, zone: str
) -> Iterator[tuple[int, datetime, datetime | None]]:
    """Person, since and until of each role that an assignment covers: in its branch, and in a place
    below it for as long as it hung there."""
    members = Membership.objects.all()
    if row.role:
        members = members.filter(role=row.role)
    if person_ids is not None:
        members = members.filter(person__in=person_ids)
    spells = [(None, None, None)] if row.branch_id is None else tree.spells_below(row.branch_id)
    for place, below_since, below_until in spells:
        here = members if place is None else members.filter(branch=place)
        first = periods.day_bounds(below_since, zone)[0] if below_since else row.since
        last = periods.day_bounds(below_until, zone)[0] if below_until else None
        for member in here:
            since = max(row.since, member.since, first)
            ends = [end for end in (row.until, member.until, last) if end is not None]
            until = min(ends, default=None)
            if until is None or since < until:
                yield member.person_id, since, until
