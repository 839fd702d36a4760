"""A seller's own money: confirmed (in the ledger), probable (waits for someone's word), possible.

Gross grosze throughout. Confirmed is exact, from the ledger. Probable: sales the seller reported
and meetings that took place, before they are confirmed. Possible: the expected value of what is
still open (insights.expected), each referral by the plan version of its capture.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from polecam.bonuses import rates
from polecam.bonuses.models import (
    CreditedFact,
    ExtraPosting,
    FactKind,
    LedgerTransaction,
    Line,
    TransactionKind,
)
from polecam.bonuses.months import MonthView, month_view
from polecam.claims.queries import in_force
from polecam.insights.expected import Chances, Expected, of_referral
from polecam.insights.pipeline_money import likely
from polecam.kit.money import share_of
from polecam.people.models import Person
from polecam.referrals import states
from polecam.referrals.models import Meeting
from polecam.referrals.queries import mine
from polecam.sales.models import Sale, SaleState


@dataclass(frozen=True, slots=True)
class Probable:
    """One thing that happened and waits to be confirmed; `base_grosze`: the margin of a sale."""

    kind: str
    referral: str
    at: datetime
    grosze: int
    share_bp: int
    base_grosze: int = 0
    rate_bp: int = 0


@dataclass(frozen=True, slots=True)
class Possible:
    """Open referrals of one state: how many, and what they may still bring together."""

    state: str
    count: int
    grosze: int
    each: Expected


@dataclass(slots=True)
class Money:
    """A month of one seller. `probable` and `possible` belong to today, so only to this month."""

    month: str
    view: MonthView
    lines: list[Line]
    names: dict[str, str]
    extras: list[ExtraPosting] = field(default_factory=list)
    others: list[LedgerTransaction] = field(default_factory=list)
    probable: list[Probable] = field(default_factory=list)
    possible: list[Possible] = field(default_factory=list)
    chances: Chances | None = None

    @property
    def probable_grosze(self) -> int:
        """The sum of what waits."""
        return sum(item.grosze for item in self.probable)

    @property
    def possible_grosze(self) -> int:
        """The sum of what may still come."""
        return sum(item.grosze for item in self.possible)


OTHERS = (
    TransactionKind.SHARE_OUT,
    TransactionKind.GUARANTEE,
    TransactionKind.DRAW,
    TransactionKind.RECOVER,
    TransactionKind.REPAID,
    TransactionKind.WAIVE,
)
"""What moves a seller's money without a line."""


@dataclass(frozen=True, slots=True)
class _Share:
    referral_id: int
    referral: str
    state: str
    version_id: int
    branch_id: int
    share_bp: int
    met: bool
    """A meeting is credited already."""


def lines_of(person: Person) -> QuerySet[Line]:
    """The seller's own lines; nobody else's."""
    return Line.objects.filter(person=person)


def my_money(person: Person, month: str, *, at: datetime, zone: str, now: str) -> Money:
    """The month `YYYY-MM` of a seller; `now` is the month of `at`, the only one with guesses."""
    lines = list(
        lines_of(person)
        .filter(Q(month=month) | Q(voiding__month=month))
        .select_related("fact__version", "component", "accrual", "vesting", "voiding")
        .order_by("fact__confirmed_at", "id")
    )
    money = Money(
        month=month,
        view=month_view(person.pk, month),
        lines=lines,
        names={},
        extras=list(extras_of(person, month)),
        others=list(others_of(person).filter(month=month)),
    )
    if month == now:
        shares = _shares(person)
        pays = _pays(person, shares, month, at)
        money.probable = _probable(person, shares, pays)
        money.possible, money.chances = _possible(shares, money.probable, pays, at=at, zone=zone)
    wanted = {line.fact.referral for line in lines} | {one.referral for one in money.probable}
    money.names = first_names(person, wanted, at=at)
    return money


def extras_of(person: Person, month: str) -> QuerySet[ExtraPosting]:
    """A mentor's or leader's extras, given or taken back in the month; the seller's own."""
    return (
        ExtraPosting.objects.filter(extra__person=person)
        .filter(Q(posting__month=month) | Q(taking_back__month=month))
        .select_related(
            "extra__referral__originator",
            "extra__given_by",
            "extra__budget",
            "posting",
            "taking_back",
        )
        .order_by("id")
    )


def others_of(person: Person) -> QuerySet[LedgerTransaction]:
    """Parts of a pool, months filled up, settlements: the seller's own, each with its reason."""
    return (
        LedgerTransaction.objects.filter(person=person, kind__in=OTHERS)
        .select_related("poolpart__payout__branch", "monthtopup__version", "settlement__consent")
        .order_by("id")
    )


