"""One sentence of a plan by itself: what it measures, what it pays, when, and at most how much."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from polecam.bonuses.planning import band_rules as plan_band_rules
from polecam.bonuses.planning import limits
from polecam.bonuses.planning.draft import DraftComponent, Problem, Severity

EARNING = ("consent", "meeting", "sale", "retained", "reference", "handoff", "coached")
"""What may earn money: from the friend's confirmed consent on. Asks and names never do."""
SUMS = ("sale", "retained", "handoff")
"""Facts with a value and a margin."""
OF_A_REFERRAL = ("consent", "meeting", "sale", "retained", "handoff")
IN_ORDER = ("consent", "meeting", "sale", "retained")
"""Facts that follow each other on one referral; a hand-off may never come."""
BASES = ("count", "value", "margin")
SHAPES = ("flat", "marginal", "whole", "accelerator")


def problems(
    component: DraftComponent, position: int, *, valid_from: datetime, regulated: bool
) -> list[Problem]:
    """Every problem of one component, errors and warnings."""
    found = [
        *_measure(component),
        *_pay(component),
        *_bounds(component),
        *_condition(component),
        *_window(component, valid_from),
        *_hold(component, regulated=regulated),
        *_vesting(component),
    ]
    placed = [
        Problem(p.code, p.severity, position, p.row, p.field, p.figures)  # each knows its place
        for p in found
    ]
    if component.shape != "flat" and component.shape in SHAPES:
        placed += plan_band_rules.problems(component, position)
    return placed


def error(code: str, field: str, **figures: int | str) -> Problem:
    """Keeps the version from being published."""
    return Problem(code, Severity.ERROR, field=field, figures=figures)


def warning(code: str, field: str, **figures: int | str) -> Problem:
    """Wants to be read."""
    return Problem(code, Severity.WARNING, field=field, figures=figures)


def _measure(one: DraftComponent) -> Iterator[Problem]:
    if one.fact_kind not in EARNING:
        yield error("kind_not_paid", "fact_kind", kind=one.fact_kind)
    if one.base not in BASES:
        yield error("choice_unknown", "base")
    elif one.base != "count" and one.fact_kind not in SUMS:
        yield error("base_not_measured", "base", kind=one.fact_kind, base=one.base)
    if one.shape not in SHAPES:
        yield error("choice_unknown", "shape")
    if one.fact_kind == "retained" and not 1 <= one.months <= limits.LONGEST_MONTHS:
        yield error("months_missing", "months", most=limits.LONGEST_MONTHS)
    if one.fact_kind != "retained" and one.months:
        yield error("months_without_retained", "months")


def _pay(one: DraftComponent) -> Iterator[Problem]:
    amount, rate = one.amount_grosze, one.rate_bp
    if amount < 0 or rate < 0:
        yield error("amount_negative", "amount_grosze" if amount < 0 else "rate_bp")
    if amount > limits.LARGEST_AMOUNT:
        yield error("amount_absurd", "amount_grosze", most=limits.LARGEST_AMOUNT)
    if rate > limits.LARGEST_RATE:
        yield error("rate_absurd", "rate_bp", rate_bp=rate)
    if one.shape == "flat":
        yield from _flat(one)
    elif amount or rate:
        yield error("amount_beside_bands", "amount_grosze" if amount else "rate_bp")


def _flat(one: DraftComponent) -> Iterator[Problem]:
    """An amount for each fact, or a rate of a value or margin."""
    amount, rate = one.amount_grosze, one.rate_bp
    high = limits.HIGH_RATE.get(one.base)
    if amount and rate:
        yield error("amount_and_rate", "amount_grosze")
    elif not amount and not rate:
        yield error("pays_nothing", "amount_grosze" if one.base == "count" else "rate_bp")
    elif rate and one.base == "count":
        yield error("rate_of_a_count", "rate_bp")
    elif amount and one.base != "count":
        yield error("amount_for_a_sum", "amount_grosze")
    elif high and high < rate <= limits.LARGEST_RATE:
        yield warning("rate_high", "rate_bp", rate_bp=rate, base=one.base)


