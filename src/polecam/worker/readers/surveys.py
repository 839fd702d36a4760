"""Surveys and the pulse by e-mail, and rounds of them, in the background."""

from datetime import datetime

from polecam.actions import survey_mail, survey_rounds
from polecam.journal.models import Event
from polecam.surveys.models import SurveyRound

KINDS = frozenset({"survey.asked", "survey_round.begun", "pulse.asked"})


def handle(event: Event, at: datetime) -> None:
    """Do what is left of it; nothing is sent or asked twice."""
    if event.kind == "survey.asked":
        survey_mail.send_survey(event=event, at=at)
    elif event.kind == "pulse.asked":
        survey_mail.send_pulse(event=event, at=at)
    else:
        going = SurveyRound.objects.select_related("branch").get(public_id=event.subject)
        survey_rounds.work_off(going=going, at=at)
