"""Rows of a file of clients: matched to those already known, added, updated or rejected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError

from polecam.actions.import_client_writes import OF_PARTY, Draft, Writes, party_fields
from polecam.actions.import_outcome import Outcome
from polecam.actions.import_owners import Owners
from polecam.actions.import_told import ToldClients, note
from polecam.actions.import_unwilling import LeftAlone, LeftInPeace
from polecam.clients.known import fetch
from polecam.clients.models import Client
from polecam.clients.rules import (
    Contradiction,
    Known,
    OtherPerson,
    Said,
    Somebody,
    changes,
    said,
)
from polecam.imports.clients import ClientRow, parse
from polecam.imports.models import Import
from polecam.parties.models import Party
from polecam.store.crypto import email_index, phone_index
from polecam.store.fields import new_public_id


class UnknownOwner(Exception):
    """The file names a seller whom the branch does not have."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A row with what can be known before the database is asked; no `said`: it is rejected."""

    line: int
    cells: list[str]
    row: ClientRow
    said: Said | None


class ClientRows:
    """Applies parsed rows of one import.

    `told`: clients this very file has spoken of already; a rehearsal remembers whom it made up.
    """

    tables = (Party, Client)

    def __init__(self, job: Import, *, at: datetime, today: date) -> None:
        self.job, self.at, self.today = job, at, today
        self.owners = self._sellers()
        self.by_column = job.options.get("owners", "column") == "column"
        self.spread_unknown = job.options.get("unknown", "spread") == "spread"
        self.told, self.rehearsed = ToldClients(), set[str]()
        self.seen = Somebody()
        self.collided = False

    def _sellers(self) -> Owners:
        return Owners(self.job.branch_id, self.job.options.get("aliases"))

    def remember(self) -> None:
        """After a stop: of whom the earlier rows spoke."""
        self.told.remember(self.job)

    def recount(self, rows: Sequence[Prepared]) -> None:
        """After a stop: a rehearsal, which wrote nothing, hears the earlier rows once more."""
        if self.job.dry_run:
            self.apply(rows)

    def parse(self, line: int, cells: list[str]) -> Prepared:
        """One row, hashed and folded before anything is locked; never raises."""
        row = parse(line, cells, self.job.mapping, today=self.today)
        return Prepared(line, cells, row, None if row.problem else _said(row))

    def apply(self, rows: Sequence[Prepared]) -> Outcome:
        """Decide every row and write the chunk, inside the caller's transaction."""
        if self.collided:  # turns were taken in a chunk that was never written
            self.owners, self.collided = self._sellers(), False
        outcome, writes = Outcome(), Writes()
        said = [item.said for item in rows if item.said]
        left_alone = LeftInPeace(said)
        somebody = self.seen if self.job.dry_run else Somebody()
        fetch(self.job.branch_id, said, somebody)
        for item in rows:
            row = item.row
            if item.said is None:
                outcome.reject(row.line, row.problem, row.column, row.cells)
                continue
            try:
                self._decide(row, item.said, left_alone, somebody, writes, outcome)
            except LeftAlone:
                # Kept nowhere, not even among rejected rows: a line number.
                outcome.reject(row.line, "objected", "", [])
            except OtherPerson:
                outcome.reject(row.line, "number_of_another", "number", row.cells)
            except Contradiction as contradiction:
                outcome.repeated += 1
                outcome.reject(row.line, "contradicts_earlier", contradiction.column, row.cells)
            except UnknownOwner:
                outcome.reject(row.line, "owner_unknown", "owner", row.cells)
        if self.job.dry_run:
            self.rehearsed |= writes.told
        elif rows:
            self._write(rows[0].line, writes)
        return outcome

    def _write(self, line: int, writes: Writes) -> None:
        """Write the chunk that begins at `line`; only then its clients have been spoken of."""
        try:
            made = self._save(writes)
        except IntegrityError:  # the chunk will be tried again in halves
            self.collided = True
            raise
        note(self.job, line, writes.told_known)
        self.told.add(writes.told_known)
        self.told.add(made)

    def _decide(
        self,
        row: ClientRow,
        said: Said,
        left_alone: LeftInPeace,
        somebody: Somebody,
        writes: Writes,
        outcome: Outcome,
    ) -> None:
        barred = left_alone.objected(said)
        if barred:
            said = replace(said, phone_index="", email_index="")
            row = replace(row, phone="", email="")
        known = somebody.find(said)
        if known is None and (barred or left_alone.never(said)):
            raise LeftAlone
        owner = self._owner(row, new=known is None)
        said = replace(said, owner_id=owner)
        if known is None:
            somebody.add(self._create(row, said, writes))
            self.owners.count(owner, None)
            outcome.created += 1
            return
        again = self._told(known, writes)
        changed = changes(known, said, told_before=again)
        outcome.repeated += again
        self._note(known, writes)
        if not changed:
            outcome.unchanged += 1
            return
        if "owner_id" in changed:
            self.owners.count(owner, known.owner_id)
        self._change(known, row, changed, writes)
        somebody.learn(known, changed)
        outcome.updated += 1

    def _told(self, known: Known, writes: Writes) -> bool:
        """Whether a row above has spoken of this client."""
        ident = known.public_id
        return known.client_id in self.told or ident in writes.told or ident in self.rehearsed

    def _note(self, known: Known, writes: Writes) -> None:
        writes.told.add(known.public_id)
        if known.client_id is not None and known.client_id not in self.told:
            writes.told_known.add(known.client_id)

    def _owner(self, row: ClientRow, *, new: bool) -> int | None:
        """The seller the row names; for a new client without one, the next in turn."""
        named = self.owners.named(row.owner) if self.by_column and row.owner else None
        if self.by_column and named is None and not self.spread_unknown and (row.owner or new):
            raise UnknownOwner
        return named if named is not None or not new else self.owners.next()

    def _create(self, row: ClientRow, said: Said, writes: Writes) -> Known:
        draft = Draft(new_public_id(), new_public_id(), row, said)
        writes.drafts[draft.client_id] = draft
        writes.told.add(draft.client_id)
        return Known(
            None,
            None,
            draft.client_id,
            draft.party_id,
            said.first_name,
            said.last_name,
            said.keys[0],
            said.number,
            said.phone_index,
            said.email_index,
            said.owner_id,
            said.since,
            said.product,
            said.renews_on,
        )

    def _change(self, known: Known, row: ClientRow, changed: dict, writes: Writes) -> None:
        draft = writes.drafts.get(known.public_id)
        if draft:
            draft.said = replace(draft.said, **changed)
            filled = {
                name: getattr(row, name)
                for name in ("phone", "email")
                if f"{name}_index" in changed
            }
            draft.row = replace(draft.row, **filled)
            return
        if known.client_id is None or known.party_id is None:
            return  # a dry run made them up
        of_party = party_fields(known, row, changed)
        if of_party:
            writes.party_updates.setdefault(known.party_id, {}).update(of_party)
        of_client = {name: value for name, value in changed.items() if name not in OF_PARTY}
        of_client["updated_at"] = self.at
        writes.client_updates.setdefault(known.client_id, {}).update(of_client)

    def _save(self, writes: Writes) -> list[int]:
        return writes.save(self.job, self.at)


def _said(row: ClientRow) -> Said:
    return said(
        (row.first_name, row.last_name),
        number=row.number,
        phone_index=phone_index(row.phone),
        email_index=email_index(row.email),
        since=row.since,
        product=row.product,
        renews_on=row.renews_on,
    )
