"""Friends and clients who may be one person, for the tests of this folder."""

from datetime import datetime, timedelta

from polecam.actions import comparing
from polecam.clients.models import Client
from polecam.parties.models import Match, Party
from polecam.people.models import Person
from polecam.referrals.models import Referral
from tests import cast
from tests.privacy.friend import capture, say_yes

PHONE, OTHER_PHONE = "+48601673417", "+48602111222"
EMAIL = "piotr.nowak@poczta.example"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def friend(
    client: Client, seller: Person, at: datetime, plan: object = None, **said: object
) -> Referral:
    """A friend recommended by `client` who agreed to a call and proved the number."""
    return say_yes(capture(client, seller, at, plan).invitation, at, **said)


def client_with(
    branch: object,
    owner: Person,
    first: str,
    last: str,
    *,
    at: datetime,
    phone: str = "",
    email: str = "",
) -> Client:
    """A client whose number or address the firm knows."""
    made = cast.client(branch, owner, first, last, at=at)
    made.party.set_phone(phone)
    made.party.set_email(email)
    made.party.save()
    return made


def seen_again(referral: Referral, at: datetime) -> None:
    """What the worker does seconds after a confirmation."""
    referral.refresh_from_db()
    comparing.compare(at=at, party=referral.party, found_by="consent")


def pair(one: Party, other: Party, at: datetime, **more: object) -> Match:
    """An open question about two records."""
    first, second = sorted((one, other), key=lambda party: party.pk)
    values = {"score_bp": 7_700, "reasons": ["same_name", "rare_name"], "found_by": "batch"}
    return Match.objects.create(one=first, other=second, found_at=at, **(values | more))
