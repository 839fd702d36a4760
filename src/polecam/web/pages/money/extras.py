"""A mentor's or leader's extra on "My bonus": what for, from which budget, given by whom."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from polecam.bonuses.models import ExtraPosting
from polecam.claims.models import ExtraRole
from polecam.insights.seller import Money
from polecam.kit import polish
from polecam.web.pages.money.words import Item
from polecam.web.ui import format as fmt
from polecam.web.ui.parts import Row


def items(money: Money) -> list[Item]:
    """Extras given in the month, then those taken back in it."""
    return of_month(money.extras, money.month)


def of_month(found: Iterable[ExtraPosting], month: str) -> list[Item]:
    """The same of any of them, and a month `YYYY-MM`."""
    rows = list(found)
    given = [row for row in rows if row.posting.month == month]
    taken = [row for row in rows if row.taking_back and _taken_in(row, month)]
    return [*map(_given, given), *map(_taken_back, taken)]


def _taken_in(row: ExtraPosting, month: str) -> bool:
    return row.taking_back is not None and row.taking_back.month == month


def _given(row: ExtraPosting) -> Item:
    extra = row.extra
    back = row.taking_back
    note = (
        _("taken back %(day)s") % {"day": fmt.day(back.at)}
        if back
        else _("payable since %(day)s") % {"day": fmt.day(extra.at)}
    )
    return Item(
        title=_title(row),
        sub=f"{fmt.day(extra.at)} · {_whose(row)}",
        grosze=extra.amount_grosze,
        icon="sprout",
        rows=trace(row),
        note=note,
    )


def _taken_back(row: ExtraPosting) -> Item:
    back = row.taking_back
    return Item(
        title=_("Taken back: %(what)s") % {"what": _title(row)},
        sub=_whose(row),
        grosze=-row.extra.amount_grosze,
        icon="undo-2",
        rows=trace(row),
        note=_("the sale it helped with does not count, %(day)s")
        % {"day": fmt.day(back.at if back else row.extra.at)},
        void=True,
    )


def _title(row: ExtraPosting) -> str:
    if row.extra.role == ExtraRole.MENTOR:
        return _("Extra for a mentor")
    return _("Extra for a leader")


def _whose(row: ExtraPosting) -> str:
    author = row.extra.referral.originator
    name = author.first_name
    if fmt.language() == "pl":
        name = polish.genitive(name, author.form)
    return fmt.tie(_("help with a referral of %(name)s") % {"name": name})


def trace(row: ExtraPosting) -> list[Row]:
    """Where the amount comes from."""
    extra = row.extra
    return [
        Row(
            _("One extra, by the branch's setting"),
            fmt.zl(extra.amount_grosze),
            _("given by %(who)s") % {"who": extra.given_by.full_name},
        ),
        Row(
            _("From the branch's budget for %(month)s") % {"month": fmt.month(extra.budget.month)},
            fmt.zl(extra.amount_grosze),
            _("from nobody's share of the credit"),
        ),
        Row(_("For you, gross"), fmt.zl(extra.amount_grosze), total=True),
    ]
