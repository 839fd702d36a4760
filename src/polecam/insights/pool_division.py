"""How a branch's pool would be divided now: by the rule of its plan, among those who sell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from polecam.bonuses.models import PoolFlow, PoolPayout, PoolRule
from polecam.bonuses.planning.coverage import version_in_force
from polecam.bonuses.pool.rules import parts
from polecam.insights.help import given
from polecam.kit.money import WHOLE_BP
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.organisation.tree import today, within
from polecam.people.models import Engagement, Membership, Person, Role


@dataclass(frozen=True, slots=True)
class Row:
    """One person's part: `weight` is 1, basis points of full time, or help given."""

    person: Person
    weight: int
    amount_grosze: int


@dataclass(frozen=True, slots=True)
class Division:
    """A pool divided by a rule; help counts from `since`. No row where nobody weighs anything."""

    rule: str
    since: datetime
    rows: list[Row]


def rule_of(branch_id: int, at: datetime) -> str:
    """The rule of the plan that holds for the branch."""
    version = version_in_force(None, branch_id, at)
    return version.pool_rule if version else PoolRule.EQUAL


def division(branch_id: int, amount_grosze: int, *, at: datetime) -> Division:
    """`amount_grosze` divided among the branch's sellers at `at`. Whoever divides it, the boss,
    gets none of it."""
    rule, since = rule_of(branch_id, at), period_start(branch_id, at)
    people = sharers(branch_id, at)
    ids = [person.pk for person in people]
    if rule == PoolRule.PART_TIME:
        weights = full_time(ids, at)
    elif rule == PoolRule.HELP:
        weights = dict(given(branch_id, ids, since=since, until=at))
    else:
        weights = dict.fromkeys(ids, 1)
    amounts = parts(amount_grosze, weights)
    rows = [Row(p, weights[p.pk], amounts[p.pk]) for p in people if p.pk in amounts]
    return Division(rule, since, rows)


def sharers(branch_id: int, at: datetime) -> list[Person]:
    """Whoever sells in the branch now or in a team of it, but for those who lead, by name."""
    inside = within(branch_id, today(at))
    present = Membership.objects.filter(branch__in=inside, until=None, role=Role.SELLER)
    people = Person.objects.filter(pk__in=present.values("person_id"), is_active=True)
    return list(people.order_by("first_name", "last_name", "pk"))


def period_start(branch_id: int, at: datetime) -> datetime:
    """From when help counts: the payout before, else where the pool began."""
    last = PoolPayout.objects.filter(branch=branch_id).order_by("-at").first()
    if last is not None:
        return last.at
    first = PoolFlow.objects.filter(branch=branch_id).order_by("fact__confirmed_at").first()
    return first.fact.confirmed_at if first else at


def full_time(people: Sequence[int], at: datetime) -> dict[int, int]:
    """The part of full time of each (ids -> basis points) on the day of `at`; full without an
    engagement, none where the last one is over."""
    day = day_of(at, settings.zone())
    rows = Engagement.objects.filter(person__in=people, since__lte=day).order_by("since")
    found = dict.fromkeys(people, WHOLE_BP)
    for row in rows:
        found[row.person_id] = row.full_time_bp if row.until is None or row.until > day else 0
    return found