def _bounds(one: DraftComponent) -> Iterator[Problem]:
    for field, most in (
        ("floor_grosze", limits.LARGEST_AMOUNT),
        ("cap_grosze", limits.LARGEST_SUM),
        ("budget_grosze", limits.LARGEST_SUM),
    ):
        value = getattr(one, field)
        if value < 0:
            yield error("amount_negative", field)
        elif value > most:
            yield error("amount_absurd", field, most=most)
    if one.floor_grosze and (one.shape != "flat" or not one.rate_bp):
        yield error("floor_without_rate", "floor_grosze")
    least = max(one.amount_grosze, one.floor_grosze)
    if 0 < one.cap_grosze < least:
        yield warning("cap_below_one", "cap_grosze", cap_grosze=one.cap_grosze, one_grosze=least)
    if 0 < one.budget_grosze < least:
        yield error(
            "budget_below_one", "budget_grosze", budget_grosze=one.budget_grosze, one_grosze=least
        )
    if one.shape == "accelerator" and not one.cap_grosze and not one.budget_grosze:
        yield warning("accelerator_without_cap", "cap_grosze")


def _condition(one: DraftComponent) -> Iterator[Problem]:
    """Pays only in a month with so many facts of another kind."""
    least, most = one.needs_least, one.needs_most
    if not one.needs_kind:
        if least or most is not None:
            yield error("condition_without_kind", "needs_kind")
    elif one.needs_kind not in (*EARNING, "complaint"):
        yield error("choice_unknown", "needs_kind")
    elif one.needs_kind == one.fact_kind:
        yield error("condition_on_itself", "needs_kind", kind=one.fact_kind)
    elif least <= 0 and most is None:
        yield error("condition_empty", "needs_least")
    elif not 0 <= least <= limits.LARGEST_COUNT:
        yield error("condition_never", "needs_least", least=least, most=limits.LARGEST_COUNT)
    elif most is not None and not least <= most <= limits.LARGEST_COUNT:
        yield error("condition_never", "needs_most", least=least, most=most)
    else:
        yield from _temptation(one)


def _temptation(one: DraftComponent) -> Iterator[Problem]:
    """What a condition may make people do."""
    least, most, kind = one.needs_least, one.needs_most, one.needs_kind
    if kind == "complaint" and least:
        yield error("condition_wants_complaints", "needs_least", least=least)
    elif kind != "complaint" and most is not None:
        yield warning("condition_holds_back", "needs_most", most=most, kind=kind)
    elif least:
        yield warning("condition_cliff", "needs_least", least=least, kind=kind)


def _window(one: DraftComponent, valid_from: datetime) -> Iterator[Problem]:
    start, end = one.window_from, one.window_until
    if start is None and end is None:
        if one.budget_grosze:
            yield warning("budget_without_window", "window_from")
        return
    if start is None or end is None:
        yield error("window_half", "window_from" if start is None else "window_until")
        return
    if end <= start:
        yield error("window_backwards", "window_until")
    elif start < valid_from:
        yield error("window_before_version", "window_from")
    elif end - start > timedelta(days=limits.LONGEST_WINDOW_DAYS):
        yield error("window_long", "window_until", days=limits.LONGEST_WINDOW_DAYS)
    if not one.budget_grosze:
        yield error("window_without_budget", "budget_grosze")


def _hold(one: DraftComponent, *, regulated: bool) -> Iterator[Problem]:
    if one.hold_days is None:
        return
    if not 0 <= one.hold_days <= limits.LONGEST_HOLD:
        yield error("hold_absurd", "hold_days", most=limits.LONGEST_HOLD)
    elif regulated and one.hold_days < 1:
        yield error("regulated_hold", "hold_days")


def _vesting(one: DraftComponent) -> Iterator[Problem]:
    """`vests_after` must be able to come, after the fact itself, on the same referral."""
    after, kind = one.vests_after, one.fact_kind
    if not after:
        return
    if after not in (*EARNING, "complaint"):
        yield error("choice_unknown", "vests_after")
    elif after == kind:
        yield error("vests_on_itself", "vests_after", kind=kind)
    elif after not in IN_ORDER or kind not in OF_A_REFERRAL:
        yield error("vesting_never", "vests_after", kind=after)
    elif _rank(after) <= _rank(kind):
        yield warning("vesting_already", "vests_after", kind=after)


def _rank(kind: str) -> int:
    return IN_ORDER.index("sale" if kind == "handoff" else kind)
