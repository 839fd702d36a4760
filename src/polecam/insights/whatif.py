"""What more asks may bring in a month, and how many asks a wanted sum takes. Pure arithmetic.

The middle is the expected sum: asks x P(yes) x referrals per yes x what a referral brings (with
bands, caps and conditions: the average over months drawn by chance). The range holds eight of ten
such months: every chance varies by its Beta, and how many friends come by luck (Poisson). Dice have
a fixed seed and each month of chance is the same one for every number of asks, so more asks never
bring less. Results are kept in the process by their inputs alone, which name nobody.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from polecam.bonuses.models import Base, FactKind, Shape
from polecam.bonuses.rates import Rates, Term, summed
from polecam.insights.estimate import EDGES
from polecam.insights.expected import RETAINED_BP, VALUE_PER_MARGIN
from polecam.insights.own_rates import MEETING_MINUTES, OwnRates
from polecam.kit.money import WHOLE_BP, share_of

STOPS = (2, 3, 4, 5, 6, 8)
WEEKS_A_MONTH = 52 / 12
MONTHS = 400
"""How many months of chance are drawn."""
MOST_ASKS = 40
"""Beyond so many asks a week no honest plan is made."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """A month with so many asks a week: gross grosze with the range, and hours a week."""

    asks: int
    grosze: int
    low_grosze: int
    high_grosze: int
    hours: float


@dataclass(frozen=True, slots=True)
class Way:
    """Asks a week that a wanted sum takes on average. `low`, `high`: when chances turn out better
    or worse; `high` is None, and so is `asks`, beyond MOST_ASKS."""

    goal_grosze: int
    asks: int | None
    low: int
    high: int | None
    hours: float


@dataclass(frozen=True, slots=True)
class Month:
    """What happened in a month of chance."""

    consents: float
    meetings: float
    sales: float


@lru_cache(maxsize=2048)
def outlook(own: OwnRates, terms: tuple[Term, ...], asks: int) -> Outlook:
    """What `asks` asks a week bring in a month, by the components `terms` that pay now."""
    sums = sorted(paid(terms, month, own.margin_grosze) for month in _months(own, asks))
    low, high = (sums[round(edge * (len(sums) - 1))] for edge in EDGES)
    middle = mean(own, terms, asks)
    return Outlook(
        asks=asks,
        grosze=round(middle),
        low_grosze=round(min(low, middle)),
        high_grosze=round(max(high, middle)),
        hours=hours(own, asks),
    )


def mean(own: OwnRates, terms: tuple[Term, ...], asks: int) -> float:
    """The expected month, in grosze: exact where every fact pays by itself."""
    consent, meeting, win = (beta.mean for beta in own.later)
    friends = asks * WEEKS_A_MONTH * own.yes.mean * own.referrals
    if all(_by_itself(term) for term in terms):
        pays = summed(terms)
        kept = share_of(pays.retained_of(own.margin_grosze), RETAINED_BP)
        sale = _sale(pays, own.margin_grosze) + kept
        return (
            friends * consent * (pays.consent_grosze + meeting * (pays.meeting_grosze + win * sale))
        )
    usual = [
        paid(terms, _month(friends, (consent, meeting, win), luck), own.margin_grosze)
        for luck in _luck()
    ]
    return sum(usual) / len(usual)


def hours(own: OwnRates, asks: int) -> float:
    """A week's hours: the asks, what follows a yes, and meetings."""
    yes = own.yes.mean
    meetings = yes * own.referrals * own.consent.mean * own.meeting.mean
    each = own.ask_minutes + yes * own.follow_minutes + meetings * MEETING_MINUTES
    return asks * each / 60


def way_to(own: OwnRates, terms: tuple[Term, ...], goal_grosze: int) -> Way:
    """How many asks a week bring `goal_grosze` a month on average."""
    asks = next((n for n in _asks() if mean(own, terms, n) >= goal_grosze), None)
    best, worst = _spread(own, terms)
    low = next((n for n in _asks() if best * mean(own, terms, n) >= goal_grosze), MOST_ASKS)
    high = next((n for n in _asks() if worst * mean(own, terms, n) >= goal_grosze), None)
    return Way(goal_grosze, asks, low, high, hours(own, asks or MOST_ASKS))


