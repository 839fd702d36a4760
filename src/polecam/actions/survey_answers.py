"""A client answers by their own link, changes the answer, takes it back. Opening it does nothing.

Score and everything that follows from it stand in one transaction under the client's lock: however
many answers come at once, and from however many devices, each survey has one answer and one
consequence.
"""

from datetime import datetime

from polecam.actions import survey_effects
from polecam.journal.record import record
from polecam.keeping import erased
from polecam.kit.errors import Refused
from polecam.store.tx import action, lock
from polecam.surveys.models import Survey
from polecam.surveys.rules import HELPED, SCORES


def answer(*, survey: Survey, at: datetime, score: int) -> Survey:
    """0-10; the same twice is once, another one changes the answer while the link is open.

    Raises Refused("survey_score", "survey_over" for a link that is closed or taken back).
    """
    if score not in SCORES:
        raise Refused("survey_score", field="score")
    with action():
        survey = _locked(survey)
        if survey.score == score:
            return survey
        _check_open(survey, at)
        before, survey.score = survey.score, score
        survey.answered_at = survey.answered_at or at
        survey.save(update_fields=["score", "answered_at"])
        kind = "survey.answered" if before is None else "survey.changed"
        record(kind, survey, by=None, at=at, branch=survey.branch_id)
        survey_effects.follow(survey, at=at)
    return survey


def tell_what_helped(*, survey: Survey, at: datetime, helped: str) -> Survey:
    """The second tap: one of HELPED. Raises Refused("survey_helped", "survey_over")."""
    if helped not in HELPED:
        raise Refused("survey_helped", field="helped")
    with action():
        survey = _locked(survey)
        if survey.helped == helped:
            return survey
        _check_open(survey, at)
        if survey.score is None:
            raise Refused("survey_score", field="score")
        survey.helped = helped
        survey.save(update_fields=["helped"])
        record("survey.completed", survey, by=None, at=at, branch=survey.branch_id)
    return survey


def withdraw(*, survey: Survey, at: datetime) -> Survey:
    """The answer is deleted at once, and what followed from it, unless somebody has acted on it.

    Also after the link's time; twice is once. The link then takes no other answer.
    """
    with action():
        survey = _locked(survey)
        if survey.score is None:
            return survey
        erased.note(erased.SURVEY, survey.public_id)
        survey.score, survey.helped, survey.answered_at = None, "", None
        survey.withdrawn_at = at
        survey.save(update_fields=["score", "helped", "answered_at", "withdrawn_at"])
        record("survey.withdrawn", survey, by=None, at=at, branch=survey.branch_id)
        survey_effects.follow(survey, at=at)
    return survey


def _locked(survey: Survey) -> Survey:
    """Client first, then the survey: the order of the house."""
    client = lock(survey.client)
    survey = lock(survey)
    survey.client = client
    return survey


def _check_open(survey: Survey, at: datetime) -> None:
    if survey.withdrawn_at is not None or survey.expires_at <= at:
        raise Refused("survey_over")
