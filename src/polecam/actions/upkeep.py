"""What the house forgets by itself."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from polecam.actions.journal import forget_keys
from polecam.actions.welcomes import KIND as WELCOME
from polecam.messages.models import Message
from polecam.people.models import Welcome
from polecam.store.limits import forget_hits

HITS_KEPT = timedelta(days=2)
WELCOMES_KEPT = timedelta(days=30)


def forget_old(at: datetime) -> dict[str, int]:
    """Forget ended sessions, used form keys, old rate-limit windows and invitations nobody
    accepted; how many of each."""
    return {
        "keys": forget_keys(at),
        "hits": forget_hits(before=at - HITS_KEPT),
        "sessions": Session.objects.filter(expire_date__lt=at).delete()[0],
        "mails": Message.objects.filter(kind=WELCOME, created_at__lt=at - WELCOMES_KEPT).delete()[
            0
        ],
        "welcomes": Welcome.objects.filter(
            accepted_at=None, expires_at__lt=at - WELCOMES_KEPT
        ).delete()[0],
    }
