"""A month's lines as ready strings: what for, how much, why so much, from when payable."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.bonuses.models import FactKind, Line, LineState
from polecam.bonuses.months import MonthView
from polecam.insights.seller import Money
from polecam.kit.money import WHOLE_BP
from polecam.web.pages.money import lines
from polecam.web.ui import format as fmt
from polecam.web.ui.parts import Row

ICONS = {
    FactKind.CONSENT: "user-check",
    FactKind.MEETING: "calendar-check",
    FactKind.RETAINED: "heart",
    FactKind.REFERENCE: "message-square",
    FactKind.HANDOFF: "handshake",
    FactKind.COACHED: "sprout",
}
GROUPED = (FactKind.MEETING, FactKind.CONSENT, FactKind.REFERENCE, FactKind.COACHED)


@dataclass(frozen=True, slots=True)
class Part:
    """One line inside a group."""

    public_id: str
    text: str
    sub: str
    grosze: int


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the month: a sale by itself, consents and meetings together. `original`: the
    line (public id) that a difference corrects."""

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
    original: str = ""
    owed: bool = False


def items(money: Money) -> list[Item]:
    """Sales one by one, groups of meetings and consents, differences, what was taken back."""
    month, names = money.month, money.names
    kept = [line for line in money.lines if line.month == month]
    first = [line for line in kept if line.corrects_id is None]
    single = [_single(line, names) for line in first if line.fact.kind not in GROUPED]
    groups = []
    for kind in GROUPED:
        found = [line for line in first if line.fact.kind == kind]
        if found:
            groups.append(_group(kind, found, names))
    changed = [_changed(line, names) for line in kept if line.corrects_id is not None]
    taken = [line for line in money.lines if line.voiding and line.voiding.month == month]
    return [*single, *groups, *changed, *(_taken(line, names) for line in taken)]


def balance(view: MonthView) -> list[Row]:
    """Opening + movements = closing. Movements of nothing are left out."""
    moves = [
        (_("Earned this month"), view.accrued),
        (_("Taken back"), -view.voided),
        (_("Settled"), view.settled),
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


def versions(found: Iterable[Line]) -> list[tuple[int, str]]:
    """Number and id of the plan versions that the month's lines were computed by."""
    known = {line.fact.version.number: line.fact.version.public_id for line in found}
    return sorted(known.items())


def _share_word(line: Line) -> str:
    if line.fact.share_bp == WHOLE_BP:
        return _("all yours")
    return _("your share %(share)s") % {"share": fmt.percent(line.fact.share_bp)}


def _single(line: Line, names: dict[str, str]) -> Item:
    name = names.get(line.fact.referral, "")
    return Item(
        title=lines.title(line, name),
        sub=f"{fmt.day(line.fact.confirmed_at)} · {_share_word(line)}",
        grosze=line.amount_grosze,
        icon="" if name else ICONS.get(FactKind(line.fact.kind), "handshake"),
        name=name,
        rows=lines.brief(line),
        public_id=line.public_id,
        note=lines.state(line),
    )


def _group(kind: str, found: list[Line], names: dict[str, str]) -> Item:
    count = len(found)
    amounts = {line.amount_grosze for line in found}
    each = _("%(amount)s each") % {"amount": fmt.zl(found[0].amount_grosze)}
    parts = [
        Part(
            line.public_id,
            names.get(line.fact.referral) or lines.kind_word(kind),
            f"{fmt.day(line.fact.confirmed_at)} · {lines.state(line)}",
            line.amount_grosze,
        )
        for line in found
    ]
    return Item(
        title=fmt.tie(_counted(kind, count)),
        sub=each if len(amounts) == 1 and count > 1 else fmt.day(found[0].fact.confirmed_at),
        grosze=sum(line.amount_grosze for line in found),
        icon=ICONS[FactKind(kind)],
        parts=parts,
    )


def _counted(kind: str, n: int) -> str:
    said = {
        FactKind.MEETING: ngettext("%(n)s meeting", "%(n)s meetings", n),
        FactKind.CONSENT: ngettext("%(n)s consent", "%(n)s consents", n),
        FactKind.REFERENCE: ngettext("%(n)s reference", "%(n)s references", n),
        FactKind.COACHED: ngettext("%(n)s colleague made ready", "%(n)s colleagues made ready", n),
    }[FactKind(kind)]
    return said % {"n": n}


def _changed(line: Line, names: dict[str, str]) -> Item:
    """A difference to an earlier amount, linked to it."""
    first = line.corrects
    when = fmt.in_month(first.month) if first else ""
    return Item(
        title=lines.title(line, names.get(line.fact.referral, "")),
        sub=_("first counted %(month)s") % {"month": when},
        grosze=line.amount_grosze,
        icon="undo-2" if line.amount_grosze < 0 else "plus",
        rows=lines.brief(line),
        public_id=line.public_id,
        note=lines.state(line),
        original=first.public_id if first else "",
        owed=line.state == LineState.OWED,
    )


def _taken(line: Line, names: dict[str, str]) -> Item:
    name = names.get(line.fact.referral, "")
    earned = _("earned %(month)s") % {"month": fmt.in_month(line.month)}
    return Item(
        title=_("Taken back: %(what)s") % {"what": lines.title(line, name)},
        sub=earned,
        grosze=-line.amount_grosze,
        icon="undo-2",
        rows=lines.brief(line),
        public_id=line.public_id,
        note=lines.state(line),
        void=True,
    )
