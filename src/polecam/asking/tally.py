"""Answers per branch, seller, kind of moment and month: counters kept by the actions."""

from polecam.asking.models import Ask, MomentTally, Outcome, ScriptTally
from polecam.asking.rules import ANSWERED_YES
from polecam.store import counters

ANSWERS = frozenset({*ANSWERED_YES, Outcome.LATER, Outcome.DECLINED})
"""Outcomes that count as an answer; an open ask and one that never happened do not.

Callers count asks for a referral only: what clients say to an ask for a reference tells nothing
about the chance of being recommended.
"""


def count(ask: Ask, month: str, *, before: str, after: str) -> None:
    """Keep the counters in step with an ask's outcome that changes from `before` to `after`.

    Counted at its kind of moment ("" = none) and, so that the rows of a kind add up, at the
    house's sentence that chance put first, if it did (else: ""). `month` is that of the answer
    (`YYYY-MM` in the organisation's zone). Call inside the action's transaction.
    """
    deltas = {
        "asks": int(after in ANSWERS) - int(before in ANSWERS),
        "yes": int(after in ANSWERED_YES) - int(before in ANSWERED_YES),
    }
    key = {
        "branch_id": ask.branch_id,
        "seller_id": ask.seller_id,
        "kind": ask.moment_kind,
        "month": month,
    }
    counters.add(MomentTally, key, deltas)
    counters.add(ScriptTally, key | words_of(ask), deltas)


def words_of(ask: Ask) -> dict[str, str | int]:
    """The sentence an answer counts for in the fair test: the house's that was drawn.

    Whichever was said in the end: what people leaf away from depends on the talk ahead.
    """
    drawn = ask.drawn
    if drawn is None or drawn.seller_id is not None:
        return {"code": "", "version": 0}
    return {"code": drawn.code, "version": drawn.version}
