"""What the nights forget: one selection, used by the jobs that do it and by the rehearsal.

Whoever wants to know what would go at some moment asks `due`; the jobs delete exactly that.
"""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Count, Q, QuerySet, Subquery, Value

from polecam.clients.models import Client
from polecam.imports.models import Import, ImportState, RejectedRow
from polecam.journal.models import ActionKey, Event
from polecam.messages.models import Message
from polecam.messages.quiet import PASSWORD
from polecam.organisation.models import Organisation
from polecam.people.models import Welcome
from polecam.referrals import states
from polecam.referrals.models import Invitation, Referral
from polecam.signin import queries as signin
from polecam.store.models import Hit

KEYS_KEPT = timedelta(days=90)
HITS_KEPT = timedelta(days=2)
WELCOMES_KEPT = timedelta(days=30)
PASSWORDS_KEPT = timedelta(days=2)
"""Letters with a link for a new password, which is good for an hour."""
PREVIEW_KEPT = timedelta(days=1)
REJECTED_KEPT = timedelta(days=30)
WELCOME = "welcome"
"""The kind of message that invites a colleague (actions.welcomes)."""
FRIENDS = ("unanswered", "inactive", "invitations")
HOUSE = (
    "form_keys",
    "rate_limits",
    "sessions",
    "welcome_mails",
    "welcomes",
    "sign_ins",
    "sign_in_sessions",
    "sign_in_secrets",
    "spare_codes",
)
FILES = ("staged_files", "rejected_rows")
KINDS = (*FRIENDS, *HOUSE, *FILES)
RAN = "retention.ran"


def due(at: datetime) -> dict[str, QuerySet[Any]]:
    """Rows whose time is over at `at`, by kind (KINDS). Nothing is read before it is asked for."""
    friends = ended_clocks(at).exclude(party__in=Client.objects.values("party"))
    waiting = (ImportState.QUEUED, ImportState.RUNNING)
    staged = Import.objects.filter(upload__deleted_at=None, created_at__lt=at - PREVIEW_KEPT)
    hits_before = int((at - HITS_KEPT).timestamp())
    return {
        "unanswered": friends.filter(consented_at=None),
        "inactive": friends.filter(consented_at__isnull=False),
        "invitations": Invitation.objects.filter(expires_at__lte=at, expired_at=None),
        "form_keys": ActionKey.objects.filter(at__lt=at - KEYS_KEPT),
        "rate_limits": Hit.objects.filter(window__lt=hits_before),
        "sessions": Session.objects.filter(expire_date__lt=at),
        "welcome_mails": Message.objects.filter(
            Q(kind=WELCOME, created_at__lt=at - WELCOMES_KEPT)
            | Q(kind=PASSWORD, created_at__lt=at - PASSWORDS_KEPT)
        ),
        "welcomes": Welcome.objects.filter(accepted_at=None, expires_at__lt=at - WELCOMES_KEPT),
        **signin.due(at),
        "staged_files": staged.exclude(state__in=waiting),
        "rejected_rows": RejectedRow.objects.filter(job__created_at__lt=at - REJECTED_KEPT),
    }


def ended_clocks(at: datetime) -> QuerySet[Referral]:
    """Referrals whose erasure is due; among them whoever has become a client, who stays."""
    ended = Referral.objects.filter(erase_at__lte=at, erased_at=None)
    return ended.exclude(state=states.WON)


def rehearsal(at: datetime) -> dict[str, int]:
    """How much of each kind would go if the night were at `at`: counts only, all that lie in one
    database in one query."""
    found = due(at)
    here = [kind for kind, rows in found.items() if rows.db == DEFAULT_DB_ALIAS]
    counts = Organisation.objects.values_list(*[_count(found[kind]) for kind in here]).get()
    known = {kind: number or 0 for kind, number in zip(here, counts, strict=True)}
    return {kind: known[kind] if kind in known else rows.count() for kind, rows in found.items()}


def _count(rows: QuerySet[Any]) -> Subquery:
    one = rows.order_by().annotate(all=Value(1)).values("all")
    return Subquery(one.annotate(n=Count("pk")).values("n"))


def last_runs(limit: int) -> list[Event]:
    """The latest nights as the journal tells them, newest first: counts, no names."""
    return list(Event.objects.filter(kind=RAN).order_by("-id")[:limit])
