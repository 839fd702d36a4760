"""Moments from a file: noted for clients of the branch, each row heard once, for good."""

from collections.abc import Sequence
from datetime import date, datetime

from polecam.actions.import_outcome import Outcome
from polecam.actions.moments import ends_on
from polecam.asking import kinds
from polecam.asking.kinds import Kind
from polecam.asking.models import Moment, MomentSource
from polecam.asking.queries import objected
from polecam.asking.spelled import Spelled
from polecam.clients.checks import LOWEST_GOOD_RATING, NEEDS_END, RATED
from polecam.clients.known import fetch
from polecam.clients.models import Client
from polecam.clients.rules import OtherPerson, Said, Somebody, said
from polecam.imports.models import Import
from polecam.imports.moments import MomentRow, parse


class Refusal(Exception):
    """The row cannot be taken: a code of imports.reasons, and the column at fault."""

    def __init__(self, reason: str, column: str = "") -> None:
        super().__init__(reason)
        self.reason, self.column = reason, column


class MomentRows:
    """Applies parsed rows of one import; a chunk is one event, as with clients."""

    tables = (Moment,)

    def __init__(self, job: Import, *, at: datetime, today: date) -> None:
        self.job, self.at, self.today = job, at, today
        self.spelled = Spelled(kinds.read())
        self.told: set[str] = set()

    def parse(self, line: int, cells: list[str]) -> MomentRow:
        """One row; never raises."""
        return parse(line, cells, self.job.mapping, today=self.today)

    def apply(self, rows: Sequence[MomentRow]) -> Outcome:
        """Decide and write every row, inside the caller's transaction."""
        outcome, new = Outcome(), list[Moment]()
        people = [_said(row) for row in rows if not row.problem]
        somebody = fetch(self.job.branch_id, people, Somebody())
        clients = self._clients(somebody, people)
        known = self._known(clients)
        for row in rows:
            try:
                moment = self._moment(row, somebody, clients)
            except Refusal as refusal:
                # Whoever wants to be left in peace is kept nowhere: a line number, no cells.
                kept = [] if refusal.reason == "left_alone" else row.cells
                outcome.reject(row.line, refusal.reason, refusal.column, kept)
                continue
            place = (moment.client_id, moment.kind, moment.on)
            if moment.source_key in known or place in known:
                outcome.unchanged += 1
                continue
            known |= {moment.source_key, place}
            new.append(moment)
            outcome.created += 1
        if not self.job.dry_run:
            Moment.objects.bulk_create(new)
        return outcome

    def _clients(self, somebody: Somebody, people: Sequence[Said]) -> dict[int, Client]:
        ids = set()
        for person in people:
            try:
                found = somebody.find(person)
            except OtherPerson:
                continue
            if found and found.client_id:
                ids.add(found.client_id)
        rows = Client.objects.filter(pk__in=ids).annotate(objected=objected("party"))
        return {client.pk: client for client in rows}

    def _known(self, clients: dict[int, Client]) -> set[object]:
        """Keys of rows told before, and what is noted and still open by hand."""
        rows = Moment.objects.filter(client_id__in=clients).values_list(
            "source_key", "client_id", "kind", "on", "closed_at"
        )
        known: set[object] = {key for key, *_ in rows if key}
        return known | {(pk, kind, on) for _, pk, kind, on, closed in rows if closed is None}

    def _moment(self, row: MomentRow, somebody: Somebody, clients: dict[int, Client]) -> Moment:
        if row.problem:
            raise Refusal(row.problem, row.column)
        kind = self._kind(row)
        client = self._client(row, somebody, clients)
        assert row.on  # noqa: S101 - parsed rows without a problem have a day
        return Moment(
            client=client,
            kind=kind.code,
            wrong=not kind.good,
            source=MomentSource.IMPORT,
            source_key=f"file:{client.public_id}:{kind.code}:{row.on.toordinal()}",
            on=row.on,
            until=None if kind.good else row.until or ends_on(kind, row.on),
            rating=LOWEST_GOOD_RATING if kind.code == RATED else None,
            noted_by=self.job.by,
            noted_at=self.at,
        )

    def _kind(self, row: MomentRow) -> Kind:
        kind = self.spelled.find(row.kind)
        if kind is None:
            raise Refusal("kind_unknown", "kind")
        if not kind.used:
            raise Refusal("kind_unused", "kind")
        if kind.code == NEEDS_END and row.until is None:
            raise Refusal("missing", "until")
        return kind

    def _client(self, row: MomentRow, somebody: Somebody, clients: dict[int, Client]) -> Client:
        try:
            found = somebody.find(_said(row))
        except OtherPerson:
            raise Refusal("number_of_another", "number") from None
        client = clients.get(found.client_id) if found and found.client_id else None
        if client is None:
            raise Refusal("client_not_here", "number")
        if client.never_ask_at is not None or client.objected:  # type: ignore[attr-defined]
            raise Refusal("left_alone", "number")
        return client


def _said(row: MomentRow) -> Said:
    return said(row.name, number=row.number)
