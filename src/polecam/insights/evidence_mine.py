"""Why what is good for the firm is good for a seller: their own sums, for them alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Count, Q, Sum

from polecam.bonuses.models import CreditedFact, FactKind, PoolPart
from polecam.insights.evidence_data import Ground, ground
from polecam.kit.periods import month_bounds, month_of
from polecam.organisation.models import Branch
from polecam.people.models import Person


@dataclass(frozen=True, slots=True)
class Mine:
    """Gross grosze of one's own pool parts, and the sales one has a share in."""

    pool: int
    sales: int


def of_branch(branch: Branch, at: datetime, zone: str) -> Ground:
    """What may be told about the seller's branch in a year; of closed months, so an hour old is
    new enough."""
    key = f"ground:{branch.public_id}:{month_of(at, zone)}"
    found: Ground | None = cache.get(key)
    if found is None:
        found = ground([branch.pk], at, zone, "year")
        cache.set(key, found, 3600)
    return found


def of_seller(person: Person, months: Iterable[str], zone: str) -> Mine:
    """One's own sums of these months (`YYYY-MM`). Two queries; nobody else's row is read."""
    wanted = sorted(months)
    start, end = month_bounds(wanted[0], zone)[0], month_bounds(wanted[-1], zone)[1]
    parts = PoolPart.objects.filter(person=person, payout__at__gte=start, payout__at__lt=end)
    sales = CreditedFact.objects.filter(
        person=person, kind=FactKind.SALE, month__in=wanted, reverses=None, reversal=None
    )
    return Mine(
        pool=parts.aggregate(total=Sum("amount_grosze"))["total"] or 0,
        sales=sales.aggregate(n=Count("referral", distinct=True, filter=Q(share_bp__gt=0)))["n"],
    )
