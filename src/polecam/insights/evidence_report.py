"""What referrals brought, cost, saved and gave back, and what an ask returns: with ranges.

The formulas are insights.evidence, the sums insights.evidence_data, the parameters of the firm or
their defaults insights.parameters. Own data join the defaults by weight (insights.intervals).
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from polecam.insights import evidence
from polecam.insights.estimate import PRIOR_REFERRALS, PRIOR_YES, Beta
from polecam.insights.evidence_data import Ground
from polecam.insights.expected import WEIGHT
from polecam.insights.intervals import DRAWS, Figure, around, dice, mean_draws, shrunk
from polecam.insights.parameters import Parameters
from polecam.kit.money import half_up

CONSENT, WIN = 0.5, 0.25
"""P(consent | yes) and P(win | consent) until own data (evidence.md, "Defaults")."""
SPREAD_DEFAULT, SPREAD_OWN = 1.5, 1.1
"""Minutes nobody measured may be so many times more or less than assumed."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What the referrals of a period cost, in grosze; `by_win` without a win is nothing."""

    rewards: int
    bonuses: int
    time: int
    programme: int
    total: Figure
    by_win: Figure | None


@dataclass(frozen=True, slots=True)
class Worth:
    """What a client is worth, in grosze: a year's margin, over their life, recommended, and what
    all of the period bring over the horizon (`crv`)."""

    margin: Figure
    clv: Figure
    referred: Figure
    together: Figure
    crv: Figure


@dataclass(frozen=True, slots=True)
class Ask:
    """What one ask brings the firm, and the time it takes (minutes); money in grosze."""

    yes: Figure
    consent: Figure
    win: Figure
    referrals: float
    by_win: Figure
    value: Figure
    minutes: Figure
    cost: Figure
    roti: Figure
    per_hour: Figure


@dataclass(frozen=True, slots=True)
class Report:
    """The evidence of a period. `saved` is None until the cost otherwise is entered."""

    ground: Ground
    parameters: Parameters
    worth: Worth
    cost: Cost
    ask: Ask
    saved: Figure | None
    returned: Figure | None
    """ROTI of a client by referral: (CLV_referred - CAC_referral) / CAC_referral."""
    returned_otherwise: Figure | None
    """The same for a client won otherwise: (CLV - CAC_alternative) / CAC_alternative."""

    @property
    def given_back(self) -> int:
        """To the sellers: bonuses and what flowed into pools (grosze)."""
        return self.ground.bonuses + self.ground.pool

    @property
    def left(self) -> Figure | None:
        """What of the saving stays in the firm, once the pool has its part."""
        if self.saved is None:
            return None
        pool = self.ground.pool
        return Figure(self.saved.value - pool, self.saved.low - pool, self.saved.high - pool)


class Dice:
    """Outcomes of everything uncertain, drawn once, so that all figures vary together."""

    def __init__(self, ground: Ground, parameters: Parameters) -> None:
        self.ground, self.parameters = ground, parameters
        counts = ground.counts
        referrals, consents = counts.get("referrals", 0), counts.get("consents", 0)
        self.yes = PRIOR_YES.given(ground.yes, ground.answers - ground.yes)
        self.consent = _prior(CONSENT).given(consents, referrals - consents)
        self.win = _prior(WIN).given(ground.wins, consents - ground.wins)
        self.referrals = (PRIOR_REFERRALS + (referrals if ground.yes else 0)) / (
            PRIOR_REFERRALS + ground.yes
        )
        own = parameters.own("yearly_margin_grosze")
        self.margin = float(parameters.value("yearly_margin_grosze"))
        if own:
            self.margins = [self.margin] * DRAWS
        else:
            self.margins = mean_draws(ground.margins, self.margin)
            if ground.wins:
                self.margin = shrunk(self.margin, ground.margin / ground.wins, ground.wins)
        rolled = dice()
        self.yeses = _drawn(self.yes, rolled)
        self.consents = _drawn(self.consent, rolled)
        self.wins = _drawn(self.win, rolled)
        self.increments = self._increments(rolled)
        measured = parameters.own("ask_minutes", "follow_minutes")
        spread = SPREAD_OWN if measured else SPREAD_DEFAULT
        self.times = [spread ** rolled.uniform(-1, 1) for _ in range(DRAWS)]

    def _increments(self, rolled: Random) -> list[float]:
        """p_inc as if asked of ten new clients (default), or of thirty (entered)."""
        weight = WEIGHT if self.parameters.own("incremental_bp") else 10
        rate = self.parameters.rate("incremental_bp")
        if rate in (0.0, 1.0):
            return [rate] * DRAWS
        return _drawn(Beta(weight * rate, weight * (1 - rate)), rolled)


def report(ground: Ground, parameters: Parameters) -> Report:
    """All figures of a period."""
    drawn = Dice(ground, parameters)
    worth, cost = _worth(drawn), _cost(drawn)
    saved = returned = otherwise = None
    alternative = parameters.cost_of_client
    if alternative is not None and cost.by_win is not None:
        saved = _each(
            lambda by_win: evidence.acquisition_saving(alternative, by_win, ground.wins),
            cost.by_win,
        )
    if cost.by_win is not None and cost.by_win.low > 0:
        returned = around(
            evidence.roti(worth.referred.value, cost.by_win.value),
            [
                evidence.roti(_referred(parameters, margin), by_win)
                for margin, by_win in zip(drawn.margins, _by_win(drawn), strict=True)
            ],
        )
    if alternative:
        otherwise = _each(lambda clv: evidence.roti(clv, alternative), worth.clv)
    ask = _ask(drawn, worth, alternative or 0)
    return Report(ground, parameters, worth, cost, ask, saved, returned, otherwise)


