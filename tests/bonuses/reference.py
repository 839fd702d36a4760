"""The bonus law, slow and obvious: plain Python over lists and fractions, no SQL, no cleverness.

Read it next to docs/adr/0021-the-engine.md. The tests compare the engine with it to the grosz.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from math import floor

WHOLE = 10_000


def rounded(exact: Fraction) -> int:
    """To the nearest grosz, halves up (amounts are never below zero here)."""
    return floor(exact + Fraction(1, 2))


def part(whole: int, offset: int, share: int) -> int:
    """The seller's part of a whole: rounded up to its end less rounded up to its start."""
    end = rounded(Fraction(whole * (offset + share), WHOLE))
    return end - rounded(Fraction(whole * offset, WHOLE))


@dataclass(frozen=True)
class Pay:
    """A component. `bands`: (from, until or None, weight)."""

    key: int
    kind: str
    base: str = "count"
    shape: str = "flat"
    amount: int = 0
    rate: int = 0
    floor: int = 0
    cap: int = 0
    needs: tuple[str, int, int | None] | None = None
    window: tuple[datetime, datetime] | None = None
    budget: int = 0
    months: int = 0
    bands: tuple[tuple[int, int | None, int], ...] = ()

    @property
    def by_itself(self) -> bool:
        return self.shape == "flat" and not (self.cap or self.needs or self.window or self.budget)


@dataclass(frozen=True)
class Fact:
    """A seller's part of something confirmed. `receipt`: the order in which facts were recorded."""

    receipt: int
    kind: str
    source: str
    person: int
    share: int
    offset: int
    base: int
    value: int
    months: int
    month: str
    confirmed_at: datetime
    pays: tuple[Pay, ...]
    """The components of the fact's own plan version."""


@dataclass
class Earned:
    """What everybody earns: by fact (receipt) and component; by seller, component and month."""

    lines: dict[tuple[int, int], int] = field(default_factory=dict)
    totals: dict[tuple[int, int, str], int] = field(default_factory=dict)


def earned(facts: list[Fact], part_time: dict[tuple[int, str], int] | None = None) -> Earned:
    """What these (kept) facts earn. `part_time`: person and month -> basis points."""
    found = Earned()
    pays = {pay.key: pay for fact in facts for pay in fact.pays}
    for pay in pays.values():
        amounts = _of_component(pay, facts, part_time or {})
        by_receipt = {fact.receipt: fact for fact in facts}
        for receipt, amount in amounts.items():
            if amount:
                found.lines[receipt, pay.key] = amount
                fact = by_receipt[receipt]
                cell = fact.person, pay.key, fact.month
                found.totals[cell] = found.totals.get(cell, 0) + amount
    return found


def _of_component(pay: Pay, facts: list[Fact], part_time: dict) -> dict[int, int]:
    """Receipt of a fact -> what it earns by one component."""
    mine = [fact for fact in facts if _pays_for(pay, fact)]
    if pay.by_itself:
        return {fact.receipt: part(_whole(pay, fact), fact.offset, fact.share) for fact in mine}
    cells = defaultdict(list)
    for fact in mine:
        cells[fact.person, fact.month].append(fact)
    amounts = {}
    for (person, month), cell in cells.items():
        if _condition_holds(pay, facts, person, month):
            amounts |= _of_cell(pay, cell, part_time.get((person, month), WHOLE))
    return _spend(pay.budget, amounts) if pay.budget else amounts


def _pays_for(pay: Pay, fact: Fact) -> bool:
    if pay not in fact.pays or pay.kind != fact.kind:
        return False
    if pay.kind == "retained" and pay.months not in (0, fact.months):
        return False
    return pay.window is None or pay.window[0] <= fact.confirmed_at < pay.window[1]


def _whole(pay: Pay, fact: Fact) -> int:
    given = rounded(Fraction(_based(pay, fact) * pay.rate, WHOLE)) if pay.rate else pay.amount
    return max(given, pay.floor)


def _based(pay: Pay, fact: Fact) -> int:
    return fact.value if pay.base == "value" else fact.base


def _units(pay: Pay, fact: Fact) -> int:
    """The seller's own part of what is measured; of a flat component, what it gives."""
    if pay.shape == "flat":
        return part(_whole(pay, fact), fact.offset, fact.share)
    if pay.base == "count":
        return fact.share
    return part(_based(pay, fact), fact.offset, fact.share)


def _condition_holds(pay: Pay, facts: list[Fact], person: int, month: str) -> bool:
    if pay.needs is None:
        return True
    kind, least, most = pay.needs
    counted = Fraction(
        sum(f.share for f in facts if (f.kind, f.person, f.month) == (kind, person, month)), WHOLE
    )
    return counted >= least and (most is None or counted <= most)


def _of_cell(pay: Pay, cell: list[Fact], factor: int) -> dict[int, int]:
    """In the order of the confirmations, each fact brings what the sum with it brings more than the
    sum without it."""
    cell = sorted(cell, key=lambda fact: (fact.confirmed_at, fact.source))
    total = sum(_units(pay, fact) for fact in cell)
    amounts, reached, before = {}, 0, 0
    for fact in cell:
        reached += _units(pay, fact)
        brought = _tier(pay, reached, total, Fraction(factor, WHOLE))
        if pay.cap:
            brought = min(brought, rounded(Fraction(pay.cap * factor, WHOLE)))
        amounts[fact.receipt] = brought - before
        before = brought
    return amounts


def _tier(pay: Pay, reached: int, total: int, k: Fraction) -> int:
    """What the first `reached` units of a month's `total` bring; borders are scaled by `k`."""
    if pay.shape == "flat":
        return reached
    if pay.shape == "whole":
        for start, end, weight in pay.bands:
            if start * k <= total and (end is None or total < end * k):
                return rounded(Fraction(weight * reached, WHOLE))
        return 0
    exact = Fraction(0)
    for start, end, weight in pay.bands:
        top = reached if end is None else min(Fraction(reached), end * k)
        if top > start * k:
            exact += weight * (top - start * k) / WHOLE
    return rounded(exact)


def _spend(budget: int, amounts: dict[int, int]) -> dict[int, int]:
    """First come, first served, until the budget is spent."""
    left, spent = budget, {}
    for receipt in sorted(amounts):
        spent[receipt] = min(left, amounts[receipt])
        left -= spent[receipt]
    return spent
