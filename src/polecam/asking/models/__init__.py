"""Moments and their catalogue, asks and answers, words, guesses; setbacks and repairs."""

from polecam.asking.models.asks import Ask, FollowUp, MomentTally, Outcome, Skip
from polecam.asking.models.catalogue import DateField, DateRule, Inlet, InletKind, MomentType
from polecam.asking.models.courage import CourageChoice, Guess
from polecam.asking.models.moments import Moment, MomentKind, MomentSource
from polecam.asking.models.setbacks import Repair, RepairReason, Setback
from polecam.asking.models.words import (
    AskChannel,
    IfThenPlan,
    Relation,
    Script,
    ScriptTally,
    WordsChoice,
)

__all__ = [
    "Ask",
    "AskChannel",
    "CourageChoice",
    "DateField",
    "DateRule",
    "FollowUp",
    "Guess",
    "IfThenPlan",
    "Inlet",
    "InletKind",
    "Moment",
    "MomentKind",
    "MomentSource",
    "MomentTally",
    "MomentType",
    "Outcome",
    "Relation",
    "Repair",
    "RepairReason",
    "Script",
    "ScriptTally",
    "Setback",
    "Skip",
    "WordsChoice",
]
