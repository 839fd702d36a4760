"""What a chunk of a file of clients writes: drafts of new ones, columns of known ones."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from polecam.actions import import_bulk as bulk
from polecam.actions import thanks_owed
from polecam.clients.models import Client
from polecam.clients.rules import Known, Said
from polecam.imports.clients import ClientRow
from polecam.imports.models import Import
from polecam.imports.persons import is_firm
from polecam.kit.polish import guess_form
from polecam.parties.models import Party

OF_PARTY = {"first_name", "last_name", "phone_index", "email_index"}
PARTY = (
    "public_id", "first_name", "last_name", "form", "name_key", "name_key2", "phone_sealed",
    "phone_index", "email_sealed", "email_index", "nonce", "created_at", "erased_at",
)  # fmt: skip
CLIENT = (
    "public_id", "party", "branch", "owner", "number", "since", "renews_on", "product", "shared",
    "never_ask_at", "resting_until", "introduced_by", "imported_by", "last_asked_at",
    "created_at", "updated_at",
)  # fmt: skip


@dataclass(slots=True)
class Draft:
    """A client to be added; rows below may still fill its gaps."""

    party_id: str
    client_id: str
    row: ClientRow
    said: Said


@dataclass
class Writes:
    """What a chunk is going to write."""

    drafts: dict[str, Draft] = field(default_factory=dict)
    party_updates: dict[int, dict] = field(default_factory=dict)
    client_updates: dict[int, dict] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    told_known: set[int] = field(default_factory=set)
    """Of `told` those who were clients before this chunk, by id."""

    def save(self, job: Import, at: datetime) -> list[int]:
        """Write everything, inside the caller's transaction; ids of the new clients."""
        drafts = list(self.drafts.values())
        party_at = bulk.adapted(Party, "created_at", at)
        ids = bulk.insert(Party, PARTY, [_party_values(draft, party_at) for draft in drafts])
        client_at = bulk.adapted(Client, "created_at", at)
        rows = [_client_values(draft, ids[draft.party_id], job, client_at) for draft in drafts]
        made = bulk.insert(Client, CLIENT, rows)
        bulk.update(Party, self.party_updates)
        bulk.update(Client, self.client_updates)
        moved = [pk for pk, changed in self.client_updates.items() if "owner_id" in changed]
        if moved:
            thanks_owed.go_with(moved)
        return list(made.values())


def _party_values(draft: Draft, at: object) -> tuple[object, ...]:
    row, said, ident = draft.row, draft.said, draft.party_id
    return (
        ident,
        said.first_name,
        said.last_name,
        _form(said.first_name),
        *said.keys,
        Party.phone.sealed_for(Party, ident, row.phone),
        said.phone_index,
        Party.email.sealed_for(Party, ident, row.email),
        said.email_index,
        "",
        at,
        None,
    )


def _client_values(draft: Draft, party: int, job: Import, at: object) -> tuple[object, ...]:
    said = draft.said
    return (
        draft.client_id,
        party,
        job.branch_id,
        said.owner_id,
        said.number,
        _since(said.since),
        _since(said.renews_on),
        said.product,
        False,
        None,
        None,
        None,
        job.pk,
        None,
        at,
        at,
    )


@lru_cache(maxsize=4096)
def _form(first_name: str) -> str:
    return "n" if is_firm(first_name) else guess_form(first_name) or "n"


@lru_cache(maxsize=4096)
def _since(day: date | None) -> object:
    return bulk.adapted(Client, "since", day)


def party_fields(known: Known, row: ClientRow, changed: dict) -> dict[str, object]:
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
