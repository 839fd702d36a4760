""" "Check it": everything that stands about a month is made anew and compared. Reads only."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from polecam.bonuses import engine, verify
from polecam.bonuses.closing import figures as closing
from polecam.bonuses.closing import verify as verify_closing
from polecam.bonuses.models import Line, Statement, StatementState
from polecam.journal import verify as journal
from polecam.organisation import settings


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that was made anew. `n`: how many were compared; `problem`: the first, in English,
    as `polecam verify` names it, or ""."""

    code: str
    n: int
    problem: str = ""


def check(month: str, at: datetime) -> Iterator[Result]:
    """Lines by the engine, statements byte for byte, the ledger, the journal and its seals."""
    found = engine.differences(engine.of_month(month))
    yield Result("lines", Line.objects.filter(fact__month=month).count(), _first(found))
    locked = Statement.objects.filter(payroll_month__month=month).exclude(
        state=StatementState.PUBLISHED
    )
    wrong = [*verify_closing.problems(month), *_regenerated(month)]
    yield Result("statements", locked.count(), _first(wrong))
    yield Result("ledger", len(verify.CHECKS) + len(verify_closing.CHECKS), _first(_ledger()))
    seals, _events, _unsealed = journal.counts()
    yield Result("seals", seals, _first(journal.problems(settings.zone(), at)))


def _first(problems: Iterator[str] | list[str]) -> str:
    return next(iter(problems), "")


def _ledger() -> Iterator[str]:
    yield from verify.problems()


def _regenerated(month: str, at_once: int = 200) -> Iterator[str]:
    """Locked statements that the ledger would write otherwise today.

    What was paid and the engagement stand in the body as of the closing; opening, movements, their
    lines and the closing come out of the ledger anew.
    """
    rows = Statement.objects.filter(payroll_month__month=month).exclude(
        state=StatementState.PUBLISHED
    )
    stored = {one.person_id: one for one in rows.order_by("person")}
    ids = list(stored)
    for start in range(0, len(ids), at_once):
        chunk = ids[start : start + at_once]
        fresh = closing.figures(chunk, month)
        for pk in chunk:
            kept = closing.read(stored[pk].body)
            made = fresh.get(pk)
            if made is None:
                yield f"statement {stored[pk].public_id}: the ledger knows nothing of it"
                continue
            made = replace(made, engagement=kept.engagement, payout=kept.payout)
            if closing.write(made) != stored[pk].body:
                yield f"statement {stored[pk].public_id}: the ledger says something else today"
