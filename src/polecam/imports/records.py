"""Rows of a delimited text, however badly quoted. One broken row never swallows the next."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from typing import TextIO

DELIMITERS = ";\t,|"
"""In order of preference when two split the sample equally well."""
LONGEST_LINE = 1 << 16
MOST_LINES = 20
"""A quoted cell over more lines than this is a forgotten quote."""
BROKEN = "\ufffdbroken"
"""First cell of a row whose quotes or length cannot be read."""
CUT = "\ufffdcut"
"""First cell of the last row of a file that ends in the middle of it."""


def lines(file: TextIO) -> Iterator[str]:
    """Lines with their ends; what exceeds LONGEST_LINE is cut off and marked broken."""
    while line := file.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE and not line.endswith("\n"):
            while (more := file.readline(LONGEST_LINE)) and not more.endswith("\n"):
                pass
            line = f"{BROKEN}\n"
        yield line.replace("\x00", "\ufffd").replace("\x1a", "")


def trouble(row: list[str]) -> str:
    """Why a row cannot be read at all (a code of imports.reasons); "" when it can."""
    first = row[0] if row else ""
    return "broken_row" if first == BROKEN else "cut_off" if first == CUT else ""


def sniff(sample: list[str]) -> str:
    """The delimiter that splits most lines into the same number of cells."""
    return max(DELIMITERS, key=lambda sign: (_agreement(sample, sign), -DELIMITERS.index(sign)))


def _agreement(sample: list[str], delimiter: str) -> tuple[float, int]:
    widths = [len(row) for row in rows(iter(sample), delimiter) if row]
    if not widths:
        return 0.0, 0
    usual = max(set(widths), key=widths.count)
    if usual < 2:
        return 0.0, 0
    return widths.count(usual) / len(widths), usual


def rows(source: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """Each record as its cells; a blank line is an empty list."""
    feed = _Feed(source)
    while True:
        feed.begin()
        try:
            row = next(csv.reader(feed, delimiter=delimiter), None)
        except (csv.Error, _TooLong):
            row = None
        if row is None and not feed.taken:
            return
        if row is None or feed.swallowed():
            row = _plain(feed.first_alone(), delimiter)
        yield row


def _plain(line: str, delimiter: str) -> list[str]:
    return [BROKEN, *line.rstrip("\r\n").split(delimiter)]


class _TooLong(Exception):
    pass


class _Feed:
    """Lines for the reader of one record; can take all but the first line back."""

    def __init__(self, source: Iterable[str]) -> None:
        self.source = iter(source)
        self.again: deque[str] = deque()
        self.taken: list[str] = []
        self.ended = False

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MOST_LINES:
            raise _TooLong
        line = self.again.popleft() if self.again else next(self.source, None)
        if line is None:
            self.ended = True
            raise StopIteration
        self.taken.append(line)
        return line

    def begin(self) -> None:
        self.taken, self.ended = [], False

    def swallowed(self) -> bool:
        """The file ended inside a quoted cell."""
        return self.ended and sum(line.count('"') for line in self.taken) % 2 == 1

    def first_alone(self) -> str:
        self.again.extendleft(reversed(self.taken[1:]))
        return self.taken[0]
