"""One limit for whatever is no ask: surveys, pulses, thanks. Asks have their own (asking.rules)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from polecam.clients.models import Client, Touch
from polecam.organisation import settings

YEAR = timedelta(days=365)
LIMITS = ("contact_rest_days", "contacts_a_year")


@dataclass(frozen=True, slots=True)
class Limit:
    """Days between two contacts, and how many a year."""

    rest_days: int = 30
    a_year: int = 4


def allowed(past: Sequence[datetime], *, at: datetime, limit: Limit) -> bool:
    """Whether one more contact at `at` is allowed after those of `past`. Pure."""
    if any(at - when < timedelta(days=limit.rest_days) for when in past):
        return False
    return sum(at - when < YEAR for when in past) < limit.a_year


def limit_at(at: datetime, branch_id: int) -> Limit:
    """The limit of a branch."""
    values = settings.values(*LIMITS, at=at, branch=branch_id)
    return Limit(values["contact_rest_days"], values["contacts_a_year"])


def may_contact(client: Client, *, at: datetime) -> bool:
    """Whether the house may turn to the client now, without asking for anything."""
    rows = Touch.objects.filter(client=client, at__gt=at - YEAR, at__lte=at)
    past = list(rows.values_list("at", flat=True))
    return allowed(past, at=at, limit=limit_at(at, client.branch_id))
