"""Any file that was taken, rewritten once as staged rows: `line,cell,cell...` in UTF-8, sealed.

Everything later (preview, dry run, import, sales) reads the staged form only, so that it needs to
know nothing about letters, delimiters and workbooks, and can go on from any line after a stop.
`line` is the row's number in a spreadsheet.
"""

import csv
import io
from collections.abc import Iterator
from itertools import islice

from polecam.files import vault
from polecam.files.models import Upload
from polecam.imports import formats, records, workbook

Row = tuple[int, list[str]]
SAMPLE = 60


def rewrite(raw: str, target: vault.SealedWriter) -> int:
    """Read the sealed file `raw`, write staged rows; how many. Raises formats.WrongFile."""
    found = formats.detect(vault.blocks(raw))
    source = workbook.staged(vault.blocks(raw)) if found.kind == "xlsx" else _csv(raw, found)
    count = 0
    for line in source:
        target.write(line)
        count += 1
    if not count:
        raise formats.WrongFile("file_empty")
    return count


def _csv(raw: str, found: formats.Format) -> Iterator[bytes]:
    file = io.TextIOWrapper(
        vault.stream(raw), encoding=found.encoding, errors="replace", newline=""
    )
    lines = records.lines(file)
    sample = list(islice(lines, SAMPLE))
    delimiter = records.sniff(sample)
    for number, row in enumerate(records.rows(_chain(sample, lines), delimiter), 1):
        if any(cell.strip() for cell in row):
            yield _staged_line(number, row)


def _staged_line(number: int, row: list[str]) -> bytes:
    out = io.StringIO()
    cells = row[: workbook.MOST_COLUMNS]
    csv.writer(out, lineterminator="\n").writerow([number, *cells])
    return out.getvalue().encode("utf-8", "replace")


def _chain(first: list[str], rest: Iterator[str]) -> Iterator[str]:
    yield from first
    yield from rest


def rows(upload: Upload, *, after: int = 0) -> Iterator[Row]:
    """Staged rows with a line number above `after`, in order."""
    file = io.TextIOWrapper(vault.stream(upload.public_id), encoding="utf-8", newline="")
    for row in csv.reader(file):
        line = int(row[0])
        if line > after:
            yield line, row[1:]


def head(upload: Upload, count: int) -> list[Row]:
    """The first `count` rows."""
    return list(islice(rows(upload), count))
