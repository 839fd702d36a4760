"""Referrals at any stage, written straight into the tables: what other rooms' actions make."""

from datetime import datetime, timedelta

from polecam.claims.models import Claim, CreditShare
from polecam.clients.models import Client
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.privacy.models import Consent, Wording
from polecam.referrals.models import Invitation, Referral


def captured(
    client: Client, *, at: datetime, first: str = "Piotr", plan: int | None = None, **more: object
) -> Referral:
    """A first name, an invitation, and the whole credit to the client's owner."""
    party = Party(first_name=first, created_at=at)
    party.set_name(first, "")
    party.save()
    seller = client.owner
    invitation = Invitation.objects.create(
        client=client,
        seller=seller,
        branch=client.branch,
        created_at=at,
        expires_at=at + timedelta(days=14),
        plan_version_id=plan,
    )
    referral = Referral.objects.create(
        invitation=invitation,
        client=client,
        party=party,
        originator=seller,
        branch=client.branch,
        kind="asked",
        plan_version_id=plan,
        captured_at=at,
        state_at=at,
        erase_at=at + timedelta(days=14),
        **more,
    )
    CreditShare.objects.create(referral=referral, number=1, person=seller, share_bp=10_000, at=at)
    return referral


def consented(
    client: Client,
    *,
    at: datetime,
    first: str = "Katarzyna",
    last: str = "Bielak",
    phone: str = "+48600100200",
    channels: tuple[str, ...] = ("phone",),
    holder: Person | None = None,
    **more: object,
) -> Referral:
    """A friend who consented at `at` to `channels`, confirmed; the claim is the holder's."""
    referral = captured(client, at=at - timedelta(days=1), first=first, **more)
    party = referral.party
    party.set_name(first, last)
    party.set_phone(phone)
    party.set_email(f"{first}@poczta.example".lower())
    party.save()
    holder = holder or referral.originator
    for channel in channels:
        Consent.objects.create(
            party=party,
            receiver=holder,
            channel=channel,
            wording=wording(at),
            source="link",
            referral=referral.public_id,
            given_at=at,
            confirmed_at=at,
            unlocked_at=at,
        )
    Claim.objects.create(
        referral=referral, party=party, holder=holder, since=at, until=at + timedelta(days=90)
    )
    referral.state, referral.state_at, referral.consented_at = "consented", at, at
    referral.preferred_channel = channels[0] if channels else ""
    referral.save()
    return referral


def wording(at: datetime) -> Wording:
    """The words that were agreed to."""
    made, _new = Wording.objects.get_or_create(
        code="referral_phone",
        version=1,
        language="pl",
        defaults={"text": "Marta może do mnie zadzwonić.", "digest": "7f3a" * 16, "created_at": at},
    )
    return made
