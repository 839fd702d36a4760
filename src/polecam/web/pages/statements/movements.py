"""The movements of a statement in words, with the lines and postings behind each."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.bonuses.closing.figures import MOVEMENTS, Movement
from polecam.bonuses.models import LedgerTransaction, Statement
from polecam.insights.my_statements import Paper
from polecam.web.pages.money import extras, lines, others
from polecam.web.ui import format as fmt

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


def groups(paper: Paper) -> list[Group]:
    """The movements in the order of the statement."""
    return [_group(paper, movement) for movement in paper.figures.movements]


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


def _other(row: LedgerTransaction, kind: str) -> list[Detail]:
    if MOVEMENTS.get(row.kind) != kind:
        return []
    item = others.of(row)
    if item is None:
        return []
    rows = "; ".join(f"{part.label}: {part.value}" for part in item.rows)
    return [Detail(text=item.title, sub=rows, grosze=item.grosze, at=row.at)]
