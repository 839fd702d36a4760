"""Statements in words: states, movements with what is behind them, what is paid."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from polecam.bonuses.closing import MOVEMENTS, Movement
from polecam.bonuses.models import Statement, StatementState
from polecam.bonuses.paydays import payday_of
from polecam.insights.my_statements import DRAFT, Entry, Paper
from polecam.organisation import settings
from polecam.people.models import EngagementKind
from polecam.web.pages.money import extras, lines, others
from polecam.web.ui import format as fmt
from polecam.web.ui.parts import Row

TONES = {DRAFT: "line", "published": "honey", "locked": "chaber", "paid": "leaf"}
ICONS = {
    "accrued": "plus",
    "extra": "sprout",
    "pool": "hand-heart",
    "guarantee": "shield-check",
    "draw": "arrow-right",
    "voided": "undo-2",
    "vested": "lock-open",
    "disputed": "scale",
    "released": "scale",
    "netted": "file-signature",
    "repaid": "check-check",
    "waived": "check-check",
    "pooled": "arrow-right",
    "paid": "banknote",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One month of the list."""

    month: str
    name: str
    state: str
    tone: str
    sub: str
    payout: int | None


@dataclass(frozen=True, slots=True)
class Detail:
    """One line or posting behind a movement. `url`: where it is explained; `ask`: where a question
    about it is raised; `at`: when it was confirmed or posted."""

    text: str
    sub: str
    grosze: int
    at: datetime | None = None
    url: str = ""
    ask: str = ""

    @property
    def day(self) -> str:
        """The day, without a year that goes without saying."""
        return fmt.day(self.at) if self.at else ""

    @property
    def full_day(self) -> str:
        """The day with its year, as paper wants it."""
        return fmt.day(self.at, reference=date.min) if self.at else ""


@dataclass(frozen=True, slots=True)
class Group:
    """One movement. `grosze` changes the balance; a `moved` sum does not."""

    kind: str
    title: str
    sub: str
    grosze: int
    moved: int
    icon: str
    details: list[Detail] = field(default_factory=list)


def month_and_year(month: str) -> str:
    """`październik 2026`, whatever year it is: on paper it always stands."""
    year, index = month.split("-")
    return f"{fmt.FULL_MONTHS[fmt.language()][int(index) - 1]}{fmt.HARD}{year}"


def state(code: str) -> str:
    """What a statement is at."""
    return {
        DRAFT: pgettext("statement", "draft"),
        StatementState.PUBLISHED: pgettext("statement", "published"),
        StatementState.LOCKED: pgettext("statement", "locked"),
        StatementState.PAID: pgettext("statement", "paid"),
    }[code]


def explained(paper: Paper) -> str:
    """What that means for its seller."""
    day = fmt.day(payday_of(paper.month, _payday(paper)))
    said = {
        DRAFT: _("Computed just now from the ledger. It still changes until the month is closed."),
        StatementState.PUBLISHED: _(
            "Have a look and ask about whatever does not add up, before the month is closed."
        ),
        StatementState.LOCKED: _(
            "Closed by two people; it never changes. What comes later stands in a later month. "
            "Pay-day: %(day)s."
        )
        % {"day": day},
        StatementState.PAID: _("Paid %(day)s. It never changes.") % {"day": _paid_on(paper)},
    }[paper.state]
    return fmt.tie(said)


def _paid_on(paper: Paper) -> str:
    paid = paper.statement.paid_at if paper.statement else None
    return fmt.day(paid) if paid else ""


def _payday(paper: Paper) -> int:
    if paper.statement is None or paper.state != StatementState.LOCKED:
        return 1
    return int(settings.value("payday", at=paper.statement.published_at))


def label(kind: str) -> str:
    """What the money is called, by the kind of engagement."""
    return {
        EngagementKind.EMPLOYMENT: _("Bonus, a part of your wages, gross"),
        EngagementKind.CIVIL: _("Fee under your contract, gross"),
        EngagementKind.B2B: _("Amount for your invoice, gross"),
    }[EngagementKind(kind)]


def entry(one: Entry) -> Shown:
    """A month as a row of the list."""
    row = one.statement
    if row is None:
        sub = _("as it stands now")
    elif row.paid_at:
        sub = _("paid %(day)s") % {"day": fmt.day(row.paid_at)}
    else:
        sub = _("published %(day)s") % {"day": fmt.day(row.published_at)}
    return Shown(
        month=one.month,
        name=fmt.month(one.month),
        state=state(one.state),
        tone=TONES[one.state],
        sub=sub,
        payout=row.payout_grosze if row else None,
    )


def page(paper: Paper) -> dict[str, Any]:
    """Everything the page says beside the figures."""
    found = paper.figures
    return {
        "state": state(paper.state),
        "tone": TONES[paper.state],
        "explained": explained(paper),
        "label": label(str(found.engagement["kind"])),
        "groups": groups(paper),
        "opening": balances(found.opening),
        "closing": balances(found.closing),
        "payout": payout(paper),
    }


def groups(paper: Paper) -> list[Group]:
    """The movements in the order of the statement."""
    return [_group(paper, movement) for movement in paper.figures.movements]


