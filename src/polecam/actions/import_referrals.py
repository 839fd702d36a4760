"""Referrals so far, from a file: the law decides what may be kept (docs/adr).

Open ones come in as `captured`: a first name, the phone only as a keyed hash, 14 days to live, no
consent. Of past ones only the statistics stay, and in the tree a friend who is a client by now.
"""

import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError

from polecam.actions import credit, invitations
from polecam.actions.import_outcome import Outcome
from polecam.actions.import_owners import Owners
from polecam.clients.known import fetch
from polecam.clients.models import Client
from polecam.clients.rules import OtherPerson, Said, Somebody, said
from polecam.imports.models import Import
from polecam.imports.referrals import Past, ReferralRow, parse
from polecam.journal.record import record
from polecam.kit.periods import day_bounds, day_of, month_of
from polecam.kit.polish import guess_form
from polecam.organisation import settings
from polecam.parties import subject as parties
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.privacy.queries import suppressed_contact, suppressed_name
from polecam.privacy.rules import unanswered_until
from polecam.referrals import tally
from polecam.referrals.models import Kind, Referral, State
from polecam.store.crypto import email_index, phone_index
from polecam.store.tx import lock

STATES = {
    Past.OPEN: State.CAPTURED,
    Past.MET: State.EXPIRED,
    Past.WON: State.WON,
    Past.LOST: State.LOST,
}
NOON = timedelta(hours=12)


class Refusal(Exception):
    """The row cannot be taken: a code of imports.reasons, and the column at fault."""

    def __init__(self, reason: str, column: str = "") -> None:
        super().__init__(reason)
        self.reason, self.column = reason, column


