"""A seller with a portfolio who leaves: clients, referrals they lead, colleagues who take over."""

from datetime import datetime, timedelta

from polecam.actions import departures, portfolio
from polecam.actions.portfolio_work import work_off
from polecam.claims.models import BulkHandoff, Claim, CreditShare
from polecam.clients.models import Client
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.referrals.models import Referral
from tests import cast
from tests.privacy.friend import capture, say_yes

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def clients(branch: Branch, owner: Person, count: int, *, at: datetime) -> list[Client]:
    """So many clients of one owner."""
    return [cast.client(branch, owner, f"Anna{n}", "Kowal", at=at) for n in range(count)]


def led(client: Client, seller: Person, number: int, at: datetime, plan=None, **said) -> Referral:
    """A friend of their own who said yes: the seller leads it."""
    made = capture(client, seller, at, plan, name=f"Piotr{number}")
    return say_yes(
        made.invitation, at, phone=f"60167{number:04d}", email=f"p{number}@poczta.example", **said
    )


def leave(ada: Person, person: Person, at: datetime) -> BulkHandoff | None:
    """The admin ends the access; the draft that comes of it."""
    departures.leave(by=ada, at=at, person=person)
    person.refresh_from_db()
    person.__dict__.pop("_standing", None)
    return BulkHandoff.objects.filter(giver=person, state="draft").first()


def run(by: Person, bulk: BulkHandoff, at: datetime) -> BulkHandoff:
    """Started, and worked off."""
    return work_off(bulk=portfolio.start(by=by, at=at, bulk=bulk), by=by, at=at)


def undo(by: Person, bulk: BulkHandoff, at: datetime) -> BulkHandoff:
    """Taken back, and worked off."""
    return work_off(bulk=portfolio.undo(by=by, at=at, bulk=bulk), by=by, at=at)


def shares(referral: Referral) -> list[tuple[int, int, int]]:
    """(person, share, floor) of the set in force."""
    rows = CreditShare.objects.filter(referral=referral).order_by("-number", "person_id")
    newest = rows[0].number
    return [(r.person_id, r.share_bp, r.floor_bp) for r in rows if r.number == newest]


def holder(referral: Referral) -> Person | None:
    """Who leads it now."""
    claim = Claim.objects.filter(referral=referral, ended_at=None).first()
    return claim.holder if claim else None


def picture(branch: Branch) -> dict[str, object]:
    """Everything an undo must bring back."""
    return {
        "owners": dict(Client.objects.order_by("id").values_list("id", "owner_id")),
        "rests": dict(Client.objects.order_by("id").values_list("id", "resting_until")),
        "authors": dict(Referral.objects.order_by("id").values_list("id", "originator_id")),
        "states": dict(Referral.objects.order_by("id").values_list("id", "state")),
        "claims": {
            r: (h, u)
            for r, h, u in Claim.objects.filter(ended_at=None).values_list(
                "referral_id", "holder_id", "until"
            )
        },
        "shares": {r.pk: shares(r) for r in Referral.objects.order_by("id")},
    }
