"""One short transaction per action, and the locks it takes, on both databases."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection, models, transaction

M = TypeVar("M", bound=models.Model)


def action() -> transaction.Atomic:
    """The transaction of an action. SQLite begins IMMEDIATE, so reads in it are never stale."""
    return transaction.atomic()


def lock(row: M, *before: str) -> M:
    """The row again, locked and fresh (PostgreSQL: FOR UPDATE; SQLite holds the write lock).

    `before`: its foreign keys whose rows are locked, in the same statement, before it. Take locks
    in the order client -> referral -> claim -> accounts, by id.
    """
    rows = row.__class__._default_manager.select_for_update(of=(*before, "self"))
    return (rows.select_related(*before) if before else rows).get(pk=row.pk)


@contextmanager
def unsynced() -> Iterator[None]:
    """Commits do not wait for the disk: for filling an empty database that can be filled again.

    Changes nothing inside a transaction.
    """
    if connection.in_atomic_block:
        yield
        return
    relaxed, strict = (
        (["PRAGMA synchronous=OFF"], ["PRAGMA synchronous=FULL", "PRAGMA wal_checkpoint(TRUNCATE)"])
        if connection.vendor == "sqlite"
        else (["SET synchronous_commit TO off"], ["SET synchronous_commit TO on"])
    )
    _say(relaxed)
    try:
        yield
    finally:
        _say(strict)


def _say(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def lock_keys(keys: Iterable[str]) -> None:
    """Advisory locks on `keys`, sorted, to the end of the transaction (PostgreSQL only)."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for key in sorted(set(keys)):
            number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], signed=True)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
