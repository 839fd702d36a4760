"""People whom a file must not bring back: who objected, and who asked never to be asked.

One answer for both, so that a row tells nobody whether the person is a client somewhere.
"""

from collections.abc import Collection

from django.db import connection

from polecam.clients.models import Client
from polecam.clients.rules import Said
from polecam.parties.rules import compatible


class LeftAlone(Exception):
    """A row would bring somebody back who wants to be left in peace."""


class LeftInPeace:
    """Who of those that some rows of a file mean wants to be left in peace: three queries."""

    def __init__(self, said: Collection[Said]) -> None:
        phones = {row.phone_index for row in said} - {""}
        emails = {row.email_index for row in said} - {""}
        self._suppressed = _suppressed(phones | emails)
        self._never: dict[str, list[frozenset[str]]] = {}
        for column, wanted in (("phone_index", phones), ("email_index", emails)):
            self._remember(column, wanted)

    def _remember(self, column: str, wanted: set[str]) -> None:
        if not wanted:
            return
        rows = Client.objects.filter(
            never_ask_at__isnull=False,
            party__erased_at=None,
            **{f"party__{column}__in": wanted},
        )
        for index, name in rows.values_list(f"party__{column}", "party__name_key"):
            self._never.setdefault(index, []).append(frozenset(name.split()))

    def objected(self, said: Said) -> bool:
        """Whether an objection is on file under the row's phone or address."""
        return bool({said.phone_index, said.email_index} & self._suppressed)

    def never(self, said: Said) -> bool:
        """Whether somebody of this phone or address, and of a name like it, is never to be asked:
        a new record in another branch, or under another number, would forget that."""
        return any(
            compatible(name, said.name)
            for index in {said.phone_index, said.email_index} - {""}
            for name in self._never.get(index, ())
        )


def _suppressed(wanted: set[str]) -> set[str]:
    """Blind indexes under which somebody objected; a phone's hash is never an address's."""
    if not wanted:
        return set()
    column = connection.ops.quote_name("index")
    marks = ", ".join(["%s"] * len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM privacy_suppression "  # noqa: S608 - names from code
            f"WHERE kind IN ('phone', 'email') AND {column} IN ({marks})",
            list(wanted),
        )
        return {index for (index,) in cursor.fetchall()}
