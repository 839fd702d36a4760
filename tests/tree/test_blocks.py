"""No difference of two figures, of whatever places, is about fewer than five sellers."""

from datetime import UTC, date, datetime
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.asking.models import MomentTally
from polecam.insights import branch as insights
from polecam.insights.blocks import blocks
from polecam.insights.evidence_data import ground
from polecam.organisation.models import Level, Placement
from polecam.organisation.tree import Tree
from polecam.referrals.models import StageTally
from tests.cast import ZONE, person
from tests.tree.conftest import place

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PARENTS = {2: 1, 3: 1, 4: 2, 5: 2, 6: 3}
"""1 is a region, 2 and 3 branches, 4 to 6 teams."""
SIZES = st.fixed_dictionaries({place: st.integers(0, 8) for place in range(1, 7)})


@given(sizes=SIZES)
def test_every_figure_and_every_difference_is_a_sum_of_blocks_of_five(sizes):
    tree = Tree(PARENTS)
    shown = {}
    for top in sizes:
        found, left = blocks(tree, top, "", lambda some, _: sum(map(sizes.get, some)) >= 5)
        assert sorted(one for some in [*found, left] for one in some) == sorted(
            [top, *tree.below([top])]
        )
        shown[top] = frozenset().union(*found)
    atoms = set(sizes)
    known = {frozenset(figure) for figure in shown.values()}
    for _round in range(3):  # what can be learnt by subtracting a part from a whole, repeatedly
        known |= {a - b for a, b in combinations(known, 2) if b < a}
        known |= {b - a for a, b in combinations(known, 2) if a < b}
    for figure in known:
        assert figure <= atoms
        assert not figure or sum(map(sizes.get, figure)) >= 5


def heard(where, sellers, month, **stages):
    for seller in sellers:
        MomentTally.objects.create(
            branch=where, seller=seller, kind="praise", month=month, asks=3, yes=1
        )
        StageTally.objects.create(
            branch=where, seller=seller, month=month,
            **{"asks": 4, "referrals": 2, "consents": 1, **stages},
        )  # fmt: skip


def crowd(where, count, at):
    return [person(where, "seller", f"Z{where.pk}{n}", "Lis", "n", at=at) for n in range(count)]


@pytest.mark.django_db
def test_a_month_belongs_to_where_the_branch_hung_then(region, other_region, at):
    moved = place("Wieliczka", Level.BRANCH, None, at=at)
    for parent, since, until in (
        (region, date(2026, 1, 1), date(2026, 10, 5)),
        (other_region, date(2026, 10, 5), None),
    ):
        Placement.objects.create(branch=moved, parent=parent, since=since, until=until, made_at=at)
    people = crowd(moved, 5, at)
    heard(moved, people, "2026-09")
    heard(moved, people, "2026-10")

    def months(where):
        return insights.stages(where.pk, NOW, ZONE, 3).months

    assert months(region) == ("2026-09",)
    assert months(other_region) == ("2026-10",)
    assert months(moved) == ("2026-09", "2026-10")
    assert ground([region.pk], NOW, ZONE, "quarter").months == ("2026-09",)


@pytest.mark.django_db
def test_a_region_less_a_branch_tells_nothing_about_four(region, at):
    big, small = (place(name, Level.BRANCH, region, at=at) for name in ("Duży", "Mały"))
    since = date(2026, 1, 1)
    Placement.objects.update(since=since)
    heard(big, crowd(big, 6, at), "2026-10")
    heard(small, crowd(small, 4, at), "2026-10")
    found = insights.stages_of([region.pk, big.pk, small.pk], NOW, ZONE, 1)
    assert found[region.pk].counts["asks"] == found[big.pk].counts["asks"] == 24
    assert not found[small.pk].shown
    third = place("Trzeci", Level.BRANCH, region, at=at)
    Placement.objects.update(since=since)
    heard(third, crowd(third, 1, at), "2026-10")
    assert insights.stages(region.pk, NOW, ZONE, 1).counts["asks"] == 24 + 20


@pytest.mark.django_db
def test_a_branch_counts_its_teams(own, team, at):
    Placement.objects.update(since=date(2026, 1, 1))
    heard(own, crowd(own, 2, at), "2026-10")
    heard(team, crowd(team, 3, at), "2026-10")
    assert insights.stages(own.pk, NOW, ZONE, 1).counts["asks"] == 20
    assert not insights.stages(team.pk, NOW, ZONE, 1).shown
    assert ground([own.pk], NOW, ZONE, "quarter").answers == 15
