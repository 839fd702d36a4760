"""Append-only tables: the database refuses what must never happen, whoever asks.

Rooms declare guards with `guard(...)` in their models module; `reinstall` runs after every
migrate, `missing()` tells `polecam verify` what is gone, `lifted()` is for test flushes only.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Guard:
    """One forbidden thing. `when` is SQL over OLD / NEW ("" = always); ops of INSERT UPDATE DELETE."""

    table: str
    name: str
    ops: tuple[str, ...]
    when: str = ""


GUARDS: list[Guard] = []


def guard(table: str, name: str, *ops: str, when: str = "") -> None:
    """Forbid `ops` on `table` (where `when` holds). SQL in `when` must suit both databases."""
    GUARDS.append(Guard(table, name, ops, when))


def append_only(table: str) -> None:
    """Rows of `table` are written once: no UPDATE, no DELETE, no REPLACE, no TRUNCATE."""
    guard(table, f"{table}_append_only", "UPDATE", "DELETE")


def _names(item: Guard) -> list[str]:
    return [f"{item.name}_{op.lower()}" for op in item.ops]


def _sqlite(item: Guard) -> list[str]:
    condition = f"WHEN {item.when} " if item.when else ""
    return [
        f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {op} ON {item.table} {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{item.name}'); END"
        for name, op in zip(_names(item), item.ops, strict=True)
    ]


def _postgres(item: Guard) -> list[str]:
    condition = f"WHEN ({item.when}) " if item.when else ""
    made = [
        "CREATE OR REPLACE FUNCTION polecam_forbid() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';"
        " END $$"
    ]
    for name, op in zip(_names(item), item.ops, strict=True):
        made.append(
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {op} ON {item.table} FOR EACH ROW "
            f"{condition}EXECUTE FUNCTION polecam_forbid('{item.name}')"
        )
    if not item.when and "DELETE" in item.ops:
        made.append(
            f"CREATE OR REPLACE TRIGGER {item.name}_truncate BEFORE TRUNCATE ON {item.table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION polecam_forbid('{item.name}')"
        )
    return made


def expected() -> set[str]:
    """Names of all triggers that must exist."""
    return {name for item in GUARDS for name in _names(item)}


def missing() -> set[str]:
    """Names of triggers that the database lacks (or has switched off)."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'")
        return expected() - {name for (name,) in cursor.fetchall()}


def install() -> None:
    """Create every trigger whose table exists."""
    tables = set(connection.introspection.table_names())
    make = _sqlite if connection.vendor == "sqlite" else _postgres
    with connection.cursor() as cursor:
        for item in GUARDS:
            if item.table in tables:
                for statement in make(item):
                    cursor.execute(statement)


def drop() -> None:
    """Remove every trigger (test flushes only)."""
    with connection.cursor() as cursor:
        for item in GUARDS:
            extra = [f"{item.name}_truncate"] if connection.vendor == "postgresql" else []
            for name in [*_names(item), *extra]:
                suffix = f" ON {item.table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{suffix}")


def reinstall(*, using: str = "default", **_: object) -> None:
    """After migrate: put back what SQLite's table rebuilds dropped."""
    if using == "default":
        install()


@contextmanager
def lifted() -> Iterator[None]:
    """Lift all guards for a moment. Only the flush of a test database may do this."""
    drop()
    try:
        yield
    finally:
        install()
