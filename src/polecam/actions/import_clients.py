"""Rows of a file of clients: matched to those already known, added, updated or rejected."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db import IntegrityError, connection, models

from polecam.actions.import_outcome import Outcome
from polecam.actions.import_owners import Owners
from polecam.clients.known import fetch
from polecam.clients.models import Client
from polecam.clients.rules import (
    Contradiction,
    Known,
    OtherPerson,
    Said,
    Somebody,
    changes,
)
from polecam.imports.clients import ClientRow, parse
from polecam.imports.models import Import
from polecam.kit.polish import guess_form
from polecam.parties.models import Party
from polecam.parties.rules import words
from polecam.privacy.models import Suppression, SuppressionKind
from polecam.store.crypto import email_index, phone_index

OF_PARTY = {"first_name", "last_name", "phone_index", "email_index"}


class UnknownOwner(Exception):
    """The file names a seller whom the branch does not have."""


@dataclass
class Writes:
    """What a chunk is going to write."""

    parties: list[Party] = field(default_factory=list)
    clients: list[Client] = field(default_factory=list)
    new: dict[str, tuple[Party, Client]] = field(default_factory=dict)
    party_updates: dict[int, dict] = field(default_factory=dict)
    client_updates: dict[int, dict] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)


class ClientRows:
    """Applies parsed rows of one import. `told`: clients this very file has spoken of already."""

    def __init__(self, job: Import, *, at: datetime, today: date) -> None:
        self.job, self.at, self.today = job, at, today
        self.owners = Owners(job.branch_id, job.options.get("aliases"))
        self.by_column = job.options.get("owners", "column") == "column"
        self.spread_unknown = job.options.get("unknown", "spread") == "spread"
        self.told: set[str] = set()
        self.seen = Somebody()

    def parse(self, line: int, cells: list[str]) -> ClientRow:
        """One row; never raises."""
        return parse(line, cells, self.job.mapping, today=self.today)

    def apply(self, rows: Sequence[ClientRow]) -> Outcome:
        """Decide every row and write the chunk, inside the caller's transaction."""
        outcome, writes = Outcome(), Writes()
        said = {row.line: _said(row) for row in rows if not row.problem}
        objected = _objected(said.values())
        somebody = self.seen if self.job.dry_run else Somebody()
        fetch(self.job.branch_id, list(said.values()), somebody)
        for row in rows:
            if row.problem:
                outcome.reject(row.line, row.problem, row.column, row.cells)
                continue
            try:
                self._decide(row, said[row.line], objected, somebody, writes, outcome)
            except OtherPerson:
                outcome.reject(row.line, "number_of_another", "number", row.cells)
            except Contradiction:
                outcome.reject(row.line, "contradicts_earlier", "", row.cells)
            except UnknownOwner:
                outcome.reject(row.line, "owner_unknown", "owner", row.cells)
        if not self.job.dry_run:
            self._write(writes)
        return outcome

    def _write(self, writes: Writes) -> None:
        try:
            _write(writes)
        except IntegrityError:  # the chunk will be tried again in halves
            self.told -= writes.told
            raise

    def _decide(
        self,
        row: ClientRow,
        said: Said,
        objected: set[str],
        somebody: Somebody,
        writes: Writes,
        outcome: Outcome,
    ) -> None:
        barred = bool({said.phone_index, said.email_index} & objected)
        if barred:
            said = replace(said, phone_index="", email_index="")
            row = replace(row, phone="", email="")
        known = somebody.find(said)
        owner = self._owner(row, new=known is None)
        said = replace(said, owner_id=owner)
        if known is None:
            somebody.add(self._create(row, said, barred, writes))
            outcome.created += 1
            return
        changed = changes(known, said, told_before=known.public_id in self.told)
        self._note(known.public_id, writes)
        if not changed:
            outcome.unchanged += 1
            return
        self._change(known, row, changed, writes)
        somebody.learn(known, changed)
        outcome.updated += 1

    def _note(self, public_id: str, writes: Writes) -> None:
        if public_id not in self.told:
            self.told.add(public_id)
            writes.told.add(public_id)

    def _owner(self, row: ClientRow, *, new: bool) -> int | None:
        """The seller the row names; for a new client without one, the next in turn."""
        named = self.owners.named(row.owner) if self.by_column and row.owner else None
        if self.by_column and named is None and not self.spread_unknown and (row.owner or new):
            raise UnknownOwner
        return named if named is not None or not new else self.owners.next()

    def _create(self, row: ClientRow, said: Said, barred: bool, writes: Writes) -> Known:
        party = Party(form=guess_form(row.first_name) or "n", created_at=self.at)
        party.set_name(row.first_name, row.last_name)
        party.phone, party.phone_index = row.phone, said.phone_index
        party.email, party.email_index = row.email, said.email_index
        client = Client(
            branch_id=self.job.branch_id,
            owner_id=said.owner_id,
            number=row.number,
            since=row.since,
            product=row.product,
            never_ask_at=self.at if barred else None,
            imported_by=self.job,
            created_at=self.at,
            updated_at=self.at,
        )
        writes.parties.append(party)
        writes.clients.append(client)
        writes.new[client.public_id] = (party, client)
        self._note(client.public_id, writes)
        return Known(
            None,
            None,
            client.public_id,
            party.public_id,
            row.first_name,
            row.last_name,
            row.number,
            said.phone_index,
            said.email_index,
            said.owner_id,
            row.since,
            row.product,
        )

    def _change(self, known: Known, row: ClientRow, changed: dict, writes: Writes) -> None:
        of_client = {name: value for name, value in changed.items() if name not in OF_PARTY}
        of_party = _party_fields(known, row, changed)
        if known.public_id in writes.new:
            party, client = writes.new[known.public_id]
            _set(party, of_party)
            _set(client, of_client)
        elif known.client_id and known.party_id:
            if of_party:
                writes.party_updates.setdefault(known.party_id, {}).update(of_party)
            fields = {**of_client, "updated_at": self.at}
            writes.client_updates.setdefault(known.client_id, {}).update(fields)


