"""What the product's own rules say of FEBRL, which they were not made for.

They know names and contact data only: the social security number stands for the phone; birthday
and home address go unused. English given names have no Polish diminutives.
"""

import numpy as np

from bench.identity.data import Records
from bench.identity.scores import Score, score
from polecam.parties.likeness import SAME_BP, Said, band, likeness

ASK_BP = 7_000
"""Of the firm's setting `match_ask_bp`, as delivered."""


def bands(records: Records, pairs: np.ndarray) -> dict[str, Score]:
    """Score of the pairs called the same, and of those together with the questions."""
    said = [
        Said(first, last, number)
        for first, last, number in zip(
            records["given_name"], records["surname"], records["soc_sec_id"], strict=True
        )
    ]
    bands = np.array(
        [
            band(likeness(said[one], said[other]).score_bp, SAME_BP, ASK_BP)
            for one, other in pairs.tolist()
        ]
    )
    right = records.truth[pairs[:, 0]] == records.truth[pairs[:, 1]]
    found = {}
    for name, chosen in (("same", bands == "same"), ("same or asked", bands != "new")):
        found[name] = score((chosen & right).sum(), chosen.sum(), records.true_pairs)
    return found
