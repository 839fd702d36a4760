"""What a seller's own asks brought so far, joined with the branch's and with general defaults.

Own answers are read for the seller alone (invariant 21): nothing here is kept where anybody else
could read it. Shrinkage as everywhere (evidence.md): the branch's figure weighs as much as a few
cases, own cases weigh as many as they are, so own data take over without a jump.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, Sum

from polecam.asking import queries as asking
from polecam.asking.rules import ANSWERED_YES
from polecam.asking.tally import ANSWERS
from polecam.insights import estimate, expected
from polecam.insights.estimate import PRIOR_REFERRALS, PRIOR_YES, Beta
from polecam.kit.money import WHOLE_BP, half_up
from polecam.kit.periods import month_of
from polecam.organisation import settings
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.referrals.models import StageTally

YEAR = timedelta(days=365)
PACE_WEEKS = 8
ASK_WEIGHT = 10
"""The branch's P(yes) weighs as much as ten own asks, as the prior does for the branch."""
MEETING_MINUTES = 45
"""One meeting with a friend; an assumption until sellers note their time."""


@dataclass(frozen=True, slots=True)
class OwnRates:
    """One seller's way from an ask to a sale. `answers`, `cases`: how many own ones count in."""

    yes: Beta = PRIOR_YES
    referrals: float = 1.0
    consent: Beta = Beta(15.0, 15.0)  # noqa: RUF009 - frozen
    meeting: Beta = Beta(16.5, 13.5)  # noqa: RUF009 - frozen
    win: Beta = Beta(13.5, 16.5)  # noqa: RUF009 - frozen
    margin_grosze: int = expected.MARGIN_GROSZE
    ask_minutes: int = 3
    follow_minutes: int = 20
    answers: int = 0
    cases: int = 0

    @property
    def later(self) -> tuple[Beta, Beta, Beta]:
        """Consent, meeting, sale."""
        return self.consent, self.meeting, self.win


@dataclass(frozen=True, slots=True)
class Asked:
    """A seller's own asks: answers of a year, how many a yes, and how many a week lately."""

    answers: int = 0
    yes: int = 0
    pace: float = 0.0


def asked(person: Person, at: datetime) -> Asked:
    """The person's own asks. For the person alone."""
    lately = Q(asked_at__gt=at - timedelta(weeks=PACE_WEEKS))
    found = (
        asking.visible_to(person)
        .filter(asked_at__gt=at - YEAR, asked_at__lte=at)
        .aggregate(
            answers=Count("pk", filter=Q(outcome__in=ANSWERS)),
            yes=Count("pk", filter=Q(outcome__in=ANSWERED_YES)),
            lately=Count("pk", filter=lately & ~Q(outcome="not_asked")),
        )
    )
    return Asked(found["answers"], found["yes"], found["lately"] / PACE_WEEKS)


def own_rates(person: Person, branch: Branch, own: Asked, *, at: datetime, zone: str) -> OwnRates:
    """The seller's rates at `at`: own counts of twelve months shrunk towards the branch's."""
    chances = estimate.chances(branch, at=at, zone=zone)
    month = month_of(at, zone)
    year_ago = f"{int(month[:4]) - 1}{month[4:]}"
    sums = StageTally.objects.filter(seller=person, month__gt=year_ago).aggregate(
        referrals=Sum("referrals"),
        consents=Sum("consents"),
        meetings=Sum("meetings"),
        sales=Sum("sales"),
        margin=Sum("margin_grosze"),
    )
    counts = {name: max(0, value or 0) for name, value in sums.items()}
    minutes = settings.values("ask_minutes", "follow_minutes", at=at, branch=branch)
    return joined(chances, own, counts, minutes)


def joined(
    chances: estimate.Chances, own: Asked, counts: dict[str, int], minutes: dict[str, int]
) -> OwnRates:
    """Branch and own counts together. Pure."""
    heard = _heard(chances.heard)
    after = chances.after
    named = counts["referrals"] if own.yes else 0
    sales = counts["sales"]
    margin = half_up(counts["margin"], sales) if sales else 0
    return OwnRates(
        yes=Beta(ASK_WEIGHT * heard, ASK_WEIGHT * (1 - heard)).given(
            own.yes, own.answers - own.yes
        ),
        referrals=(PRIOR_REFERRALS * chances.referrals + named) / (PRIOR_REFERRALS + own.yes),
        consent=_step(after.consent_bp, counts["consents"], counts["referrals"]),
        meeting=_step(after.meeting_bp, counts["meetings"], counts["consents"]),
        win=_step(after.win_bp, sales, counts["meetings"]),
        margin_grosze=expected.blend(after.margin_grosze, margin, sales),
        ask_minutes=minutes["ask_minutes"],
        follow_minutes=minutes["follow_minutes"],
        answers=own.answers,
        cases=counts["consents"],
    )


def _heard(heard: estimate.Heard) -> float:
    """The branch's P(yes) over all kinds of moment."""
    yes = sum(beta.a - PRIOR_YES.a for beta in heard.yes.values())
    no = sum(beta.b - PRIOR_YES.b for beta in heard.yes.values())
    return PRIOR_YES.given(round(yes), round(no)).mean


def _step(branch_bp: int, passed: int, of: int) -> Beta:
    """The branch's chance worth WEIGHT cases, and the seller's own cases."""
    weight = expected.WEIGHT
    start = Beta(weight * branch_bp / WHOLE_BP, weight * (WHOLE_BP - branch_bp) / WHOLE_BP)
    return start.given(min(passed, of), of - min(passed, of))