class ReferralRows:
    """Applies parsed rows of one import, row by row: authorship is an event of its own."""

    tables = (Party, Referral)

    def __init__(self, job: Import, *, at: datetime, today: date) -> None:
        self.job, self.at, self.today = job, at, today
        self.zone = settings.zone()
        self.authors = Owners(job.branch_id, job.options.get("aliases"))
        self.first = settings.values("unanswered_days", *credit.FIRST, at=at, branch=job.branch_id)
        self.erase_at = unanswered_until(at, self.first["unanswered_days"])
        self.counted: dict[tuple[int, int, date], int] = {}

    def parse(self, line: int, cells: list[str]) -> ReferralRow:
        """One row; never raises."""
        return parse(line, cells, self.job.mapping, today=self.today)

    def apply(self, rows: Sequence[ReferralRow]) -> Outcome:
        """Decide and write every row, inside the caller's transaction."""
        outcome = Outcome()
        somebody = self._fetch(rows)
        counted = dict(self.counted)
        try:
            self._take_all(rows, somebody, outcome)
        except IntegrityError:  # the chunk will be tried again in halves
            self.counted = counted
            raise
        return outcome

    def _take_all(self, rows: Sequence[ReferralRow], somebody: Somebody, outcome: Outcome) -> None:
        for row in rows:
            try:
                if row.problem:
                    raise Refusal(row.problem, row.column)
                self._take(row, somebody, outcome)
            except Refusal as refusal:
                # Whoever objected is kept nowhere, not even among rejected rows: a line number.
                cells = [] if refusal.reason == "objected" else row.cells
                outcome.reject(row.line, refusal.reason, refusal.column, cells)

    def recount(self, rows: Sequence[ReferralRow]) -> None:
        """After a stop: count again what earlier rows of the file said."""
        somebody = self._fetch(rows)
        for row in rows:
            if not row.problem:
                with suppress(Refusal):
                    self._key(row, somebody)

    def _fetch(self, rows: Sequence[ReferralRow]) -> Somebody:
        people = [_recommender(row) for row in rows if not row.problem]
        people += [_friend(row) for row in rows if row.status is Past.WON and not row.problem]
        return fetch(self.job.branch_id, people, Somebody())

    def _key(self, row: ReferralRow, somebody: Somebody) -> "Key":
        author = self.authors.named(row.seller)
        if author is None:
            raise Refusal("seller_unknown", "seller")
        try:
            known = somebody.find(_recommender(row))
        except OtherPerson:
            raise Refusal("number_of_another", "recommender_number") from None
        if known is None or known.client_id is None:
            raise Refusal("client_unknown", "recommender")
        assert row.on  # noqa: S101 - parsed rows without a problem have a day
        place = (known.client_id, author, row.on)
        self.counted[place] = self.counted.get(place, 0) + 1
        return Key(known.client_id, author, row.on, self.counted[place])

    def _take(self, row: ReferralRow, somebody: Somebody, outcome: Outcome) -> None:
        key = self._key(row, somebody)
        phone, email = phone_index(row.phone), email_index(row.email)
        if suppressed_contact(phone, email) or suppressed_name(key.client_id, *row.prospect):
            raise Refusal("objected", "prospect")
        before = self._earlier(key)
        if before is None:
            outcome.created += 1
            if not self.job.dry_run:
                self._create(row, key, somebody)
        elif _further(before.state, row.status):
            outcome.updated += 1
            if not self.job.dry_run:
                self._move_on(before, row, somebody)
        else:
            outcome.unchanged += 1

    def _earlier(self, key: "Key") -> Referral | None:
        """What an earlier import made of this row: the n-th of that client, author and day."""
        start, end = day_bounds(key.on, self.zone)
        rows = Referral.objects.filter(
            kind=Kind.IMPORTED,
            client_id=key.client_id,
            originator_id=key.author_id,
            captured_at__gte=start,
            captured_at__lt=end,
        ).order_by("id")
        return next(iter(rows[key.nth - 1 : key.nth]), None)

    def _create(self, row: ReferralRow, key: "Key", somebody: Somebody) -> None:
        client = lock(Client.objects.get(pk=key.client_id))
        author = Person.objects.get(pk=key.author_id)
        captured_at = min(day_bounds(key.on, self.zone)[0] + NOON, self.at)
        referral = Referral(
            client=client,
            originator=author,
            branch_id=self.job.branch_id,
            kind=Kind.IMPORTED,
            state=STATES[row.status],
            captured_at=captured_at,
            state_at=self.at,
        )
        if row.status is Past.OPEN:
            self._keep_waiting(referral, client, row)
        else:
            self._keep_past(referral, row, somebody)
        referral.save()
        credit.begin_for(referral, at=self.at, values=self.first, own=True)
        month = month_of(captured_at, self.zone)
        tally.bump(referral.branch_id, author.pk, month, referrals=1)
        self._tell(referral, key.on)

    def _keep_waiting(self, referral: Referral, client: Client, row: ReferralRow) -> None:
        """A first name; phone and e-mail as keyed hashes only; an invitation to pass on."""
        party = Party(
            form=guess_form(row.prospect[0]) or "n",
            phone_index=phone_index(row.phone),
            email_index=email_index(row.email),
            nonce=secrets.token_hex(16),
            created_at=self.at,
        )
        party.set_name(row.prospect[0], "")
        party.save()
        invitation = invitations.create(
            by=self.job.by, seller=referral.originator, at=self.at, client=client, ask=None
        )
        referral.party, referral.invitation = party, invitation
        referral.plan_version_id = invitation.plan_version_id
        referral.erase_at = self.erase_at

    def _keep_past(self, referral: Referral, row: ReferralRow, somebody: Somebody) -> None:
        """No name of anybody who never consented; a friend who is a client joins the tree."""
        referral.party, referral.erase_at = None, None
        friend = self._friend_who_is_client(referral, row, somebody)
        if friend is None:
            referral.erased_at = self.at
            return
        referral.party, referral.erased_at = friend.party, None
        if friend.introduced_by_id is None:
            friend.introduced_by = referral.client
            friend.updated_at = self.at
            friend.save(update_fields=["introduced_by", "updated_at"])
            introducer = friend.introduced_by.public_id if friend.introduced_by else None
            data = {"introduced_by": introducer, "import": self.job.public_id}
            record(
                "client.changed",
                friend,
                by=self.job.by,
                at=self.at,
                branch=friend.branch_id,
                data=data,
            )

    def _friend_who_is_client(
        self, referral: Referral, row: ReferralRow, somebody: Somebody
    ) -> Client | None:
        if row.status is not Past.WON:
            return None
        known = somebody.find(_friend(row))
        if known is None or known.client_id in (None, referral.client_id):
            return None
        friend = lock(Client.objects.select_related("party").get(pk=known.client_id))
        return None if _descends(referral.client, friend) else friend

    def _move_on(self, referral: Referral, row: ReferralRow, somebody: Somebody) -> None:
        """A later file knows more: what was waiting is over, and its name goes."""
        referral = lock(referral)
        party = referral.party if referral.state == State.CAPTURED else None
        referral.state, referral.state_at = STATES[row.status], self.at
        self._keep_past(referral, row, somebody)
        referral.save()
        if party:
            parties.erase(party, self.at)
        self._tell(referral, day_of(referral.captured_at, self.zone))

    def _tell(self, referral: Referral, on: date) -> None:
        record(
            "referral.imported",
            referral,
            by=self.job.by,
            at=self.at,
            branch=referral.branch_id,
            data={
                "import": self.job.public_id,
                "client": referral.client.public_id if referral.client else None,
                "originator": referral.originator.public_id,
                "on": on,
                "state": str(referral.state),
                "plan_version": referral.plan_version_id,
            },
        )


@dataclass(frozen=True, slots=True)
class Key:
    """What makes a row the same in the next file: the n-th of a client, an author and a day."""

    client_id: int
    author_id: int
    on: date
    nth: int


def _recommender(row: ReferralRow) -> Said:
    return said(row.recommender, number=row.recommender_number)


def _friend(row: ReferralRow) -> Said:
    phone, email = phone_index(row.phone), email_index(row.email)
    return said(row.prospect, phone_index=phone, email_index=email)


RANK = {State.CAPTURED: 0, State.EXPIRED: 1, State.LOST: 2, State.WON: 2}


def _further(state: str, status: Past) -> bool:
    """Whether the file knows more than what stands; live referrals are never touched."""
    return state in RANK and RANK[STATES[status]] > RANK[State(state)]


def _descends(client: Client | None, from_: Client) -> bool:
    """Whether `from_` introduced `client`, at any distance: a tree has no circles."""
    seen: set[int] = set()
    while client is not None and client.pk not in seen:
        if client.pk == from_.pk:
            return True
        seen.add(client.pk)
        client = client.introduced_by
    return False
