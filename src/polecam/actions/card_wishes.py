"""What a client asks on their own page about their data; an objection is done at once."""

from datetime import datetime

from polecam.actions import client_consents, person_requests
from polecam.actions import clients as client_acts
from polecam.clients.models import Client
from polecam.kit.errors import Refused
from polecam.parties.models import Party
from polecam.privacy.models import Came, PersonRequest, RequestKind, RequestOutcome
from polecam.store.tx import action, lock

ASKED_ON_PAGE = (RequestKind.ERASE, RequestKind.PORT, RequestKind.RECTIFY)


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
