"""Sales that passed the time in which they could be taken back."""

from datetime import datetime, timedelta

from polecam.bonuses.models import PlanVersion
from polecam.journal.record import record
from polecam.sales.models import Sale, SaleState
from polecam.sales.queries import under_complaint
from polecam.store.tx import action, lock


def retain_due(*, at: datetime) -> int:
    """Confirmed sales whose hold and clawback are over become retained; how many.

    Each in its own short transaction. A sale under an open complaint waits.
    """
    days = {
        pk: max(hold, clawback)
        for pk, hold, clawback in PlanVersion.objects.values_list(
            "pk", "hold_days", "clawback_days"
        )
    }
    confirmed = (
        Sale.objects.filter(state=SaleState.CONFIRMED)
        .exclude(pk__in=under_complaint().values("sale"))
        .select_related("referral")
        .order_by("id")
    )
    due = [
        sale
        for sale in confirmed
        if sale.confirmed_at
        and sale.confirmed_at + timedelta(days=days.get(sale.referral.plan_version_id or 0, 0))
        <= at
    ]
    for sale in due:
        with action():
            _retain(sale, at)
    return len(due)


def _retain(sale: Sale, at: datetime) -> None:
    sale = lock(sale)
    if sale.state != SaleState.CONFIRMED:
        return
    sale.state, sale.retained_at = SaleState.RETAINED, at
    sale.save(update_fields=["state", "retained_at"])
    data = {"referral": sale.referral.public_id}
    record("sale.retained", sale, by=None, at=at, branch=sale.branch_id, data=data)
