"""A month's lines as ready strings: what for, how much, why so much, from when payable."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.bonuses.models import FactKind, Line, LineState, Suspense
from polecam.bonuses.months import MonthView
from polecam.insights.seller import Money
from polecam.kit.money import WHOLE_BP
from polecam.kit.periods import month_of
from polecam.web.ui import dispute_labels as labels
from polecam.web.ui import format as fmt
from polecam.web.ui.parts import Row

ICONS = {FactKind.CONSENT: "user-check", FactKind.MEETING: "calendar-check"}


@dataclass(frozen=True, slots=True)
class Part:
    """One line inside a group."""

    public_id: str
    text: str
    sub: str
    grosze: int


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the month: a sale by itself, consents and meetings together."""

    title: str
    sub: str
    grosze: int
    icon: str = ""
    name: str = ""
    rows: list[Row] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    public_id: str = ""
    note: str = ""
    void: bool = False


def items(money: Money) -> list[Item]:
    """Sales one by one, then groups of meetings and consents, then what was taken back."""
    month, names = money.month, money.names
    kept = [line for line in money.lines if line.month == month]
    sales = [_single(line, names) for line in kept if line.fact.kind == FactKind.SALE]
    groups = []
    for kind in (FactKind.MEETING, FactKind.CONSENT):
        lines = [line for line in kept if line.fact.kind == kind]
        if lines:
            groups.append(_group(kind, lines, names))
    taken = [line for line in money.lines if line.voiding and line.voiding.month == month]
    return [*sales, *groups, *(_taken(line, names) for line in taken)]


def title(line: Line, name: str) -> str:
    """`Sprzedaż – Piotr`, or without the name where it may not be known."""
    what = kind_word(line.fact.kind)
    return f"{what} – {name}" if name else what


def kind_word(kind: str) -> str:
    """What was confirmed."""
    return {
        FactKind.CONSENT: _("Consent"),
        FactKind.MEETING: _("Meeting"),
        FactKind.SALE: _("Sale"),
    }[FactKind(kind)]


def state(line: Line) -> str:
    """From when the amount is payable, or what became of it."""
    if line.state == LineState.VOID and line.voiding:
        return _("taken back %(day)s") % {"day": fmt.day(line.voiding.at)}
    if line.state == LineState.PAID:
        return _("paid")
    if line.state == LineState.PAYABLE and line.vesting:
        return _("payable since %(day)s") % {"day": fmt.day(line.vesting.at)}
    return _("payable from %(day)s") % {"day": fmt.day(line.vests_at)}


def trace(line: Line, *, whole: bool = False) -> list[Row]:
    """Base x rate x share, and the rounding where there is any. `whole`: every step, in words."""
    fact, rule = line.fact, line.component
    name = _("Rule %(n)s: %(what)s") % {"n": rule.position, "what": _rule_word(fact.kind)}
    rows = []
    if rule.rate_bp:
        rows.append(Row(_("Branch margin on the sale"), fmt.zl(fact.base_grosze)))
        product = f"× {fmt.percent(rule.rate_bp)} = {fmt.zl(line.whole_grosze)}"
        exact = fact.base_grosze * rule.rate_bp
        rows.append(Row(name, product, _rounding(exact, line.whole_grosze)))
    else:
        rows.append(Row(name, fmt.zl(line.whole_grosze)))
    if whole or fact.share_bp != WHOLE_BP:
        exact = line.whole_grosze * fact.share_bp
        value = f"× {fmt.percent(fact.share_bp)} = {fmt.zl(line.amount_grosze)}"
        rows.append(Row(_("Your share"), value, _rounding(exact, line.amount_grosze)))
    rows.append(Row(_("For you, gross"), fmt.zl(line.amount_grosze), total=True))
    return rows


def waiting(line: Line, held: Suspense) -> list[Row]:
    """What of the line waits for a decision, what does not, and for which question."""
    rest = line.amount_grosze - held.amount_grosze
    return [
        Row(_("Your part as credited"), fmt.zl(line.amount_grosze)),
        Row(_("Stays in any case"), fmt.zl(rest)),
        Row(_("Waits, gross"), fmt.zl(held.amount_grosze), _asked(held), total=True),
    ]


def _asked(held: Suspense) -> str:
    reason = str(labels.REASONS[held.dispute.reason])
    part = fmt.percent(held.dispute.contested_bp)
    return _("%(reason)s: %(part)s of the credit, since %(day)s") % {
        "reason": reason,
        "part": part,
        "day": fmt.day(held.at),
    }


