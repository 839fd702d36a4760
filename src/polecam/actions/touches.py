"""Taking from the one contact limit of a client: surveys, pulses, thanks."""

from datetime import datetime

from polecam.clients import persons
from polecam.clients.contact_limit import may_contact
from polecam.clients.models import Client, Touch
from polecam.kit.errors import Refused


def touch(client: Client, kind: str, *, at: datetime) -> Touch:
    """Inner step, under the client's lock: one contact of `kind` (TouchKind) is used up.

    Two at once, also under two records of one person, use up one and refuse one. Raises
    Refused("contacted_lately") inside the rest, or beyond the year's number.
    """
    persons.hold(client)
    if not may_contact(client, at=at):
        raise Refused("contacted_lately")
    return Touch.objects.create(client=client, kind=kind, at=at)
