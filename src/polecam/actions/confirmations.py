"""The link came back: what was given counts, the claim is made, the consent is credited."""

from datetime import datetime

from polecam.actions import bonuses, claims, credit, leaving
from polecam.claims import queries as claiming
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.kit.periods import month_of
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.privacy import queries
from polecam.privacy.models import Consent, Held, Purpose
from polecam.privacy.rules import BY_NUMBER, MEDIA, inactive_until
from polecam.referrals import states, tally
from polecam.referrals.models import Referral
from polecam.store import tx

STAFF = "staff"
"""The answer came from a browser in which an employee is signed in."""


def confirm(*, consent: Consent, at: datetime, device: str = "") -> Referral:
    """The link sent through the channel came back: unlock it, make the claim, credit the consent.

    Confirms what waits for the same medium (a call and an SMS share the number). Twice is once.
    Raises Refused("link_over") after a withdrawal, an objection or an erasure.
    """
    with tx.action():
        party = consent.party
        tx.lock_keys(filter(None, (party.phone_index, party.email_index)))
        referral = tx.lock(Referral.objects.get(public_id=consent.referral))
        consent = tx.lock(consent)
        if consent.confirmed_at is not None and consent.withdrawn_at is None:
            return referral
        if not _still_wanted(consent, referral):
            raise Refused("link_over")
        for item in _same_medium(consent):
            _confirmed(item, referral, at=at, staff=device == STAFF)
        if not consent.held_for and device != STAFF:
            activate(referral, consent.receiver, at=at, proven=True)
    return referral


def waiting(referral: Referral) -> list[Consent]:
    """Consents of a referral that wait for their link, one for each message sent (SMS, e-mail)."""
    first: dict[str, Consent] = {}
    for item in queries.waiting(referral.public_id).select_related("party", "receiver"):
        first.setdefault(MEDIA[item.channel], item)
    return list(first.values())


def _still_wanted(consent: Consent, referral: Referral) -> bool:
    party = consent.party
    by_number = consent.channel in BY_NUMBER
    return (
        consent.withdrawn_at is None
        and referral.party_id == party.pk
        and referral.state not in states.ENDED
        and not queries.suppressed_contact(
            party.phone_index if by_number else "", "" if by_number else party.email_index
        )
    )


def _same_medium(consent: Consent) -> list[Consent]:
    channels = [c for c, medium in MEDIA.items() if medium == MEDIA[consent.channel]]
    return list(
        Consent.objects.select_for_update(of=("self",), no_key=True).filter(
            referral=consent.referral,
            channel__in=channels,
            confirmed_at=None,
            withdrawn_at=None,
        )
    )


def _confirmed(item: Consent, referral: Referral, *, at: datetime, staff: bool) -> None:
    item.confirmed_at = at
    if staff and item.unlocked_at is None:
        item.held_for = Held.OWN_SESSION
    if not item.held_for:
        item.unlocked_at = item.unlocked_at or at
    item.save(update_fields=["confirmed_at", "unlocked_at", "held_for"])
    if item.purpose == Purpose.REFERRAL:
        record(
            "consent.confirmed",
            referral,
            by=None,
            at=at,
            branch=referral.branch_id,
            data={
                "consent": item.public_id,
                "channel": item.channel,
                "held": bool(item.held_for),
            },
        )


def activate(referral: Referral, receiver: Person, *, at: datetime, proven: bool) -> None:
    """The first active consent makes the claim; a proven one is credited, once."""
    if referral.state in states.WAITING:
        _consented(referral, receiver, at)
    else:
        claims.settle(referral, at=at)
    if proven and not referral.second:
        bonuses.credit(kind="consent", referral=referral, source=referral, at=at)
    if not receiver.is_active:
        _go_on_without(referral, at)


def _go_on_without(referral: Referral, at: datetime) -> None:
    """The friend said yes to somebody who has left: whoever has the client works it."""
    claim = claiming.active(referral, at=at)
    if claim is not None and not claim.holder.is_active:
        leaving.take_over_late(referral, claim, at=at)


def _consented(referral: Referral, receiver: Person, at: datetime) -> None:
    states.require_move(referral.state, states.CONSENTED)
    claim = claims.make(referral, holder=receiver, at=at)
    days = settings.value("inactive_days", at=at, branch=referral.branch_id)
    referral.second = claim is None
    referral.state = states.CONSENTED
    referral.state_at = referral.consented_at = at
    referral.erase_at = inactive_until(at, days)
    referral.save()
    credit.show(referral, at=at)
    record("referral.consented", referral, by=None, at=at, branch=referral.branch_id)
    if referral.second:
        record("referral.second", referral, by=None, at=at, branch=referral.branch_id)
        return
    month = month_of(at, settings.zone())
    tally.bump(referral.branch_id, referral.originator_id, month, consents=1)
