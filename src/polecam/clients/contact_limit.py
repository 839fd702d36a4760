"""One limit for whatever is no ask: surveys, pulses, thanks. Asks have their own (asking.rules)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from polecam.clients import persons
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
    """Whether one more contact at `at` is allowed beside those of `past`. Pure.

    Days are half-open: after a contact with a rest of 30 days, the next may come at the same hour
    30 days on. A contact noted a moment later by somebody else counts as well.
    """
    if any(abs(at - when) < timedelta(days=limit.rest_days) for when in past):
        return False
    return sum(abs(at - when) < YEAR for when in past) < limit.a_year


def next_at(past: Sequence[datetime], *, at: datetime, limit: Limit) -> datetime:
    """The first moment from `at` on at which a contact is allowed. Pure.

    Only the end of a rest, or of somebody's year, can make it so: those few moments are tried.
    """
    rest = timedelta(days=limit.rest_days)
    ends = sorted({at, *(when + rest for when in past), *(when + YEAR for when in past)})
    return next(end for end in ends if end >= at and allowed(past, at=end, limit=limit))


def limit_at(at: datetime, branch_id: int) -> Limit:
    """The limit of a branch."""
    return _limit(settings.values(*LIMITS, at=at, branch=branch_id))


def _limit(values: Mapping[str, Any]) -> Limit:
    return Limit(values["contact_rest_days"], values["contacts_a_year"])


def strictest(limits: Iterable[Limit]) -> Limit:
    """A client of several branches is written to as seldom as the most careful of them says."""
    rows = list(limits)
    return Limit(max(row.rest_days for row in rows), min(row.a_year for row in rows))


def may_contact(client: Client, *, at: datetime) -> bool:
    """Whether the house may turn to the client now, without asking for anything.

    All records of one person share the limit, in whatever branch.
    """
    branches, rows = _of_person(client, at)
    limit = strictest(limit_at(at, branch) for branch in branches)
    return allowed([when for _, when in rows], at=at, limit=limit)


def again_at(
    client: Client,
    *,
    at: datetime,
    records: Collection[int] | None = None,
    values: Mapping[int, dict[str, Any]] | None = None,
) -> datetime | None:
    """From when on the house may write again, as this record tells it; None: it may now.

    For the client's own seller. Where it is another record of the same person that waits, the day
    of it is none of theirs: `datetime.max` stands for "not now". `records`, `values`: the ids of
    all records of the person, and settings by branch, where they were read already.
    """
    branches, rows = _of_person(client, at, records)
    read = values or {}
    limit = strictest(
        _limit(read[branch]) if branch in read else limit_at(at, branch) for branch in branches
    )
    whole = next_at([when for _, when in rows], at=at, limit=limit)
    if whole == at:
        return None
    own = next_at([when for pk, when in rows if pk == client.pk], at=at, limit=limit)
    return whole if own == whole else NOT_NOW


NOT_NOW = datetime.max.replace(tzinfo=UTC)


def _of_person(
    client: Client, at: datetime, known: Collection[int] | None = None
) -> tuple[set[int], list[tuple[int, datetime]]]:
    """Branches of all records of the client's person, and every contact of the year around."""
    ids = known or persons.records([client.pk])[client.pk]
    branches = {client.branch_id}
    if len(ids) > 1:
        branches |= set(Client.objects.filter(pk__in=ids).values_list("branch_id", flat=True))
    rows = Touch.objects.filter(client__in=ids, at__gt=at - YEAR)
    return branches, list(rows.values_list("client_id", "at"))
