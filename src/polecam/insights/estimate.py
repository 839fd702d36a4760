"""What an ask may bring: its chances with their uncertainty, the seller's bonus, the firm's value.

Formulas and defaults: evidence.md ("Formulas"). P(yes) is a Beta(3,7) per kind of moment, joined
by the branch's own answers, so own data replace the default by shrinkage and never by a jump. What
follows a named friend is `insights.expected`, the same sum that My referrals shows. Money is in
grosze. Answers are read from closed months only (invariant 21, asking.rates).
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from random import Random
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Count, Q, Sum

from polecam.asking import rates as answers
from polecam.asking.rules import weight
from polecam.bonuses.queries import Rates
from polecam.insights import evidence, expected
from polecam.kit.money import WHOLE_BP, share_of
from polecam.kit.periods import month_of, previous_month
from polecam.organisation.models import Branch
from polecam.referrals import states
from polecam.referrals.models import StageTally

PRIOR_REFERRALS = 10
"""Referrals per yes: one, worth ten observations."""
REFERRED_CLIENT = 1.31
"""A client who came recommended recommends 31-57% more (Gershon & Jiang 2024): the lower bound."""
UPLIFT = {"bank": 1.16}
"""Value of a referred customer against others (Schmitt, Skiera & Van den Bulte 2011)."""
INCREMENTAL = 0.5
"""Share of referred customers who would not have come anyway, until asked."""
MONTHS = 12
DRAWS = 600
EDGES = (0.1, 0.9)
"""The honest range holds eight of ten outcomes of the chances."""


class Beta(NamedTuple):
    """A chance: `a` for, `b` against, prior included."""

    a: float
    b: float

    @property
    def mean(self) -> float:
        """The expected chance."""
        return self.a / (self.a + self.b)

    def given(self, yes: int, no: int) -> "Beta":
        """The chance after so many more observations."""
        return Beta(self.a + max(0, yes), self.b + max(0, no))


PRIOR_YES = Beta(3.0, 7.0)
"""33% of those willing do recommend (Kumar, Petersen & Leone 2007), worth ten asks."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Released answers of a branch: P(yes) per kind of moment, and referrals per yes."""

    yes: dict[str, Beta] = field(default_factory=dict)
    asks: dict[str, int] = field(default_factory=dict)
    referrals: float = 1.0


@dataclass(frozen=True, slots=True)
class Chances:
    """What one branch knows of the way from an ask to a sale."""

    heard: Heard = Heard()
    after: expected.Chances = expected.Chances()  # noqa: RUF009 - frozen

    @property
    def referrals(self) -> float:
        """Referrals that one yes brings."""
        return self.heard.referrals

    def yes_at(self, kind: str) -> Beta:
        """P(yes) at a kind of moment."""
        return self.heard.yes.get(kind, PRIOR_YES)

    def priority(self, kind: str, strength: int) -> float:
        """P(yes) for ranking: the firm's judgement of a kind (1-5) weighs the default alone.

        (3 w + yes) / (10 + answers), w from `asking.rules.weight`: own answers replace it by
        shrinkage. The figures a seller is shown stay without it.
        """
        yes = self.yes_at(kind)
        return (yes.a + PRIOR_YES.a * (weight(strength) - 1)) / (yes.a + yes.b)

    def own_at(self, kind: str) -> int:
        """How many of the firm's own answers stand behind P(yes); 0 = the prior alone."""
        return self.heard.asks.get(kind, 0)

    def later(self) -> tuple[Beta, Beta, Beta]:
        """Consent, meeting, sale as Betas whose weight is the default's and the branch's cases."""
        weight = expected.WEIGHT + self.after.cases
        steps = (self.after.consent_bp, self.after.meeting_bp, self.after.win_bp)
        first, second, third = (
            Beta(weight * bp / WHOLE_BP, weight * (WHOLE_BP - bp) / WHOLE_BP) for bp in steps
        )
        return first, second, third


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the sum: its chance in basis points and what it pays in grosze."""

    name: str
    chance_bp: int
    pays_grosze: int = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A seller's gross bonus (grosze), its honest range, and the steps it comes from."""

    grosze: int
    low_grosze: int
    high_grosze: int
    steps: tuple[Step, ...]
    own_answers: int = 0
    whole_grosze: int = 0

    @property
    def one_in(self) -> int:
        """Money comes from about one ask in so many."""
        chance = 1.0
        for step in self.steps:
            chance *= step.chance_bp / 10_000
            if step.pays_grosze:
                break
        return max(1, round(1 / chance)) if chance else 0


