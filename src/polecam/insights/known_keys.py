"""What may be compared of a record: the keys it stands by, and whether it may be compared at all.

"No oracle": a friend who has not agreed is compared with nobody, and a number that somebody typed
into a form counts for nothing until it came back confirmed. A client's number is the firm's own
knowledge, so it counts as it is.
"""

from collections.abc import Collection
from dataclasses import dataclass

from polecam.clients.models import Client
from polecam.parties.likeness import Said
from polecam.parties.models import Party
from polecam.privacy.models import Consent
from polecam.privacy.rules import BY_NUMBER, EMAIL

PHONE_KEY, EMAIL_KEY = "phone", "email"


@dataclass(frozen=True, slots=True)
class Known:
    """One record. `own`: keys it is compared by; `proven`: those that may join it by itself."""

    party: Party
    is_client: bool
    own: frozenset[str]
    proven: frozenset[str]

    @property
    def comparable(self) -> bool:
        """Clients, and friends who have agreed to something that counts."""
        return self.party.erased_at is None and (self.is_client or bool(self.own or self.proven))

    @property
    def said(self) -> Said:
        """For `parties.likeness`."""
        party = self.party
        return Said(
            party.first_name,
            party.last_name,
            party.phone_index if PHONE_KEY in self.own else "",
            party.email_index if EMAIL_KEY in self.own else "",
        )


def known(parties: Collection[Party]) -> dict[int, Known]:
    """What is known of each record, by id: two queries."""
    ids = [party.pk for party in parties]
    clients = set(Client.objects.filter(party__in=ids).values_list("party_id", flat=True))
    own: dict[int, set[str]] = {pk: set() for pk in ids}
    proven: dict[int, set[str]] = {pk: set() for pk in ids}
    rows = Consent.objects.filter(party__in=ids, unlocked_at__isnull=False, held_for="")
    for pk, channel, confirmed in rows.values_list("party_id", "channel", "confirmed_at"):
        key = PHONE_KEY if channel in BY_NUMBER else EMAIL_KEY if channel == EMAIL else "visit"
        own[pk].add(key)
        if confirmed is not None:
            proven[pk].add(key)
    both = frozenset({PHONE_KEY, EMAIL_KEY})
    return {
        party.pk: Known(
            party,
            party.pk in clients,
            frozenset(own[party.pk]) | (both if party.pk in clients else frozenset()),
            frozenset(proven[party.pk]) | (both if party.pk in clients else frozenset()),
        )
        for party in parties
    }


def may_join_by_itself(one: Known, other: Known) -> bool:
    """Whether both records stand by a key that is the same. Nobody is joined by a typed number."""
    for key in one.proven & other.proven:
        mine = getattr(one.party, f"{key}_index", "")
        if mine and mine == getattr(other.party, f"{key}_index", ""):
            return True
    return False
