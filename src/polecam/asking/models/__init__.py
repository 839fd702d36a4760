"""Moments, asks and their answers, words to say; setbacks and repairs."""

from polecam.asking.models.asks import (
    GOOD_MOMENTS,
    WRONG_MOMENTS,
    Ask,
    FollowUp,
    Moment,
    MomentKind,
    MomentTally,
    Outcome,
    Script,
    Skip,
)
from polecam.asking.models.setbacks import Repair, RepairReason, Setback

__all__ = [
    "GOOD_MOMENTS",
    "WRONG_MOMENTS",
    "Ask",
    "FollowUp",
    "Moment",
    "MomentKind",
    "MomentTally",
    "Outcome",
    "Repair",
    "RepairReason",
    "Script",
    "Setback",
    "Skip",
]