def facts(line: Line) -> list[Row]:
    """Dates and the plan version of one line."""
    fact = line.fact
    return [
        Row(_("Confirmed on"), fmt.day(fact.confirmed_at)),
        Row(_("Counted in"), fmt.month(line.month)),
        Row(_("Held for"), fmt.days(fact.version.hold_days)),
        Row(_("Payable from"), fmt.day(line.vests_at)),
        Row(_("May be asked back for"), fmt.days(fact.version.clawback_days)),
    ]


def late(line: Line, zone: str) -> str:
    """A fact recorded after its month ended says so."""
    happened = month_of(line.fact.confirmed_at, zone)
    if happened == line.month:
        return ""
    return _("Confirmed %(then)s, recorded after that month had ended: counted %(now)s.") % {
        "then": fmt.in_month(happened),
        "now": fmt.in_month(line.month),
    }


def balance(view: MonthView) -> list[Row]:
    """Opening + movements = closing. Movements of nothing are left out."""
    moves = [
        (_("Earned this month"), view.accrued),
        (_("Taken back"), -view.voided),
        (_("Paid out"), -view.paid),
    ]
    return [
        Row(_("Not yet paid at the start"), fmt.zl(view.opening)),
        *(Row(label, fmt.zl(value, plus=True)) for label, value in moves if value),
        Row(_("Not yet paid at the end, gross"), fmt.zl(view.closing), total=True),
    ]


def soonest(money: Money) -> datetime | None:
    """When the first of the month's held amounts becomes payable."""
    held = [line.vests_at for line in money.lines if line.state == LineState.PENDING]
    return min(held, default=None)


def versions(lines: Iterable[Line]) -> list[tuple[int, str]]:
    """Number and id of the plan versions that the month's lines were computed by."""
    found = {line.fact.version.number: line.fact.version.public_id for line in lines}
    return sorted(found.items())


def _rule_word(kind: str) -> str:
    return {
        FactKind.CONSENT: _("a confirmed consent"),
        FactKind.MEETING: _("a confirmed meeting"),
        FactKind.SALE: _("a confirmed sale"),
    }[FactKind(kind)]


def _share_word(line: Line) -> str:
    if line.fact.share_bp == WHOLE_BP:
        return _("all yours")
    return _("your share %(share)s") % {"share": fmt.percent(line.fact.share_bp)}


def _single(line: Line, names: dict[str, str]) -> Item:
    name = names.get(line.fact.referral, "")
    return Item(
        title=title(line, name),
        sub=f"{fmt.day(line.fact.confirmed_at)} · {_share_word(line)}",
        grosze=line.amount_grosze,
        icon="" if name else "handshake",
        name=name,
        rows=trace(line),
        public_id=line.public_id,
        note=state(line),
    )


def _group(kind: str, lines: list[Line], names: dict[str, str]) -> Item:
    count = len(lines)
    if kind == FactKind.MEETING:
        said = ngettext("%(n)s meeting", "%(n)s meetings", count) % {"n": count}
    else:
        said = ngettext("%(n)s consent", "%(n)s consents", count) % {"n": count}
    amounts = {line.amount_grosze for line in lines}
    each = _("%(amount)s each") % {"amount": fmt.zl(lines[0].amount_grosze)}
    parts = [
        Part(
            line.public_id,
            names.get(line.fact.referral) or kind_word(kind),
            f"{fmt.day(line.fact.confirmed_at)} · {state(line)}",
            line.amount_grosze,
        )
        for line in lines
    ]
    return Item(
        title=fmt.tie(said),
        sub=each if len(amounts) == 1 and count > 1 else fmt.day(lines[0].fact.confirmed_at),
        grosze=sum(line.amount_grosze for line in lines),
        icon=ICONS[FactKind(kind)],
        parts=parts,
    )


def _taken(line: Line, names: dict[str, str]) -> Item:
    name = names.get(line.fact.referral, "")
    earned = _("earned %(month)s") % {"month": fmt.in_month(line.month)}
    return Item(
        title=_("Taken back: %(what)s") % {"what": title(line, name)},
        sub=earned,
        grosze=-line.amount_grosze,
        icon="undo-2",
        rows=trace(line),
        public_id=line.public_id,
        note=state(line),
        void=True,
    )


def _rounding(times_whole_bp: int, rounded: int) -> str:
    """`zaokrąglone z 545,0012 zł`, when the exact amount was no whole grosz."""
    if times_whole_bp == rounded * WHOLE_BP:
        return ""
    exact = Decimal(times_whole_bp) / (WHOLE_BP * 100)
    text = f"{exact:f}".rstrip("0")
    if fmt.language() == "pl":
        text = text.replace(".", ",")
    return _("rounded from %(exact)s zł") % {"exact": text}
