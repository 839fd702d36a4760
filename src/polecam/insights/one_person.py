"""Clients who stand in the table more than once, as records joined to one person."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Q

from polecam.asking.queries import objected
from polecam.clients.models import Client
from polecam.parties import groups

T = TypeVar("T")


@dataclass
class People:
    """The persons behind some clients, by id of the client. `others`: their further records;
    `objecting`: those of them with an objection on file."""

    head_of: dict[int, int] = field(default_factory=dict)
    others: dict[int, Client] = field(default_factory=dict)
    objecting: set[int] = field(default_factory=set)
    records: dict[int, set[int]] = field(default_factory=dict)

    def add(self, clients: Iterable[Client]) -> None:
        """Look up whoever shares a person with these joined records: one query, or none."""
        new = list({client.pk: client for client in clients}.values())
        heads = {groups.head(client.party) for client in new}
        joined = Client.objects.filter(
            Q(party__same_as__in=heads) | Q(party__in=heads, party__same_as=None)
        )
        found = joined.exclude(pk__in=[client.pk for client in new]).select_related("party")
        more = list(found.annotate(objected=objected("party"))) if heads else []
        self.others |= {client.pk: client for client in more}
        self.objecting |= {client.pk for client in more if client.objected}
        for client in (*new, *more):
            head = groups.head(client.party)
            self.head_of[client.pk] = head
            self.records.setdefault(head, set()).add(client.pk)

    def same_as(self, client: int) -> set[int]:
        """Ids of every client record of the same person, this one included."""
        return self.records.get(self.head_of.get(client, 0), {client}) | {client}

    def once(self, items: Sequence[T], *, of: Callable[[T], int]) -> list[T]:
        """The first item of each person, in their order; `of` tells the client's id."""
        seen: set[int] = set()
        kept = []
        for item in items:
            client = of(item)
            if not seen & self.same_as(client):
                seen.add(client)
                kept.append(item)
        return kept