def _said(row: ClientRow) -> Said:
    return Said(
        row.first_name,
        row.last_name,
        row.number,
        phone_index(row.phone),
        email_index(row.email),
        None,
        row.since,
        row.product,
        words(row.first_name, row.last_name),
    )


def _objected(said: Collection[Said]) -> set[str]:
    """Blind indexes in these rows under which somebody objected."""
    phones = {row.phone_index for row in said} - {""}
    emails = {row.email_index for row in said} - {""}
    rows = Suppression.objects.filter(
        models.Q(kind=SuppressionKind.PHONE, index__in=phones)
        | models.Q(kind=SuppressionKind.EMAIL, index__in=emails)
    )
    return set(rows.values_list("index", flat=True))


def _party_fields(known: Known, row: ClientRow, changed: dict) -> dict[str, object]:
    """The columns of the party that the changes touch, sealed for this very party."""
    party = Party(public_id=known.party_public_id)
    names: list[str] = []
    if "first_name" in changed:
        party.set_name(row.first_name, row.last_name)
        names += ["first_name", "last_name", "name_key", "name_key2"]
    if "phone_index" in changed:
        party.set_phone(row.phone)
        names += ["phone_sealed", "phone_index"]
    if "email_index" in changed:
        party.set_email(row.email)
        names += ["email_sealed", "email_index"]
    return {name: getattr(party, name) for name in names}


def _set(row: models.Model, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _write(writes: Writes) -> None:
    Party.objects.bulk_create(writes.parties)
    for party, client in zip(writes.parties, writes.clients, strict=True):
        client.party = party
    Client.objects.bulk_create(writes.clients)
    _update(Party, writes.party_updates)
    _update(Client, writes.client_updates)


def _update(model: type[models.Model], rows: dict[int, dict[str, object]]) -> None:
    """Many rows, few statements: one prepared UPDATE for each set of columns that changed."""
    alike: dict[tuple[str, ...], list[list[object]]] = {}
    for pk, values in rows.items():
        names = tuple(sorted(values))
        columns = [model._meta.get_field(name) for name in names]
        prepared = [
            column.get_db_prep_save(values[name], connection)
            for name, column in zip(names, columns, strict=True)
        ]
        alike.setdefault(names, []).append([*prepared, pk])
    with connection.cursor() as cursor:
        for names, parameters in alike.items():
            quote = connection.ops.quote_name
            assigned = ", ".join(f"{quote(name)} = %s" for name in names)
            table = quote(model._meta.db_table)
            cursor.executemany(f"UPDATE {table} SET {assigned} WHERE id = %s", parameters)  # noqa: S608
