"""What the firm gives to clients and friends: what waits, what was given, a year for the books."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet, Sum

from polecam.kit.money import half_up
from polecam.parties import groups
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.thanks import queries
from polecam.thanks.models import GrantState, RewardBudget, RewardGrant

MOST, LATELY = 50, 8
"""Rows of what waits, and of what was settled."""
OPEN = (GrantState.ASKED, GrantState.APPROVED)


def of_seller(person: Person) -> list[RewardGrant]:
    """Rewards of the seller's own clients that wait, or were given lately."""
    rows = queries.grants_visible_to(person).filter(client__owner=person)
    kept = rows.filter(state__in=[*OPEN, GrantState.GIVEN]).order_by("-id")
    return list(kept.select_related("client__party", "reward")[:LATELY])


def waiting(person: Person) -> list[RewardGrant]:
    """What waits for a decision or to be handed over, where the person decides, oldest first."""
    return list(_deciding(person).filter(state__in=OPEN).order_by("id")[:MOST])


def settled(person: Person) -> list[RewardGrant]:
    """What was given, refused or cancelled lately."""
    return list(_deciding(person).exclude(state__in=OPEN).order_by("-decided_at", "-id")[:LATELY])


def _deciding(person: Person) -> QuerySet[RewardGrant]:
    rows = queries.grants_visible_to(person).filter(branch_id__in=places(person))
    return rows.select_related(
        "client__party", "client__owner", "reward", "referral__originator", "decided_by", "branch"
    )


def places(person: Person) -> set[int]:
    """Branches in which the person decides about rewards, or gives them."""
    here = standing(person)
    found = (Permission.APPROVE_REWARD, Permission.GIVE_REWARD, Permission.MANAGE_REWARDS)
    return {branch for one in found for branch in here.branches(one)}


def budgets(branches: Collection[int], year: int) -> list[RewardBudget]:
    """What each branch may give in a year, and has promised."""
    rows = RewardBudget.objects.filter(branch__in=branches, year=year)
    return list(rows.select_related("branch").order_by("branch__name", "branch_id"))


@dataclass(frozen=True, slots=True)
class Average:
    """What rewards given in a year were worth on average, rounded, and how many they were."""

    grosze: int
    count: int


def average_given(at: datetime) -> Average | None:
    """Of the 365 days before `at`, in the whole firm; None where nothing was given."""
    rows = RewardGrant.objects.filter(given_at__gt=at - timedelta(days=365), given_at__lte=at)
    found = rows.aggregate(sum=Sum("value_grosze"), count=Count("pk"))
    if not found["count"]:
        return None
    return Average(half_up(int(found["sum"]), found["count"]), found["count"])


# --- the year, for whoever does the accounts ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class YearRow:
    """One person's rewards of one tax class in a year; `party` None: charity, or erased since."""

    party: Party | None
    side: str
    tax_class: str
    count: int
    grosze: int


@dataclass(frozen=True, slots=True)
class Year:
    """All of a year that the reader may see; joined records are one person."""

    year: int
    rows: list[YearRow]

    @property
    def count(self) -> int:
        """How many rewards."""
        return sum(row.count for row in self.rows)

    @property
    def grosze(self) -> int:
        """Their worth."""
        return sum(row.grosze for row in self.rows)


def year_of(person: Person, year: int) -> Year:
    """Rewards given in a year, per person and tax class, by name; of the reader's branches."""
    rows = queries.grants_visible_to(person).filter(
        branch_id__in=places(person), state=GrantState.GIVEN, year=year
    )
    found = list(rows.values_list("party", "side", "tax_class", "value_grosze"))
    heads = groups.heads({party for party, *_ in found if party})
    people = Party.objects.in_bulk(set(heads.values()))
    sums: dict[tuple[int | None, str, str], list[int]] = defaultdict(list)
    for party, side, tax_class, grosze in found:
        sums[heads.get(party) if party else None, side, tax_class].append(grosze)
    made = [
        YearRow(people.get(head or 0), side, tax, len(each), sum(each))
        for (head, side, tax), each in sums.items()
    ]
    return Year(year, sorted(made, key=_order))


def _order(row: YearRow) -> tuple[bool, str, str, str]:
    name = row.party.name_key2 if row.party else ""
    return row.party is None, name or "", row.side, row.tax_class
