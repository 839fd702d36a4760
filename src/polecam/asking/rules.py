"""When a client may be asked: the ask budget, the moments that are wrong, how long one is fresh.

Pure: values in, values out. Sources: evidence.md ("Moments: when to ask") and compliance.md
("Conduct safeguards"). These rules govern what is *suggested*; what happened is always
recordable and only flagged (invariant 18).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ANSWERED_YES = frozenset({"names", "pass_on", "agreed"})
REFUSED = "declined"
NOT_AN_ASK = frozenset({"not_asked"})
LOWEST_GOOD_RATING = 9
"""Only a 9 or a 10 is a reason to ask."""


class Rest(StrEnum):
    """Why a client is not to be asked today. Nobody but the rules reads it: others see "rests"."""

    NEVER_ASK = "never_ask"
    OBJECTION = "objection"
    RESTING = "resting"
    COMPLAINT = "complaint"
    BEFORE_VALUE = "before_value"
    DECISION_PENDING = "decision_pending"
    ARREARS = "arrears"
    NOT_NOW = "not_now"
    RECENTLY_ASKED = "recently_asked"
    TWO_REFUSALS = "two_refusals"
    WRONG_MOMENT = "wrong_moment"


SAID = frozenset({"complaint", "before_value", "decision_pending", "arrears", "not_now"})
"""Kinds of wrong moments that are a reason of their own; all others are a wrong moment."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Lengths in days; the firm's settings."""

    rest_days: int = 90
    refusals_rest_days: int = 365
    recovery_days: int = 90


@dataclass(frozen=True, slots=True)
class PastAsk:
    """One ask of this client by any seller, of either kind (referral or reference)."""

    on: date
    outcome: str


@dataclass(frozen=True, slots=True)
class WrongMoment:
    """A wrong moment from `on` until `ended_on` (half-open; None = still)."""

    kind: str
    on: date
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """All that the rules need to know of a client."""

    never_ask: bool = False
    objection: bool = False
    resting_until: date | None = None
    asks: tuple[PastAsk, ...] = ()
    wrong: tuple[WrongMoment, ...] = ()


def may_ask(
    standing: Standing, *, today: date, limits: Limits = Limits(), follow_up: bool = False
) -> Rest | None:
    """None when the client may be suggested today, else the first reason why not.

    `follow_up`: the client named this very date, so the cool-off does not count; everything else
    does (a complaint since then, an objection, "never ask me").
    """
    if standing.never_ask:
        return Rest.NEVER_ASK
    if standing.objection:
        return Rest.OBJECTION
    if standing.resting_until is not None and today < standing.resting_until:
        return Rest.RESTING
    wrong = wrong_moment_at(standing.wrong, today, limits.recovery_days)
    if wrong is not None:
        return wrong
    return None if follow_up else cool_off(standing.asks, today, limits)


def cool_off(asks: Sequence[PastAsk], today: date, limits: Limits) -> Rest | None:
    """Whether the ask budget is spent: asked too recently, or refused twice.

    One refusal rests as long as any other answer. Two refusals without a yes between them rest
    `refusals_rest_days` from the later one. Days are half-open: asked on day 0 with a rest of 90
    days, the client may be asked again on day 90.
    """
    made = sorted(
        (ask for ask in asks if ask.outcome not in NOT_AN_ASK), key=lambda a: a.on, reverse=True
    )
    refusals = _refusals_since_yes(made)
    if len(refusals) >= 2 and today < refusals[0] + timedelta(days=limits.refusals_rest_days):
        return Rest.TWO_REFUSALS
    if made and today < made[0].on + timedelta(days=limits.rest_days):
        return Rest.RECENTLY_ASKED
    return None


def _refusals_since_yes(newest_first: Iterable[PastAsk]) -> list[date]:
    days = []
    for ask in newest_first:
        if ask.outcome in ANSWERED_YES:
            break
        if ask.outcome == REFUSED:
            days.append(ask.on)
    return days


def wrong_moment_at(moments: Iterable[WrongMoment], today: date, recovery_days: int) -> Rest | None:
    """The wrong moment that `today` falls into. A complaint lasts `recovery_days` longer."""
    moment = wrong_one_at(moments, today, recovery_days)
    if moment is None:
        return None
    return Rest(moment.kind) if moment.kind in SAID else Rest.WRONG_MOMENT


def wrong_one_at(
    moments: Iterable[WrongMoment], today: date, recovery_days: int
) -> WrongMoment | None:
    """Of the wrong moments that `today` falls into the one that lasts longest; it always wins."""
    now = [
        moment
        for moment in moments
        if moment.on <= today and today < (wrong_until(moment, recovery_days) or date.max)
    ]
    return max(now, key=lambda m: wrong_until(m, recovery_days) or date.max, default=None)


def wrong_until(moment: WrongMoment, recovery_days: int) -> date | None:
    """The first day on which it is wrong no more; None while nobody knows."""
    end = moment.ended_on
    if end is not None and moment.kind == Rest.COMPLAINT:
        end += timedelta(days=recovery_days)
    return end


def is_owner_or_shared(owner_id: int | None, shared: bool, seller_id: int) -> bool:
    """Only the owner asks, unless the client is shared."""
    return shared or owner_id == seller_id


# --- moments --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Window:
    """When a good moment is a reason to ask: from `before` days ahead of it, for `after` days.

    A signing step has none: nobody is asked over a pen.
    """

    before: int
    after: int


def is_fresh(window: Window | None, on: date, today: date, *, rating: int | None = None) -> bool:
    """Whether a moment is a reason to ask today; never for a wrong kind (None) or a low rating."""
    if window is None or (rating is not None and rating < LOWEST_GOOD_RATING):
        return False
    first, last = on - timedelta(days=window.before), on + timedelta(days=max(window.after, 1))
    return first <= today < last


def freshness(window: Window, on: date, today: date) -> float:
    """How fresh a moment is: 1 on its day, 0 at the end of its window; for ties."""
    age = max(0, (today - on).days)
    return max(0.0, 1 - age / max(window.after, 1))


USUAL_STRENGTH = 3


def weight(strength: int) -> float:
    """What the firm's own judgement of a kind (1-5) is worth: a tenth for each step from 3."""
    return 1 + (strength - USUAL_STRENGTH) / 10


# --- skipping -------------------------------------------------------------------------------------


class SkipReason(StrEnum):
    """Why a suggestion was skipped. Each is valid and costs nobody anything."""

    WRONG_MOMENT = "wrong_moment"
    IN_A_HURRY = "in_a_hurry"
    NOT_COMFORTABLE = "not_comfortable"
    OTHER = "other"


SKIP_DAYS: dict[SkipReason, int] = {
    SkipReason.WRONG_MOMENT: 14,
    SkipReason.IN_A_HURRY: 1,
    SkipReason.NOT_COMFORTABLE: 90,
    SkipReason.OTHER: 7,
}
"""For how many days the client is not suggested again to this seller."""

LATEST_FOLLOW_UP_DAYS = 365


def skip_until(reason: SkipReason, today: date) -> date:
    """The first day on which the client may be suggested again."""
    return today + timedelta(days=SKIP_DAYS[reason])


def follow_up_allowed(due_on: date, today: date) -> bool:
    """A follow-up lies ahead, within a year."""
    return today < due_on <= today + timedelta(days=LATEST_FOLLOW_UP_DAYS)