def _worth(drawn: Dice) -> Worth:
    p, wins = drawn.parameters, drawn.ground.wins
    margin = around(drawn.margin, drawn.margins)
    clv = _each(lambda m: evidence.clv(m, p.rate("retention_bp"), p.rate("discount_bp")), margin)
    referred = _each(lambda value: evidence.clv_referred(value, p.rate("uplift_bp")), clv)
    return Worth(
        margin=margin,
        clv=clv,
        referred=referred,
        together=_each(lambda value: value * wins, referred),
        crv=around(
            _crv(drawn, drawn.margin, p.rate("incremental_bp")),
            [_crv(drawn, m, inc) for m, inc in zip(drawn.margins, drawn.increments, strict=True)],
        ),
    )


def _crv(drawn: Dice, margin: float, p_inc: float) -> float:
    p = drawn.parameters
    years = evidence.over_years(
        wins=drawn.ground.wins,
        p_inc=p_inc,
        margin=margin,
        retention=p.rate("retention_bp"),
        reward=p.value("client_reward_grosze"),
        saved=p.cost_of_client or 0,
        years=p.value("horizon_years"),
    )
    return evidence.crv(years, p.rate("discount_bp"))


def _cost(drawn: Dice) -> Cost:
    p, ground = drawn.parameters, drawn.ground
    rewards = p.value("client_reward_grosze") * ground.wins
    programme = p.value("programme_month_grosze") * ground.cells
    time = time_grosze(ground, p)
    fixed = rewards + ground.bonuses + programme
    total = around(fixed + time, [fixed + time * much for much in drawn.times])
    by_win = _each(lambda whole: whole / ground.wins, total) if ground.wins else None
    return Cost(rewards, ground.bonuses, time, programme, total, by_win)


def time_grosze(ground: Ground, parameters: Parameters) -> int:
    """Asks and follow-ups at their usual minutes and the cost of an hour, in grosze."""
    minutes = ground.counts.get("asks", 0) * parameters.value("ask_minutes")
    minutes += ground.counts.get("referrals", 0) * parameters.value("follow_minutes")
    return half_up(minutes * parameters.value("hour_cost_grosze"), 60)


def _by_win(drawn: Dice) -> list[float]:
    p, ground = drawn.parameters, drawn.ground
    return [
        evidence.cac_referral(
            rewards=p.value("client_reward_grosze") * ground.wins,
            bonuses=ground.bonuses,
            time=time_grosze(ground, p) * much,
            programme=p.value("programme_month_grosze") * ground.cells,
            wins=ground.wins,
        )
        for much in drawn.times
    ]


def _referred(p: Parameters, margin: float) -> float:
    clv = evidence.clv(margin, p.rate("retention_bp"), p.rate("discount_bp"))
    return evidence.clv_referred(clv, p.rate("uplift_bp"))


def _ask(drawn: Dice, worth: Worth, alternative: int) -> Ask:
    """EV of an ask, its time and its return; each draw uses its own chances throughout."""
    p, ground = drawn.parameters, drawn.ground
    reward = p.value("client_reward_grosze")
    bonus = ground.bonuses / ground.wins if ground.wins else 0.0

    def by_win(p_inc: float, referred: float) -> float:
        return evidence.value_per_win(
            p_inc=p_inc, referred=referred, saved=alternative, reward=reward, bonus=bonus
        )

    def minutes(yes: float, much: float = 1.0) -> float:
        usual = evidence.time_of_ask(p.value("ask_minutes"), yes, p.value("follow_minutes"))
        return usual * much

    def cost(time: float) -> float:
        return evidence.cost_of_time(time, p.value("hour_cost_grosze"))

    values = [
        by_win(p_inc, _referred(p, margin))
        for p_inc, margin in zip(drawn.increments, drawn.margins, strict=True)
    ]
    times = [minutes(yes, much) for yes, much in zip(drawn.yeses, drawn.times, strict=True)]
    chances = zip(drawn.yeses, drawn.consents, drawn.wins, values, strict=True)
    worths = [evidence.expected_value(y, drawn.referrals, c, w, v) for y, c, w, v in chances]
    mean_by_win = by_win(p.rate("incremental_bp"), worth.referred.value)
    value = evidence.expected_value(
        drawn.yes.mean, drawn.referrals, drawn.consent.mean, drawn.win.mean, mean_by_win
    )
    time = minutes(drawn.yes.mean)
    pairs = list(zip(worths, times, strict=True))
    return Ask(
        yes=around(drawn.yes.mean, drawn.yeses),
        consent=around(drawn.consent.mean, drawn.consents),
        win=around(drawn.win.mean, drawn.wins),
        referrals=drawn.referrals,
        by_win=around(mean_by_win, values),
        value=around(value, worths),
        minutes=around(time, times),
        cost=around(cost(time), [cost(one) for one in times]),
        roti=around(
            evidence.roti(value, cost(time)), [evidence.roti(v, cost(t)) for v, t in pairs]
        ),
        per_hour=around(
            evidence.per_hour(value, time), [evidence.per_hour(v, t) for v, t in pairs]
        ),
    )


def _each(rule: Callable[[float], float], found: Figure) -> Figure:
    """A figure through a rule that only rises or only falls."""
    ends = sorted((rule(found.low), rule(found.high)))
    return Figure(rule(found.value), ends[0], ends[1])


def _prior(chance: float) -> Beta:
    return Beta(WEIGHT * chance, WEIGHT * (1 - chance))


def _drawn(chance: Beta, rolled: Random) -> list[float]:
    return [rolled.betavariate(chance.a, chance.b) for _ in range(DRAWS)]
