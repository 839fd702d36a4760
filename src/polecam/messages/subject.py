"""What this room holds about one person, to export or erase."""

import re
from datetime import datetime

from polecam.messages import mail
from polecam.messages.models import Message
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
                "sent_at": message.sent_at.isoformat() if message.sent_at else None,
            }
            for message in rows
        ]
    }


def erase(party: Party, at: datetime) -> int:
    """Delete the messages and the files of those a demo "sent". Rows gone."""
    rows = Message.objects.filter(party=party, created_at__lte=at)
    for ident in rows.values_list("public_id", flat=True):
        mail.forget(ident)
    return rows.delete()[0]
