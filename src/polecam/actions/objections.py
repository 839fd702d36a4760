"""What the friend's own links do besides consent: no, never again, forget me, we did talk."""

from datetime import datetime

from polecam.actions import claims, client_consents, erasure, meetings, thanks_owed
from polecam.actions.confirmations import STAFF
from polecam.actions.parties import JOINING
from polecam.clients.models import Client
from polecam.journal.record import record
from polecam.keeping import erased
from polecam.kit.errors import Refused
from polecam.parties import groups
from polecam.parties.matching import by_contact
from polecam.parties.models import Party
from polecam.privacy import queries
from polecam.privacy.models import Consent, Suppression, SuppressionKind, Telling
from polecam.privacy.rules import BY_NUMBER, EMAIL
from polecam.referrals import states
from polecam.referrals.models import Invitation, Referral
from polecam.referrals.shown import meeting_to_confirm
from polecam.store import tx


def decline(*, invitation: Invitation, at: datetime) -> bool:
    """ "No, thank you" on the friend's page: the name is erased at once. Whether one was there.

    Through a reusable link nothing is stored about the friend, so there is nothing to erase; a
    personal link already answered by a consent is left alone (its friend has an own page).
    """
    with tx.action():
        invitation = tx.lock(invitation)
        if invitation.expired_at is not None and not invitation.reusable:
            return False  # said before: a "no, thank you" twice is one
        record("consent.declined", invitation, by=None, at=at, branch=invitation.branch_id, data={})
        if invitation.reusable:
            return False
        waiting = Referral.objects.select_for_update(of=("self",), no_key=True).filter(
            invitation=invitation, state__in=states.WAITING, party__isnull=False
        )
        found = list(waiting.order_by("id"))
        for referral in found:
            erasure.forget(referral, at=at)
        if found:
            invitation.expired_at = invitation.expired_at or at
            invitation.words = ""
            invitation.save(update_fields=["expired_at", "words"])
    erasure.settle_files()
    return bool(found)


def objection(*, consent: Consent, at: datetime) -> None:
    """The absolute right to object (GDPR 21): everything stops at once.

    Keyed hashes of what the friend proved, and of the medium this link came through, keep them
    from being entered again, under every record joined to theirs. Every row under those keys is
    erased, whoever brought it; someone who is a client keeps the data of their contract, is never
    asked again, and gets no message they once agreed to as a client.
    """
    party = consent.party
    with tx.action():
        tx.lock_keys([JOINING])
        joined = groups.of(party)
        everything_stops(party, joined, _keys_of(party, consent, joined), at=at)
    erasure.settle_files()


def everything_stops(
    party: Party, joined: list[Party], keys: list[tuple[str, str]], *, at: datetime
) -> None:
    """Inner step: nobody under these keys (phone, e-mail: blind indexes) is ever entered again."""
    tx.lock_keys({k for row in joined for k in (row.phone_index, row.email_index)} - {""})
    rows = {row.pk: row for row in [party, *joined]}
    for phone, email in keys:
        if phone:
            never_again(SuppressionKind.PHONE, phone, at)
        if email:
            never_again(SuppressionKind.EMAIL, email, at)
        rows |= {row.pk: row for row in by_contact(phone, email) if row.pk not in rows}
    for row in [*rows.values()]:
        rows |= {other.pk: other for other in groups.of(row) if other.pk not in rows}
    for row in rows.values():
        _stop(row, at)


def _keys_of(party: Party, consent: Consent, joined: list[Party]) -> list[tuple[str, str]]:
    """What this friend proved, under each of their records; a client's numbers stay the firm's."""
    proven = queries.proven_keys(joined)
    found = [_proven_keys(party, consent)]
    for row in joined:
        if row.pk != party.pk:
            keys = proven[row.pk]
            found.append(
                (
                    row.phone_index if "phone" in keys else "",
                    row.email_index if "email" in keys else "",
                )
            )
    return found


def _stop(party: Party, at: datetime) -> None:
    """One row of the person: claims end, consents are withdrawn, data go."""
    rows = Referral.objects.select_for_update(of=("self",), no_key=True).filter(party=party)
    for referral in rows.order_by("id"):
        names = queries.name_indexes(referral.client_id or 0, party.first_name, party.last_name)
        for index in names if referral.client_id else ():
            never_again(SuppressionKind.NAME_OF_CLIENT, index, at)
        stop_one(referral, at=at)
    given = Consent.objects.filter(party=party, withdrawn_at=None)
    erased.note(erased.CONSENT, *given.values_list("public_id", flat=True))
    given.update(withdrawn_at=at)
    Telling.objects.filter(party=party, withdrawn_at=None).update(withdrawn_at=at)
    client = Client.objects.filter(party=party).first()
    if client is None:
        erasure.cascade(party, at=at)
        return
    client_consents.withdraw(client=client, at=at)
    erased.note(erased.CLIENT, client.public_id)
    if client.never_ask_at is None:
        client.never_ask_at = at
        client.save(update_fields=["never_ask_at"])
    data = {"objection": True}
    record("client.never_ask", client, by=None, at=at, branch=client.branch_id, data=data)


def stop_one(referral: Referral, *, at: datetime) -> None:
    """Inner step: a locked referral to whose friend's data there is an objection."""
    claims.end(referral, at=at, reason="objected")
    thanks_owed.let_go(referral, at=at)
    erased.note(erased.OBJECTED, referral.public_id)
    if states.may_move(referral.state, states.OBJECTED) and referral.state != states.WON:
        referral.state, referral.state_at = states.OBJECTED, at
        referral.save(update_fields=["state", "state_at"])
    record("objection.recorded", referral, by=None, at=at, branch=referral.branch_id)


def erase_me(*, consent: Consent, at: datetime) -> None:
    """The friend asks, by their own link, to be forgotten: done at once.

    Raises Refused("erasure_by_officer") for someone who has become a client, under this record or
    one joined to it: contracts have their own reasons to be kept, and a human decides.
    """
    if Client.objects.filter(party__in=groups.of(consent.party)).exists():
        raise Refused("erasure_by_officer")
    erasure.erase(by=None, at=at, party=consent.party)


def _proven_keys(party: Party, consent: Consent) -> tuple[str, str]:
    """Blind indexes of what the friend proved, and of what this link was sent to."""
    proven = Consent.objects.filter(party=party, confirmed_at__isnull=False)
    channels = {*proven.values_list("channel", flat=True), consent.channel}
    return (
        party.phone_index if channels & BY_NUMBER else "",
        party.email_index if EMAIL in channels else "",
    )


def never_again(kind: str, index: str, at: datetime) -> None:
    """Inner step: whoever this blind index stands for is never entered again."""
    erased.note_never(kind, index)
    Suppression.objects.get_or_create(kind=kind, index=index, defaults={"at": at})


def confirm_meeting(*, consent: Consent, at: datetime, device: str = "") -> None:
    """The friend says, by their own link, that the talk took place.

    Raises Refused: "own_session" when an employee is signed in there, "link_unproven" when the
    link was never confirmed through its channel, "meeting_missing" without such a meeting.
    """
    if device == STAFF:
        raise Refused("own_session")
    replaced = consent.withdrawn_at is not None and queries.active(consent.referral).exists()
    over = consent.withdrawn_at is not None and not replaced
    if consent.confirmed_at is None or over or consent.held_for:
        raise Refused("link_unproven")
    referral = Referral.objects.get(public_id=consent.referral)
    meeting = meeting_to_confirm(referral, at)
    if meeting is None:
        raise Refused("meeting_missing")
    meetings.confirm(by=None, at=at, meeting=meeting)
