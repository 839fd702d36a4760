"""What referrals are worth to the firm: the formulas of evidence.md, pure, one function for each.

Money is in grosze, rates are shares of one, times in minutes. Nothing here reads a database: the
data come from insights.evidence_data, the parameters from insights.parameters.
"""

from collections.abc import Iterable
from dataclasses import dataclass


def clv(margin: float, retention: float, discount: float) -> float:
    """Customer lifetime value, closed form: CLV = m r / (1 + i - r) (evidence.md, "Formulas").

    `margin`: contribution margin of a year; `retention`: share that stays a year; `discount`: of a
    year. Raises ValueError unless 0 <= r < 1 + i.
    """
    _require_rates(retention, discount)
    return margin * retention / (1 + discount - retention)


def clv_finite(margin: float, retention: float, discount: float, years: int) -> float:
    """Finite form: the sum over t = 1..years of m r^t / (1 + i)^t (evidence.md, "Formulas")."""
    _require_rates(retention, discount)
    kept = retention / (1 + discount)
    return margin * sum(kept**year for year in range(1, years + 1))


def clv_referred(value: float, uplift: float) -> float:
    """CLV_referred = uplift x CLV; never also a churn multiplier (evidence.md, "Formulas").

    The uplift (Schmitt, Skiera & Van den Bulte 2011) holds the longer stay already.
    """
    return uplift * value


@dataclass(frozen=True, slots=True)
class Referred:
    """`count` referred customers of year `year` (1 is the first): what each brings that year.

    `would_not_have_come`: the share p_inc who came only because of the referral.
    """

    year: int
    count: float
    would_not_have_come: float
    margin: float
    reward: float = 0
    retention_marketing: float = 0
    saved: float = 0


def crv(customers: Iterable[Referred], discount: float) -> float:
    """Customer referral value (Kumar, Petersen & Leone 2010; evidence.md, "CRV").

    For each referred customer who would not have come otherwise: margin - reward - retention
    marketing + acquisition cost saved; for each who would have come anyway: acquisition cost saved
    only; all of year t discounted by (1 + i)^t.
    """
    total = 0.0
    for one in customers:
        because = one.margin - one.reward - one.retention_marketing + one.saved
        each = one.would_not_have_come * because + (1 - one.would_not_have_come) * one.saved
        total += one.count * each / (1 + discount) ** one.year
    return total


def over_years(
    *,
    wins: float,
    p_inc: float,
    margin: float,
    retention: float,
    reward: float,
    saved: float,
    years: int,
) -> list[Referred]:
    """The wins of a period, year by year of a horizon, for `crv`: reward and saving once, in the
    first year; each year's margin from those who stayed so long (r^t)."""
    return [
        Referred(
            year,
            wins,
            p_inc,
            margin * retention**year,
            reward=reward if year == 1 else 0,
            saved=saved if year == 1 else 0,
        )
        for year in range(1, years + 1)
    ]


def cac_referral(
    *, rewards: float, bonuses: float, time: float, programme: float, wins: int
) -> float:
    """CAC_referral = (rewards + bonuses + time + programme) / wins (evidence.md).

    Raises ValueError without a win.
    """
    if wins <= 0:
        raise ValueError("a cost for each win needs a win")
    return (rewards + bonuses + time + programme) / wins


def acquisition_saving(cac_alternative: float, cac_by_referral: float, wins: int) -> float:
    """(CAC_alternative - CAC_referral) x wins (evidence.md); below zero where referrals cost more.

    For whole sums: `wins` is a count, the costs are for one win.
    """
    return (cac_alternative - cac_by_referral) * wins


def value_per_win(
    *, p_inc: float, referred: float, saved: float, reward: float = 0, bonus: float = 0
) -> float:
    """V = p_inc (CLV_referred + S) + (1 - p_inc) S - reward - bonus (evidence.md)."""
    return p_inc * (referred + saved) + (1 - p_inc) * saved - reward - bonus


def expected_value(yes: float, referrals: float, consent: float, win: float, value: float) -> float:
    """EV of an ask = P(yes) n P(consent | yes) P(win | consent) V (evidence.md)."""
    return yes * referrals * consent * win * value


def time_of_ask(ask_minutes: float, yes: float, follow_minutes: float) -> float:
    """t = t_ask + P(yes) t_follow, in minutes (evidence.md)."""
    return ask_minutes + yes * follow_minutes


def cost_of_time(minutes: float, hour: float) -> float:
    """Minutes at the cost of an hour."""
    return minutes * hour / 60


def roti(value: float, cost: float) -> float:
    """Return on time invested: (EV - cost) / cost (evidence.md). Raises ValueError for no cost."""
    if cost <= 0:
        raise ValueError("a return needs something that was put in")
    return (value - cost) / cost


def per_hour(value: float, minutes: float) -> float:
    """Value per hour: EV / t (evidence.md). Raises ValueError for no time."""
    if minutes <= 0:
        raise ValueError("a value for an hour needs time")
    return value * 60 / minutes


def _require_rates(retention: float, discount: float) -> None:
    if not 0 <= retention < 1 + discount:
        raise ValueError("retention is a share below 1 + discount")
