"""How long it takes from an ask that led to something until its first money is payable."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Min

from polecam.asking.rates import FEWEST_SELLERS
from polecam.bonuses.models import CreditedFact
from polecam.kit.periods import month_of
from polecam.referrals.models import Referral

FEWEST = 20
"""Referrals of five sellers or more, before the branch's own times are told."""
USUAL_DAYS = 7
"""From a referral to the friend's consent where the branch knows no better: an assumption."""
LOOKED_AT = 400


@dataclass(frozen=True, slots=True)
class Wait:
    """Weeks, the middle half of referrals; `cases` of the branch behind it, 0: an assumption."""

    low: int
    high: int
    cases: int = 0


def first_money(branch_id: int, hold_days: int, *, at: datetime, zone: str) -> Wait:
    """From a referral to its first payable amount in a branch; read once a month and process."""
    key = f"first-money:{branch_id}:{hold_days}:{month_of(at, zone)}"
    found: Wait | None = cache.get(key)
    if found is None:
        found = _read(branch_id, hold_days, at)
        cache.set(key, found, 3600)
    return found


def _read(branch_id: int, hold_days: int, at: datetime) -> Wait:
    rows = (
        CreditedFact.objects.filter(
            branch=branch_id, reverses=None, confirmed_at__gt=at - timedelta(days=365)
        )
        .order_by()
        .values_list("referral")
        .annotate(first=Min("vests_at"), seller=Min("person"))[:LOOKED_AT]
    )
    first = {referral: (vests_at, seller) for referral, vests_at, seller in rows}
    began = Referral.objects.filter(public_id__in=first).values_list("public_id", "captured_at")
    days = sorted((first[ref][0] - captured_at).days for ref, captured_at in began)
    sellers = {seller for _vests_at, seller in first.values()}
    if len(days) < FEWEST or len(sellers) < FEWEST_SELLERS:
        usual = USUAL_DAYS + hold_days
        return Wait(usual // 7, -(-usual // 7) + 1)
    low, high = days[len(days) // 4], days[len(days) * 3 // 4]
    return Wait(max(0, low) // 7, max(-(-high // 7), 1), len(days))
