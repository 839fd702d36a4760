"""Looking for a person everywhere: tables (sealed columns opened), files, a fresh copy.

`Traces` knows a person's values in every spelling; each function returns "place: trace" of what it
found, so an empty list is the proof.
"""

import io
import json
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings as conf
from django.db import connection, connections

from polecam.kit import names
from polecam.store import crypto
from polecam.store.fields import Sealed
from tests.house.law import models


@dataclass(frozen=True)
class Traces:
    """What may remain of one person: (value, how it may be written)."""

    forms: tuple[tuple[str, str], ...]

    def within(self, place: str, content: bytes) -> list[str]:
        """Traces in some bytes; letters of either size."""
        small = content.decode("utf-8", "replace").lower()
        return [f"{place}: {trace}" for trace, form in self.forms if form in small]


def traces_of(
    *, first: str, last: str, number: str, address: str, said: Iterable[str] = ()
) -> Traces:
    """Every spelling of a person's values: names in both orders and folded, the number with and
    without its prefix and gaps, keyed indexes, and `said`: words, notes, client numbers."""
    national = number.removeprefix("+48")
    parts = (national[:3], national[3:6], national[6:])
    values = {
        first, last, names.fold(first), names.fold(last), f"{first} {last}", f"{last} {first}",
        number, national, f"0048{national}", " ".join(parts), "-".join(parts),
        "\u202f".join(parts), "\u00a0".join(parts), address, address.partition("@")[0],
        crypto.phone_index(number), crypto.email_index(address), *said,
    }  # fmt: skip
    spelled = {value: {value, json.dumps(value)[1:-1], repr(value)[1:-1]} for value in values}
    return Traces(
        tuple((value, form.lower()) for value in sorted(spelled) for form in spelled[value])
    )


def in_tables(traces: Traces) -> list[str]:
    """Any column of any table of every database."""
    found = []
    for alias in connections:
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')
                for row in cursor.fetchall():
                    found += traces.within(table, repr(row).encode())
    return found


def in_sealed(traces: Traces) -> list[str]:
    """Every sealed column, opened: ciphertext hides a leftover from a plain search."""
    found = []
    for model in models():
        doors = [name for name, door in vars(model).items() if isinstance(door, Sealed)]
        for row in model._default_manager.all() if doors else ():
            for name in doors:
                place = f"{model._meta.label}.{name}"
                found += traces.within(place, str(getattr(row, name)).encode())
    return found


def in_files(traces: Traces) -> list[str]:
    """Any file of the house: databases with their logs, uploads, messages."""
    found = []
    places = [Path(conf.HOME), Path(conf.MAIL_ROOT), Path(conf.MEDIA_ROOT)]
    places += [Path(c.settings_dict["NAME"]).parent for c in connections.all() if sqlite()]
    for place in {p.resolve() for p in places}:
        for path in place.rglob("*"):
            if path.is_file() and path.suffix != ".woff2":
                found += traces.within(path.name, content(path))
    return found


def in_copy(traces: Traces, folder: Path) -> list[str]:
    """A backup made now, every byte of it."""
    return [
        hit for path in fresh_copy(folder) for hit in traces.within(path.name, path.read_bytes())
    ]


def fresh_copy(folder: Path) -> list[Path]:
    """Copies as a backup makes them: VACUUM INTO, or pg_dump (COPY of every table without it)."""
    made = []
    for alias in connections:
        path = folder / f"copy-{alias}"
        if connections[alias].vendor == "sqlite":
            with connections[alias].cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(path)])
        elif shutil.which("pg_dump"):
            path.write_bytes(_dumped(connections[alias]))
        else:
            path.write_bytes(_copied(connections[alias]))
        made.append(path)
    return made


def _dumped(held: object) -> bytes:
    where = held.settings_dict  # type: ignore[attr-defined]
    command = ["pg_dump", "-h", str(where["HOST"]), "-p", str(where["PORT"] or 5432)]
    command += ["-U", str(where["USER"]), str(where["NAME"])]
    return subprocess.run(command, capture_output=True, check=True).stdout


def _copied(held: object) -> bytes:
    held.ensure_connection()  # type: ignore[attr-defined]
    text = io.BytesIO()
    with held.cursor() as cursor:  # type: ignore[attr-defined]
        for table in held.introspection.table_names(cursor):  # type: ignore[attr-defined]
            with cursor.cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                for block in copy:
                    text.write(bytes(block))
    return text.getvalue()


def content(path: Path) -> bytes:
    """The bytes of a file, read by another process.

    Closing a file drops every lock this process holds on it, also those of SQLite's connections;
    the next process that closes the database would then delete its log under our feet.
    """
    return subprocess.run(["cat", str(path)], capture_output=True, check=True).stdout


def sqlite() -> bool:
    """Whether the main database is SQLite."""
    return connection.vendor == "sqlite"
