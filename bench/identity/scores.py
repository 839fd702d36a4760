"""How right groups are, counted in pairs of rows."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np


@dataclass(frozen=True)
class Finding:
    """One number; `bar` None means that it is told, not judged."""

    name: str
    value: float
    bar: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the bar is reached."""
        return self.bar is None or self.value >= self.bar

    def __str__(self) -> str:
        number = f"{self.value:12,.4f}" if self.value <= 1 else f"{self.value:12,.0f}"
        told = f"  {self.name:58} {number}"
        if self.bar is None:
            return told
        return f"{told}  >= {self.bar:g}  {'' if self.kept else 'SHORT'}".rstrip()


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
