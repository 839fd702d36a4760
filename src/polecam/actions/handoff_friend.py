"""The friend's own word about another adviser: yes or no, by their own link, one POST."""

from datetime import datetime

from polecam.actions import handoff_steps as steps
from polecam.actions import leaving
from polecam.actions.confirmations import STAFF
from polecam.claims.handoffs import rules
from polecam.claims.models import Handoff, HandoffKind, HandoffState
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.people.models import Person
from polecam.privacy import queries, wordings
from polecam.privacy.models import Consent, Purpose
from polecam.referrals.models import Referral
from polecam.store.tx import action


def answer_handoff(
    *,
    consent: Consent,
    at: datetime,
    handoff: Handoff,
    yes: bool,
    language: str = "pl",
    device: str = "",
) -> Handoff:
    """`consent`: any of the friend's consents to this referral: the link names it.

    Yes: consents that name the new adviser, in the words of the page (`language`), and the referral
    moves. No: everything is as before. The same answer twice is once. Raises Refused: "own_session"
    when an employee is signed in there, "link_unproven" when the link was never confirmed through
    its channel, "link_over" for another referral, "handoff_over", "no_consent" once all consents
    are withdrawn.
    """
    if device == STAFF:
        raise Refused("own_session")
    with action():
        referral, handoff = steps.locked(handoff)
        if referral.public_id != consent.referral or referral.party_id != consent.party_id:
            raise Refused("link_over")
        if consent.confirmed_at is None or consent.held_for:
            raise Refused("link_unproven")
        if _answered_before(handoff, yes=yes):
            return handoff
        rules.require_move(handoff.state, HandoffState.DONE)
        rules.require_time(handoff.expires_at, at)
        if not yes:
            steps.close(handoff, referral, HandoffState.DECLINED, by=None, at=at, friend=True)
            leaving.friend_said_no(handoff, referral, at=at)
            return handoff
        steps.require_running(handoff, referral, at=at)
        _agree(handoff, referral, language, at=at)
        steps.finish(handoff, referral, by=None, at=at)
    return handoff


def _answered_before(handoff: Handoff, *, yes: bool) -> bool:
    """A double tap."""
    if yes:
        return handoff.friend_at is not None
    return handoff.state == HandoffState.DECLINED and handoff.friend_at is None


def code_of(handoff: Handoff, channel: str) -> str:
    """The code of the words agreed to: instead of the adviser before, or while they are away."""
    away = handoff.kind == HandoffKind.ABSENCE and handoff.until is not None
    return f"consent_{channel}_{'cover' if away else 'instead'}"


def agreed_now(referral: Referral, *, at: datetime) -> list[Consent]:
    """The friend's consents in force, the newest of each channel."""
    rows = queries.active(referral.public_id, at=at).select_related("party", "receiver")
    newest = {consent.channel: consent for consent in rows if queries.stands(consent, at=at)}
    return list(newest.values())


def _agree(handoff: Handoff, referral: Referral, language: str, *, at: datetime) -> None:
    """New consents name the receiver; those "instead" take the place of the ones before."""
    before = agreed_now(referral, at=at)
    receiver = handoff.receiver
    if not before or receiver is None:
        raise Refused("no_consent")
    given = [_given(old, handoff, receiver, language, at=at) for old in before]
    if handoff.until is None:
        old = Consent.objects.filter(
            referral=referral.public_id, purpose=Purpose.REFERRAL, withdrawn_at=None
        ).exclude(pk__in=[item.pk for item in given])
        old.update(withdrawn_at=at)
    handoff.friend_at = at
    handoff.save(update_fields=["friend_at"])
    for item in given:
        record(
            "consent.confirmed",
            referral,
            by=None,
            at=at,
            branch=referral.branch_id,
            data={"consent": item.public_id, "channel": item.channel, "held": False},
        )
    steps.told("handoff.agreed", handoff, referral, by=None, at=at, receiver=receiver.pk)


def _given(
    old: Consent, handoff: Handoff, receiver: Person, language: str, *, at: datetime
) -> Consent:
    """The same channel for another receiver; it is as proven as the consent before."""
    return Consent.objects.create(
        party=old.party,
        receiver=receiver,
        channel=old.channel,
        wording=wordings.current(code_of(handoff, old.channel), language, at=at),
        source="handoff",
        referral=old.referral,
        invitation=old.invitation,
        given_at=at,
        confirmed_at=at if old.confirmed_at else None,
        unlocked_at=at,
    )
