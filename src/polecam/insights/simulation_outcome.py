"""A simulation's sums: before and after, seller by seller; what it costs, saves and needs. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from polecam.bonuses.models import FactKind
from polecam.bonuses.pool.rules import Saving
from polecam.kit.money import WHOLE_BP, half_up

MOST_PERCENT = 500
"""Five times as much is no plan any more, it is a wish."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Another course of the same period, in percent of what happened: how many asks, and how many
    of each step lead to the next. 100 everywhere: as it was."""

    asks: int = 100
    consents: int = 100
    meetings: int = 100
    sales: int = 100

    def __post_init__(self) -> None:
        """Raises ValueError outside 0-500."""
        if not all(0 <= getattr(self, one.name) <= MOST_PERCENT for one in fields(self)):
            raise ValueError("percentages lie between 0 and 500")

    @property
    def as_it_was(self) -> bool:
        """Nothing is changed."""
        return self == AS_IT_WAS

    def factors(self) -> dict[str, int]:
        """Kind of fact -> basis points of what was, the product of the steps that lead to it,
        rounded once. Coaching and complaints do not depend on asks."""
        consent = self.asks * self.consents
        meeting = consent * self.meetings
        sale = meeting * self.sales
        won = half_up(sale, 10_000)
        return {
            FactKind.CONSENT: consent,
            FactKind.MEETING: half_up(meeting, 100),
            FactKind.SALE: won,
            FactKind.RETAINED: won,
            FactKind.HANDOFF: won,
            FactKind.REFERENCE: self.asks * 100,
            FactKind.COACHED: WHOLE_BP,
            FactKind.COMPLAINT: WHOLE_BP,
        }


AS_IT_WAS = WhatIf()


@dataclass(frozen=True, slots=True)
class Seller:
    """One seller's gross bonus of the period, in grosze."""

    person_id: int
    before: int
    after: int

    @property
    def gain(self) -> int:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Outcome:
    """Sellers, the best paid after first; the firm's cost is their sum, to the grosz."""

    sellers: tuple[Seller, ...]

    @property
    def before(self) -> int:
        """What was really credited."""
        return sum(seller.before for seller in self.sellers)

    @property
    def after(self) -> int:
        """What the version would have credited."""
        return sum(seller.after for seller in self.sellers)

    @property
    def difference(self) -> int:
        """After less before."""
        return self.after - self.before

    @property
    def gaining(self) -> tuple[Seller, ...]:
        """Who gets more."""
        return tuple(seller for seller in self.sellers if seller.gain > 0)

    @property
    def losing(self) -> tuple[Seller, ...]:
        """Who gets less, the biggest loss first."""
        lost = (seller for seller in self.sellers if seller.gain < 0)
        return tuple(sorted(lost, key=lambda seller: (seller.gain, seller.person_id)))

    @property
    def smallest_gain(self) -> Seller | None:
        """Whoever gains least, where nobody loses."""
        if self.losing:
            return None
        return min(self.gaining, key=lambda one: (one.gain, one.person_id), default=None)


def outcome(before: Mapping[int, int], after: Mapping[int, int]) -> Outcome:
    """Both sides of every seller (person id -> grosze); those without either are left out."""
    sellers = (
        Seller(person, before.get(person, 0), after.get(person, 0)) for person in {*before, *after}
    )
    told = (seller for seller in sellers if seller.before or seller.after)
    return Outcome(tuple(sorted(told, key=lambda one: (-one.after, -one.before, one.person_id))))


def per_sale(grosze: int, sales_bp: int) -> int | None:
    """Cost of one sale; None without a sale. `sales_bp`: basis points of one."""
    return half_up(grosze * WHOLE_BP, sales_bp) if sales_bp else None


@dataclass(frozen=True, slots=True)
class PayBack:
    """`sales`: how many more sales pay the difference back; 0: it costs no more; None: it does not,
    since a client by referral would cost as much as otherwise. Grosze: a client otherwise, by
    referral, and what one more sale saves."""

    sales: int | None
    otherwise_grosze: int
    by_referral_grosze: int

    @property
    def saves_grosze(self) -> int:
        """What one more sale saves."""
        return self.otherwise_grosze - self.by_referral_grosze


def pays_back(
    difference: int, otherwise_grosze: int | None, by_referral_grosze: int | None
) -> PayBack | None:
    """ceil(difference / (cost otherwise - cost of a sale by this version)); None: the firm has not
    entered its cost, or there was no sale to tell what one costs."""
    if otherwise_grosze is None or by_referral_grosze is None:
        return None
    saves = otherwise_grosze - by_referral_grosze
    if difference <= 0:
        sales: int | None = 0
    else:
        sales = -(-difference // saves) if saves > 0 else None
    return PayBack(sales, otherwise_grosze, by_referral_grosze)


@dataclass(frozen=True, slots=True)
class PoolPreview:
    """What would have flowed into the branch pool, and the sum behind it, in grosze: these clients
    won otherwise, all bonuses of the period (also of referrals without a sale, so rather too
    little flows), and the sellers' time."""

    sales_bp: int
    otherwise_grosze: int
    bonuses_grosze: int
    time_grosze: int
    pool_bp: int

    @property
    def saving(self) -> Saving:
        """What stays in the branch."""
        return Saving(self.otherwise_grosze, self.bonuses_grosze, self.time_grosze)

    @property
    def flows_grosze(self) -> int:
        """The pool's part of it; never below zero."""
        return self.saving.flow(self.pool_bp)


@dataclass(frozen=True, slots=True)
class Spending:
    """A special action against its budget, in grosze: what it would pay, never more than that."""

    position: int
    used: int
    granted: int

    @property
    def left(self) -> int:
        """What of the budget stays."""
        return max(0, self.granted - self.used)

    @property
    def runs_out(self) -> bool:
        """Whether somebody may have come too late for it."""
        return self.used >= self.granted
