"""Reads of the outbox: how much of what, and what a human should look at. Never what it says.

The outbox belongs to the firm, not to a branch; who may read it, says the permission alone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet

from polecam.messages.models import Message, MessageState, Template
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing

SHOWN = timedelta(days=30)
S = MessageState


@dataclass(frozen=True, slots=True)
class Counted:
    """How many messages of one medium are in each state, and since when the oldest waits."""

    states: dict[str, int]
    oldest: datetime | None = None


def visible_to(person: Person) -> QuerySet[Message]:
    """Every message of the firm for whoever looks after them; none for anybody else."""
    rows = Message.objects.all()
    return rows if standing(person).may(Permission.MANAGE_MESSAGES) else rows.none()


def counted(rows: QuerySet[Message], at: datetime) -> dict[str, Counted]:
    """By medium: what was written in the last thirty days, and what waits from whenever."""
    recent = Q(created_at__gt=at - SHOWN) | Q(state__in=[S.WAITING, S.SENDING, S.UNSURE])
    found = rows.filter(recent).values("medium", "state").order_by()
    by_medium: dict[str, Counted] = {}
    for row in found.annotate(n=Count("id"), since=Min("created_at")):
        known = by_medium.get(row["medium"], Counted({}))
        oldest = row["since"] if row["state"] == S.WAITING else known.oldest
        states = {**known.states, row["state"]: row["n"]}
        by_medium[row["medium"]] = Counted(states, oldest)
    return by_medium


def to_look_at(rows: QuerySet[Message], at: datetime) -> QuerySet[Message]:
    """What could not be sent or came back, the unsure first; a month of it, the unsure for ever."""
    lately = Q(failed_at__gt=at - SHOWN)
    broken = Q(state__in=[S.FAILED, S.BOUNCED]) | Q(state=S.DROPPED, trouble="dead")
    found = rows.filter(Q(state=S.UNSURE) | (broken & lately))
    return found.order_by("-state", "-failed_at", "-id")  # of the four, "unsure" is the last word


def versions(kind: str, medium: str, language: str) -> QuerySet[Template]:
    """The firm's own words for a kind of message, the newest first."""
    rows = Template.objects.filter(code=kind, medium=medium, language=language)
    return rows.select_related("written_by").order_by("-version")


def own_words() -> set[tuple[str, str, str]]:
    """(kind, medium, language) of everything the firm says in words of its own."""
    return set(Template.objects.filter(ended_at=None).values_list("code", "medium", "language"))
