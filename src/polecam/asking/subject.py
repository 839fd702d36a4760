"""What this room holds about one person as a client, to export or erase."""

from datetime import datetime

from django.utils.translation import get_language

from polecam.asking import kinds
from polecam.asking.models import Moment, Repair, Skip
from polecam.parties.models import Party


def export(party: Party) -> dict:
    """Moments noted about the client. Answers to asks belong to the asker and are not told."""
    rows = list(Moment.objects.filter(client__party=party).order_by("id"))
    known, language = kinds.known() if rows else {}, (get_language() or "pl")[:2]
    return {
        "moments": [
            {
                "kind": known[moment.kind].title(language) if moment.kind in known else moment.kind,
                "learned_from": moment.source,
                "on": moment.on.isoformat(),
                "until": moment.until.isoformat() if moment.until else None,
                "rating": moment.rating,
                "note": moment.note,
                "noted_at": moment.noted_at.isoformat(),
            }
            for moment in rows
        ],
        "repairs": [
            {"opened_at": repair.opened_at.isoformat(), "reason": repair.reason}
            for repair in Repair.objects.filter(client__party=party).order_by("id")
        ],
    }


def erase(party: Party, at: datetime) -> int:
    """Moments, repairs, skips go; asks stay as bare counts of ids and dates. Rows gone by `at`."""
    repairs, _ = Repair.objects.filter(client__party=party).delete()
    gone, _ = Moment.objects.filter(client__party=party, noted_at__lte=at).delete()
    return repairs + gone + Skip.objects.filter(client__party=party).delete()[0]