def paid(terms: tuple[Term, ...], month: Month, margin_grosze: int) -> int:
    """What the components pay for a month (grosze), caps and conditions kept."""
    counts: dict[str, float] = {
        FactKind.CONSENT.value: month.consents,
        FactKind.MEETING.value: month.meetings,
        FactKind.SALE.value: month.sales,
        FactKind.RETAINED.value: month.sales * RETAINED_BP / WHOLE_BP,
    }
    total = 0
    for term in terms:
        count = counts.get(term.kind, 0)
        if not count or counts.get(term.needs_kind, term.needs_least) < term.needs_least:
            continue
        total += _of(term, count, margin_grosze)
    return total


def _of(term: Term, count: float, margin_grosze: int) -> int:
    worth = {
        Base.COUNT.value: WHOLE_BP,
        Base.MARGIN.value: margin_grosze,
        Base.VALUE.value: margin_grosze * VALUE_PER_MARGIN,
    }[term.base]
    earned = term.paid(round(count * worth))
    if term.shape == Shape.FLAT and term.floor_grosze:
        earned = max(earned, round(count * term.floor_grosze))
    return min(earned, term.cap_grosze) if term.cap_grosze else earned


def _by_itself(term: Term) -> bool:
    return term.shape == Shape.FLAT and not term.cap_grosze and not term.needs_kind


def _sale(pays: Rates, margin_grosze: int) -> int:
    return pays.sale_of(margin_grosze, margin_grosze * VALUE_PER_MARGIN)


def _asks() -> Sequence[int]:
    return range(1, MOST_ASKS + 1)


@lru_cache(maxsize=256)
def _spread(own: OwnRates, terms: tuple[Term, ...]) -> tuple[float, float]:
    """How much better, how much worse than expected a referral pays when chances vary."""
    pays = summed(terms)
    sale = _sale(pays, own.margin_grosze)
    sums = []
    for yes, consent, meeting, win in _chances(own):
        later = pays.consent_grosze + meeting * (pays.meeting_grosze + win * sale)
        sums.append(yes * consent * later)
    sums.sort()
    middle = sum(sums) / len(sums)
    if not middle:
        return 1.0, 1.0
    worst, best = (sums[round(edge * (len(sums) - 1))] / middle for edge in EDGES)
    return max(1.0, best), min(1.0, worst)


def _months(own: OwnRates, asks: int) -> Iterator[Month]:
    for (yes, *chances), luck in zip(_chances(own), _luck(), strict=True):
        friends = asks * WEEKS_A_MONTH * yes * own.referrals
        yield _month(friends, (chances[0], chances[1], chances[2]), luck)


def _month(
    friends: float, chances: tuple[float, float, float], luck: tuple[float, float, float]
) -> Month:
    """Friends who only agree, who only meet, who buy: three independent numbers of a month."""
    consent, meeting, win = chances
    only_agree = poisson(friends * consent * (1 - meeting), luck[0])
    only_meet = poisson(friends * consent * meeting * (1 - win), luck[1])
    buy = poisson(friends * consent * meeting * win, luck[2])
    return Month(only_agree + only_meet + buy, only_meet + buy, buy)


@lru_cache(maxsize=64)
def _chances(own: OwnRates) -> tuple[tuple[float, float, float, float], ...]:
    """Chances of each month: P(yes), P(consent), P(meeting), P(sale)."""
    dice = Random(20261126)  # noqa: S311 - a fixed seed on purpose: no secret, a stable figure
    betas = (own.yes, *own.later)
    return tuple(
        tuple(dice.betavariate(max(b.a, 1e-9), max(b.b, 1e-9)) for b in betas)  # type: ignore[misc]
        for _ in range(MONTHS)
    )


@lru_cache(maxsize=1)
def _luck() -> tuple[tuple[float, float, float], ...]:
    """Three numbers in (0, 1) for each month, spread evenly (Latin hypercube)."""
    dice = Random(20261127)  # noqa: S311 - as above
    columns = []
    for _ in range(3):
        column = [(i + 0.5) / MONTHS for i in range(MONTHS)]
        dice.shuffle(column)
        columns.append(column)
    return tuple(zip(*columns, strict=True))


def poisson(mean_of: float, luck: float) -> int:
    """The number that `luck` (0 to 1) gives when `mean_of` are expected; never falls with it."""
    if mean_of <= 0:
        return 0
    chance = total = math.exp(-mean_of)
    count = 0
    while total < luck and count < 10 * mean_of + 100:
        count += 1
        chance *= mean_of / count
        total += chance
    return count
