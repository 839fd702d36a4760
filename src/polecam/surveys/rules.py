"""What an answer means, who is sampled for the pulse, when its answers are worth a word. Pure."""

from enum import StrEnum

from polecam.kit import wilson
from polecam.kit.money import WHOLE_BP

SCORES = range(11)
LOWEST_GOOD = 9
HIGHEST_POOR = 6
HELPED = ("listened", "clear", "quick", "fitted", "kept_word", "other")
"""What helped most: was listened to, clear words, quick and simple, it fitted, a promise kept."""
SAMPLE_BITS = 48


class Verdict(StrEnum):
    """What a score calls for: a reason to be glad, something to put right, or nothing."""

    GOOD = "good"
    POOR = "poor"
    NEITHER = "neither"


def verdict(score: int | None) -> Verdict:
    """9-10 good, 0-6 poor (Reichheld's three groups), else, and without an answer, neither."""
    if score is None or HIGHEST_POOR < score < LOWEST_GOOD:
        return Verdict.NEITHER
    return Verdict.GOOD if score >= LOWEST_GOOD else Verdict.POOR


def in_sample(digest: str, share_bp: int) -> bool:
    """Whether a hex digest falls into the first `share_bp` of 10,000 equal parts."""
    drawn = int(digest[: SAMPLE_BITS // 4], 16)
    return (drawn * WHOLE_BP) >> SAMPLE_BITS < share_bp


def too_many(not_free: int, answers: int, *, least: int, share_bp: int) -> bool:
    """Whether so many felt not free to refuse that a human should look.

    At least `least` answers, and the lower end of the Wilson range of their share (nine of ten
    true shares lie above it) reaches `share_bp`: one "no" among five is chance, three are not.
    """
    if answers < least or not not_free:
        return False
    low, _high = wilson.interval(not_free, answers)
    return low * WHOLE_BP >= share_bp
