"""What this room holds about one recommended person, to export or erase."""

from datetime import datetime

from django.db.models import Q

from polecam.parties.models import Party
from polecam.referrals import rules, states
from polecam.referrals.models import Card, Contact, Invitation, Meeting, Referral


def export(party: Party) -> dict:
    """Referrals of the person with their source, contacts and meetings: plain values."""
    rows = list(
        Referral.objects.filter(party=party)
        .select_related("originator", "client__party")
        .order_by("id")
    )
    return {"referrals": [_one(referral) for referral in rows]}


def _one(referral: Referral) -> dict:
    recommender = referral.client.party.full_name if referral.client else ""
    return {
        "id": referral.public_id,
        "source": recommender,
        "recorded_by": referral.originator.full_name,
        "kind": referral.kind,
        "need": referral.need,
        "state": referral.state,
        "captured_at": referral.captured_at.isoformat(),
        "consented_at": _iso(referral.consented_at),
        "preferred_channel": referral.preferred_channel,
        "preferred_day": _iso(referral.preferred_day),
        "preferred_time": referral.preferred_time,
        "erase_at": _iso(referral.erase_at),
        "contacts": [
            {"channel": contact.channel, "result": contact.result, "at": contact.at.isoformat()}
            for contact in Contact.objects.filter(referral=referral).order_by("at")
        ],
        "meetings": [
            {"at": meeting.at.isoformat(), "held_at": _iso(meeting.held_at)}
            for meeting in Meeting.objects.filter(referral=referral).order_by("at")
        ],
    }


def _iso(value: object) -> str | None:
    return value.isoformat() if value is not None else None  # type: ignore[attr-defined]


def erase(party: Party, at: datetime) -> int:
    """Take the person out of their referrals; what was counted stays. Rows touched.

    Open referrals become expired; won, lost and objected ones keep their state. The words of an
    invitation may name the friend, or the client who wrote them, so they go too; and a client's
    own words, where they name the friend. The client's own page is over.
    """
    rows = Referral.objects.filter(party=party)
    named = Card.objects.filter(client__in=rows.values("client")).exclude(words="")
    for card in named:
        if rules.mentions(card.words, party.first_name):
            Card.objects.filter(pk=card.pk).update(words="")
    own = Card.objects.filter(client__party=party)
    own.update(words="")
    own.filter(revoked_at=None).update(revoked_at=at)
    invitations = list(rows.values_list("invitation_id", flat=True))
    Invitation.objects.filter(Q(pk__in=invitations) | Q(client__party=party)).update(words="")
    rows.filter(state__in=states.OPEN).update(state=states.EXPIRED, state_at=at)
    return rows.update(
        party=None,
        need="",
        preferred_channel="",
        preferred_day=None,
        preferred_time="",
        next_step="",
        next_step_at=None,
        erase_at=None,
        erased_at=at,
    )
