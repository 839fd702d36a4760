"""Statements in words: states, movements with what is behind them, what is paid."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from polecam.bonuses.closing.paydays import payday_of
from polecam.bonuses.models import StatementState
from polecam.insights.my_statements import DRAFT, Entry, Paper
from polecam.organisation import settings
from polecam.people.models import EngagementKind
from polecam.web.pages.statements import movements
from polecam.web.ui import format as fmt
from polecam.web.ui.parts import Row

TONES = {DRAFT: "line", "published": "honey", "locked": "chaber", "paid": "leaf"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One month of the list."""

    month: str
    name: str
    state: str
    tone: str
    sub: str
    payout: int | None


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
        "groups": movements.groups(paper),
        "opening": balances(found.opening),
        "closing": balances(found.closing),
        "payout": payout(paper),
    }


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
