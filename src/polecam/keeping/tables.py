"""Rows of whole tables, out of one database and into another, of either kind, a batch at a time."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from polecam.keeping import values

BATCH = 1000
"""Rows in one piece. Fixed: the digest of a table is that of its pieces."""
Rows = list[list[Any]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a copy tells of it: columns with their kinds, and the next id to be given."""

    name: str
    columns: list[str]
    kinds: list[str]
    key: str
    next_id: int = 0


@dataclass(slots=True)
class Sum:
    """How many rows went by, and the SHA-256 of them in the one spelling."""

    count: int = 0
    _hash: Any = field(default_factory=hashlib.sha256)

    def add(self, piece: bytes, count: int) -> None:
        """One more piece."""
        self.count += count
        self._hash.update(piece)

    @property
    def said(self) -> list[Any]:
        """Count and digest, as a copy's end tells them."""
        return [self.count, self._hash.hexdigest()]


class Source(Protocol):
    """An open, unchanging view of a database."""

    def rows(self, table: Table) -> Iterator[Sequence[Sequence[Any]]]:
        """Every row, in order of the key, in batches."""

    def next_id(self, table: Table) -> int:
        """The last id given; 0 where ids are not counted."""

    def value(self, sql: str) -> Any:
        """The first column of the first row; None without one."""


def table_of(model: type[models.Model]) -> Table:
    """What there is to copy of a model's table."""
    fields = model._meta.local_concrete_fields
    key = model._meta.pk
    assert key is not None  # noqa: S101 - Django gives every model one
    return Table(
        model._meta.db_table,
        [str(f.column) for f in fields],
        [values.kind_of(f) for f in fields],
        str(key.column),
    )


def pieces(source: Source, table: Table) -> Iterator[tuple[bytes, int]]:
    """The table's rows as JSON, a batch at a time, with their number."""
    how = values.changes(table.kinds, values.OUT)
    for rows in source.rows(table):
        said = json.dumps(values.change(rows, how), ensure_ascii=False, separators=(",", ":"))
        yield said.encode(), len(rows)


def sum_of(source: Source, table: Table) -> Sum:
    """Count and digest of a table as it is."""
    total = Sum()
    for piece, count in pieces(source, table):
        total.add(piece, count)
    return total


class _Sqlite:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, table: Table) -> Iterator[Sequence[Sequence[Any]]]:
        cursor = self._connection.execute(_select(table))
        while rows := cursor.fetchmany(BATCH):
            yield rows

    def next_id(self, table: Table) -> int:
        sql = "SELECT seq FROM sqlite_sequence WHERE name = ?"
        found = self._connection.execute(sql, [table.name]).fetchone()
        return int(found[0]) if found else 0

    def value(self, sql: str) -> Any:
        found = self._connection.execute(sql).fetchone()
        return found[0] if found else None


class _Postgres:
    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection

    def rows(self, table: Table) -> Iterator[Sequence[Sequence[Any]]]:
        with self._connection.cursor() as cursor:
            cursor.execute(f"DECLARE copying NO SCROLL CURSOR FOR {_select(table, bytewise=True)}")
            while True:
                cursor.execute(f"FETCH {BATCH} FROM copying")
                rows = cursor.fetchall()
                if not rows:
                    break
                yield rows
            cursor.execute("CLOSE copying")

    def next_id(self, table: Table) -> int:
        counted = f"pg_get_serial_sequence('{_quoted(table.name)}', '{table.key}')"
        name = self.value(f"SELECT {counted}")
        if name is None:
            return 0
        given = "CASE WHEN is_called THEN last_value ELSE 0 END"
        return int(self.value(f"SELECT {given} FROM {name}"))  # noqa: S608 - from the schema

    def value(self, sql: str) -> Any:
        with self._connection.cursor() as cursor:
            cursor.execute(sql)
            found = cursor.fetchone()
        return found[0] if found else None


@contextmanager
def snapshot(connection: BaseDatabaseWrapper, *, still: bool = False) -> Iterator[Source]:
    """The committed state of this moment, through a connection of its own; people go on working.

    `still`: nobody writes meanwhile. SQLite's write lock is held; PostgreSQL's tables are locked
    against writers.
    """
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        plain = sqlite3.connect(name, isolation_level=None, timeout=20)
        try:
            plain.execute("BEGIN IMMEDIATE" if still else "BEGIN DEFERRED")
            plain.execute("SELECT 1 FROM sqlite_master").fetchone()  # the view begins here
            yield _Sqlite(plain)
        finally:
            plain.close()
        return
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            if still:
                tables = connection.introspection.table_names(cursor)
                listed = ", ".join(_quoted(name) for name in sorted(tables))
                cursor.execute(f"LOCK TABLE {listed} IN SHARE MODE")
            cursor.execute("SELECT 1")
        yield _Postgres(own)
    finally:
        own.close()


def same(connection: BaseDatabaseWrapper) -> Source:
    """The state as the open transaction of `connection` sees it."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        return _Sqlite(_raw(connection))
    return _Postgres(connection)


class Filler:
    """Puts pieces into the tables of `connection`, within its open transaction."""

    def __init__(self, connection: BaseDatabaseWrapper, table: Table) -> None:
        self._connection, self._table = connection, table
        self._how = values.changes(table.kinds, values.IN[connection.vendor])
        self._columns = ", ".join(_quoted(name) for name in table.columns)

    def add(self, piece: bytes) -> int:
        """One more piece; how many rows."""
        rows = values.change(json.loads(piece), self._how)
        into = f"{_quoted(self._table.name)} ({self._columns})"
        if self._connection.vendor == "sqlite":
            marks = ", ".join("?" * len(self._table.columns))
            sql = f"INSERT INTO {into} VALUES ({marks})"  # noqa: S608 - names from the schema
            _raw(self._connection).executemany(sql, rows)
        else:
            with (
                self._connection.cursor() as cursor,
                cursor.copy(f"COPY {into} FROM STDIN") as copy,
            ):
                for row in rows:
                    copy.write_row(row)
        return len(rows)

    def count_on(self) -> None:
        """The next id is the one that the source would have given: no id is given twice."""
        name, last = self._table.name, self._table.next_id
        if not last:
            return
        with self._connection.cursor() as cursor:
            if self._connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [name])
                cursor.execute(
                    "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [name, last]
                )
            else:
                sequence = "pg_get_serial_sequence(%s, %s)"
                cursor.execute(
                    f"SELECT setval({sequence}, %s)",
                    [_quoted(name), self._table.key, last],
                )


def _select(table: Table, *, bytewise: bool = False) -> str:
    """PostgreSQL orders texts by language unless told otherwise; JSON comes as text."""
    text_key = dict(zip(table.columns, table.kinds, strict=True)).get(table.key) == "text"
    order = _quoted(table.key) + (' COLLATE "C"' if bytewise and text_key else "")
    listed = ", ".join(
        _quoted(name) + ("::text" if bytewise and kind == "json" else "")
        for name, kind in zip(table.columns, table.kinds, strict=True)
    )
    return f"SELECT {listed} FROM {_quoted(table.name)} ORDER BY {order}"  # noqa: S608


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _raw(connection: BaseDatabaseWrapper) -> sqlite3.Connection:
    raw: sqlite3.Connection = connection.connection
    return raw
