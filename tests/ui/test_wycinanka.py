"""Drawings say their numbers: as many leaves as asks, as many cut lines as asks ahead."""

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from polecam.kit import paper_tree, wycinanka

COUNTS = st.integers(min_value=0, max_value=60)


def leaves(drawing: str) -> int:
    return len(re.findall(r'class="pc-leaf2?"', drawing))


def cuts(drawing: str) -> int:
    return drawing.count('class="pc-cut"')


@given(COUNTS, st.none() | COUNTS, st.booleans(), st.booleans())
def test_branch(asks, goal, bloom, new):
    drawn = wycinanka.branch(asks, goal, bloom=bloom, new=new, label="x")
    ElementTree.fromstring(drawn)
    shown = min(asks, wycinanka.MOST_LEAVES)
    assert leaves(drawn) == shown
    assert cuts(drawn) == max(0, min(goal or 0, wycinanka.MOST_LEAVES) - shown)
    full = bloom or bool(goal and asks >= goal)
    assert ('class="pc-bloom"' in drawn) == full
    assert ("is-new" in drawn) == (new and asks > 0)


@given(COUNTS, st.integers(min_value=0, max_value=200), st.integers(min_value=0, max_value=12))
def test_tree(asks, goal, sales):
    drawn = paper_tree.tree(asks, goal, sales)
    ElementTree.fromstring(drawn)
    slots = min(40, goal)
    assert leaves(drawn) + cuts(drawn) == slots
    assert leaves(drawn) == min(slots, asks * slots // max(goal, 1))


@given(COUNTS, st.integers(min_value=1, max_value=200))
def test_leaf_row(asks, goal):
    drawn = wycinanka.leaf_row(asks, goal)
    ElementTree.fromstring(drawn)
    assert drawn.count("<use") == min(goal, 60)
    assert leaves(drawn) <= min(goal, 60)


def test_every_drawing_finds_its_pieces():
    defined = re.findall(r'id="(pc-[a-z0-9-]+)"', wycinanka.definitions(*wycinanka.PIECES))
    assert len(defined) == len(wycinanka.PIECES)
    core = set(re.findall(r'id="(pc-[a-z0-9-]+)"', wycinanka.definitions()))
    everyday = [wycinanka.branch(3, 5), wycinanka.leaf_row(3, 9), wycinanka.receipt_leaf()]
    everyday += [wycinanka.stage_mark(n, done=done) for n in range(1, 6) for done in (True, False)]
    used = set(re.findall(r'href="#(pc-[a-z0-9-]+)"', "".join([*everyday, wycinanka.punch()])))
    assert used <= core
    rich = re.findall(r'href="#(pc-[a-z0-9-]+)"', paper_tree.tree(40, 40, 7, birds=True))
    assert set(rich) <= set(defined)


def test_no_colour_and_no_style_in_a_drawing():
    drawn = paper_tree.tree(26, 40, 5, birds=True) + wycinanka.branch(7, 5, bloom=True)
    assert "style=" not in drawn
    assert 'fill="' not in drawn
