"""Tables as files, written piece by piece: CSV, and several of them in a ZIP (XLSX: workbooks).

No cell can start a formula: such a text gets an apostrophe, which the importer takes off again.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from polecam.imports.rejects import neutral

CSV, ZIP = "text/csv; charset=utf-8", "application/zip"
PIECE = 1 << 16
TEXT, NUMBER, MONEY, DAY = "text", "number", "money", "day"


@dataclass(frozen=True, slots=True)
class Table:
    """A name, columns as (heading, TEXT | NUMBER | MONEY | DAY), and rows of such cells."""

    name: str
    columns: Sequence[tuple[str, str]]
    rows: Iterable[Sequence[Any]]


class Spill(io.RawIOBase):
    """A file that keeps what is written until somebody takes it away; it cannot go back."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._place = self._size = 0

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, content: Any) -> int:
        """Keep these bytes."""
        self._pieces.append(bytes(content))
        self._place += len(content)
        self._size += len(content)
        return len(content)

    def tell(self) -> int:
        """How much was ever written."""
        return self._place

    def taken(self, least: int = PIECE) -> bytes:
        """What was written since the last time, if it is `least` bytes or more."""
        if self._size < least:
            return b""
        found = b"".join(self._pieces)
        self._pieces, self._size = [], 0
        return found


def as_csv(table: Table, *, comma: bool) -> Iterator[bytes]:
    """UTF-8 with a mark. Semicolons and a decimal comma as Polish spreadsheets open them, or
    (not `comma`) commas and a point."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if comma else ",", lineterminator="\r\n")
    out.write("\ufeff")
    writer.writerow([neutral(head) for head, _kind in table.columns])
    for row in table.rows:
        writer.writerow(
            [_said(cell, kind, comma) for cell, (_h, kind) in zip(row, table.columns, strict=True)]
        )
        if out.tell() > PIECE:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def _said(cell: Any, kind: str, comma: bool) -> str:
    if cell is None:
        return ""
    if kind == MONEY:
        sign, whole = "-" if cell < 0 else "", abs(int(cell))
        return f"{sign}{whole // 100}{',' if comma else '.'}{whole % 100:02}"
    if kind == DAY:
        return str(cell.isoformat())
    return str(cell) if kind == NUMBER else neutral(str(cell))


def as_zip(tables: Iterable[tuple[str, Table]], *, comma: bool) -> Iterator[bytes]:
    """A CSV for each of (file name, table)."""
    spill = Spill()
    with zipfile.ZipFile(spill, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in tables:
            with archive.open(name, "w", force_zip64=True) as file:
                for piece in as_csv(table, comma=comma):
                    file.write(piece)
                    yield spill.taken()
    yield spill.taken(0)
