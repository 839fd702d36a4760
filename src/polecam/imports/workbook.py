"""A workbook read in a process of its own, with limits on memory, time and size.

`python -m polecam.imports.workbook MEMORY SHEET` takes XLSX or ODS bytes on standard input and
writes the sheet, or the likeliest one, as staged rows; what it saw goes to standard error as JSON.
Exit 3: refused, with the code there.
"""

import csv
import datetime
import io
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import IO, Any

from polecam.imports import footers, headings
from polecam.imports.bombs import guard_workbook
from polecam.imports.formats import WrongFile

MEMORY = 480 << 20
"""Everything the child may ever map: some 550,000 rows of seven columns. More is a CSV."""
SECONDS = 60
MOST_ROWS = 1_000_000
MOST_COLUMNS = 200
MOST_MERGED, MOST_REACHED = 10_000, 1_000
MOST_TOLD = 10
HEAD = 30
"""So many first rows of a sheet tell whether it is a table of people."""
REFUSED = 3


def staged(
    blocks: Iterable[bytes], told: dict[str, Any] | None = None, sheet: str = ""
) -> Iterator[bytes]:
    """Staged rows of a workbook as UTF-8 lines, from the child process. Raises WrongFile.

    `told` learns at the end which sheet was read and what was left out; `sheet`: a chosen one.
    """
    command = [sys.executable, "-I", "-m", "polecam.imports.workbook", str(MEMORY), sheet]
    child = subprocess.Popen(  # our own module, no shell; the child limits itself
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"RUST_BACKTRACE": "0"},  # and none of our secrets
    )
    watch = threading.Timer(SECONDS * 5, child.kill)  # a busy machine is no bomb
    watch.start()
    assert child.stdin  # noqa: S101 - the three pipes were asked for
    assert child.stdout  # noqa: S101
    assert child.stderr  # noqa: S101
    try:
        _feed(child.stdin, blocks)
        yield from child.stdout
        said = child.stderr.read().decode(errors="replace").strip()
        if child.wait() != 0:
            raise WrongFile(_why(child.returncode, said))
        if told is not None:
            told.update(json.loads(said))
    finally:
        watch.cancel()
        child.kill()
        for pipe in (child.stdin, child.stdout, child.stderr):
            pipe.close()
        child.wait()


def _why(code: int, said: str) -> str:
    """What the child said; ended by a signal, it ran into one of its limits."""
    if code == REFUSED:
        return said
    return "workbook_too_large" if code < 0 else "file_damaged"


def _feed(pipe: IO[bytes], blocks: Iterable[bytes]) -> None:
    try:
        pipe.writelines(blocks)
        pipe.close()
    except BrokenPipeError:
        pass  # the child refused early; its exit says why


def main() -> int:
    """The child: limits first (memory in bytes as its argument), then the bytes."""
    _limit(int(sys.argv[1]))
    try:
        content = io.BytesIO(sys.stdin.buffer.read())
    except MemoryError:
        return _refuse("workbook_too_large")
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    told: dict[str, Any] = {"left_out": 0, "left": []}
    try:
        guard_workbook(content)
        csv.writer(out, lineterminator="\n").writerows(_rows(content, sys.argv[2], told))
        out.flush()
        print(json.dumps(told), file=sys.stderr)  # noqa: T201 - the answer to the parent
    except WrongFile as wrong:
        return _refuse(wrong.code)
    except MemoryError:
        return _refuse("workbook_too_large")
    return 0


def _refuse(code: str) -> int:
    print(code, file=sys.stderr)  # noqa: T201 - the answer to the parent
    return REFUSED


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # no such limits on this system; size and time still hold
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _rows(content: io.BytesIO, wanted: str, told: dict[str, Any]) -> Iterator[list[object]]:
    from python_calamine import CalamineError, PasswordError

    content.seek(0)
    try:
        sheet = _sheet(content, wanted, told)
        if sheet.height > MOST_ROWS or sheet.width > MOST_COLUMNS:
            raise WrongFile("workbook_too_large")
        below = _below(sheet.merged_cell_ranges or [])
        for number, row in enumerate(sheet.iter_rows(), 1):
            cells = [_cell(value) for value in row]
            below(number, cells)
            if why := footers.why(cells):
                told["left_out"] += 1
                told["left"] += [(number, why)] if len(told["left"]) < MOST_TOLD else []
            elif any(cells):
                yield [number, *cells]
    except PasswordError:
        raise WrongFile("file_locked") from None
    except CalamineError:
        raise WrongFile("file_damaged") from None


def _sheet(content: io.BytesIO, wanted: str, told: dict[str, Any]) -> Any:
    """The sheet that was asked for, else the visible one that looks most like a table of people.

    Raises WrongFile.
    """
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(content)
    names = [
        about.name
        for about in book.sheets_metadata
        if about.visible == SheetVisibleEnum.Visible and about.typ == SheetTypeEnum.WorkSheet
    ]
    best, most = None, (-1, -1)
    for name in [wanted] if wanted in names else list(names):
        sheet = book.get_sheet_by_name(name)
        if not sheet.height:
            names.remove(name)
            continue
        head = islice(sheet.iter_rows(), HEAD)
        worth = (max(headings.known([_cell(value) for value in row]) for row in head), sheet.height)
        if worth[0] > most[0] or best is None:
            best, most = sheet, worth
    if best is None:
        raise WrongFile("file_empty")
    told.update(sheet=best.name, sheets=[name for name in names if name != best.name][:MOST_TOLD])
    return best


def _below(merged: list[Any]) -> Callable[[int, list[str]], None]:
    """What is merged downwards counts for every row it reaches."""
    reaches = {
        (row, start[1]): start
        for start, end in merged[:MOST_MERGED]
        for row in range(start[0] + 1, min(end[0], start[0] + MOST_REACHED) + 1)
    }
    tops = dict.fromkeys(reaches.values(), "")

    def fill(number: int, cells: list[str]) -> None:
        for place in range(len(cells)) if reaches else ():
            where = (number - 1, place)
            if where in tops:
                tops[where] = cells[place]
            elif where in reaches and not cells[place]:
                cells[place] = tops[reaches[where]]

    return fill


def _cell(value: object) -> str:
    """Typed cells as people would type them; what is no number stays text."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value).replace("\x00", "")


if __name__ == "__main__":
    sys.exit(main())
