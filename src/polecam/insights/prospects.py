"""A seller's own prospects: what asking more may bring, and how many asks a wanted sum takes.

Read and shown for the seller alone: own answers and an own goal stand behind it (invariant 21).
"""

from dataclasses import dataclass, replace
from datetime import datetime

from polecam.bonuses.models import PlanVersion
from polecam.bonuses.planning.coverage import version_in_force
from polecam.bonuses.rates import Term, terms
from polecam.effort.models import MoneyGoal
from polecam.insights.first_money import Wait, first_money
from polecam.insights.own_rates import Asked, OwnRates, asked, own_rates
from polecam.insights.whatif import MOST_ASKS, STOPS, Outlook, Way, outlook, way_to
from polecam.organisation.models import Branch
from polecam.people.models import Person


@dataclass(frozen=True, slots=True)
class Prospects:
    """All of it at one moment. `now`: asks a week lately, rounded; `pace`: as counted."""

    own: OwnRates
    terms: tuple[Term, ...]
    version: PlanVersion
    pace: float
    now: int
    outlooks: tuple[Outlook, ...]
    present: Outlook
    wait: Wait
    way: Way | None


def prospects(person: Person, branch: Branch, *, at: datetime, zone: str) -> Prospects | None:
    """None while no plan pays anything. Eight queries at most."""
    version = version_in_force(person, branch.pk, at)
    if version is None:
        return None
    paying = tuple(
        replace(term, window_from=None, window_until=None)  # open today, so it counts
        for term in terms(version.pk)
        if term.holds(at)
    )
    mine = asked(person, at)
    own = own_rates(person, branch, mine, at=at, zone=zone)
    goal = goal_of(person)
    now = _rounded(mine)
    return Prospects(
        own=own,
        terms=paying,
        version=version,
        pace=mine.pace,
        now=now,
        outlooks=tuple(outlook(own, paying, asks) for asks in STOPS),
        present=outlook(own, paying, now),
        wait=first_money(branch.pk, version.hold_days, at=at, zone=zone),
        way=way_to(own, paying, goal) if goal else None,
    )


def goal_of(person: Person) -> int:
    """The person's own goal in gross grosze a month; 0: none. For the person alone."""
    goal = MoneyGoal.objects.filter(person=person).first()
    return int(goal.amount) if goal else 0


def _rounded(mine: Asked) -> int:
    return min(MOST_ASKS, round(mine.pace))
