"""Inner steps around the friend of an invitation: their referral, their row, their clock."""

from datetime import datetime

from django.db.models import QuerySet

from polecam.actions import credit, receipts
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.kit.periods import month_of
from polecam.organisation import settings
from polecam.parties.models import Party
from polecam.privacy.rules import unanswered_until
from polecam.referrals import states, tally
from polecam.referrals.models import Invitation, Kind, Referral


def referral_for(
    invitation: Invitation, at: datetime, phone_index: str = "", email_index: str = ""
) -> Referral:
    """The referral that an answer through this invitation belongs to, locked; perhaps a new one.

    A reusable link makes one for each friend (the same contact again: the same). A personal link
    whose referral was erased gets a new one with the invitation's author and plan version.
    Raises Refused("invitation_answered") when a personal link was answered before.
    """
    rows = Referral.objects.select_for_update(of=("self",), no_key=True).filter(
        invitation=invitation
    )
    if invitation.reusable:
        same = _same_contact(rows, phone_index, email_index)
        return same or author(invitation, at)
    known = list(rows.order_by("-id"))
    for referral in known:
        if referral.state in states.WAITING and referral.party_id is not None:
            return referral
    if any(referral.erased_at is None for referral in known):
        raise Refused("invitation_answered")
    return author(invitation, at)


def _same_contact(rows: QuerySet[Referral], phone_index: str, email_index: str) -> Referral | None:
    waiting = rows.filter(state__in=states.WAITING).order_by("id")
    if phone_index:
        return waiting.filter(party__phone_index=phone_index).first()
    return waiting.filter(party__email_index=email_index).first() if email_index else None


def author(invitation: Invitation, at: datetime) -> Referral:
    """A referral that begins with the friend's own answer; authorship is the invitation's."""
    kind = Kind.WALK_IN if invitation.walk_in else Kind.ASKED
    if invitation.ask_id is None and not invitation.walk_in:
        kind = Kind.SPONTANEOUS
    values = settings.values("unanswered_days", *credit.FIRST, at=at, branch=invitation.branch_id)
    referral = Referral.objects.create(
        invitation=invitation,
        client_id=invitation.client_id,
        party=Party.objects.create(created_at=at),
        originator_id=invitation.seller_id,
        branch_id=invitation.branch_id,
        ask_id=invitation.ask_id if kind == Kind.ASKED else None,
        kind=kind,
        state=states.INVITED,
        plan_version_id=invitation.plan_version_id,
        captured_at=at,
        state_at=at,
        erase_at=unanswered_until(at, values["unanswered_days"]),
    )
    credit.begin_for(referral, at=at, values=values)
    month = month_of(at, settings.zone())
    tally.bump(invitation.branch_id, invitation.seller_id, month, referrals=1)
    record(
        "referral.captured",
        referral,
        by=None,
        at=at,
        branch=invitation.branch_id,
        data={"invitation": invitation.public_id, "kind": str(kind)},
    )
    receipts.for_capture(referral, at=at)
    return referral


def party_of(referral: Referral, at: datetime) -> Party:
    """The friend's row; a new one where there is none."""
    if referral.party is None:
        referral.party = Party.objects.create(created_at=at)
        referral.save(update_fields=["party"])
    return referral.party


def let_go_soon(referral: Referral, at: datetime) -> None:
    """Nothing may be done with these data any more: the short clock runs again."""
    if referral.state == states.WON or referral.erased_at is not None:
        return
    days = settings.value("unanswered_days", at=at, branch=referral.branch_id)
    due = unanswered_until(at, days)
    if referral.erase_at is None or due < referral.erase_at:
        referral.erase_at = due
        referral.save(update_fields=["erase_at"])
