"""How right groups are, counted in pairs of rows."""

from typing import NamedTuple

import numpy as np


class Score(NamedTuple):
    """Pairwise precision, recall and F1."""

    precision: float
    recall: float
    f1: float


def score(right: int, said: int, true: int) -> Score:
    """From counts of pairs: rightly said, said, true."""
    return Score(
        right / said if said else 1.0,
        right / true if true else 1.0,
        2 * right / (said + true) if said + true else 1.0,
    )


def of_groups(groups: np.ndarray, truth: np.ndarray) -> Score:
    """Every pair within a group counts as said."""
    _, said = np.unique(groups, return_inverse=True)
    _, true = np.unique(truth, return_inverse=True)
    both = said.astype(np.int64) * (true.max() + 1) + true
    return score(pairs_within(both), pairs_within(said), pairs_within(true))


def pairs_within(groups: np.ndarray) -> int:
    """Pairs of rows that share a group."""
    _, sizes = np.unique(groups, return_counts=True)
    return int((sizes * (sizes - 1) // 2).sum())
