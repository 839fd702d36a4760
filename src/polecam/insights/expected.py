"""What a referral may still earn its seller: plain arithmetic, each step shown.

Sources: the defaults of evidence.md (formulas: P(meeting | consent) 55%, P(win | meeting) 45%,
margin 4,360 zl), replaced by the branch's own last twelve months by shrinkage, never by a jump.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet, Sum

from polecam.asking.models import MomentTally
from polecam.asking.rates import FEWEST_SELLERS
from polecam.bonuses.queries import Rates
from polecam.kit.money import WHOLE_BP, half_up, share_of
from polecam.kit.periods import month_of
from polecam.organisation.currencies import rescaled
from polecam.organisation.settings import currency
from polecam.referrals import states
from polecam.referrals.models import StageTally

CONSENT_BP, MEETING_BP, WIN_BP = 5_000, 5_500, 4_500
RETAINED_BP = 8_000
"""A sale is kept: the yearly retention of evidence.md."""
MARGIN_GROSZE = 436_000
VALUE_PER_MARGIN = 20
"""A sale's value, where a plan pays by it: a margin of 5%, an assumption and shown as one."""
WEIGHT = 30
"""How many own cases weigh as much as the default."""


@dataclass(frozen=True, slots=True)
class Chances:
    """P(consent), P(meeting | consent), P(win | meeting) in basis points; margin in grosze.

    `cases`: consents of the branch in those months that went into them.
    """

    consent_bp: int = CONSENT_BP
    meeting_bp: int = MEETING_BP
    win_bp: int = WIN_BP
    margin_grosze: int = MARGIN_GROSZE
    cases: int = 0

    def sale(self, rates: Rates) -> int:
        """What one usual sale brings on the day it is confirmed (grosze, a whole share)."""
        return rates.sale_of(self.margin_grosze, self.margin_grosze * VALUE_PER_MARGIN)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the sum: what would have to happen, how likely, for how much (grosze)."""

    code: str
    chance_bp: int
    amount_grosze: int
    part_grosze: int


@dataclass(frozen=True, slots=True)
class Expected:
    """Gross amount still expected, its steps, and what a sale would bring by itself."""

    grosze: int
    steps: tuple[Step, ...]
    sale_grosze: int
    share_bp: int = WHOLE_BP


def blend(default: int, own: int, cases: int) -> int:
    """`default` and `own` weighted by WEIGHT and `cases`, rounded (same unit in and out)."""
    return half_up(
        default * WHOLE_BP * WEIGHT + own * WHOLE_BP * cases, (WEIGHT + cases) * WHOLE_BP
    )


def chances(branch_id: int, at: datetime, zone: str) -> Chances:
    """The branch's chances at `at`, from its tallies of the last twelve closed months.

    A friend named is an answer, read by its asker alone (invariant 21): only months count in which
    five sellers or more heard one, so that nobody finds a colleague's by subtracting their own.
    """
    month = month_of(at, zone)
    year_ago = f"{int(month[:4]) - 1}{month[4:]}"
    sums = StageTally.objects.filter(
        branch_id=branch_id, month__gte=year_ago, month__lt=month, month__in=_told(branch_id)
    ).aggregate(
        referrals=Sum("referrals"),
        consents=Sum("consents"),
        meetings=Sum("meetings"),
        sales=Sum("sales"),
        margin=Sum("margin_grosze"),
    )
    counted = {name: max(0, value or 0) for name, value in sums.items()}
    return from_sums(**counted, default_grosze=usual_margin())


def usual_margin() -> int:
    """The default margin of a sale (grosze), in the firm's own currency."""
    return rescaled(MARGIN_GROSZE, currency())


def _told(branch_id: int) -> QuerySet[MomentTally, str]:
    """Months (`YYYY-MM`) in which at least FEWEST_SELLERS of the branch heard an answer."""
    heard = MomentTally.objects.filter(branch_id=branch_id, asks__gt=0).order_by()
    sellers = heard.values("month").annotate(sellers=Count("seller_id", distinct=True))
    return sellers.filter(sellers__gte=FEWEST_SELLERS).values_list("month", flat=True)


def from_sums(
    *,
    referrals: int,
    consents: int,
    meetings: int,
    sales: int,
    margin: int,
    default_grosze: int = MARGIN_GROSZE,
) -> Chances:
    """Chances from counts of one year (margin in grosze)."""
    return Chances(
        consent_bp=blend(CONSENT_BP, _rate(consents, referrals), referrals),
        meeting_bp=blend(MEETING_BP, _rate(meetings, consents), consents),
        win_bp=blend(WIN_BP, _rate(sales, meetings), meetings),
        margin_grosze=blend(default_grosze, half_up(margin, sales) if sales else 0, sales),
        cases=consents,
    )


def _rate(part: int, whole: int) -> int:
    return min(WHOLE_BP, half_up(part * WHOLE_BP, whole)) if whole else 0


def of_referral(
    state: str, rates: Rates, likely: Chances, *, met: bool = False, share_bp: int = WHOLE_BP
) -> Expected:
    """What is still ahead in `state`; `met`: the meeting's own bonus is already credited.

    Sum over the steps ahead of (product of their chances) x amount, times the seller's share.
    """
    sale = likely.sale(rates)
    ahead: list[tuple[str, int, int]] = []
    if state in states.WAITING:
        ahead.append(("consent", likely.consent_bp, rates.consent_grosze))
    if state in states.OPEN and state != states.MEETING:
        ahead.append(("meeting", likely.meeting_bp, rates.meeting_grosze))
    if state == states.MEETING and not met:
        ahead.append(("meeting_confirmed", WHOLE_BP, rates.meeting_grosze))
    if state in states.OPEN:
        ahead.append(("sale", likely.win_bp, sale))
        if kept := rates.retained_of(likely.margin_grosze):
            ahead.append(("retained", RETAINED_BP, kept))
    chance, steps = WHOLE_BP, []
    for code, step_bp, amount in ahead:
        chance = half_up(chance * step_bp, WHOLE_BP)
        steps.append(Step(code, chance, amount, share_of(amount, chance)))
    total = share_of(sum(step.part_grosze for step in steps), share_bp)
    return Expected(total, tuple(steps), share_of(sale, share_bp), share_bp)
