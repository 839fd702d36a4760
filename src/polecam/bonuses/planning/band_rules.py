"""The table of a component: every point of the measure has exactly one row, and no hidden cliff.

Larkin (The Cost of High-Powered Incentives, 2014): sellers moved deals in time to reach the next
step of an accelerating plan, which cost 6-8% of revenue. A step is allowed, but said.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from polecam.bonuses.planning import limits
from polecam.bonuses.planning.draft import ONE, DraftBand, DraftComponent, Problem, Severity
from polecam.kit.money import WHOLE_BP, half_up


def problems(component: DraftComponent, position: int) -> Iterator[Problem]:
    """What is wrong with the rows, each by itself, then as a whole, then their steps."""
    bands = component.bands
    if not bands:
        yield Problem("bands_missing", position=position, field="bands")
        return
    broken = [*_each(component, position), *_cover(bands, position)]
    yield from broken
    if not broken:
        yield from _steps(component, position)


def _each(component: DraftComponent, position: int) -> Iterator[Problem]:
    for row, band in enumerate(component.bands, start=1):
        for code, field, figures in (*_amounts(component, band), *_edges(component, band)):
            yield Problem(code, position=position, row=row, field=field, figures=figures)
    if not any(band.amount_grosze or band.rate_bp for band in component.bands):
        yield Problem("pays_nothing", position=position, field="bands")


Found = tuple[str, str, dict[str, int | str]]


def _amounts(component: DraftComponent, band: DraftBand) -> Iterator[Found]:
    if band.amount_grosze < 0 or band.rate_bp < 0:
        yield "amount_negative", "amount_grosze" if band.amount_grosze < 0 else "rate_bp", {}
    if band.amount_grosze > limits.LARGEST_AMOUNT:
        yield "amount_absurd", "amount_grosze", {"most": limits.LARGEST_AMOUNT}
    if band.rate_bp > limits.LARGEST_RATE:
        yield "rate_absurd", "rate_bp", {"rate_bp": band.rate_bp}
    if component.base == "count" and band.rate_bp:
        yield "rate_of_a_count", "rate_bp", {}
    if component.base != "count" and band.amount_grosze:
        yield "amount_for_a_sum", "amount_grosze", {}


def _edges(component: DraftComponent, band: DraftBand) -> Iterator[Found]:
    most = limits.LARGEST_EDGE.get(component.base, 0)
    if band.lower < 0:
        yield "band_negative", "lower", {}
    if max(band.lower, band.upper or 0) > most:
        yield "band_absurd", "upper", {"most": most}


def _cover(bands: Sequence[DraftBand], position: int) -> Iterator[Problem]:
    """No gap, no overlap: the first row from nothing, each from the end of the one before it, the
    last without an end."""

    def wrong(code: str, row: int, **figures: int | str) -> Problem:
        return Problem(code, position=position, row=row, field="lower", figures=figures)

    for row, band in enumerate(bands, start=1):
        if band.upper is not None and band.upper <= band.lower:
            yield Problem("band_backwards", position=position, row=row, field="upper")
    rows = sorted(enumerate(bands, start=1), key=lambda numbered: numbered[1].lower)
    first_row, first = rows[0]
    if first.lower > 0:
        yield wrong("band_gap", first_row, start=0, end=first.lower)
    for (_, before), (row, band) in pairwise(rows):
        if band.lower == before.lower:
            yield wrong("band_twice", row, start=band.lower)
        elif before.upper is None or before.upper > band.lower:
            yield wrong("band_overlap", row, start=band.lower, end=before.upper or 0)
        elif before.upper < band.lower:
            yield wrong("band_gap", row, start=before.upper, end=band.lower)
    last_row, last = rows[-1]
    if last.upper is not None:
        yield Problem(
            "bands_end", position=position, row=last_row, field="upper", figures={"end": last.upper}
        )


def _steps(component: DraftComponent, position: int) -> Iterator[Problem]:
    bands = sorted(component.bands, key=lambda band: band.lower)
    for row, (before, after) in enumerate(pairwise(bands), start=2):
        old, new = _pay(component, before), _pay(component, after)
        if component.shape == "accelerator" and new <= old:
            yield Problem("accelerator_slows", position=position, row=row, field="bands")
        elif component.shape == "whole":
            yield from _cliff(component, position, row, before, after)
        elif new > old:
            yield Problem(
                "faster_from",
                Severity.WARNING,
                position,
                row,
                "bands",
                {"base": component.base, "at": after.lower, "before": old, "after": new},
            )


def _cliff(
    component: DraftComponent, position: int, row: int, before: DraftBand, after: DraftBand
) -> Iterator[Problem]:
    """One more unit brings more than it pays itself, or makes the total fall."""
    edge = after.lower
    if component.base == "count":
        units = -(-edge // ONE)  # the whole fact that reaches the row
        total, reached = (units - 1) * before.amount_grosze, units * after.amount_grosze
        pays = after.amount_grosze
    else:
        total = half_up(edge * before.rate_bp, WHOLE_BP)
        reached = half_up(edge * after.rate_bp, WHOLE_BP)
        pays = 0
    jump = reached - total
    if 0 <= jump <= pays:
        return
    yield Problem(
        "cliff" if jump > 0 else "cliff_down",
        Severity.WARNING,
        position,
        row,
        "bands",
        {
            "base": component.base,
            "at": edge,
            "before_grosze": total,
            "after_grosze": reached,
            "jump_grosze": jump,
        },
    )


def _pay(component: DraftComponent, band: DraftBand) -> int:
    return band.amount_grosze if component.base == "count" else band.rate_bp
