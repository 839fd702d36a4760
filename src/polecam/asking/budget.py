"""The ask budget: one for each person, over referrals and references, all sellers and branches.

What a reader other than the rules learns of it is here, too: "rests" for everyone, and the reason
only as far as it is theirs (`why`): their own asks, and what is noted on the very record they work.
A colleague's ask gives the same answer whatever came of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from polecam.asking import cooling, queries, rules
from polecam.asking.cooling import Why
from polecam.asking.models import Ask
from polecam.clients import persons
from polecam.clients.models import Client
from polecam.clients.queries import Listed
from polecam.kit.periods import day_of
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
    known = _Known(clients, at=at, zone=zone)
    return {
        client.pk: rules.may_ask(
            known.person(client.pk),
            today=known.today,
            limits=known.limits(client.pk),
            follow_up=follow_up,
        )
        for client in clients
    }


def why(person: Person, client: Client, *, at: datetime, zone: str) -> Why | None:
    """Why `person`, who may ask this client, does not find them on the list; None: no rest.

    From what is theirs to know: their own asks under any record of the client, and rest, moments
    and "never" of this very record. Anything else is a bare `Why()`. Who may not ask is told
    "rests" alone: do not call this for them.
    """
    known = _Known([client], at=at, zone=zone)
    limits = known.limits(client.pk)
    if not rules.may_ask(known.person(client.pk), today=known.today, limits=limits):
        return None
    mine = Ask.objects.filter(
        client__in=known.records[client.pk], seller=person, undone_at=None
    ).values_list("asked_at", "outcome")
    here = known.standings[client.pk]
    told = rules.Standing(
        never_ask=here.never_ask,
        resting_until=here.resting_until,
        asks=tuple(rules.PastAsk(day_of(on, zone), outcome) for on, outcome in mine),
        wrong=here.wrong,
    )
    rest = rules.may_ask(told, today=known.today, limits=limits)
    if rest is None:
        return Why()
    return cooling.explained(told, rest, today=known.today, limits=limits)


class _Known:
    """What the rules must know of some clients and of the other records of their persons."""

    def __init__(self, clients: Sequence[Client | Listed], *, at: datetime, zone: str) -> None:
        self.today: date = day_of(at, zone)
        self.records = persons.records([client.pk for client in clients])
        rows = _with_others(clients, self.records)
        objections = objecting(rows)
        self.standings: Mapping[int, rules.Standing] = queries.standings(
            rows.values(), zone=zone, objections=objections
        )
        self._branch = {pk: row.branch_id for pk, row in rows.items()}
        self._limits = {
            branch: queries.limits_at(at, branch) for branch in set(self._branch.values())
        }

    def person(self, client: int) -> rules.Standing:
        """All records of the client's person together."""
        return cooling.together(self.standings[pk] for pk in self.records[client])

    def limits(self, client: int) -> rules.Limits:
        """Those of the strictest branch in which the person is a client."""
        return cooling.strictest(self._limits[self._branch[pk]] for pk in self.records[client])


def _with_others(
    clients: Sequence[Client | Listed], records: Mapping[int, set[int]]
) -> dict[int, Client | Listed]:
    given: dict[int, Client | Listed] = {client.pk: client for client in clients}
    others = {pk for group in records.values() for pk in group} - given.keys()
    return given | (Client.objects.in_bulk(others) if others else {})


def objecting(ids: Iterable[int]) -> set[int]:
    """Ids of those clients under whose number or address an objection is on file."""
    rows = Client.objects.filter(pk__in=list(ids)).filter(queries.objected("party"))
    return set(rows.values_list("pk", flat=True))
