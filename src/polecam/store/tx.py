"""One short transaction per action, and the locks it takes, on both databases."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import connection, models, transaction

from polecam.store import pause
from polecam.store.faults import point

M = TypeVar("M", bound=models.Model)
T = TypeVar("T")


Last = tuple[Callable[[list[Any]], None], Any]
_last: ContextVar[list[Last] | None] = ContextVar("last", default=None)
_first: ContextVar[list[Callable[[], object]] | None] = ContextVar("first", default=None)
_after: ContextVar[list[Callable[[], object]]] = ContextVar("after")


@contextmanager
def action() -> Iterator[None]:
    """The transaction of an action. SQLite begins IMMEDIATE, so reads in it are never stale.

    Just before the outermost one commits, it does what was left for `at_the_end`. Passes the points
    `action.enter`, `.begun`, `.before_commit` and `.committed`; one within another `.within` only.
    """
    waiting = _last.get()
    if waiting is not None:
        point("action.within")
        before, after = len(waiting), _after.get()
        before_after = len(after)
        try:
            with transaction.atomic():
                yield
        except BaseException:
            del waiting[before:], after[before_after:]  # rolled back, with what it left for later
            raise
        return
    point("action.enter")
    marker, later = _last.set([]), _after.set(after := [])
    try:
        with transaction.atomic():
            point("action.begun")
            first = _first.get() or []
            for do in first:
                do()
            yield
            _do_last()
            pause.require_open()  # after the last lock: it may have been closed while we waited
            point("action.before_commit")
    finally:
        _last.reset(marker)
        _after.reset(later)
    first.clear()
    point("action.committed")
    for do in after:
        do()


def at_the_end(do: Callable[[list[Any]], None], item: Any) -> None:
    """Call `do` with this item, and all others left for it, as the action's last step.

    For what everybody waits for, such as the next number of a row: its lock is taken after every
    other one and is held only until the commit. At once where no action runs.
    """
    waiting = _last.get()
    if waiting is None:
        do([item])
    else:
        waiting.append((do, item))


@contextmanager
def at_the_start(do: Callable[[], object]) -> Iterator[list[Callable[[], object]]]:
    """The first action within calls `do` before anything else, in its own transaction.

    Gives a list that is empty once such an action was committed.
    """
    waiting = [do]
    marker = _first.set(waiting)
    try:
        yield waiting
    finally:
        _first.reset(marker)


@contextmanager
def in_steps() -> Iterator[None]:
    """An action of many transactions, which is called again after a stop, and then goes on.

    What `at_the_start` wants would say after the first of them that all is done.
    """
    marker = _first.set(None)
    try:
        yield
    finally:
        _first.reset(marker)


def after_commit(do: Callable[[], object]) -> None:
    """Call `do` when the action is committed, not where it is rolled back.

    For what no transaction takes back, such as deleting a file. Who is killed in between leaves it
    undone: some nightly job must find it. At once where no action runs.
    """
    if _last.get() is None:
        do()
    else:
        _after.get().append(do)


def _do_last() -> None:
    waiting = _last.get() or []
    for do in dict.fromkeys(do for do, _item in waiting):
        do([item for wanted, item in waiting if wanted is do])
    waiting.clear()


def lock(row: M, *before: str) -> M:
    """The row again, locked and fresh (SQLite holds the write lock anyway).

    PostgreSQL: FOR NO KEY UPDATE, since keys never change. FOR UPDATE would also stop whoever
    commits a row that points here (its foreign key is checked at the commit, when it holds all its
    other locks): a ring of two that wait for each other.
    `before`: its foreign keys whose rows are locked, in the same statement, before it. Take locks
    in the order client -> referral -> claim -> accounts, by id.
    """
    rows = row.__class__._default_manager.select_for_update(of=(*before, "self"), no_key=True)
    return (rows.select_related(*before) if before else rows).get(pk=row.pk)


def each(items: Iterable[T], do: Callable[[T], int]) -> int:
    """Do every one of these, each in its own transaction; the sum of what it returns.

    One that fails keeps nobody else waiting: the first error is raised after the last of them.
    """
    total, errors = 0, []
    for item in items:
        try:
            total += do(item)
        except Exception as error:
            errors.append(error)
    if errors:
        raise errors[0]
    return total


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
