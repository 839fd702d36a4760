"""A mail to whoever decides a dispute: that something waits and until when, nothing of what."""

from datetime import datetime

from django.conf import settings

from polecam.actions.staff_mail import send_to_staff
from polecam.claims.disputes import queries
from polecam.journal.models import Event
from polecam.messages.models import Message
from polecam.messages.texts import spoken
from polecam.messages.texts_staff import DISPUTE
from polecam.organisation.settings import zone


def tell_decider(*, event: Event, at: datetime) -> Message | None:
    """Mail the decider of the dispute that `event` is about; once, however often it is called.

    None when it waits for nobody any more, or for somebody else.
    """
    waiting = queries.undecided().select_related("decider")
    dispute = waiting.filter(public_id=event.subject).first()
    if dispute is None or dispute.decider is None:
        return None
    if event.data.get("decider") not in (None, dispute.decider_id):
        return None
    facts = {
        "when": spoken(dispute.due_at, dispute.decider.language, zone()),
        "url": f"{settings.BASE_URL}/disputes/{dispute.public_id}/",
    }
    return send_to_staff(
        event=event,
        kind=DISPUTE,
        person=dispute.decider,
        facts=facts,
        at=at,
        good_until=dispute.due_at,
    )
