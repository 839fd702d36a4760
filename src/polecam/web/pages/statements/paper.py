"""A statement on paper: PDF by typst, everything it says as data."""

from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from polecam.insights.my_statements import Paper
from polecam.people.models import Person
from polecam.web.pages.statements import movements, words
from polecam.web.ui import format as fmt
from polecam.web.ui import typeset
from polecam.web.ui.firm import firm

TEMPLATE = Path(__file__).with_name("paper.typ")


def pdf(paper: Paper, person: Person) -> bytes:
    """The statement as PDF in the active language."""
    return typeset.pdf(TEMPLATE, said(paper, person))


def said(paper: Paper, person: Person) -> dict[str, Any]:
    """All texts of the page, ready to read (see paper.typ)."""
    found = paper.figures
    return {
        "lang": fmt.language(),
        "title": _("Statement for %(month)s") % {"month": words.month_and_year(paper.month)},
        "firm": firm().name,
        "person": person.full_name,
        "label": words.label(str(found.engagement["kind"])),
        "state": words.state(paper.state),
        "explained": words.explained(paper),
        "paid": [[row.label, row.value, row.note, row.total] for row in words.payout(paper)],
        "paid_title": _("What is paid"),
        "moves_title": _("From opening to closing"),
        "opening": [_("Not yet paid at the start"), fmt.zl(found.opening["total"])],
        "groups": [
            {
                "title": group.title,
                "sub": group.sub,
                "amount": "" if group.moved else fmt.zl(group.grosze, plus=True),
                "details": [[one.text, one.full_day, fmt.zl(one.grosze)] for one in group.details],
            }
            for group in movements.groups(paper)
        ],
        "closing": [_("Not yet paid at the end, gross"), fmt.zl(found.closing["total"])],
        "sum": _(
            "Opening + movements = closing; the next month opens with this closing. A move between "
            "held and payable changes no sum."
        ),
        "foot": _foot(paper),
        "page": _("page"),
    }


def _foot(paper: Paper) -> str:
    if paper.statement is None:
        return _("A draft of %(when)s: it may still change.") % {
            "when": fmt.day(fmt.today(), reference=date.min)
        }
    return _("Fingerprint of the figures: %(digest)s") % {"digest": paper.statement.digest}
