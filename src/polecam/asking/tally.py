"""Answers per branch, seller, kind of moment and month: counters kept by the actions."""

from polecam.asking.models import MomentTally, Outcome
from polecam.asking.rules import ANSWERED_YES
from polecam.store import counters

ANSWERS = frozenset({*ANSWERED_YES, Outcome.LATER, Outcome.DECLINED})
"""Outcomes that count as an answer; an open ask and one that never happened do not.

Callers count asks for a referral only: what clients say to an ask for a reference tells nothing
about the chance of being recommended.
"""


def count(
    branch_id: int, seller_id: int, kind: str, month: str, *, before: str, after: str
) -> None:
    """Keep the counters in step with an outcome that changes from `before` to `after`.

    `kind` is the kind of moment ("" = none), `month` that of the answer (`YYYY-MM` in the
    organisation's zone). Call inside the action's transaction.
    """
    counters.add(
        MomentTally,
        {"branch_id": branch_id, "seller_id": seller_id, "kind": kind, "month": month},
        {
            "asks": int(after in ANSWERS) - int(before in ANSWERS),
            "yes": int(after in ANSWERED_YES) - int(before in ANSWERED_YES),
        },
    )
