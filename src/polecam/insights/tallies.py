"""The counters kept by the actions, counted again from the rows they stand for."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from polecam.asking.models import Ask, MomentTally
from polecam.asking.rules import ANSWERED_YES
from polecam.asking.tally import ANSWERS
from polecam.kit.periods import month_of
from polecam.referrals.models import StageTally

Key = tuple[int, int, str]
AnswerKey = tuple[int, int, str, str]


def counts() -> tuple[int, int]:
    """(rows of stages, rows of answers)."""
    return StageTally.objects.count(), MomentTally.objects.count()


def problems(zone: str) -> Iterator[str]:
    """Every counter that differs from a recount, by branch, seller and month."""
    yield from _asks(zone)
    yield from _answers(zone)


def _asks(zone: str) -> Iterator[str]:
    recount: Counter[Key] = Counter()
    rows = Ask.objects.filter(undone_at=None).values_list("branch_id", "seller_id", "asked_at")
    for branch, seller, asked_at in rows.iterator(chunk_size=5_000):
        recount[branch, seller, month_of(asked_at, zone)] += 1
    kept = {
        (branch, seller, month): asks
        for branch, seller, month, asks in StageTally.objects.values_list(
            "branch_id", "seller_id", "month", "asks"
        )
    }
    for key in sorted(recount.keys() | kept.keys()):
        if kept.get(key, 0) != recount[key]:
            branch, seller, month = key
            yield (
                f"asks of branch {branch}, seller {seller}, {month}: "
                f"kept {kept.get(key, 0)}, counted {recount[key]}"
            )


def _answers(zone: str) -> Iterator[str]:
    recount: dict[AnswerKey, list[int]] = defaultdict(lambda: [0, 0])
    rows = Ask.objects.filter(
        undone_at=None, outcome__in=ANSWERS, answered_at__isnull=False
    ).values_list("branch_id", "seller_id", "moment_kind", "answered_at", "outcome")
    for branch, seller, kind, answered_at, outcome in rows.iterator(chunk_size=5_000):
        cell = recount[branch, seller, kind, month_of(answered_at, zone)]
        cell[0] += 1
        cell[1] += outcome in ANSWERED_YES
    kept = {
        (branch, seller, kind, month): [asks, yes]
        for branch, seller, kind, month, asks, yes in MomentTally.objects.values_list(
            "branch_id", "seller_id", "kind", "month", "asks", "yes"
        )
    }
    for key in sorted(recount.keys() | kept.keys()):
        if kept.get(key, [0, 0]) != recount.get(key, [0, 0]):
            branch, seller, kind, month = key
            yield (
                f"answers of branch {branch}, seller {seller}, {kind or 'no moment'}, {month}: "
                f"kept {kept.get(key, [0, 0])}, counted {recount.get(key, [0, 0])}"
            )
