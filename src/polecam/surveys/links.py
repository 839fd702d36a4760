"""Links of a survey and of a pulse: `<public_id>-<token>`, worthless with a higher version."""

from datetime import datetime

from django.conf import settings

from polecam.clients.models import Client
from polecam.store import crypto
from polecam.surveys.models import Pulse, Survey

SURVEY = "survey"
PULSE = "pulse"
STOP = "survey-stop"


def _ref(purpose: str, row: Survey | Pulse) -> str:
    return f"{row.public_id}-{crypto.token(purpose, row.public_id, row.version)}"


def survey_ref(survey: Survey) -> str:
    """What stands in the address of a survey."""
    return _ref(SURVEY, survey)


def survey_url(survey: Survey) -> str:
    """The absolute address at which a client answers."""
    return f"{settings.BASE_URL}/s/{survey_ref(survey)}/"


def stop_url(client: Client) -> str:
    """The absolute address at which a client ends e-mails of this kind; it never expires."""
    ref = f"{client.public_id}-{crypto.token(STOP, client.public_id)}"
    return f"{settings.BASE_URL}/s/{ref}/stop/"


def pulse_ref(pulse: Pulse) -> str:
    """What stands in the address of a pulse."""
    return _ref(PULSE, pulse)


def pulse_url(pulse: Pulse) -> str:
    """The absolute address of "I felt free to refuse"."""
    return f"{settings.BASE_URL}/p/{pulse_ref(pulse)}/"


def find_survey(link: str, *, at: datetime) -> Survey | None:
    """The survey of a link, compared in constant time; None for a wrong or a closed one.

    Closed: expired, or its client is erased. An answer that was given can be looked at as long as
    it is kept, so that it can be taken back.
    """
    ident, shown = _parts(link)
    rows = Survey.objects.select_related("client__party", "branch")
    found = rows.filter(public_id=ident).first()
    right = crypto.same(shown, crypto.token(SURVEY, ident, found.version if found else 1))
    if not right or found is None or found.client.party.erased_at is not None:
        return None
    return found if found.expires_at > at or found.score is not None else None


def find_pulse(link: str, *, at: datetime) -> Pulse | None:
    """The pulse of a link, compared in constant time; None for a wrong or an expired one."""
    ident, shown = _parts(link)
    found = Pulse.objects.select_related("branch").filter(public_id=ident).first()
    right = crypto.same(shown, crypto.token(PULSE, ident, found.version if found else 1))
    return found if right and found is not None and found.expires_at > at else None


def find_stop(link: str) -> Client | None:
    """The client of a link that ends e-mails, compared in constant time; None for a wrong one."""
    ident, shown = _parts(link)
    if not crypto.same(shown, crypto.token(STOP, ident)):
        return None
    return Client.objects.filter(public_id=ident, party__erased_at=None).first()


def _parts(link: str) -> tuple[str, str]:
    ident, _, shown = link.partition("-")
    return (ident if ident.isalnum() else ""), shown
