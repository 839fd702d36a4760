"""Clients: entered, looked after by someone, left in peace."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from polecam.actions.leaving import keep_dates
from polecam.actions.moments import close_moment, note_moment
from polecam.actions.ownership import require_own
from polecam.asking.budget import objecting
from polecam.clients import checks
from polecam.clients.models import Client
from polecam.clients.queries import said_never, said_themselves
from polecam.journal.record import record
from polecam.keeping import erased
from polecam.kit import emails, phones
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.organisation.models import Branch
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.people.permissions import Permission, require, standing
from polecam.privacy.models import PersonRequest, RequestKind
from polecam.privacy.queries import suppressed_contact
from polecam.store.tx import action, lock

__all__ = [
    "add", "ask_again", "assign", "change", "close_moment", "never_ask", "note_moment",
    "rest_until", "share", "undo_never_ask",
]  # fmt: skip


def add(
    *,
    by: Person | None,
    at: datetime,
    branch: Branch,
    first_name: str,
    last_name: str,
    form: str,
    owner: Person | None,
    number: str = "",
    phone: str = "",
    email: str = "",
    since: date | None = None,
    product: str = "",
    renews_on: date | None = None,
) -> Client:
    """Enter an existing customer; a seller for themselves, manager and admin for anyone.

    Phone and e-mail as typed. Somebody who objected under them comes in without them and is never
    asked. Raises Refused("name_missing", "phone_invalid", "email_invalid", "owner_unfit",
    "client_number_taken"), NotAllowed. Never tells whether a phone or address is known.
    """
    with action():
        if by != owner or by is None:
            require(by, Permission.IMPORT_CLIENTS, branch.pk)
        _require_seller(owner, branch.pk)
        party = Party(form=form, created_at=at)
        _name(party, first_name, last_name)
        objected = _contact(party, phone, email)
        party.save()
        client = Client(
            party=party,
            branch=branch,
            owner=owner,
            number=number,
            since=since,
            product=product[:80],
            renews_on=renews_on,
            never_ask_at=at if objected else None,
            created_at=at,
            updated_at=at,
        )
        _save(client)
        record("client.added", client, by=by, at=at, branch=branch.pk, data={"via": "page"})
        return client


def change(
    *,
    by: Person,
    at: datetime,
    client: Client,
    first_name: str,
    last_name: str,
    phone: str,
    email: str,
    product: str = "",
    renews_on: date | None = None,
) -> Client:
    """The owner puts the client's data right. Raises as `add`; NotAllowed for everybody else."""
    with action():
        client = _owned(by, client)
        party = lock(client.party)
        _name(party, first_name, last_name)
        if _contact(party, phone, email):
            client.never_ask_at = client.never_ask_at or at
        party.save()
        client.product, client.renews_on, client.updated_at = product[:80], renews_on, at
        _save(client)
        record("client.changed", client, by=by, at=at, branch=client.branch_id, data={})
        return client


def assign(*, by: Person | None, at: datetime, client: Client, owner: Person) -> Client:
    """Give the client an owner; given back, it is undone. Raises Refused("owner_unfit"),
    NotAllowed.

    Only who asks from now on changes: authorship, shares and exclusivity stay as they are.
    """
    with action():
        client = lock(client)
        require(by, Permission.IMPORT_CLIENTS, client.branch_id)
        _require_seller(owner, client.branch_id)
        if client.owner_id == owner.pk:
            return client
        giver = client.owner
        before = giver.public_id if giver else None
        if giver is not None:
            keep_dates([client], giver, by=by, at=at)
        client.owner, client.updated_at = owner, at
        client.save(update_fields=["owner", "updated_at"])
        record(
            "client.assigned",
            client,
            by=by,
            at=at,
            branch=client.branch_id,
            data={"owner": owner.public_id, "before": before},
        )
        return client


def share(*, by: Person, at: datetime, client: Client, shared: bool) -> Client:
    """Let the whole branch ask this client, or the owner alone again."""
    with action():
        client = lock(client)
        require(by, Permission.IMPORT_CLIENTS, client.branch_id)
        if client.shared != shared:
            client.shared, client.updated_at = shared, at
            client.save(update_fields=["shared", "updated_at"])
            data = {"shared": shared}
            record("client.changed", client, by=by, at=at, branch=client.branch_id, data=data)
        return client


