"""The bench of recognising people judges rightly, and its parts do what they are trusted with."""

import random
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.identity import febrl
from bench.identity.candidates import nearest
from bench.identity.clusters import groups, join
from bench.identity.data import FEBRL, Records, shuffled
from bench.identity.features import align, features, tokens
from bench.identity.scores import Finding, of_groups

ROWS = 8
PAIRS = st.dictionaries(
    st.sampled_from(list(combinations(range(ROWS), 2))),
    st.sampled_from([-float("inf"), -6.0, -2.0, -0.5, 0.3, 1.0, 4.0, 7.0]),
)
WORDS = st.lists(st.sampled_from("jan janek j nowak nowacki of sir anna".split()), max_size=4)


def grouped(pairs, least=0.0):
    """Groups at a threshold."""
    listed = [(one, other, odds) for (one, other), odds in pairs.items()]
    return groups(ROWS, join(ROWS, listed, stop=least), least=least)


def people(whose, **columns):
    """Records of a few people."""
    names, truth = np.unique(list(whose), return_inverse=True)
    return Records(columns, truth, tuple(names.tolist()))


@given(PAIRS)
def test_groups_are_a_partition_named_by_their_least_member(pairs):
    found = grouped(pairs)
    for row, leader in enumerate(found):
        assert leader <= row
        assert found[leader] == leader


@given(PAIRS, st.randoms(use_true_random=False))
def test_the_order_and_direction_of_pairs_play_no_part(pairs, chance):
    turned = [
        (other, one, odds) if chance.random() < 0.5 else (one, other, odds)
        for (one, other), odds in pairs.items()
    ]
    chance.shuffle(turned)
    assert groups(ROWS, join(ROWS, turned, stop=0), least=0) == grouped(pairs)


@given(PAIRS)
def test_a_higher_threshold_only_parts_what_a_lower_one_joined(pairs):
    listed = [(one, other, odds) for (one, other), odds in pairs.items()]
    joins = join(ROWS, listed, stop=-3)
    loose, tight = groups(ROWS, joins, least=-3), groups(ROWS, joins, least=1)
    assert all(loose[row] == loose[leader] for row, leader in enumerate(tight))


@given(PAIRS)
def test_two_whom_a_human_called_two_people_never_share_a_group(pairs):
    found = grouped(pairs)
    parted = [pair for pair, odds in pairs.items() if odds == -float("inf")]
    assert all(found[one] != found[other] for one, other in parted)


def test_one_mistaken_pair_does_not_chain_two_people_together():
    sure = [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5)]
    pairs = {**dict.fromkeys(sure, 6.0), (2, 3): 6.0}
    assert grouped(pairs)[:6] == [0, 0, 0, 3, 3, 3]


def test_scores_count_pairs_of_rows():
    got = of_groups(np.array([0, 0, 0, 1, 2]), np.array([7, 7, 8, 8, 9]))
    assert got == pytest.approx((1 / 3, 1 / 2, 2 / 5))


def test_nothing_said_is_precise_and_finds_nothing():
    assert of_groups(np.arange(3), np.array([0, 0, 1])) == (1.0, 0.0, 0.0)


@given(WORDS, WORDS)
def test_names_align_alike_in_both_directions(one, other):
    rarity = {word: float(len(word)) for word in one + other}
    np.testing.assert_allclose(align(one, other, rarity), align(other, one, rarity))


def test_features_of_a_pair_do_not_depend_on_its_direction():
    records = people(
        "aabb",
        full_name=["jan nowak", "j nowak", "anna nowak", ""],
        dob=["1861-01-07", "1861-07-01", "", "1861-01-01"],
        birth_place=["krakow", "krakow city", "krakow", ""],
        postcode_fake=["sw11 4lw", "", "sw11 4lw", "sw11 4ls"],
        gender=["male", "male", "female", ""],
        occupation=["painter", "painter", "", "poet"],
    )
    pairs = np.array([[a, b] for a in range(4) for b in range(a)])
    shared = np.ones(len(pairs))
    there, back = features(records, pairs, shared), features(records, pairs[:, ::-1], shared)
    np.testing.assert_allclose(there, back)


def test_candidates_are_those_that_share_rare_words():
    names = ["jan nowak", "piotr nowak", "jan zyzik", "pan zyzik", "adam kos", "adam kot"]
    columns = {name: [""] * 6 for name in "dob postcode_fake birth_place occupation".split()}
    records = people("abccdd", full_name=names, **columns)
    pairs, shared = nearest([tokens(records, row) for row in range(6)], 1)
    assert {(2, 3), (4, 5)} <= {tuple(pair) for pair in pairs.tolist()}
    assert (shared > 0).all()


def febrl_like(chance, persons=60):
    """Persons and a copy of each with a slip; the side is 1 for copies."""
    rows, whose, side = [], [], []
    for person in range(persons):
        row = {name: "".join(chance.choices("abcdefgh", k=6)) for name in FEBRL}
        copy = {**row, "surname": row["surname"][:-1] + "z", "suburb": ""}
        for number, said in enumerate((row, copy)):
            rows.append(said)
            whose.append(f"p{person:03}")
            side.append(str(number))
    columns = {name: [row[name] for row in rows] for name in FEBRL} | {"side": side}
    records = shuffled(columns, whose)
    return records, np.array([int(each) for each in records["side"]])


def test_weights_found_without_truth_tell_copies_from_strangers():
    records, side = febrl_like(random.Random(3))
    linked = febrl.link(records)
    assert of_groups(febrl.people(records, linked), records.truth).f1 == 1
    across = febrl.link(records, side)
    pairs = febrl.one_to_one(across, side)
    assert len(pairs) == len(set(pairs[:, 0])) == len(set(pairs[:, 1])) == 60
    assert (records.truth[pairs[:, 0]] == records.truth[pairs[:, 1]]).all()
    assert (side[pairs] == [0, 1]).all()


def test_nobody_is_in_both_halves():
    records = people([f"q{n % 40}" for n in range(200)])
    half = records.half()
    first, second = records.take(half == 0), records.take(half == 1)
    assert not set(first.names) & set(second.names)
    assert len(first) + len(second) == 200
    assert min(len(first), len(second)) > 20


def test_a_missed_bar_is_said():
    assert "SHORT" in str(Finding("groups: F1", 0.9, 0.925))
    assert Finding("groups: F1", 0.93, 0.925).kept
