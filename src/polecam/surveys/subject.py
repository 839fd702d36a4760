"""What this room holds about one person as a client, to export or erase."""

from datetime import datetime

from polecam.parties.models import Party
from polecam.surveys.models import Pulse, Survey


def export(party: Party) -> dict:
    """When they were asked, and the answers they gave and did not take back.

    Of the pulse only that they were asked: an answer knows nobody, so it is nobody's data.
    """
    surveys = Survey.objects.filter(client__party=party).order_by("id")
    pulses = Pulse.objects.filter(client__party=party).order_by("id")
    return {
        "surveys": [
            {
                "asked_on": survey.made_at.date().isoformat(),
                "score": survey.score,
                "what_helped": survey.helped,
                "taken_back_on": _day(survey.withdrawn_at),
            }
            for survey in surveys
        ],
        "pulses": [
            {
                "asked_whether_free_on": pulse.made_at.date().isoformat(),
                "answered_on": _day(pulse.answered_at),
            }
            for pulse in pulses
        ],
    }


def _day(at: datetime | None) -> str:
    return at.date().isoformat() if at else ""


def erase(party: Party, at: datetime) -> int:
    """Everything that knows them goes: surveys with their answers, and that a pulse was asked.

    Answers of the pulse stay: nobody can tell whose they are. Rows deleted.
    """
    surveys, _ = Survey.objects.filter(client__party=party, made_at__lte=at).delete()
    pulses, _ = Pulse.objects.filter(client__party=party, made_at__lte=at).delete()
    return surveys + pulses
