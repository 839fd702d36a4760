"""Why what is good for the firm is good for a seller: their own sums, for them alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from polecam.bonuses.models import CreditedFact, FactKind, Line, LineState, PoolPart
from polecam.kit.periods import month_bounds
from polecam.people.models import Person


@dataclass(frozen=True, slots=True)
class Mine:
    """Gross grosze of one's own lines and pool parts, and the sales one has a share in."""

    bonuses: int
    pool: int
    sales: int


def of_seller(person: Person, months: Iterable[str], zone: str) -> Mine:
    """One's own sums of these months (`YYYY-MM`). Three queries; nobody else's row is read."""
    wanted = sorted(months)
    start, end = month_bounds(wanted[0], zone)[0], month_bounds(wanted[-1], zone)[1]
    lines = Line.objects.filter(person=person, month__in=wanted).exclude(state=LineState.VOID)
    parts = PoolPart.objects.filter(person=person, payout__at__gte=start, payout__at__lt=end)
    sales = CreditedFact.objects.filter(
        person=person, kind=FactKind.SALE, month__in=wanted, reverses=None, reversal=None
    )
    return Mine(
        bonuses=lines.aggregate(total=Sum("amount_grosze"))["total"] or 0,
        pool=parts.aggregate(total=Sum("amount_grosze"))["total"] or 0,
        sales=sales.aggregate(n=Count("referral", distinct=True, filter=Q(share_bp__gt=0)))["n"],
    )
