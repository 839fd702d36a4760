"""The rules of contested credit: floors hold, parts sum, ladders go up."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from polecam.claims.disputes import rules
from polecam.claims.disputes.rules import Rung
from polecam.claims.rules import Part, with_floors
from polecam.kit.errors import Refused
from polecam.kit.money import WHOLE_BP, allocate


@st.composite
def sets(draw) -> list[Part]:
    """Up to four sellers, any parts, any floors."""
    people = draw(st.integers(1, 4))
    cuts = sorted(
        draw(st.lists(st.integers(1, 9_999), min_size=people - 1, max_size=people - 1, unique=True))
    )
    borders = [0, *cuts, WHOLE_BP]
    return [
        Part(who, end - start, floor_bp=draw(st.integers(0, end - start)))
        for who, (start, end) in enumerate(pairwise(borders), start=1)
    ]


RAISERS = st.integers(1, 5)
"""The fifth is in no set."""


@given(sets(), RAISERS, st.integers(0, WHOLE_BP))
def test_a_decision_keeps_every_floor_and_the_whole(parts, raiser, target):
    after = rules.raised_to(parts, raiser, target)
    assert sum(part.share_bp for part in after) == WHOLE_BP
    assert all(part.share_bp > 0 for part in after)
    assert with_floors(parts, after, agreed=())
    own, free = rules.part_bp(parts, raiser), sum(rules.room(parts, raiser).values())
    assert rules.part_bp(after, raiser) == max(own, min(target, own + free))


@given(sets(), RAISERS, st.integers(0, WHOLE_BP), st.integers(0, 10**9))
def test_what_waits_is_what_would_go(parts, raiser, target, whole):
    before = {part.person_id: part.share_bp for part in parts}
    after = {p.person_id: p.share_bp for p in rules.raised_to(parts, raiser, target)}
    waiting = rules.waits(whole, before, after)
    old, new = allocate(whole, before), allocate(whole, after)
    for person, amount in old.items():
        assert 0 <= waiting.get(person, 0) <= amount
        if new.get(person, 0) <= amount:
            assert amount - waiting.get(person, 0) == new.get(person, 0)


@given(sets(), RAISERS, st.integers(0, WHOLE_BP))
def test_never_more_is_contested_than_may_be_given(parts, raiser, claimed):
    own, free = rules.part_bp(parts, raiser), sum(rules.room(parts, raiser).values())
    assume(claimed > own and free)
    contested = rules.contested(parts, raiser, "worked", claimed)
    assert 0 < contested <= claimed - own
    after = rules.raised_to(parts, raiser, own + contested)
    assert rules.part_bp(after, raiser) == own + contested


@given(sets(), RAISERS, st.integers(0, WHOLE_BP))
def test_the_form_proposes_what_can_be_given(parts, raiser, usual):
    own, free = rules.part_bp(parts, raiser), sum(rules.room(parts, raiser).values())
    assert own <= rules.suggestion(parts, raiser, usual) <= own + free


def test_a_question_about_the_sum_contests_no_part():
    parts = [Part(1, 4_000), Part(2, 6_000)]
    assert rules.contested(parts, 1, "amount", 4_000) == 0
    with pytest.raises(Refused, match="dispute_nothing"):
        rules.contested(parts, 1, "split", 4_000)
    with pytest.raises(Refused, match="dispute_part"):
        rules.contested(parts, 1, "split", 10_001)


@given(st.integers(0, WHOLE_BP), st.integers(-1, WHOLE_BP + 1))
def test_in_part_is_less_than_all_and_more_than_nothing(contested, typed):
    assert rules.granted("upheld", contested, typed) == contested
    assert rules.granted("rejected", contested, typed) == 0
    if 0 < typed < contested:
        assert rules.granted("partly", contested, typed) == typed
    else:
        with pytest.raises(Refused, match="dispute_partly"):
            rules.granted("partly", contested, typed)


def test_words_are_long_enough_and_carry_no_contact_data():
    assert rules.words("  So \n it is. ", field="words") == "So it is."
    for typed, code in (
        ("", "short"),
        ("x" * 401, "long"),
        ("call 600 100 200", "contact"),
        ("write to a@b.pl", "contact"),
    ):
        with pytest.raises(Refused, match=code):
            rules.words(typed, field="words")


LADDER = [Rung(1, 0), Rung(2, 0), Rung(3, 1), Rung(4, 2), Rung(5, 2)]


def test_the_lowest_who_is_no_party_decides_first():
    assert rules.first_rung(LADDER) == Rung(1, 0)
    assert rules.first_rung(LADDER, {1}) == Rung(2, 0)
    assert rules.first_rung(LADDER, {1, 2, 3}) == Rung(4, 2)
    assert rules.first_rung(LADDER, {1, 2, 3, 4, 5}) is None


def test_it_goes_up_then_aside_then_nowhere():
    assert rules.next_rung(LADDER, 1) == Rung(3, 1)
    assert rules.next_rung(LADDER, 3, {4}) == Rung(5, 2)
    assert rules.next_rung(LADDER, 4) == Rung(5, 2)
    assert rules.next_rung(LADDER, 5) is None
    assert rules.next_rung(LADDER, 1, {3, 4, 5}) == Rung(2, 0)
    assert rules.next_rung(LADDER, 9, {1}) == Rung(2, 0), "whoever left is followed by the first"
