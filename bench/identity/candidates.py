"""Which pairs are worth a look: for every row the rows that share most rare tokens with it."""

from collections.abc import Mapping, Sequence

import numpy as np
import scipy.sparse as sparse

CHUNK = 500


def grams(word: str, size: int = 3) -> set[str]:
    """Pieces of a word with its ends marked: `ross` -> `^ro`, `ros`, `oss`, `ss$`."""
    marked = f"^{word}$"
    return {marked[at : at + size] for at in range(max(len(marked) - size + 1, 1))}


def matrix(tokens: Sequence[Mapping[str, float]]) -> sparse.csr_matrix:
    """A row per record; the product of two rows sums weight x log(rows / bearers) of the shared."""
    number: dict[str, int] = {}
    places, columns, weights = [], [], []
    for place, of_row in enumerate(tokens):
        for token, weight in of_row.items():
            places.append(place)
            columns.append(number.setdefault(token, len(number)))
            weights.append(weight)
    count = len(tokens)
    found = sparse.csr_matrix(
        (np.array(weights, np.float32), (places, columns)), shape=(count, len(number))
    )
    bearers = np.bincount(found.indices, minlength=len(number))
    rarity = np.where(bearers > 1, np.log(count / np.maximum(bearers, 1)), 0)
    found.data = np.sqrt(found.data * rarity[found.indices]).astype(np.float32)
    found.eliminate_zeros()
    return found


def nearest(
    tokens: Sequence[Mapping[str, float]], count: int, side: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """For each row the `count` nearest rows: pairs (first < second) and what they share.

    With `side` (0 or 1 by row) each row of side 0 looks only among those of side 1.
    """
    whole = matrix(tokens)
    looking = np.flatnonzero(side == 0) if side is not None else np.arange(len(tokens))
    among = np.flatnonzero(side == 1) if side is not None else looking
    turned = whole[among].T.tocsr()
    pairs, shared = [], []
    for start in range(0, len(looking), CHUNK):
        rows = looking[start : start + CHUNK]
        likeness = (whole[rows] @ turned).toarray()
        likeness[rows[:, None] == among[None, :]] = -1
        best = np.argpartition(-likeness, count, axis=1)[:, :count]
        pairs.append(np.stack([np.repeat(rows, count), among[best.ravel()]], axis=1))
        shared.append(np.take_along_axis(likeness, best, axis=1).ravel())
    both = np.sort(np.concatenate(pairs), axis=1)
    _, at = np.unique(both[:, 0].astype(np.int64) * len(tokens) + both[:, 1], return_index=True)
    return both[at], np.concatenate(shared)[at]
