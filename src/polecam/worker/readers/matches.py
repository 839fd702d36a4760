"""Who is this person? Asked of everyone who agreed, and of the clients a file brought."""

from datetime import datetime

from polecam.actions import comparing
from polecam.imports.models import Import
from polecam.journal.models import Event
from polecam.parties.models import FoundBy
from polecam.referrals.models import Referral

KINDS = frozenset({"consent.confirmed", "referral.consented", "import.finished"})


def handle(event: Event, at: datetime) -> None:
    """Compare once more: what is joined or asked already stays as it is."""
    if event.kind == "import.finished":
        job = Import.objects.filter(public_id=event.subject).first()
        if job is not None and event.data.get("state") == "done":
            comparing.compare_imported(at=at, job=job)
        return
    referral = Referral.objects.filter(public_id=event.subject).select_related("party").first()
    if referral is not None and referral.party is not None:
        comparing.compare(at=at, party=referral.party, found_by=FoundBy.CONSENT)