def of_ask(chances: Chances, kind: str, rates: Rates, *, referrals: float = 1.0) -> Estimate:
    """What one ask at a kind of moment brings its seller; `referrals` beyond the branch's usual."""
    yes = chances.yes_at(kind)
    times = chances.referrals * referrals
    named = of_referral(chances, rates)
    low, high = _range(
        (yes, *chances.later()), _pays(chances.after, rates), round(times, 3), asked=True
    )
    return Estimate(
        grosze=round(yes.mean * times * named.grosze),
        low_grosze=low,
        high_grosze=high,
        steps=(Step("yes", round(yes.mean * times * WHOLE_BP)), *named.steps),
        own_answers=chances.own_at(kind),
        whole_grosze=named.whole_grosze,
    )


def of_referral(chances: Chances, rates: Rates) -> Estimate:
    """What a named friend brings, before they consent: the figure of My referrals."""
    after, pays = chances.after, _pays(chances.after, rates)
    low, high = _range(chances.later(), pays, 1.0, asked=False)
    bps = (after.consent_bp, after.meeting_bp, after.win_bp)
    return Estimate(
        grosze=expected.of_referral(states.CAPTURED, rates, after).grosze,
        low_grosze=low,
        high_grosze=high,
        steps=tuple(
            Step(name, bp, pay)
            for name, bp, pay in zip(("consent", "meeting", "sale"), bps, pays, strict=True)
        ),
        whole_grosze=sum(pays),
    )


def value_per_win(
    margin_grosze: int, *, cost_of_client_grosze: int, bonus_grosze: int, business: str
) -> float:
    """V of evidence.md in grosze: p_inc (uplift CLV + S) + (1 - p_inc) S - bonus, CLV = margin."""
    return evidence.value_per_win(
        p_inc=INCREMENTAL,
        referred=evidence.clv_referred(margin_grosze, UPLIFT.get(business, 1.0)),
        saved=cost_of_client_grosze,
        bonus=bonus_grosze,
    )


def chances(branch: Branch, *, at: datetime, zone: str) -> Chances:
    """What `branch` knows at `at`; its answers are read once a month and process."""
    before = month_of(at, zone)
    key = f"heard:{branch.public_id}:{before}"
    heard: Heard | None = cache.get(key)
    if heard is None:
        heard = _hear(branch.pk, before)
        cache.set(key, heard, 3600)
    return Chances(heard, expected.chances(branch.pk, at, zone))


def _hear(branch_id: int, before: str) -> Heard:
    since = before
    for _ in range(MONTHS):
        since = previous_month(since)
    counted = answers.by_kind(branch_id, since=since, before=before)
    return from_counts(counted, _referrals(branch_id, since, before))


def from_counts(counted: dict[str, answers.Answers], referrals: int) -> Heard:
    """Priors joined by released answers, and by the referrals of the same months."""
    said_yes = sum(a.yes for a in counted.values())
    named = referrals if said_yes else 0
    return Heard(
        yes={kind: PRIOR_YES.given(a.yes, a.asks - a.yes) for kind, a in counted.items()},
        asks={kind: a.asks for kind, a in counted.items()},
        referrals=(PRIOR_REFERRALS + named) / (PRIOR_REFERRALS + said_yes),
    )


def _referrals(branch_id: int, since: str, before: str) -> int:
    """Referrals of closed months in which five sellers or more asked."""
    months = (
        StageTally.objects.filter(branch_id=branch_id, month__gte=since, month__lt=before)
        .values("month")
        .annotate(
            sellers=Count("seller", filter=Q(asks__gt=0), distinct=True), brought=Sum("referrals")
        )
        .order_by("month")
    )
    return sum(row["brought"] for row in months if row["sellers"] >= answers.FEWEST_SELLERS)


def _pays(after: expected.Chances, rates: Rates) -> tuple[int, int, int]:
    """What consent, meeting and sale pay; the sale with what is expected for its being kept."""
    kept = share_of(rates.retained_of(after.margin_grosze), expected.RETAINED_BP)
    return rates.consent_grosze, rates.meeting_grosze, after.sale(rates) + kept


def _chain(means: list[float], pays: tuple[int, int, int]) -> float:
    """P(consent) (pay + P(meeting) (pay + P(win) pay))."""
    total = 0.0
    for chance, pay in zip(reversed(means), reversed(pays), strict=True):
        total = chance * (pay + total)
    return total


@lru_cache(maxsize=512)
def _range(
    betas: tuple[Beta, ...], pays: tuple[int, int, int], times: float, *, asked: bool
) -> tuple[int, int]:
    """Quantiles of the sum when every chance varies by its Beta; the same input, the same range."""
    dice = Random(20261123)  # noqa: S311 - a fixed seed on purpose: no secret, a stable figure
    sums = []
    for _ in range(DRAWS):
        drawn = [dice.betavariate(beta.a, beta.b) for beta in betas]
        first = drawn.pop(0) * times if asked else 1.0
        sums.append(first * _chain(drawn, pays))
    sums.sort()
    low, high = (sums[round(edge * (DRAWS - 1))] for edge in EDGES)
    return round(low), round(high)
