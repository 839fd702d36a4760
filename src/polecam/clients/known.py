"""The known clients that some rows of a file might mean, fetched in a few queries."""

from django.db.models import Count, F, Max, QuerySet

from polecam.clients.models import Client
from polecam.clients.rules import Known, Said, Somebody

COLUMNS = (
    "id", "party_id", "public_id", "party__public_id", "party__first_name", "party__last_name",
    "party__name_key", "number", "party__phone_index", "party__email_index", "owner_id", "since",
    "product",
)  # fmt: skip


def fetch(branch_id: int, said: list[Said], into: Somebody) -> Somebody:
    """Everyone in the branch with a number, phone, address or name that one of the rows says."""
    mine = _of(branch_id)
    numbers = {row.number for row in said if row.number}
    phones = {row.phone_index for row in said if row.phone_index}
    emails = {row.email_index for row in said if row.email_index}
    _add(into, mine.filter(number__in=numbers) if numbers else mine.none())
    _add(into, mine.filter(party__phone_index__in=phones) if phones else mine.none())
    _add(into, mine.filter(party__email_index__in=emails) if emails else mine.none())
    alone = _alone(branch_id, said, into)
    _add(into, mine.filter(pk__in=alone) if alone else mine.none())
    return into


def _of(branch_id: int) -> QuerySet[Client]:
    """The clients of a branch, found by anything but the branch.

    `+ 0` keeps the index on the branch out of the plan: without statistics SQLite takes it for the
    best one, and every chunk of a first import would walk through all rows before it.
    """
    return Client.objects.alias(home=F("branch_id") + 0).filter(
        home=branch_id, party__erased_at=None
    )


def _add(into: Somebody, clients: QuerySet[Client]) -> None:
    for row in clients.order_by("id").values_list(*COLUMNS):
        into.add(Known(*row))


def _alone(branch_id: int, said: list[Said], into: Somebody) -> list[int]:
    """Clients who alone bear a name that a row says; names of several are noted as crowded.

    Counted by the database: a hundred people called Anna Kowalczyk must not travel here.
    """
    bearers: dict[frozenset[str], list[tuple[int, int]]] = {}
    keys = {key: row.name for row in said if len(row.name) > 1 for key in row.keys}
    counted = (
        _of(branch_id)
        .filter(party__name_key__in=list(keys))
        .values_list("party__name_key")
        .annotate(many=Count("id"), one=Max("id"))
    )
    for key, many, one in counted if keys else ():
        bearers.setdefault(keys[key], []).append((many, one))
    into.crowded |= {name for name, found in bearers.items() if sum(n for n, _ in found) > 1}
    return [found[0][1] for name, found in bearers.items() if name not in into.crowded]
