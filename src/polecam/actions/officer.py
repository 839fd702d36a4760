"""What the data protection officer does: one person at a time, each look written down."""

from datetime import datetime

from polecam.asking import subject as asking
from polecam.claims import subject as claims
from polecam.clients import subject as clients
from polecam.files import subject as files
from polecam.imports import subject as imports
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.messages import subject as messages
from polecam.parties import groups
from polecam.parties import subject as parties
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.privacy import subject as privacy
from polecam.referrals import subject as referrals
from polecam.sales import subject as sales
from polecam.store import tx
from polecam.surveys import subject as surveys
from polecam.thanks import subject as thanks

REASONS = ("access", "erasure", "correction", "objection", "complaint", "audit")
ROOMS = {
    "parties": parties,
    "clients": clients,
    "referrals": referrals,
    "claims": claims,
    "privacy": privacy,
    "asking": asking,
    "surveys": surveys,
    "thanks": thanks,
    "sales": sales,
    "messages": messages,
    "imports": imports,
    "files": files,
}


def open_person(*, by: Person, at: datetime, party: Party, reason: str) -> None:
    """Note that the officer opens this person's page, and why (one of REASONS).

    Raises NotAllowed, Refused("reason_missing").
    """
    with tx.action():
        require(by, Permission.SEE_PERSON_DATA)
        if reason not in REASONS:
            raise Refused("reason_missing", field="reason")
        record("party.viewed", party, by=by, at=at, data={"reason": reason})


def export(*, by: Person, at: datetime, party: Party) -> dict:
    """Everything kept about one person, by room, as plain values (GDPR 15 and 20). Journalled.

    Raises NotAllowed.
    """
    with tx.action():
        require(by, Permission.SEE_PERSON_DATA)
        record("party.exported", party, by=by, at=at)
        return collected(party)


def collected(party: Party) -> dict:
    """Inner step of `export` and of the officer's page: what each room knows.

    Records joined as one person are told together: lists are one list, what each record has once
    ("person", "client") is a list of them.
    """
    records = groups.of(party)
    found = {}
    for room, module in ROOMS.items():
        told = [known for row in records if any((known := module.export(row)).values())]
        if told:
            found[room] = told[0] if len(told) == 1 else _together(told)
    return found


def _together(told: list[dict]) -> dict:
    """What several records say, under the same keys."""
    keys = dict.fromkeys(key for known in told for key in known)
    merged: dict = {}
    for key in keys:
        values = [known[key] for known in told if known.get(key)]
        lists = all(isinstance(value, list) for value in values)
        merged[key] = [item for value in values for item in value] if lists else values
    return merged