def never_ask(*, by: Person | None, at: datetime, client: Client) -> Client:
    """The client does not want to be asked, ever; `by` None: the client said so themselves."""
    with action():
        client = lock(client)
        if by is not None:
            require_own(by, client)
        erased.note(erased.CLIENT, client.public_id)
        if client.never_ask_at is None:
            client.never_ask_at = client.updated_at = at
            client.save(update_fields=["never_ask_at", "updated_at"])
            record("client.never_ask", client, by=by, at=at, branch=client.branch_id)
        return client


def undo_never_ask(*, by: Person, at: datetime, client: Client) -> Client:
    """Take one's own slip of the finger back, within the minutes of undo.

    What the client said, or an objection brought about, stands. Raises Refused("undo_late").
    """
    with action():
        client = _owned(by, client)
        minutes = settings.value("undo_minutes", at=at, branch=client.branch_id)
        if client.never_ask_at is None:
            return client
        late = (at - client.never_ask_at).total_seconds() > minutes * 60
        if late or not said_never(by, client):
            raise Refused("undo_late")
        client.never_ask_at, client.updated_at = None, at
        client.save(update_fields=["never_ask_at", "updated_at"])
        data = {"never_ask": False}
        record("client.changed", client, by=by, at=at, branch=client.branch_id, data=data)
        return client


def ask_again(*, by: Person | None, at: datetime, client: Client) -> Client:
    """The client says that they may be asked again: by their own link (`by` None), or so that their
    own seller notes it. Who and when stands in the journal; nobody else can do it.

    What an objection brought about stands, against a seller's note also one made on the client's
    own page: Refused("objection_stands"). Raises NotAllowed.
    """
    with action():
        client = lock(client) if by is None else _owned(by, client)
        if client.never_ask_at is None:
            return client
        formal = PersonRequest.objects.filter(party=client.party_id, kind=RequestKind.OBJECT)
        if not said_themselves(client) or objecting([client.pk]) or (by and formal.exists()):
            raise Refused("objection_stands")
        client.never_ask_at, client.updated_at = None, at
        client.save(update_fields=["never_ask_at", "updated_at"])
        record("client.may_ask", client, by=by, at=at, branch=client.branch_id)
        return client


def rest_until(*, by: Person, at: datetime, client: Client, until: date | None) -> Client:
    """Not now until `until` (exclusive), without a cause; None ends the rest.

    Raises Refused("rest_date"), NotAllowed.
    """
    with action():
        client = lock(client)
        require_own(by, client)
        checks.check_rest(until, today=day_of(at, settings.zone()))
        if client.resting_until != until:
            client.resting_until, client.updated_at = until, at
            client.save(update_fields=["resting_until", "updated_at"])
            data = {"until": until}
            record("client.resting", client, by=by, at=at, branch=client.branch_id, data=data)
        return client


def _owned(by: Person, client: Client) -> Client:
    client = lock(client)
    require(by, Permission.ASK, client.branch_id)
    if client.owner_id != by.pk:
        raise NotAllowed("not_your_client")
    return client


def _require_seller(owner: Person | None, branch_id: int) -> None:
    if owner is not None and not standing(owner).may(Permission.ASK, branch_id):
        raise Refused("owner_unfit", field="owner")


def _name(party: Party, first: str, last: str) -> None:
    first, last = " ".join(first.split())[:60], " ".join(last.split())[:80]
    if not first:
        raise Refused("name_missing", field="first_name")
    party.set_name(first, last)


def _contact(party: Party, phone: str, email: str) -> bool:
    """Set what was typed; True when somebody objected under it: then nothing is kept."""
    number, address = phones.e164(phone), emails.normal(email)
    if phone.strip() and not number:
        raise Refused("phone_invalid", field="phone")
    if email.strip() and not address:
        raise Refused("email_invalid", field="email")
    party.set_phone(number)
    party.set_email(address)
    if not suppressed_contact(party.phone_index, party.email_index):
        return False
    party.set_phone("")
    party.set_email("")
    return True


def _save(client: Client) -> None:
    try:
        with transaction.atomic():
            client.save()
    except IntegrityError:
        raise Refused("client_number_taken", field="number") from None
