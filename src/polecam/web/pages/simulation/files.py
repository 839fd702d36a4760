"""A simulation as a file: sellers, months, rules. Texts stay texts: no cell is a formula."""

import csv
import io
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from polecam.imports.rejects import neutral
from polecam.insights.simulation import Simulation
from polecam.insights.simulation_plan import bands_of
from polecam.web.pages.simulation import words
from polecam.web.ui import format as fmt
from polecam.web.ui import plan_sentences

Cell = str | int
"""A text, or an amount in grosze."""
Table = tuple[str, list[str], list[list[Cell]]]
"""Its name, the heads of its columns, its rows."""


def tables(found: Simulation) -> list[Table]:
    """Everything in amounts: by seller with the sum, by month, by rule."""
    before, after, more = _("Before, gross"), _("After, gross"), _("Difference, gross")
    people = found.people or {}
    sums = found.outcome
    sellers: list[list[Cell]] = [
        [people[one.person_id].full_name, one.before, one.after, one.gain] for one in sums.sellers
    ]
    sellers.append([_("Total"), sums.before, sums.after, sums.difference])
    months: list[list[Cell]] = [
        [one.month, one.before, one.after, one.after - one.before] for one in found.months
    ]
    rules: list[list[Cell]] = [
        [
            f"{part.component.position}. "
            + plan_sentences.sentence(part.component, bands_of(part.component)),
            part.grosze,
        ]
        for part in found.parts
    ]
    return [
        (_("Sellers"), [_("Person"), before, after, more], sellers),
        (_("Months"), [_("Month"), before, after, more], months),
        (_("Rules"), [_("Rule"), after], rules),
    ]


def heading(found: Simulation) -> str:
    """What the file is about, in one line."""
    said = _("%(plan)s, version %(n)s: %(period)s") % {
        "plan": found.version.plan.name,
        "n": found.version.number,
        "period": words.period(found.period),
    }
    changed = words.changed(found)
    return f"{said} ({changed})" if changed else said


def as_csv(found: Simulation) -> bytes:
    """UTF-8 with a mark, semicolons: spreadsheets of either language open it. Amounts in zł."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([neutral(heading(found))])
    for _name, heads, rows in tables(found):
        writer.writerow([])
        writer.writerow([neutral(head) for head in heads])
        writer.writerows([[_written(cell) for cell in row] for row in rows])
    return stream.getvalue().encode("utf-8-sig")


def _written(cell: Cell) -> str:
    if isinstance(cell, str):
        return neutral(cell)
    sign = "-" if cell < 0 else ""
    return f"{sign}{abs(cell) // 100}.{abs(cell) % 100:02}"


def as_xlsx(found: Simulation) -> bytes:
    """A sheet for each table; names as texts, amounts as numbers in zł."""
    import xlsxwriter  # heavy, and wanted seldom

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    bold = book.add_format({"bold": True})
    zloty = book.add_format({"num_format": fmt.cell_format()})
    for name, heads, rows in tables(found):
        sheet = book.add_worksheet(name)
        sheet.write_string(0, 0, heading(found), bold)
        _row(sheet, 2, heads, bold, zloty)
        for number, row in enumerate(rows, start=3):
            _row(sheet, number, row, None, zloty)
        sheet.set_column(0, 0, 32)
        sheet.set_column(1, len(heads), 20)
        sheet.freeze_panes(3, 0)
    book.set_properties({"title": heading(found)})
    book.close()
    return stream.getvalue()


def _row(
    sheet: object, number: int, cells: Sequence[Cell], words_as: object, zloty: object
) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, str):
            sheet.write_string(number, column, cell, words_as)  # type: ignore[attr-defined]
        else:
            sheet.write_number(number, column, cell / 100, zloty)  # type: ignore[attr-defined]


WRITERS: dict[str, tuple[str, Callable[[Simulation], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}
