"""The only place where a friend's number or address is opened (invariant 15).

`claims.contact.reveal` stands before it for people; the machine that sends the messages a friend
asked for uses `for_message`.
"""

from datetime import datetime

from polecam.kit.errors import NotAllowed, Refused
from polecam.parties.models import Party
from polecam.privacy.models import Consent
from polecam.privacy.queries import active, stands
from polecam.privacy.rules import BY_NUMBER, EMAIL, masked


def opened(referral: str, channel: str, *, at: datetime) -> str:
    """The number or address of a referral's friend for one channel with an active consent.

    `referral` is a public id. Raises NotAllowed("contact_locked") without such a consent, and
    Refused("contact_missing") when nothing is stored.
    """
    for consent in active(referral, at=at).filter(channel=channel).select_related("party"):
        if stands(consent, at=at):
            found = _of(consent)
            if not found:
                raise Refused("contact_missing")
            return found
    raise NotAllowed("contact_locked")


def for_message(consent: Consent) -> str:
    """Where to send a message that belongs to this consent: its own confirmation, or its friend's.

    Empty once the friend withdrew or was erased.
    """
    return "" if consent.withdrawn_at else _of(consent)


def hint(consent: Consent) -> str:
    """`••• 417`: for the friend's own page, so that a forwarded link gives nothing away."""
    return masked(_of(consent))


def own_address(party: Party) -> str:
    """`a•••@mail.example`: for a person's own page, so that they know which address is meant."""
    return masked(party.email)


def _of(consent: Consent) -> str:
    if consent.channel in BY_NUMBER:
        return consent.party.phone
    return consent.party.email if consent.channel == EMAIL else ""
