"""A workbook read in a process of its own, with limits on memory, time and size.

`python -m polecam.imports.workbook MEMORY` takes XLSX bytes on standard input and writes the first
sheet that holds anything as staged rows. Exit 3: refused, with the code on standard error.
"""

import csv
import datetime
import io
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from typing import IO

from polecam.imports.bombs import guard_workbook
from polecam.imports.formats import WrongFile

MEMORY = 480 << 20
"""Everything the child may ever map: some 550,000 rows of seven columns. More is a CSV."""
SECONDS = 60
MOST_ROWS = 1_000_000
MOST_COLUMNS = 200
REFUSED = 3


def staged(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Staged rows of a workbook as UTF-8 lines, from the child process. Raises WrongFile."""
    command = [sys.executable, "-I", "-m", "polecam.imports.workbook", str(MEMORY)]
    child = subprocess.Popen(  # our own module, no shell; the child limits itself
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"RUST_BACKTRACE": "0"},  # and none of our secrets
    )
    watch = threading.Timer(SECONDS * 1.5, child.kill)
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
    try:
        guard_workbook(content)
        csv.writer(out, lineterminator="\n").writerows(_rows(content))
        out.flush()
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


def _rows(content: io.BytesIO) -> Iterator[list[object]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    content.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(content)
        sheets = (book.get_sheet_by_index(i) for i in range(len(book.sheet_names)))
        sheet = next((sheet for sheet in sheets if sheet.height), None)
        if sheet is None:
            raise WrongFile("file_empty")
        if sheet.height > MOST_ROWS or sheet.width > MOST_COLUMNS:
            raise WrongFile("file_too_large")
        for number, row in enumerate(sheet.iter_rows(), 1):
            cells = [_cell(value) for value in row]
            if any(cells):
                yield [number, *cells]
    except PasswordError:
        raise WrongFile("file_locked") from None
    except CalamineError:
        raise WrongFile("file_damaged") from None


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
