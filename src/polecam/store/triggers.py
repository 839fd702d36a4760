"""Append-only tables: the database refuses what must never happen, whoever asks.

Rooms declare guards with `guard(...)` in their models module; `reinstall` runs after every
migrate, `missing()` tells `polecam verify` what is gone, `lifted()` is for test flushes only.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from django.db import connection, transaction


@dataclass(frozen=True)
class Guard:
    """One forbidden thing. `when` is SQL over OLD / NEW ("" = always); ops of INSERT UPDATE DELETE.

    `when` may hold a subquery: SQLite takes it as it is, PostgreSQL inside a function of its own.
    """

    table: str
    name: str
    ops: tuple[str, ...]
    when: str = ""

    @property
    def looks_around(self) -> bool:
        """Whether the condition reads other rows."""
        return "SELECT" in self.when


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
    made = []
    for name, op in zip(_names(item), item.ops, strict=True):
        made += [
            f"DROP TRIGGER IF EXISTS {name}",  # an earlier release may have forbidden other things
            (
                f"CREATE TRIGGER {name} BEFORE {op} ON {item.table} {condition}"
                f"BEGIN SELECT RAISE(ABORT, '{item.name}'); END"
            ),
        ]
    return made


FORBID = (
    "CREATE OR REPLACE FUNCTION polecam_forbid() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';"
    " END $$"
)


def _postgres(item: Guard) -> list[str]:
    made = [FORBID]
    condition, function = "", f"polecam_forbid('{item.name}')"
    if item.looks_around:
        function = f"polecam_{item.name}()"
        made.append(
            f"CREATE OR REPLACE FUNCTION {function} RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF ({item.when}) THEN RAISE EXCEPTION '{item.name}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
        )
    elif item.when:
        condition = f"WHEN ({item.when}) "
    for name, op in zip(_names(item), item.ops, strict=True):
        made.append(
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {op} ON {item.table} FOR EACH ROW "
            f"{condition}EXECUTE FUNCTION {function}"
        )
    if "DELETE" in item.ops:
        made.append(
            f"CREATE OR REPLACE TRIGGER {item.name}_truncate BEFORE TRUNCATE ON {item.table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION polecam_forbid('{item.name}')"
        )
    return made


def expected() -> set[str]:
    """Names of all triggers that must exist."""
    names = {name for item in GUARDS for name in _names(item)}
    if connection.vendor == "postgresql":
        names |= {f"{item.name}_truncate" for item in GUARDS if "DELETE" in item.ops}
    return names


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
    sqlite = connection.vendor == "sqlite"
    make = _sqlite if sqlite else _postgres
    with transaction.atomic() if sqlite else nullcontext(), connection.cursor() as cursor:
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