def balances(sums: dict[str, int]) -> list[Row]:
    """A balance by where the money is; an account of nothing is left out."""
    names = {
        "pending": _("held"),
        "payable": _("payable"),
        "disputed": _("waits for a decision"),
        "receivable": _("to be settled"),
    }
    rows = [Row(name, fmt.zl(sums[key])) for key, name in names.items() if sums[key]]
    return rows if len(rows) > 1 else []


def payout(paper: Paper) -> list[Row]:
    """What is paid for the month, and of what."""
    due = paper.figures.payout
    of_lines = sum(int(amount) for _line, amount in due.lines)
    rows = []
    if of_lines:
        count = len(due.lines)
        said = ngettext(
            "%(n)s amount whose hold is over", "%(n)s amounts whose hold is over", count
        )
        rows.append(Row(fmt.tie(said % {"n": count}), fmt.zl(of_lines)))
    if due.others:
        rows.append(Row(_("Extras, pool, guarantee, deductions"), fmt.zl(due.others, plus=True)))
    note = {
        "nothing_due": _("nothing is payable for this month"),
        "below_zero": _("deductions are more than what is due; the rest goes on to the next month"),
    }.get(due.why, "")
    return [*rows, Row(_("Paid for this month, gross"), fmt.zl(due.amount), note, total=True)]


def kind_word(paper: Paper, movement: Movement) -> str:
    """The name of a movement."""
    if movement.kind == "accrued":
        return _rule(paper, movement)
    return {
        "extra": _("Extras of mentors and leaders"),
        "pool": _("Parts of the branch pool"),
        "guarantee": _("Guarantee"),
        "draw": _("Advance"),
        "voided": _("Taken back"),
        "vested": _("Hold is over: now payable"),
        "disputed": _("Waits for a decision"),
        "released": _("Decided: waits no longer"),
        "netted": _("Taken with your consent"),
        "repaid": _("You paid back"),
        "waived": _("The firm lets it go"),
        "pooled": _("Passed on to the branch pool"),
        "paid": _("Paid out"),
    }.get(movement.kind, _("Other movement"))


def _rule(paper: Paper, movement: Movement) -> str:
    known = (paper.lines.get(str(line)) for line, _amount in movement.lines)
    first = next((line for line in known if line is not None), None)
    return lines.rule_name(first) if first else _("Earned by the plan")


def _group(paper: Paper, movement: Movement) -> Group:
    details = _details(paper, movement)
    count = len(details)
    said = ngettext("%(n)s item", "%(n)s items", count) % {"n": count} if count else ""
    if movement.moved:
        moved = _("%(sum)s moved, the sum stays") % {"sum": fmt.zl(movement.moved)}
        said = f"{said} · {moved}" if said else moved
    return Group(
        kind=movement.kind,
        title=kind_word(paper, movement),
        sub=fmt.tie(said),
        grosze=movement.amount,
        moved=movement.moved,
        icon=ICONS.get(movement.kind, "arrow-right"),
        details=details,
    )


def _details(paper: Paper, movement: Movement) -> list[Detail]:
    found = [_line(paper, str(line), int(amount)) for line, amount in movement.lines]
    if movement.kind in ("extra", "voided"):
        found += _extras(paper, movement.kind)
    if movement.kind == "paid":
        found += [_paid(row) for row in paper.payments]
    if not found:
        found = [one for row in paper.others for one in _other(row, movement.kind)]
    return found


def _line(paper: Paper, public_id: str, grosze: int) -> Detail:
    line = paper.lines.get(public_id)
    if line is None:
        return Detail(_("A line that is kept no longer"), "", grosze)
    name = paper.names.get(line.fact.referral, "")
    return Detail(
        text=lines.title(line, name),
        sub=lines.state(line),
        grosze=grosze,
        at=line.fact.confirmed_at,
        url=reverse("money:line", args=[public_id]),
        ask=reverse("disputes:raise", args=["line", public_id]),
    )


def _paid(row: Statement) -> Detail:
    """The statement whose payment it was."""
    month = row.payroll_month.month
    said = _("Statement for %(month)s") % {"month": fmt.month(month)}
    url = reverse("statements:one", args=[month])
    return Detail(text=said, sub="", grosze=-row.payout_grosze, at=row.paid_at, url=url)


def _extras(paper: Paper, kind: str) -> list[Detail]:
    """Extras given in the month, or taken back in it."""
    given = kind == "extra"
    return [
        Detail(
            text=item.title,
            sub=item.sub,
            grosze=item.grosze,
            url=f"{reverse('money:mine')}?m={paper.month}",
        )
        for item in extras.of_month(paper.extras, paper.month)
        if item.void is not given
    ]


def _other(row: Any, kind: str) -> list[Detail]:
    if MOVEMENTS.get(row.kind) != kind:
        return []
    item = others.of(row)
    if item is None:
        return []
    rows = "; ".join(f"{part.label}: {part.value}" for part in item.rows)
    return [Detail(text=item.title, sub=rows, grosze=item.grosze, at=row.at)]
