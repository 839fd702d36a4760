"""What moves a seller's money without a referral: pool, guarantee, advance, settlements."""

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from polecam.bonuses.models import (
    LedgerTransaction,
    MonthTopUp,
    PoolPart,
    PoolRule,
    Settlement,
    SettlementWay,
    TransactionKind,
)
from polecam.insights.seller import Money, others_of
from polecam.kit.money import WHOLE_BP
from polecam.people.models import Person
from polecam.web.pages.money.words import Item
from polecam.web.ui import format as fmt
from polecam.web.ui.parts import Row


def items(money: Money) -> list[Item]:
    """Each with its reason and its sum."""
    return [item for posting in money.others for item in (of(posting),) if item is not None]


def settlements_of(person: Person) -> QuerySet[LedgerTransaction]:
    """How the person's debts were settled so far, newest first."""
    return others_of(person).filter(settlement__isnull=False).order_by("-id")


def of(posting: LedgerTransaction) -> Item | None:
    """One posting as a row of the month; None for what changes nothing of the seller's."""
    if posting.kind == TransactionKind.SHARE_OUT:
        part = _of(posting, "poolpart")
        return _pool(posting, part) if isinstance(part, PoolPart) else None
    if posting.kind in (TransactionKind.GUARANTEE, TransactionKind.DRAW):
        filled = _of(posting, "monthtopup")
        return _filled(posting, filled) if isinstance(filled, MonthTopUp) else None
    settled = _of(posting, "settlement")
    return _settled(posting, settled) if isinstance(settled, Settlement) else None


def _of(posting: LedgerTransaction, name: str) -> object | None:
    try:
        return getattr(posting, name)
    except ObjectDoesNotExist:
        return None


def _pool(posting: LedgerTransaction, part: PoolPart) -> Item:
    rule = {
        PoolRule.EQUAL: _("divided equally"),
        PoolRule.PART_TIME: _("divided by the part of full time"),
        PoolRule.HELP: _("divided by help given"),
    }[PoolRule(part.payout.rule)]
    rows = [
        Row(_("Divided from the pool"), fmt.zl(part.payout.amount_grosze), rule),
        Row(_("Your weight by this rule"), _weight(part)),
        Row(_("For you, gross"), fmt.zl(part.amount_grosze), total=True),
    ]
    return Item(
        title=_("Your part of the branch pool"),
        sub=f"{fmt.day(posting.at)} · {part.payout.branch.name}",
        grosze=part.amount_grosze,
        icon="hand-heart",
        rows=rows,
        note=_("payable since %(day)s") % {"day": fmt.day(posting.at)},
    )


def _weight(part: PoolPart) -> str:
    if part.payout.rule == PoolRule.PART_TIME:
        return fmt.percent(part.weight)
    return fmt.number(part.weight)


def _filled(posting: LedgerTransaction, filled: MonthTopUp) -> Item:
    guarantee = posting.kind == TransactionKind.GUARANTEE
    part = (
        ""
        if filled.factor_bp == WHOLE_BP
        else _("for %(part)s of a full month") % {"part": fmt.percent(filled.factor_bp)}
    )
    rows = [
        Row(
            _("Guaranteed for the month") if guarantee else _("Filled up to"),
            fmt.zl(filled.target_grosze),
            part,
        ),
        Row(_("Earned in the month"), fmt.zl(filled.earned_grosze)),
        Row(
            _("Added, gross") if guarantee else _("Advance, gross"),
            fmt.zl(filled.amount_grosze),
            total=True,
        ),
    ]
    said = {"month": fmt.in_month(filled.month)}
    return Item(
        title=_("Guarantee") if guarantee else _("Advance"),
        sub=_("what was missing %(month)s") % said,
        grosze=filled.amount_grosze,
        icon="shield-check" if guarantee else "arrow-right",
        rows=rows,
        note=_("yours to keep; nothing is paid back")
        if guarantee
        else _("an advance: paid back from later months, only with your written consent"),
    )


def _settled(posting: LedgerTransaction, settled: Settlement) -> Item:
    way = {
        SettlementWay.NETTED: _("Taken from your bonus, with your consent"),
        SettlementWay.REPAID: _("You paid back"),
        SettlementWay.WAIVED: _("The firm lets it go"),
    }[SettlementWay(settled.way)]
    rows = [Row(way, fmt.zl(settled.amount_grosze), settled.why)]
    if settled.consent is not None:
        given = _("given %(day)s, up to %(limit)s") % {
            "day": fmt.day(settled.consent.given_at),
            "limit": fmt.zl(settled.consent.limit_grosze),
        }
        rows.append(Row(_("Your written consent"), given))
    rows.append(Row(_("No longer owed, gross"), fmt.zl(settled.amount_grosze), total=True))
    netted = settled.way == SettlementWay.NETTED
    return Item(
        title=way,
        sub=fmt.day(posting.at),
        grosze=-settled.amount_grosze if netted else settled.amount_grosze,
        icon="check-check",
        rows=rows,
        note=settled.why,
        void=netted,
    )
