"""The counters kept by the actions, counted again from the rows they stand for."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Exists, Min, OuterRef

from polecam.asking.models import Ask, MomentTally, Outcome, ScriptTally
from polecam.asking.rules import ANSWERED_YES
from polecam.asking.tally import ANSWERS, words_of
from polecam.claims.models import Claim
from polecam.journal.models import Event
from polecam.kit.periods import month_of
from polecam.referrals.models import Meeting, Referral, StageTally
from polecam.sales.models import Sale, SaleState

Row = tuple[Any, ...]
"""Branch, seller, when, how much."""
Key = tuple[int, int, str]
AnswerKey = tuple[int, int, str, str]
CHUNK = 5_000


def counts() -> tuple[int, int]:
    """(rows of stages, rows of answers)."""
    return StageTally.objects.count(), MomentTally.objects.count()


def problems(zone: str) -> Iterator[str]:
    """Every counter that differs from a recount, by branch, seller and month."""
    for column, rows in STAGES.items():
        yield from _stage(column, rows(), zone)
    yield from _answers(zone)
    yield from _words(zone)


def _asks() -> Iterator[Row]:
    rows = Ask.objects.filter(undone_at=None, for_reference=False).exclude(
        outcome=Outcome.NOT_ASKED
    )
    found = rows.values_list("branch_id", "seller_id", "asked_at")
    return ((*row, 1) for row in found.iterator(chunk_size=CHUNK))


def _referrals() -> Iterator[Row]:
    undone = set(Event.objects.filter(kind="referral.undone").values_list("subject", flat=True))
    found = Referral.objects.values_list("public_id", "branch_id", "originator_id", "captured_at")
    return ((*row, 1) for ref, *row in found.iterator(chunk_size=CHUNK) if ref not in undone)


def _consents() -> Iterator[Row]:
    """Those that made a claim when they came: what is found out about the friend later, or whose
    turn it is then, adds nothing and takes nothing away."""
    made = Claim.objects.filter(referral=OuterRef("pk"), since=OuterRef("consented_at"))
    rows = Referral.objects.filter(Exists(made), consented_at__isnull=False)
    found = rows.values_list("branch_id", "originator_id", "consented_at")
    return ((*row, 1) for row in found.iterator(chunk_size=CHUNK))


def _meetings() -> Iterator[Row]:
    rows = Meeting.objects.filter(held_at__isnull=False).values_list(
        "referral_id", "referral__branch_id", "referral__originator_id"
    )
    found = rows.annotate(first=Min("held_at")).order_by()
    return ((branch, seller, first, 1) for _ref, branch, seller, first in found)


def _sales() -> Iterator[Row]:
    return ((*row[:3], 1) for row in _counted_sales())


def _margins() -> Iterator[Row]:
    return _counted_sales()


def _counted_sales() -> Iterator[Row]:
    rows = Sale.objects.filter(state__in=(SaleState.CONFIRMED, SaleState.RETAINED))
    return rows.values_list(
        "branch_id", "referral__originator_id", "confirmed_at", "margin_grosze"
    ).iterator(chunk_size=CHUNK)


STAGES: dict[str, Callable[[], Iterator[Row]]] = {
    "asks": _asks,
    "referrals": _referrals,
    "consents": _consents,
    "meetings": _meetings,
    "sales": _sales,
    "margin_grosze": _margins,
}


def _stage(column: str, rows: Iterator[Row], zone: str) -> Iterator[str]:
    recount: Counter[Key] = Counter()
    for branch, seller, when, size in rows:
        recount[branch, seller, month_of(when, zone)] += size
    stored = StageTally.objects.values_list("branch_id", "seller_id", "month", column)
    kept = {(branch, seller, month): size for branch, seller, month, size in stored}
    for key in sorted(recount.keys() | kept.keys()):
        if kept.get(key, 0) != recount[key]:
            branch, seller, month = key
            yield (
                f"{column} of branch {branch}, seller {seller}, {month}: "
                f"kept {kept.get(key, 0)}, counted {recount[key]}"
            )


def _answers(zone: str) -> Iterator[str]:
    recount: dict[AnswerKey, list[int]] = defaultdict(lambda: [0, 0])
    rows = Ask.objects.filter(
        undone_at=None, for_reference=False, outcome__in=ANSWERS, answered_at__isnull=False
    ).values_list("branch_id", "seller_id", "moment_kind", "answered_at", "outcome")
    found: Iterator[Row] = rows.iterator(chunk_size=CHUNK)
    for branch, seller, kind, answered_at, outcome in found:
        cell = recount[branch, seller, kind, month_of(answered_at, zone)]
        cell[0] += 1
        cell[1] += outcome in ANSWERED_YES
    stored = MomentTally.objects.values_list(
        "branch_id", "seller_id", "kind", "month", "asks", "yes"
    )
    kept = {
        (branch, seller, kind, month): [asks, yes]
        for branch, seller, kind, month, asks, yes in stored
    }
    for key in sorted(recount.keys() | kept.keys()):
        if kept.get(key, [0, 0]) != recount.get(key, [0, 0]):
            branch, seller, kind, month = key
            yield (
                f"answers of branch {branch}, seller {seller}, {kind or 'no moment'}, {month}: "
                f"kept {kept.get(key, [0, 0])}, counted {recount.get(key, [0, 0])}"
            )


def _words(zone: str) -> Iterator[str]:
    """Answers per sentence: the same asks, cut finer."""
    recount: dict[Row, list[int]] = defaultdict(lambda: [0, 0])
    rows = Ask.objects.filter(
        undone_at=None, for_reference=False, outcome__in=ANSWERS, answered_at__isnull=False
    )
    for ask in rows.select_related("drawn").iterator(chunk_size=CHUNK):
        words = words_of(ask)
        month = month_of(ask.answered_at or ask.asked_at, zone)
        sentence = words["code"], words["version"]
        cell = ask.branch_id, ask.seller_id, ask.moment_kind, *sentence, month
        recount[cell][0] += 1
        recount[cell][1] += ask.outcome in ANSWERED_YES
    stored = ScriptTally.objects.values_list(
        "branch_id", "seller_id", "kind", "code", "version", "month", "asks", "yes"
    )
    kept: dict[Row, list[int]] = {tuple(cell): [asks, yes] for *cell, asks, yes in stored}
    for row in sorted(recount.keys() | kept.keys()):
        if kept.get(row, [0, 0]) != recount.get(row, [0, 0]):
            branch, seller, kind, code, version, month = row
            yield (
                f"words of branch {branch}, seller {seller}, {kind or 'no moment'}, "
                f"{code or 'other words'} {version}, {month}: "
                f"kept {kept.get(row, [0, 0])}, counted {recount.get(row, [0, 0])}"
            )
