"""A mail to whoever decides a dispute: that something waits and until when, nothing of what."""

from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from polecam.claims.disputes import queries
from polecam.claims.models import Dispute
from polecam.journal.models import Event
from polecam.messages import mail
from polecam.messages.models import Medium, Message
from polecam.messages.texts import spoken
from polecam.organisation.settings import zone
from polecam.people.models import Person
from polecam.store import tx

KIND = "dispute"


def tell_decider(*, event: Event, at: datetime) -> Message | None:
    """Mail the decider of the dispute that `event` is about; once, however often it is called.

    None when it waits for nobody any more, or for somebody else.
    """
    waiting = queries.undecided().select_related("decider")
    dispute = waiting.filter(public_id=event.subject).first()
    if dispute is None or dispute.decider is None or not dispute.decider.is_active:
        return None
    if event.data.get("decider") not in (None, dispute.decider_id):
        return None
    with tx.action():
        message = _written(event, dispute, dispute.decider, at)
    if message.sent_at is None:
        mail.send_email(message.to, message.subject, message.body, message.public_id)
        Message.objects.filter(pk=message.pk, sent_at=None).update(sent_at=at)
    return message


def _written(event: Event, dispute: Dispute, to: Person, at: datetime) -> Message:
    known = Message.objects.filter(event_id=event.pk, kind=KIND, medium=Medium.EMAIL).first()
    if known is not None:
        return known
    message = Message(
        kind=KIND,
        medium=Medium.EMAIL,
        event_id=event.pk,
        person=to,
        language=to.language,
        created_at=at,
    )
    said = {
        "when": spoken(dispute.due_at, to.language, zone()),
        "url": f"{settings.BASE_URL}/disputes/{dispute.public_id}/",
    }
    with translation.override(to.language):
        message.subject = _("A question waits for your decision")
        message.to = to.email
        message.body = (
            _(
                "Good day,\n\n"
                "a question about the credit for a recommendation waits for your decision, until "
                "%(when)s. You are no party to it; both sides and the journal are on one page:\n\n"
                "%(url)s\n\n"
                "After that it goes one step up by itself."
            )
            % said
        )
    message.save()
    return message
