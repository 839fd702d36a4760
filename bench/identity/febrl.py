"""FEBRL without any truth: Fellegi-Sunter weights found by EM, then groups or one-to-one pairs.

Nothing is tuned on these files: comparators and their steps are set by hand, a pair is said to be
one person when its odds are above one.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler
from scipy.optimize import linear_sum_assignment

from bench.identity.candidates import grams, nearest
from bench.identity.clusters import LIMIT, groups, join
from bench.identity.data import FEBRL, Records

NEAREST = 20
PERSONAL = ("given_name", "surname")
WORDS = (*PERSONAL, "address_1", "address_2", "suburb")
SHORT = ("street_number", "state")
ROUNDS = 100


@dataclass(frozen=True)
class Linked:
    """Candidate pairs, their log-odds, and what became of them."""

    pairs: np.ndarray
    odds: np.ndarray


def tokens(records: Records, row: int) -> dict[str, float]:
    """Whole values, and pieces of the longer ones (names in either field)."""
    found = {}
    for column in FEBRL:
        if value := records[column][row]:
            found[f"{column}:{value}"] = 1.0
            if column not in SHORT:
                kind = "name" if column in PERSONAL else column
                pieces = grams(value.replace(" ", ""))
                found.update({f"{kind}#{piece}": 1.0 for piece in pieces})
    return found


def levels(records: Records, pairs: np.ndarray) -> np.ndarray:
    """How much each column agrees, 0 = not at all, -1 = not known; last the swapped names."""
    ones, others = pairs.T.tolist()

    def compared(column: str, against: str, scorer: Callable[..., float]) -> np.ndarray:
        mine, theirs = records[column], records[against]
        return process.cpdist(
            [mine[at] for at in ones], [theirs[at] for at in others], scorer=scorer
        )

    found = []
    for column in FEBRL:
        if column in WORDS:
            alike = compared(column, column, JaroWinkler.similarity)
            level = np.digitize(alike, [0.7, 0.82, 0.92, 1.0])
        else:
            slips = compared(column, column, OSA.distance)
            most = 2 if column in SHORT else 3
            level = np.maximum(most - slips.astype(int), 0)
        known = np.array([value != "" for value in records[column]])
        found.append(np.where(known[pairs].all(axis=1), level, -1))
    there = compared("given_name", "surname", JaroWinkler.similarity) > 0.9
    back = compared("surname", "given_name", JaroWinkler.similarity) > 0.9
    found.append(there.astype(int) + back)
    return np.stack(found, axis=1).astype(int)


def fellegi_sunter(level: np.ndarray, share: float) -> np.ndarray:
    """Log-odds that a pair is one person, by EM over the levels alone.

    Fellegi and Sunter 1969; EM: Winkler 1988. `share`: the first guess of how many pairs match.
    """
    steps = [level[:, column].max() + 1 for column in range(level.shape[1])]
    known = [level[:, column] >= 0 for column in range(level.shape[1])]
    seen = [level[known[column], column] for column in range(level.shape[1])]
    match = [(np.arange(count) ** 2 + 0.2) for count in steps]
    match = [weight / weight.sum() for weight in match]
    chance = [_shares(seen[at], np.ones(len(seen[at])), steps[at]) for at in range(len(steps))]
    odds = np.zeros(len(level))
    for _ in range(ROUNDS):
        odds = np.full(len(level), np.log(share / (1 - share)))
        for at in range(len(steps)):
            odds[known[at]] += np.log(match[at] / chance[at])[seen[at]]
        same = 1 / (1 + np.exp(-odds))
        share = same.mean()
        for at in range(len(steps)):
            match[at] = _shares(seen[at], same[known[at]], steps[at])
            chance[at] = _shares(seen[at], 1 - same[known[at]], steps[at])
    return odds


def _shares(seen: np.ndarray, weights: np.ndarray, steps: int) -> np.ndarray:
    counted = np.bincount(seen, weights=weights, minlength=steps) + 0.1
    return counted / counted.sum()


def link(records: Records, side: np.ndarray | None = None) -> Linked:
    """Candidates and their log-odds."""
    pairs, _ = nearest([tokens(records, row) for row in range(len(records))], NEAREST, side)
    return Linked(pairs, fellegi_sunter(levels(records, pairs), share=1 / NEAREST))


def people(records: Records, linked: Linked) -> np.ndarray:
    """Groups of rows, for a file that holds a person several times."""
    odds = linked.odds.clip(-LIMIT, LIMIT)
    joins = join(len(records), zip(*linked.pairs.T.tolist(), odds.tolist(), strict=True), stop=0)
    return np.array(groups(len(records), joins, least=0))


def one_to_one(linked: Linked, side: np.ndarray) -> np.ndarray:
    """Pairs of rows of two files, each row in one pair at most: the likeliest of all ways."""
    place = np.zeros(len(side), int)
    for number in (0, 1):
        place[side == number] = np.arange((side == number).sum())
    turn = side[linked.pairs[:, 0]] == 1
    one = np.where(turn, linked.pairs[:, 1], linked.pairs[:, 0])
    other = np.where(turn, linked.pairs[:, 0], linked.pairs[:, 1])
    odds = np.full(((side == 0).sum(), (side == 1).sum()), -100.0, np.float32)
    odds[place[one], place[other]] = linked.odds
    rows, columns = linear_sum_assignment(odds, maximize=True)
    kept = odds[rows, columns] > 0
    return np.stack(
        [np.flatnonzero(side == 0)[rows[kept]], np.flatnonzero(side == 1)[columns[kept]]], axis=1
    )
