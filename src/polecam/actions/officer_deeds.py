"""What the data protection officer does for a person who wrote: an objection, a correction.

Erasing, showing and handing out stand in `erasure` and `officer`.
"""

from datetime import datetime

from polecam.actions import erasure, objections
from polecam.actions.parties import JOINING
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.parties import groups
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store import tx


def objection(*, by: Person, at: datetime, party: Party) -> None:
    """The person objects to marketing (GDPR 21), told by letter or phone: everything stops at once.

    As by their own link; the officer has checked who it is, so every number and address kept about
    them counts. A client keeps the data of their contract, is never asked, and gets nothing more
    they once agreed to. Raises NotAllowed.
    """
    with tx.action():
        require(by, Permission.ERASE)
        tx.lock_keys([JOINING])
        joined = groups.of(party)
        keys = [(row.phone_index, row.email_index) for row in joined]
        record("party.viewed", party, by=by, at=at, data={"reason": "objection"})
        objections.everything_stops(party, joined, keys, at=at)
    erasure.settle_files()


def correct(*, by: Person, at: datetime, party: Party, first_name: str, last_name: str) -> None:
    """Put a name right (GDPR 16).

    Numbers and addresses are put right by their person: a consent belongs to the channel it was
    confirmed through. Raises NotAllowed, Refused("correction_name").
    """
    with tx.action():
        require(by, Permission.ERASE)
        party = tx.lock(party)
        first, last = " ".join(first_name.split())[:60], " ".join(last_name.split())[:80]
        if not first or party.erased_at is not None:
            raise Refused("correction_name", field="first_name")
        party.set_name(first, last)
        party.save(update_fields=["first_name", "last_name", "name_key", "name_key2"])
        record("party.corrected", party, by=by, at=at)
