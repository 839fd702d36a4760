"""The rows of a sales file, read and parsed; who they belong to is decided above."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from polecam.files.models import Upload
from polecam.imports import cells, stage
from polecam.imports.cells import BadCell
from polecam.imports.fields import Fields
from polecam.imports.records import trouble
from polecam.kit import names
from polecam.organisation import settings
from polecam.organisation.currencies import PLN, Currency


@dataclass(frozen=True)
class SaleRow:
    """One sold contract. `name_keys` are both orders of the folded name, as `Party.name_key`.

    A row that cannot be read has `problem` (a code of imports.reasons) and `column` (the field at
    fault); its other values are then not to be trusted.
    """

    line: int
    contract: str = ""
    on: date | None = None
    first_name: str = ""
    last_name: str = ""
    name_keys: tuple[str, str] = ("", "")
    phone: str = ""
    email: str = ""
    product: str = ""
    value_grosze: int | None = None
    margin_grosze: int | None = None
    seller: str = ""
    problem: str = ""
    column: str = ""


def sales_rows(upload: Upload, mapping: dict[str, str], *, header: int = 1) -> list[SaleRow]:
    """Every row below the header line. `mapping`: column index (text) -> field of SALE_FIELDS."""
    return list(iter_sales(upload, mapping, header=header))


def iter_sales(upload: Upload, mapping: dict[str, str], *, header: int = 1) -> Iterator[SaleRow]:
    """The same, one at a time; amounts are in the firm's money."""
    money = settings.currency()
    for line, row in stage.rows(upload, after=header):
        yield parse(line, row, mapping, money)


def parse(line: int, row: list[str], mapping: dict[str, str], money: Currency = PLN) -> SaleRow:
    """One row. Never raises: a bad cell becomes `problem` and `column`."""

    def grosze(cell: str) -> int | None:
        return cells.grosze(cell, money)

    if problem := trouble(row):
        return SaleRow(line, problem=problem)
    read = Fields(row, mapping)
    try:
        first, last = read.name()
        return SaleRow(
            line=line,
            contract=read.required("contract", lambda cell: cells.text(cell, most=40)),
            on=read.required("date", cells.day),
            first_name=first,
            last_name=last,
            name_keys=names.keys(first, last),
            phone=read.get("phone", cells.phone),
            email=read.get("email", cells.email),
            product=read.get("product", lambda cell: cells.text(cell, most=80)),
            value_grosze=read.get("value", grosze),
            margin_grosze=read.get("margin", grosze),
            seller=read.get("seller", lambda cell: cells.text(cell, most=120)),
        )
    except BadCell as bad:
        return SaleRow(line, problem=bad.code, column=read.column)
