"""The rest of a person, not of a record: several records together, and when it ends. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from polecam.asking.rules import (
    NOT_AN_ASK,
    REFUSED,
    Limits,
    PastAsk,
    Rest,
    Standing,
    WrongMoment,
    wrong_one_at,
    wrong_until,
)


def together(records: Iterable[Standing]) -> Standing:
    """What must be known of a person who stands in the table under these records."""
    rows = list(records)
    resting = [row.resting_until for row in rows if row.resting_until]
    return Standing(
        never_ask=any(row.never_ask for row in rows),
        objection=any(row.objection for row in rows),
        resting_until=max(resting, default=None),
        asks=tuple(ask for row in rows for ask in row.asks),
        wrong=tuple(moment for row in rows for moment in row.wrong),
    )


def strictest(limits: Iterable[Limits]) -> Limits:
    """A client of several branches rests as long as the most careful of them says."""
    rows = list(limits)
    return Limits(
        rest_days=max(row.rest_days for row in rows),
        refusals_rest_days=max(row.refusals_rest_days for row in rows),
        recovery_days=max(row.recovery_days for row in rows),
    )


@dataclass(frozen=True, slots=True)
class Why:
    """Why a client is not asked today, as far as it is the reader's to know.

    `rest` None: the client rests, and nothing more is told. `since`: the ask, the moment. `until`:
    the first day on which this reason is over, if that is known.
    """

    rest: Rest | None = None
    since: date | None = None
    until: date | None = None


def explained(standing: Standing, rest: Rest, *, today: date, limits: Limits) -> Why:
    """A reason with its dates, from what `standing` holds: give it only what the reader may know.

    Raises ValueError when `rest` is none of that standing's reasons.
    """
    if rest in (Rest.NEVER_ASK, Rest.OBJECTION):
        return Why(rest)
    if rest is Rest.RESTING:
        return Why(rest, None, standing.resting_until)
    if rest in (Rest.RECENTLY_ASKED, Rest.TWO_REFUSALS):
        return _asked(standing.asks, rest, limits)
    return _wrong(standing.wrong, rest, today, limits)


def _asked(asks: Iterable[PastAsk], rest: Rest, limits: Limits) -> Why:
    made = [ask for ask in asks if ask.outcome not in NOT_AN_ASK]
    last = max(ask.on for ask in made)
    ends = last + timedelta(days=limits.rest_days)
    if rest is Rest.TWO_REFUSALS:
        refused = max(ask.on for ask in made if ask.outcome == REFUSED)
        ends = max(ends, refused + timedelta(days=limits.refusals_rest_days))
    return Why(rest, last, ends)


def _wrong(moments: Iterable[WrongMoment], rest: Rest, today: date, limits: Limits) -> Why:
    longest = wrong_one_at(moments, today, limits.recovery_days)
    if longest is None:
        raise ValueError(rest)
    return Why(rest, longest.on, wrong_until(longest, limits.recovery_days))
