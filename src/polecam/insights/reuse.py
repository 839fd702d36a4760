"""Whose shared client it is: their part of what a colleague's ask brings, told beforehand."""

from dataclasses import asdict, dataclass
from datetime import datetime

from polecam.bonuses.queries import Rates
from polecam.claims.queries import shares
from polecam.clients.models import Client
from polecam.kit.money import WHOLE_BP, share_of
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.referrals.models import Referral


@dataclass(frozen=True, slots=True)
class OwnersPart:
    """A colleague's part, because the client is theirs, and what is left for whoever asks."""

    owner: Person
    share_bp: int

    @property
    def rest_bp(self) -> int:
        """The asker's part."""
        return WHOLE_BP - self.share_bp


def ahead(person: Person, client: Client, *, at: datetime) -> OwnersPart | None:
    """What would go to the client's owner if `person` brought a referral now. None: nothing.

    For one's own client nobody looks.
    """
    if not client.shared or client.owner_id in (None, person.pk):
        return None
    share_bp = settings.value("reuse_share_bp", at=at, branch=client.branch_id)
    owner = Person.objects.filter(pk=client.owner_id, is_active=True).first()
    return OwnersPart(owner, share_bp) if owner and share_bp else None


def of_referral(person: Person, referral: Referral, client: Client) -> OwnersPart | None:
    """What went to a colleague when `person` captured it, by the set in force."""
    if client.owner_id == person.pk:
        return None
    others = [row for row in shares(referral) if row.person_id != person.pk]
    if len(others) != 1 or others[0].reason != "reuse":
        return None
    return OwnersPart(Person.objects.get(pk=others[0].person_id), others[0].share_bp)


def of_own_part(rates: Rates, part: OwnersPart | None) -> Rates:
    """What the plan pays to the asker alone: the rates times their part (an estimate)."""
    if part is None:
        return rates
    return Rates(**{name: share_of(paid, part.rest_bp) for name, paid in asdict(rates).items()})
