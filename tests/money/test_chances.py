"""What the branch's chances are made of: never an answer that one colleague heard."""

from polecam.asking.models import MomentTally
from polecam.insights.expected import CONSENT_BP, chances
from polecam.kit.periods import month_of, previous_month
from polecam.people.models import Role
from polecam.referrals.models import StageTally
from tests.cast import person

ZONE = "Europe/Warsaw"


def heard(branch, seller, month, consents=0):
    """Two answers, both a name; `consents` of those friends agreed."""
    MomentTally.objects.create(branch=branch, seller=seller, month=month, kind="", asks=2, yes=2)
    StageTally.objects.create(
        branch=branch, seller=seller, month=month, asks=2, referrals=2, consents=consents
    )


def test_only_closed_months_of_five_sellers_count(branch, marta, kamil, at):
    now = month_of(at, ZONE)
    past = previous_month(now)
    heard(branch, marta, past)
    heard(branch, kamil, past)
    assert chances(branch.pk, at, ZONE).consent_bp == CONSENT_BP, "one could subtract one's own"
    for number in range(3):
        more = person(branch, Role.SELLER, f"Ola{number}", "Lis", "f", at=at)
        heard(branch, more, past, consents=2)
        heard(branch, more, now)
    known = chances(branch.pk, at, ZONE)
    assert known.cases == 6
    assert known.consent_bp == (CONSENT_BP * 30 + 6_000 * 10) // 40
    heard(branch, marta, now, consents=2)
    heard(branch, kamil, now, consents=2)
    assert chances(branch.pk, at, ZONE) == known, "this month is not over"
