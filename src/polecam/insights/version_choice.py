"""What one referral may bring by its own version of the plan, and by the one in force now.

Two sums side by side, so that a seller can choose. Only what is still ahead: what is credited
already was credited by the version of its day and stays as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from polecam.bonuses import rates
from polecam.bonuses.models import CreditedFact, FactKind, PlanVersion
from polecam.bonuses.queries import version_in_force
from polecam.claims.queries import shares
from polecam.insights import expected
from polecam.insights.pipeline_money import likely
from polecam.kit.money import WHOLE_BP, share_of
from polecam.kit.periods import month_of
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.referrals import states
from polecam.referrals.models import Referral
from polecam.sales.models import Sale, SaleState


@dataclass(frozen=True, slots=True)
class Line:
    """One step still ahead: its kind (`consent`, `meeting`, `meeting_confirmed`, `sale`,
    `retained`), its chance, and what it is worth by each version (grosze: amount x chance x the
    seller's share)."""

    kind: str
    chance_bp: int
    before_grosze: int
    after_grosze: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A newer version for one referral: both sums, gross, the seller's own part.

    `refusal`: the code with which `actions.plan_choices.take_version` would refuse it, or "".
    """

    before: PlanVersion
    after: PlanVersion
    share_bp: int
    before_grosze: int
    after_grosze: int
    lines: tuple[Line, ...]
    refusal: str = ""


def offer(person: Person, referral: Referral, at: datetime) -> Offer | None:
    """The version in force for the person at `at`, beside the one that holds for the referral.

    None where there is no newer one, or none holds for the referral. A colleague who shares it
    and would get less by the newer one is a reason to refuse; who and how much stays untold.
    """
    before, after = _versions(person, referral, at)
    if before is None or after is None:
        return None
    parts = {row.person_id: row.share_bp for row in shares(referral, at=at)}
    ahead = _Ahead(referral, at)
    share = parts.get(person.pk, 0)
    lines = tuple(ahead.lines(person.pk, share, before, after))
    refusal = _refusal(referral, share)
    if not refusal and _somebody_loses(ahead, parts, person, before, after):
        refusal = "version_others_lose"
    return Offer(
        before=before,
        after=after,
        share_bp=share,
        before_grosze=sum(line.before_grosze for line in lines),
        after_grosze=sum(line.after_grosze for line in lines),
        lines=lines,
        refusal=refusal,
    )


def _versions(
    person: Person, referral: Referral, at: datetime
) -> tuple[PlanVersion | None, PlanVersion | None]:
    now = version_in_force(person, referral.branch_id, at)
    if now is None or referral.plan_version_id in (None, now.pk):
        return None, None
    held = PlanVersion.objects.get(pk=referral.plan_version_id)
    return (held, now) if now.valid_from > held.valid_from else (None, None)


def _refusal(referral: Referral, share_bp: int) -> str:
    if not share_bp:
        return "version_no_share"
    sold = Sale.objects.filter(referral=referral).values_list("state", flat=True)
    if any(state in (SaleState.CONFIRMED, SaleState.RETAINED) for state in sold):
        return "version_sale_confirmed"
    if referral.erased_at is not None or (referral.state in states.ENDED and not sold):
        return "version_not_open"
    return ""


def _somebody_loses(
    ahead: "_Ahead",
    parts: dict[int, int],
    person: Person,
    before: PlanVersion,
    after: PlanVersion,
) -> bool:
    for other, share in parts.items():
        if other != person.pk:
            lines = list(ahead.lines(other, share, before, after))
            if sum(one.after_grosze for one in lines) < sum(one.before_grosze for one in lines):
                return True
    return False


class _Ahead:
    """What is still ahead of one referral, looked up once for everybody who shares it."""

    def __init__(self, referral: Referral, at: datetime) -> None:
        zone = settings.zone()
        self.referral, self.at, self.month = referral, at, month_of(at, zone)
        self.chances = likely(referral.branch_id, at=at, zone=zone)
        facts = CreditedFact.objects.filter(referral=referral.public_id, reverses=None)
        self.met = facts.filter(kind=FactKind.MEETING, reversal=None).exists()
        self.sale = Sale.objects.filter(referral=referral, state=SaleState.REPORTED).first()

    def lines(
        self, person_id: int, share_bp: int, before: PlanVersion, after: PlanVersion
    ) -> Iterator[Line]:
        """The steps by both versions, as this seller stands in their month."""
        place = rates.place_of(person_id, self.month)
        olds = self._steps(rates.rates_at(before.pk, at=self.at, place=place))
        news = self._steps(rates.rates_at(after.pk, at=self.at, place=place))
        for code in dict.fromkeys([*olds, *news]):
            chance, old = olds.get(code, (news.get(code, (0, 0))[0], 0))
            new = news.get(code, (chance, 0))[1]
            yield Line(code, chance, share_of(old, share_bp), share_of(new, share_bp))

    def _steps(self, paid: rates.Rates) -> dict[str, tuple[int, int]]:
        """Code -> (chance, amount x chance)."""
        if self.sale is not None:
            return self._sold(self.sale, paid)
        found = expected.of_referral(self.referral.state, paid, self.chances, met=self.met)
        return {step.code: (step.chance_bp, step.part_grosze) for step in found.steps}

    def _sold(self, sale: Sale, paid: rates.Rates) -> dict[str, tuple[int, int]]:
        """A reported sale has its real margin; it only waits to be confirmed."""
        steps = {"sale": (WHOLE_BP, paid.sale_of(sale.margin_grosze, sale.value_grosze))}
        if kept := paid.retained_of(sale.margin_grosze):
            chance = expected.RETAINED_BP
            steps["retained"] = (chance, share_of(kept, chance))
        return steps
