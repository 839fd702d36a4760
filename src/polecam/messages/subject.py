"""What this room holds about one person, to export or erase."""

import re
from datetime import datetime

from polecam.messages import mail
from polecam.messages.models import Bounce, Message
from polecam.parties.models import Party

LINK = re.compile(r"https?://\S+")


def export(party: Party) -> dict:
    """Messages sent to the person, their links left out: a link is a key only its owner holds."""
    rows = Message.objects.filter(party=party).order_by("id")
    return {
        "messages": [
            {
                "kind": message.kind,
                "medium": message.medium,
                "to": message.to,
                "subject": message.subject,
                "body": LINK.sub("(link)", message.body),
                "state": message.state,
                "sent_at": message.sent_at.isoformat() if message.sent_at else None,
            }
            for message in rows
        ]
    }


def erase(party: Party, at: datetime) -> int:
    """Delete the messages, the files of those a demo "sent", and that an address was dead. Rows
    gone."""
    rows = Message.objects.filter(party=party, created_at__lte=at)
    for ident in rows.values_list("public_id", flat=True):
        mail.forget(ident)
    indexes = [index for index in (party.phone_index, party.email_index) if index]
    return rows.delete()[0] + Bounce.objects.filter(index__in=indexes).delete()[0]
