"""The ask budget: one for each person, over referrals and references, all sellers and branches.

What a reader other than the rules learns of it is here, too: "rests" for everyone, and the reason
only as far as it is theirs (`why`): their own asks, and what is noted on the very record they work.
A colleague's ask gives the same answer whatever came of it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from polecam.asking import cooling, queries, rules
from polecam.asking.cooling import Why
from polecam.clients import persons
from polecam.clients.models import Client
from polecam.clients.queries import Listed
from polecam.kit.periods import day_of
from polecam.parties import groups
from polecam.people.models import Person


def rests(clients: Sequence[Client | Listed], *, at: datetime, zone: str) -> set[int]:
    """Ids of those clients who are not to be asked today: "rests", without date or reason."""
    return {pk for pk, rest in verdicts(clients, at=at, zone=zone).items() if rest}


def verdict(
    client: Client, *, at: datetime, zone: str, follow_up: bool = False
) -> rules.Rest | None:
    """Why nobody is to ask this client today, or None; for the rules, never to be shown.

    `follow_up`: the client named this day, so that the cool-off does not count.
    """
    return verdicts([client], at=at, zone=zone, follow_up=follow_up)[client.pk]


def verdicts(
    clients: Sequence[Client | Listed], *, at: datetime, zone: str, follow_up: bool = False
) -> dict[int, rules.Rest | None]:
    """The verdict on each client, by id: all records of their person count."""
    known = Known(clients, at=at, zone=zone)
    return {
        client.pk: rules.may_ask(
            known.person(client.pk),
            today=known.today,
            limits=known.limits(client.pk),
            follow_up=follow_up,
        )
        for client in clients
    }


def why(
    person: Person, client: Client, *, at: datetime, zone: str, known: "Known | None" = None
) -> Why | None:
    """Why `person`, who may ask this client, does not find them on the list; None: no rest.

    From what is theirs to know: their own asks under any record of the client, and rest, moments
    and "never" of this very record. Anything else is a bare `Why()`. Who may not ask is told
    "rests" alone: do not call this for them. `known`: what was read of this client already.
    """
    known = known or Known([client], at=at, zone=zone)
    limits = known.limits(client.pk)
    if not rules.may_ask(known.person(client.pk), today=known.today, limits=limits):
        return None
    here = known.standings[client.pk]
    told = rules.Standing(
        never_ask=here.never_ask,
        resting_until=here.resting_until,
        asks=tuple(
            rules.PastAsk(day_of(ask.at, zone), ask.outcome)
            for ask in known.asks
            if ask.seller == person.pk and ask.client in known.records[client.pk]
        ),
        wrong=here.wrong,
    )
    rest = rules.may_ask(told, today=known.today, limits=limits)
    if rest is None:
        return Why()
    return cooling.explained(told, rest, today=known.today, limits=limits)


class Known:
    """What the rules must know of some clients and of the other records of their persons.

    `records`: ids of all records of each one's person, `asks`: by anyone; for the rules only.
    `values`: settings (LIMITS) of branches that were read already, by id.
    """

    def __init__(
        self,
        clients: Sequence[Client | Listed],
        *,
        at: datetime,
        zone: str,
        values: Mapping[int, dict[str, Any]] | None = None,
    ) -> None:
        self.today: date = day_of(at, zone)
        self.records, objections = _records([client.pk for client in clients])
        rows = _with_others(clients, self.records)
        objections |= objecting(rows.keys() - {client.pk for client in clients})
        self.asks = queries.asked(rows, since=queries.LONG_AGO)
        self.standings: Mapping[int, rules.Standing] = queries.standings(
            rows.values(), zone=zone, asks=self.asks, objections=objections
        )
        self._branch = {pk: row.branch_id for pk, row in rows.items()}
        read = values or {}
        self._limits = {
            branch: queries.limits(read[branch])
            if branch in read
            else queries.limits_at(at, branch)
            for branch in set(self._branch.values())
        }

    def person(self, client: int) -> rules.Standing:
        """All records of the client's person together."""
        return cooling.together(self.standings[pk] for pk in self.records[client])

    def limits(self, client: int) -> rules.Limits:
        """Those of the strictest branch in which the person is a client."""
        return cooling.strictest(self._limits[self._branch[pk]] for pk in self.records[client])


def _records(ids: Collection[int]) -> tuple[dict[int, set[int]], set[int]]:
    """All records of each one's person, and who of these objected: one query, two more where
    somebody stands in the table more than once."""
    rows = Client.objects.filter(pk__in=ids).annotate(
        objected=queries.objected("party"), several=groups.joined("party")
    )
    found = list(rows.values_list("pk", "objected", "several"))
    several = [pk for pk, _, more in found if more]
    records = {pk: {pk} for pk in ids} | (persons.records(several) if several else {})
    return records, {pk for pk, objected, _ in found if objected}


def _with_others(
    clients: Sequence[Client | Listed], records: Mapping[int, set[int]]
) -> dict[int, Client | Listed]:
    given: dict[int, Client | Listed] = {client.pk: client for client in clients}
    others = {pk for group in records.values() for pk in group} - given.keys()
    return given | (Client.objects.in_bulk(others) if others else {})


def objecting(ids: Iterable[int]) -> set[int]:
    """Ids of those clients under whose number or address an objection is on file."""
    wanted = list(ids)
    rows = Client.objects.filter(pk__in=wanted).filter(queries.objected("party"))
    return set() if not wanted else set(rows.values_list("pk", flat=True))
