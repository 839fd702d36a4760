"""The known clients that some rows of a file might mean, fetched in a few queries.

Written in SQL: a chunk asks with hundreds of values each time, and building the same through the
ORM took longer than the database. The `+` keeps SQLite's index on the branch out of the plan:
without statistics it is taken for the best one, and every chunk of a first import would walk
through all the rows before it. PostgreSQL plans well once it has statistics (store.statistics),
and badly when the branch is hidden from it.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection

from polecam.clients.rules import Known, Said, Somebody

FROM = """
FROM clients_client JOIN parties_party ON parties_party.id = clients_client.party_id
WHERE {branch} = %s AND parties_party.erased_at IS NULL AND """
BRANCH = {"sqlite": "+clients_client.branch_id", "postgresql": "clients_client.branch_id"}
SELECT = """
SELECT clients_client.id, clients_client.party_id, clients_client.public_id,
    parties_party.public_id, parties_party.first_name, parties_party.last_name,
    parties_party.name_key, clients_client.number, parties_party.phone_index,
    parties_party.email_index, clients_client.owner_id, clients_client.since,
    clients_client.product, clients_client.renews_on
"""
COUNT = "SELECT parties_party.name_key, COUNT(*), MAX(clients_client.id)"
BY = {
    "number": "clients_client.number",
    "phone_index": "parties_party.phone_index",
    "email_index": "parties_party.email_index",
}


def fetch(branch_id: int, said: Collection[Said], into: Somebody) -> Somebody:
    """Everyone in the branch with a number, phone, address or name that one of the rows says."""
    for attribute, column in BY.items():
        _add(into, branch_id, column, {getattr(row, attribute) for row in said} - {""})
    _add(into, branch_id, "clients_client.id", _alone(branch_id, said, into))
    return into


def _add(into: Somebody, branch_id: int, column: str, values: Collection[Any]) -> None:
    for row in _rows(SELECT, branch_id, column, values, " ORDER BY clients_client.id"):
        into.add(Known(*row))


def _rows(
    select: str, branch_id: int, column: str, values: Collection[Any], end: str
) -> Iterable[tuple]:
    if not values:
        return ()
    marks = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        joined = FROM.format(branch=BRANCH[connection.vendor])
        cursor.execute(f"{select}{joined}{column} IN ({marks}){end}", [branch_id, *values])
        rows: list[tuple] = cursor.fetchall()
    return rows


def _alone(branch_id: int, said: Collection[Said], into: Somebody) -> list[int]:
    """Clients who alone bear a name that a row says; names of several are noted as crowded.

    Counted by the database: a hundred people called Anna Kowalczyk must not travel here.
    """
    keys = {key: row.name for row in said if len(row.name) > 1 for key in row.keys}
    bearers: dict[frozenset[str], list[tuple[int, int]]] = {}
    counted = _rows(
        COUNT, branch_id, "parties_party.name_key", list(keys), " GROUP BY parties_party.name_key"
    )
    for key, many, one in counted:
        bearers.setdefault(keys[key], []).append((many, one))
    into.crowded |= {name for name, found in bearers.items() if sum(n for n, _ in found) > 1}
    return [found[0][1] for name, found in bearers.items() if name not in into.crowded]
