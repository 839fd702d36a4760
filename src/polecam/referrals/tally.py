"""Stages reached per branch, seller and month: counters kept by the actions, rebuildable."""

from polecam.referrals.models import StageTally
from polecam.store import counters


def bump(branch_id: int, seller_id: int, month: str, **deltas: int) -> None:
    """Add to the counters of one seller's month (`YYYY-MM` in the organisation's zone).

    `deltas`: asks, referrals, consents, meetings, sales (counts) and margin_grosze; may be
    negative. Call inside the action's transaction, last before the journal, so that the row is
    locked shortly.
    """
    counters.add(
        StageTally, {"branch_id": branch_id, "seller_id": seller_id, "month": month}, deltas
    )
