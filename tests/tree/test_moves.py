"""Places move with a date; whatever the order of moves, the past stays."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from polecam.actions import setup, tree
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of
from polecam.organisation.models import Branch, Level, Organisation, Placement
from polecam.organisation.rules import BELOW
from polecam.organisation.tree import History
from polecam.organisation.tree import tree as tree_on
from tests import cast
from tests.cast import ZONE

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def today(at) -> date:
    return day_of(at, ZONE)


def test_a_place_moves_from_a_day_on_and_the_past_stays(
    admin, own, team, region, other_region, at, today
):
    cast.person(other_region, "admin", "Ola", "Rys", "f", at=at)
    with pytest.raises(NotAllowed):
        tree.move(by=admin, at=at, branch=own, parent=other_region, on=today, why="Reforma")
    tree.move(by=None, at=at, branch=own, parent=other_region, on=today + 7 * DAY, why="Reforma")
    assert tree_on(today).above(team.pk) == [own.pk, region.pk]
    assert tree_on(today + 6 * DAY).above(own.pk) == [region.pk]
    assert tree_on(today + 7 * DAY).above(team.pk) == [own.pk, other_region.pk]
    told = Event.objects.get(kind="branch.moved")
    assert told.data == {
        "from": region.public_id,
        "to": other_region.public_id,
        "on": (today + 7 * DAY).isoformat(),
    }


def test_a_move_ahead_is_taken_back(own, region, other_region, at, today):
    tree.move(by=None, at=at, branch=own, parent=other_region, on=today + 7 * DAY, why="Reforma")
    with pytest.raises(Refused, match="move_planned"):
        tree.move(by=None, at=at, branch=own, parent=None, on=today + 9 * DAY, why="Inaczej")
    tree.take_back(by=None, at=at, branch=own)
    assert tree_on(today + 70 * DAY).above(own.pk) == [region.pk]
    with pytest.raises(Refused, match="move_over"):
        tree.take_back(by=None, at=at, branch=own)


def test_a_move_to_the_firm_itself_and_back_the_same_day(own, region, at, today):
    tree.move(by=None, at=at, branch=own, parent=None, on=today, why="Samodzielny")
    assert tree_on(today).above(own.pk) == []
    assert tree_on(today - DAY).above(own.pk) == [region.pk]
    tree.move(by=None, at=at, branch=own, parent=region, on=today, why="Jednak nie")
    assert tree_on(today).above(own.pk) == [region.pk]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("move_in_past", {"on": -1}),
        ("level_misplaced", {"parent": "team"}),
        ("move_nowhere", {"parent": "region"}),
        ("move_needs_reason", {"why": "  "}),
    ],
)
def test_what_cannot_be(code, change, own, team, region, other_region, at, today):
    places = {"team": team, "region": region}
    with pytest.raises(Refused, match=code):
        tree.move(
            by=None,
            at=at,
            branch=own,
            parent=places.get(change.get("parent"), other_region),
            on=today + change.get("on", 1) * DAY,
            why=change.get("why", "Reforma"),
        )


def test_a_place_closes_only_when_it_is_empty(own, team, sibling, marta, anna, at, today):
    with pytest.raises(Refused) as refused:
        tree.close(by=None, at=at, branch=own, on=today)
    assert refused.value.params["left"] == {"places": 1, "people": 1, "clients": 1}
    tree.close(by=None, at=at, branch=sibling, on=today + 3 * DAY)
    with pytest.raises(Refused, match="place_closed"):
        tree.move(by=None, at=at, branch=sibling, parent=None, on=today + 3 * DAY, why="Późno")
    tree.keep_open(by=None, at=at, branch=sibling)
    assert Branch.objects.get(pk=sibling.pk).closed_on is None
    tree.close(by=None, at=at, branch=team, on=today)
    with pytest.raises(Refused, match="place_closed"):
        tree.close(by=None, at=at, branch=team, on=today)


def test_a_closed_region_takes_no_branch(own, other_region, at, today):
    tree.close(by=None, at=at, branch=other_region, on=today + DAY)
    with pytest.raises(Refused, match="place_closed"):
        tree.move(by=None, at=at, branch=own, parent=other_region, on=today + DAY, why="Reforma")


def test_a_name_belongs_to_one_place(admin, own, sibling, at):
    with pytest.raises(Refused, match="branch_name_taken"):
        tree.rename(by=admin, at=at, branch=own, name=sibling.name.upper())
    tree.rename(by=admin, at=at, branch=own, name="  Oddział   Zabłocie ", city="Kraków")
    own.refresh_from_db()
    assert own.name == "Oddział Zabłocie"


def test_the_admin_of_a_region_opens_places_below_it(admin, region, other_region, at):
    made = setup.open_branch(by=admin, at=at, name="Oddział Nowy", parent=region)
    assert tree_on(day_of(at, ZONE)).above(made.pk) == [region.pk]
    assert not made.membership_set.exists()  # the role in the region reaches it
    with pytest.raises(NotAllowed):
        setup.open_branch(by=admin, at=at, name="Oddział Obcy", parent=other_region)


STEPS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(-1, 5), st.integers(0, 9), st.booleans()), max_size=10
)


class AnyOrderOfMoves(TestCase):
    """Two regions, two branches, two teams, and any moves on any days, taken back or not."""

    def setUp(self):
        super().setUp()
        self.at = cast.datetime(2026, 3, 2, 12, tzinfo=cast.UTC)
        Organisation.objects.create(id=1, name="Bank Olszyna", created_at=self.at)
        levels = [Level.REGION] * 2 + [Level.BRANCH] * 2 + [Level.TEAM] * 2
        self.places = [
            Branch.objects.create(name=f"{level} {n}", level=level, created_at=self.at)
            for n, level in enumerate(levels)
        ]
        for team, branch in ((4, 2), (5, 3)):
            Placement.objects.create(
                branch=self.places[team],
                parent=self.places[branch],
                since=day_of(self.at, ZONE) - 100 * DAY,
                made_at=self.at,
            )

    @given(steps=STEPS)
    @settings(max_examples=60, deadline=None)
    def test_one_parent_a_day_no_ring_and_the_past_as_it_was(self, steps):
        at, levels = self.at, {p.pk: p.level for p in self.places}
        for which, where, ahead, back in steps:
            day = day_of(at, ZONE)
            before = History()
            past = [(d, before.on(d).parents) for d in (day - n * DAY for n in range(1, 12))]
            place = self.places[which]
            try:
                if back:
                    tree.take_back(by=None, at=at, branch=place)
                else:
                    tree.move(
                        by=None,
                        at=at,
                        branch=place,
                        parent=self.places[where] if where >= 0 else None,
                        on=day + ahead * DAY,
                        why="Reforma",
                    )
            except Refused:
                pass
            whole = History()
            assert [(d, whole.on(d).parents) for d, _ in past] == past
            for n in range(-2, 12):
                on = day + n * DAY
                held = [row for row in whole.rows if row[2] <= on and not (row[3] and row[3] <= on)]
                assert len(held) == len({child for child, *_ in held}) == len(whole.on(on).parents)
                for child in levels:
                    line = [child, *whole.on(on).above(child)]
                    assert len(line) == len(set(line)) <= 3
                    above = [*line[1:], None]
                    for one, parent in zip(line, above, strict=True):
                        assert levels.get(parent) in BELOW[levels[one]]
            at += DAY * (1 + which % 3)