def _pays(
    person: Person, shares: dict[int, _Share], month: str, at: datetime
) -> dict[int, rates.Rates]:
    """What the next one pays by each version (id), at the seller's present place in the month."""
    versions = {share.version_id for share in shares.values()}
    steps = any(rates.has_steps(version) for version in versions)
    place = rates.place_of(person.pk, month) if steps else rates.NOWHERE
    return {version: rates.rates_at(version, at=at, place=place) for version in versions}


def first_names(person: Person, referrals: Iterable[str], *, at: datetime) -> dict[str, str]:
    """First names of friends by their referral, only where the person brought or holds it."""
    rows = mine(person, at=at).filter(public_id__in=set(referrals), party__isnull=False)
    return dict(rows.values_list("public_id", "party__first_name"))


def _shares(person: Person) -> dict[int, _Share]:
    """The seller's shares of what is open or sold but not confirmed, by referral.

    A colleague's referral counts from its consent on: before, it would tell an ask's answer.
    """
    reported = Sale.objects.filter(state=SaleState.REPORTED, referral=OuterRef("referral"))
    rows = (
        in_force()
        .filter(person=person)
        .filter(Q(referral__originator=person) | Q(referral__consented_at__isnull=False))
        .filter(Q(referral__state__in=states.OPEN) | Exists(reported))
        .filter(referral__plan_version_id__isnull=False, referral__second=False)
        .values_list(
            "referral_id",
            "referral__public_id",
            "referral__state",
            "referral__plan_version_id",
            "referral__branch_id",
            "share_bp",
            Exists(_credited_meeting()),
        )
    )
    return {row[0]: _Share(*row) for row in rows}  # not null: filtered


def _probable(
    person: Person, shares: dict[int, _Share], pays: dict[int, rates.Rates]
) -> list[Probable]:
    """Reported sales and held meetings, oldest first."""
    own = in_force().filter(person=person).values("referral")
    sales = Sale.objects.filter(state=SaleState.REPORTED, referral__in=own).order_by("reported_at")
    known = [sale for sale in sales if sale.referral_id in shares]
    found = [
        _sale(share, sale, pays[share.version_id])
        for sale in known
        for share in (shares[sale.referral_id],)
    ]
    held: QuerySet[Meeting, tuple[int, datetime]] = (
        Meeting.objects.filter(held_at__isnull=False, confirmed_at=None, referral__in=own)
        .order_by("held_at")
        .values_list("referral_id", "held_at")  # type: ignore[assignment] # not null: filtered
    )
    first: dict[int, datetime] = {}
    for referral_id, held_at in held:
        first.setdefault(referral_id, held_at)
    for referral_id, held_at in first.items():
        share = shares.get(referral_id)
        if share is not None and not share.met:
            whole = pays[share.version_id].meeting_grosze
            part = share_of(whole, share.share_bp)
            found.append(Probable("meeting", share.referral, held_at, part, share.share_bp))
    return sorted((one for one in found if one.grosze), key=lambda one: one.at)


def _sale(share: _Share, sale: Sale, paid: rates.Rates) -> Probable:
    whole = paid.sale_of(sale.margin_grosze, sale.value_grosze)
    return Probable(
        "sale",
        share.referral,
        sale.reported_at,
        share_of(whole, share.share_bp),
        share.share_bp,
        sale.margin_grosze,
        paid.sale_bp,
    )


def _possible(
    shares: dict[int, _Share],
    probable: list[Probable],
    pays: dict[int, rates.Rates],
    *,
    at: datetime,
    zone: str,
) -> tuple[list[Possible], Chances | None]:
    """Open referrals by state; what waits already as probable is not counted twice."""
    waiting = {one.referral for one in probable if one.kind == "meeting"}
    known: dict[int, Chances] = {}
    groups: dict[str, list[Expected]] = {}
    for share in shares.values():
        if share.state not in states.OPEN:
            continue
        if share.branch_id not in known:
            known[share.branch_id] = likely(share.branch_id, at=at, zone=zone)
        expected = of_referral(
            share.state,
            pays[share.version_id],
            known[share.branch_id],
            met=share.met or share.referral in waiting,
            share_bp=share.share_bp,
        )
        groups.setdefault(share.state, []).append(expected)
    found = [
        Possible(state, len(groups[state]), sum(one.grosze for one in groups[state]), each)
        for state in states.MOVES
        if state in groups
        for each in groups[state][:1]
    ]
    return found, next(iter(known.values()), None)


def _credited_meeting() -> QuerySet[CreditedFact]:
    return CreditedFact.objects.filter(
        kind=FactKind.MEETING, referral=OuterRef("referral__public_id")
    )
