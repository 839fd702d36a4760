"""A file through the vault and the stage, as an upload goes; and what it says of people."""

import os
from pathlib import Path

from polecam.files import intake, vault
from polecam.files.models import Upload
from polecam.imports import columns, formats, stage
from polecam.imports.clients import ClientRow, parse
from polecam.store.fields import new_public_id
from tests.imports.support import now

ROOT = Path(__file__).resolve().parents[2]
REAL = Path(os.environ.get("POLECAM_BENCH_DATA", ROOT / "../shared/data")) / "imports"
"""Files of real programs, which may be absent."""


def read(content: bytes | str, **chosen) -> tuple[stage.Reading, list[stage.Row]]:
    """How it was read, and its staged rows."""
    content = content.encode() if isinstance(content, str) else content
    raw, name = intake.seal([content]), new_public_id()
    try:
        with vault.SealedWriter(name) as target:
            reading = stage.rewrite(raw, target, **chosen)
        return reading, list(stage.rows(Upload(public_id=name), after=-1))
    finally:
        vault.remove(raw)
        vault.remove(name)


def refused(content: bytes) -> str:
    """The code with which a file is refused; "" when it is taken."""
    try:
        read(content)
    except formats.WrongFile as wrong:
        return wrong.code
    return ""


def people(content: bytes | str, kind: str = "clients") -> list[ClientRow]:
    """Every row below the headings, parsed by the columns as they were recognised."""
    _, rows = read(content)
    guess = columns.recognise(rows[:400], kind)
    today = now().date()
    return [
        parse(line, row, guess.mapping, today=today) for line, row in rows if line > guess.header
    ]


def said(content: bytes | str) -> list[tuple[str, str, str, str]]:
    """(first, last, phone, email) of every row; a refused row is its problem."""
    return [
        (row.first_name, row.last_name, row.phone, row.email)
        if not row.problem
        else (row.problem, row.column, "", "")
        for row in people(content)
    ]
