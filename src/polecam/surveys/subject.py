"""What this room holds about one person as a client, to export or erase."""

from datetime import datetime

from polecam.parties.models import Party
from polecam.surveys.models import Pulse, Survey


def export(party: Party) -> dict:
    """The answers they gave and did not take back."""
    rows = Survey.objects.filter(client__party=party).order_by("id")
    return {
        "surveys": [
            {
                "asked_on": survey.made_at.date().isoformat(),
                "score": survey.score,
                "what_helped": survey.helped,
            }
            for survey in rows
        ]
    }


def erase(party: Party, at: datetime) -> int:
    """Answers go; a pulse forgets whose it was. Rows changed."""
    surveys, _ = Survey.objects.filter(client__party=party, made_at__lte=at).delete()
    return surveys + Pulse.objects.filter(client__party=party).update(client=None)
