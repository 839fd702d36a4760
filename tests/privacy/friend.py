"""The friend of the tests: answers an invitation the way the page does."""

from datetime import datetime, timedelta

from polecam.actions import privacy
from polecam.bonuses.models import PlanVersion
from polecam.claims.models import CreditShare
from polecam.clients.models import Client
from polecam.journal.models import Event
from polecam.kit.periods import month_of
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.privacy.models import Consent
from polecam.referrals import tally
from polecam.referrals.models import Invitation, Referral
from polecam.worker.readers import mail as reader

PHONE, EMAIL = "+48601673417", "piotr.nowak@poczta.example"


def invite(
    client: Client, seller: Person, at: datetime, plan: PlanVersion | None = None, **more: object
) -> Invitation:
    """An invitation of fourteen days."""
    return Invitation.objects.create(
        client=client,
        seller=seller,
        branch=client.branch,
        plan_version_id=plan.pk if plan else None,
        created_at=at,
        expires_at=more.pop("expires_at", at + timedelta(days=14)),
        **more,
    )


def capture(
    client: Client, seller: Person, at: datetime, plan: PlanVersion | None = None, name="Piotr"
) -> Referral:
    """A referral with a first name only, and its personal invitation."""
    party = Party(created_at=at)
    party.set_name(name, "")
    party.save()
    referral = Referral.objects.create(
        invitation=invite(client, seller, at, plan),
        client=client,
        party=party,
        originator=seller,
        branch=client.branch,
        kind="spontaneous",
        plan_version_id=plan.pk if plan else None,
        captured_at=at,
        state_at=at,
        erase_at=at + timedelta(days=14),
    )
    CreditShare.objects.create(referral=referral, number=1, person=seller, share_bp=10_000, at=at)
    tally.bump(client.branch_id, seller.pk, month_of(at, "Europe/Warsaw"), referrals=1)
    return referral


def answer(invitation: Invitation, at: datetime, **said: object) -> Referral | None:
    """The form of the friend's page, filled in: a call, unless said otherwise."""
    values = {
        "first_name": "Piotr",
        "last_name": "Nowak",
        "phone": PHONE,
        "email": EMAIL,
        "channels": ["phone"],
    }
    return privacy.consent(invitation=invitation, at=at, **(values | said))


def waiting(referral: Referral) -> list[Consent]:
    """Consents whose message has been sent."""
    return privacy.waiting(referral)


def say_yes(invitation: Invitation, at: datetime, **said: object) -> Referral:
    """Answer, then open each link that was sent."""
    referral = answer(invitation, at, **said)
    assert referral is not None
    for consent in waiting(referral):
        privacy.confirm(consent=consent, at=at + timedelta(minutes=5))
    referral.refresh_from_db()
    return referral


def deliver(at: datetime) -> None:
    """Send every message that is due, without waiting for other databases' transactions."""
    for event in Event.objects.filter(kind__in=reader.KINDS).order_by("id"):
        reader.handle(event, at)
