"""A client who stayed: a fact after each number of months that the referral's plan pays for."""

from calendar import monthrange
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from polecam.actions.bonuses import credit
from polecam.bonuses.models import Component, CreditedFact, FactKind
from polecam.kit.periods import day_bounds, day_of
from polecam.organisation import settings
from polecam.sales.models import Complaint, Sale, SaleState
from polecam.store.tx import action, each, lock

COUNTING = (SaleState.CONFIRMED, SaleState.RETAINED)
SHORTEST = timedelta(days=28)
"""No calendar month is shorter."""


def months_later(day: date, months: int) -> date:
    """The same day `months` calendar months later; the last of that month where it has no such."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def credit_due(*, at: datetime) -> int:
    """Credit every sale whose client stayed long enough by `at`; how many facts of sales.

    A sale under an open complaint waits; one whose complaint was upheld, or that is void, does not
    count. Each in its own short transaction; a second time nothing is written.
    """
    zone = settings.zone()
    today = day_of(at, zone)
    due = [
        (sale.pk, months, day_bounds(day, zone)[0])
        for version, months in _paid_for()
        for sale in _candidates(version, months, at)
        if sale.confirmed_at
        for day in [months_later(day_of(sale.confirmed_at, zone), months)]
        if day <= today
    ]
    return each(sorted(due), lambda one: _credit(*one, at=at))


def _paid_for() -> list[tuple[int, int]]:
    """Each version with every number of months it pays for."""
    rows = Component.objects.filter(
        fact_kind=FactKind.RETAINED, months__gt=0, version__published_at__isnull=False
    )
    return list(rows.values_list("version", "months").distinct().order_by("version", "months"))


def _candidates(version: int, months: int, at: datetime) -> list[Sale]:
    known = CreditedFact.objects.filter(
        kind=FactKind.RETAINED, ordinal=months, referral=OuterRef("referral__public_id")
    )
    rows = Sale.objects.filter(
        ~Exists(known),
        ~Exists(_complaints().filter(sale=OuterRef("pk"))),
        referral__plan_version_id=version,
        state__in=COUNTING,
        confirmed_at__lte=at - months * SHORTEST,
    )
    return list(rows.order_by("id"))


def _complaints() -> QuerySet[Complaint]:
    """Open ones and those that were upheld."""
    return Complaint.objects.filter(Q(decided_at=None) | Q(upheld=True))


def _credit(sale_id: int, months: int, stayed_at: datetime, *, at: datetime) -> int:
    with action():
        sale = Sale.objects.select_related("referral").get(pk=sale_id)
        referral = lock(sale.referral)
        sale = lock(sale)
        if sale.state not in COUNTING or _complaints().filter(sale=sale).exists():
            return 0
        facts = credit(
            kind=FactKind.RETAINED,
            referral=referral,
            source=sale,
            at=at,
            base_grosze=sale.margin_grosze,
            value_grosze=sale.value_grosze,
            ordinal=months,
            confirmed_at=stayed_at,
        )
        return 1 if facts else 0
