"""The e-mails with a survey or a pulse, made from the journal, to clients who agreed to them."""

from datetime import datetime, timedelta

from polecam.actions import client_mail
from polecam.actions.surveys import language_of
from polecam.clients.models import ClientPurpose
from polecam.journal.models import Event
from polecam.messages.texts_surveys import PULSE, SURVEY
from polecam.surveys import links
from polecam.surveys.models import Pulse, Survey, SurveyWay

FRESH = timedelta(days=3)
"""What is older is not sent any more: its answer would come too late."""


def send_survey(*, event: Event, at: datetime) -> None:
    """The question with its link, once, while it still waits."""
    if event.data.get("way") != SurveyWay.EMAIL or at - event.at > FRESH:
        return
    survey = _waiting(event.subject, at)
    if survey is not None:
        client_mail.send(
            event=event,
            kind=SURVEY,
            client=survey.client,
            purpose=ClientPurpose.SURVEY,
            language=survey.language,
            facts={"link": links.survey_url(survey), "stop": links.stop_url(survey.client)},
            at=at,
        )


def _waiting(ident: str, at: datetime) -> Survey | None:
    rows = Survey.objects.filter(public_id=ident, expires_at__gt=at, score=None, withdrawn_at=None)
    return rows.select_related("client__party").first()


def send_pulse(*, event: Event, at: datetime) -> None:
    """ "Did you feel free to refuse?", once, while it still waits; nothing without a consent."""
    if at - event.at > FRESH:
        return
    rows = Pulse.objects.filter(public_id=event.subject, expires_at__gt=at, answered_at=None)
    pulse = rows.select_related("client__party").first()
    if pulse is not None and pulse.client is not None:
        client_mail.send(
            event=event,
            kind=PULSE,
            client=pulse.client,
            purpose=ClientPurpose.SURVEY,
            language=language_of(pulse.client),
            facts={"link": links.pulse_url(pulse), "stop": links.stop_url(pulse.client)},
            at=at,
        )
