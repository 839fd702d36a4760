"""Any file that was taken, rewritten once as staged rows: `line,cell,cell...` in UTF-8, sealed.

Everything later (preview, dry run, import, sales) reads the staged form only, so that it needs to
know nothing about letters, delimiters and workbooks, and can go on from any line after a stop.
`line` is the row's number in a spreadsheet; of a contact card, the line where it begins. Line 0
holds headings that stand in no line of the file.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import chain, islice
from typing import Any

from polecam.files import vault
from polecam.files.models import Upload
from polecam.imports import footers, formats, letters, records, vcards, workbook

Row = tuple[int, list[str]]
SAMPLE = 60
MOST_TOLD = 10
SEPARATOR = re.compile(r'^"?sep=(.)"?\s*$', re.IGNORECASE)
"""What Excel understands as the first line of a CSV."""


@dataclass
class Reading:
    """How a file was read, to be said in words. `left` are lines that are no record, with why."""

    kind: str
    letters: str = ""
    mend: str = ""
    sure: bool = True
    mixed: bool = False
    separator: str = ""
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    rows: int = 0
    left_out: int = 0
    left: list[tuple[int, str]] = field(default_factory=list)

    def leaves_out(self, line: int, why: str) -> None:
        """Count a line that is no record."""
        self.left_out += 1
        if len(self.left) < MOST_TOLD:
            self.left.append((line, why))

    def as_json(self) -> dict[str, Any]:
        """For the options of an import."""
        return asdict(self)


def rewrite(raw: str, target: vault.SealedWriter, *, chosen: str = "", sheet: str = "") -> Reading:
    """Read the sealed file `raw`, write staged rows, say how. Raises formats.WrongFile.

    `chosen`: one-byte letters, `sheet`: a sheet that somebody asked for.
    """
    found = formats.detect(vault.blocks(raw), chosen)
    how = found.letters
    reading = Reading(found.kind, how.encoding, how.mend, how.sure, how.mixed)
    for line in _source(raw, reading, sheet):
        target.write(line)
        reading.rows += 1
    if not reading.rows:
        raise formats.WrongFile("file_empty")
    return reading


def _source(raw: str, reading: Reading, sheet: str) -> Iterator[bytes]:
    if reading.kind == "workbook":
        told: dict[str, Any] = {}
        yield from workbook.staged(vault.blocks(raw), told, sheet)
        reading.sheet, reading.sheets = told.get("sheet", ""), told.get("sheets", [])
        reading.left_out = told.get("left_out", 0)
        reading.left = [(line, why) for line, why in told.get("left", [])]
    elif reading.kind == "vcard":
        yield _staged_line(0, vcards.HEADINGS)
        reading.rows -= 1
        for line, row in vcards.rows(records.lines(_text(raw, reading)), reading.letters):
            yield _staged_line(line, _mended(row, reading))
    else:
        for line, row in _csv(raw, reading):
            yield _staged_line(line, row)


def _text(raw: str, reading: Reading) -> io.TextIOWrapper:
    errors = letters.PASSED if reading.letters in letters.SINGLE else "replace"
    return io.TextIOWrapper(vault.stream(raw), encoding=reading.letters, errors=errors, newline="")


def _csv(raw: str, reading: Reading) -> Iterator[Row]:
    end = _End()
    lines = end.watched(records.lines(_text(raw, reading)))
    sample = list(islice(lines, SAMPLE))
    if match := SEPARATOR.match(sample[0]) if sample else None:
        reading.separator = match[1]
        del sample[0]
    else:
        reading.separator = records.sniff(sample)
    widths = [len(row) for row in records.rows(iter(sample), reading.separator)]
    usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
    last: Row | None = None
    everything = records.rows(chain(sample, lines), reading.separator)
    for number, row in enumerate(everything, 1):
        if last is not None:
            yield last
        last = _kept(number, row, reading)
    if last is not None:
        cut = not end.ended and 0 < len(last[1]) < usual
        yield (last[0], [records.CUT, *last[1]]) if cut else last


class _End:
    """Whether the last line of a text was ended: else the file may be cut off."""

    ended = True

    def watched(self, lines: Iterator[str]) -> Iterator[str]:
        for line in lines:
            self.ended = line.endswith(("\n", "\r"))
            yield line


def _kept(line: int, row: list[str], reading: Reading) -> Row | None:
    if not any(cell.strip() for cell in row):
        return None
    if why := footers.why(row):
        reading.leaves_out(line, why)
        return None
    row = _mended(row, reading)
    return line, [letters.as_read(cell, reading.letters, mixed=reading.mixed) for cell in row]


def _mended(row: list[str], reading: Reading) -> list[str]:
    return [letters.mended(cell, reading.mend) for cell in row] if reading.mend else row


def _staged_line(number: int, row: list[str]) -> bytes:
    out = io.StringIO()
    cells = row[: workbook.MOST_COLUMNS]
    csv.writer(out, lineterminator="\n").writerow([number, *cells])
    return out.getvalue().encode("utf-8", "replace")


def rows(upload: Upload, *, after: int = 0) -> Iterator[Row]:
    """Staged rows with a line number above `after`, in order."""
    file = io.TextIOWrapper(vault.stream(upload.public_id), encoding="utf-8", newline="")
    for row in csv.reader(file):
        line = int(row[0])
        if line > after:
            yield line, row[1:]


def head(upload: Upload, count: int) -> list[Row]:
    """The first `count` rows, headings of line 0 among them."""
    return list(islice(rows(upload, after=-1), count))
