"""Which words work in a branch: answers per sentence, from closed months, in cells that nest.

What `asking.rates` lets out are cells of kinds of moment. A sentence's cell cut across them could
be subtracted from one and leave what a single colleague heard. So each released cell of moments is
cut further, into sentences (and "all other words"), each part again of five sellers or more: every
total that anybody can form adds up whole parts, and so does every difference (invariant 21).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from polecam.asking.models import ScriptTally
from polecam.asking.rates import Answers, Cell, Row, released


@dataclass(frozen=True, slots=True)
class WordsRow:
    """Answers of one seller at one kind of moment after one sentence in one month."""

    month: str
    kind: str
    code: str
    version: int
    seller: int
    asks: int
    yes: int

    @property
    def words(self) -> str:
        """The sentence in its version; "" for all other words."""
        return key(self.code, self.version)


def key(code: str, version: int) -> str:
    """One name for a sentence in a version; "" for none."""
    return f"{code}:{version}" if code else ""


def parts(rows: Iterable[WordsRow]) -> list[Cell]:
    """Released cells of moments, cut by sentence; a part's `kinds` are the sentences in it."""
    counted = [row for row in rows if row.asks > 0]
    found: list[Cell] = []
    for cell in released(_by_moment(counted)):
        inside = [row for row in counted if row.month == cell.month and row.kind in cell.kinds]
        found += released(_by_words(inside))
    return found


def _by_moment(rows: Iterable[WordsRow]) -> list[Row]:
    """As MomentTally has them: the same rows the moments' cells are cut from."""
    sums: dict[tuple[str, str, int], Answers] = defaultdict(Answers)
    for row in rows:
        place = row.month, row.kind, row.seller
        sums[place] = sums[place].plus(row.asks, row.yes)
    return [Row(*place, heard.asks, heard.yes) for place, heard in sums.items()]


def _by_words(rows: Iterable[WordsRow]) -> list[Row]:
    return [Row(row.month, row.words, row.seller, row.asks, row.yes) for row in rows]


def by_words(branch_ids: Iterable[int], *, since: str, before: str) -> dict[str, Answers]:
    """Answers per sentence (`key`) from the closed months [since, before) of some branches.

    Only parts of one sentence alone tell something; those pooled with others are left out.
    """
    stored = ScriptTally.objects.filter(
        branch_id__in=list(branch_ids), month__gte=since, month__lt=before
    ).values_list("branch_id", "month", "kind", "code", "version", "seller_id", "asks", "yes")
    branches: dict[int, list[WordsRow]] = defaultdict(list)
    for branch, month, kind, code, version, seller, asks, yes in stored:
        row = WordsRow(month, kind, code, version, seller, asks, yes)
        branches[branch].append(row)
    found: dict[str, Answers] = defaultdict(Answers)
    for rows in branches.values():
        for part in parts(rows):
            if len(part.kinds) == 1 and "" not in part.kinds:
                (words,) = part.kinds
                found[words] = found[words].plus(part.answers.asks, part.answers.yes)
    return dict(found)
