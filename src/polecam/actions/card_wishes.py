"""What a client decides on their own page about being asked, and what they ask about their data."""

from datetime import datetime

from polecam.actions import client_consents, person_requests
from polecam.actions import clients as client_acts
from polecam.clients.models import Client
from polecam.journal.models import Event
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.parties.models import Party
from polecam.privacy.models import Came, PersonRequest, RequestKind, RequestOutcome
from polecam.privacy.queries import suppressed_contact
from polecam.store.tx import action, lock

ASKED_ON_PAGE = (RequestKind.ERASE, RequestKind.PORT, RequestKind.RECTIFY)


def ask_again(*, client: Client, at: datetime) -> Client:
    """The client takes "never ask me" back, by their own link. Twice is once.

    What an objection brought about stays. Raises Refused("never_ask_objected").
    """
    with action():
        client = lock(client)
        if client.never_ask_at is None:
            return client
        if not _said(client) or _objected(client):
            raise Refused("never_ask_objected")
        client.never_ask_at, client.updated_at = None, at
        client.save(update_fields=["never_ask_at", "updated_at"])
        data = {"never_ask": False}
        record("client.changed", client, by=None, at=at, branch=client.branch_id, data=data)
        return client


def _said(client: Client) -> bool:
    """Whether somebody said "never", the client or their adviser; a file or an objection do not."""
    said = Event.objects.filter(
        subject_type="client", subject=client.public_id, kind="client.never_ask"
    )
    return said.filter(at=client.never_ask_at).exists()


def _objected(client: Client) -> bool:
    party = client.party
    if suppressed_contact(party.phone_index, party.email_index):
        return True
    since = client.never_ask_at
    return Event.objects.filter(kind="objection.recorded", at=since).exists()


def objection(*, client: Client, at: datetime) -> PersonRequest:
    """The client objects to being asked at all (GDPR 21): done at once, and kept as done.

    Nobody asks any more, and no message is sent that needed a consent. Twice is once.
    """
    with action():
        client = lock(client)
        client_acts.never_ask(by=None, at=at, client=client)
        client_consents.withdraw(client=client, at=at)
        done = PersonRequest.objects.filter(
            party=client.party, kind=RequestKind.OBJECT, came=Came.OWN_PAGE, done_at__isnull=False
        )
        known = done.filter(done_at__gte=client.never_ask_at or at).order_by("-id").first()
        if known is not None:
            return known
        request = person_requests.note(
            by=None, at=at, kind=RequestKind.OBJECT, party=client.party, came=Came.OWN_PAGE
        )
        person_requests.close(request, by=None, at=at, outcome=RequestOutcome.DONE)
        return request


def ask_officer(*, client: Client, kind: str, at: datetime) -> PersonRequest:
    """The client asks for an erasure, a whole copy, or a correction; one open request of a kind.

    The data protection officer answers it, by its day. Raises Refused("request_kind").
    """
    if kind not in ASKED_ON_PAGE:
        raise Refused("request_kind")
    return person_requests.note(by=None, at=at, kind=kind, party=client.party, came=Came.OWN_PAGE)


def asked(party: Party) -> list[PersonRequest]:
    """What the person has asked of the officer and is still open, the earliest first."""
    return list(PersonRequest.objects.filter(party=party, done_at=None).order_by("id"))
