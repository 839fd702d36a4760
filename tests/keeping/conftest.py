"""A house with one of each thing, and other databases to bring it to."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from polecam.cli import elsewhere


@pytest.fixture
def house(transactional_db, request, settings, tmp_path) -> Path:
    """One of each thing, committed; all migrations are known, as outside of tests. Where copies go.

    The test's own database is made without migrations, which is the same tables (test_schema).
    """
    settings.MIGRATION_MODULES = {}
    settings.ERASURE_LIST = tmp_path / "erased.log"
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    with transaction.atomic():  # inner steps of actions want one
        request.getfixturevalue("world")
    return tmp_path / "copies"


@pytest.fixture
def scratch(house) -> Iterator[tuple[str, Path]]:
    """An empty database of the kind under test (its URL), and a home beside it."""
    with elsewhere.scratch() as made:
        yield made


@pytest.fixture
def postgres() -> Iterator[str]:
    """An empty PostgreSQL database, whatever the tests run on; skips where no server answers."""
    server = "postgresql://postgres@127.0.0.1:5432"
    name = f"polecam_moved_{secrets.token_hex(4)}"
    try:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
            admin.execute(f'CREATE DATABASE "{name}"')
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL answers")
    yield f"{server}/{name}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def opened(url: str) -> BaseDatabaseWrapper:
    """A connection to another database of the kind under test."""
    from polecam import env

    there = env.database(url, Path())
    if "sqlite" in there["ENGINE"]:
        from django.db.backends.sqlite3.base import DatabaseWrapper
    else:
        from django.db.backends.postgresql.base import DatabaseWrapper
    defaults = {**connection.settings_dict, **there}
    return DatabaseWrapper(defaults, "default")


@contextmanager
def standing_in(url: str) -> Iterator[BaseDatabaseWrapper]:
    """The other database is this process's own for a while (an editor of tables asks for it)."""
    own, other = connections["default"], opened(url)
    connections["default"] = other
    try:
        yield other
    finally:
        connections["default"] = own
        other.close()


def everything_in(other: BaseDatabaseWrapper) -> Iterator[tuple[str, str, str]]:
    """(table, column, text) of every value that is not empty, sealed ones opened."""
    from polecam.keeping import schema, tables
    from polecam.store import crypto

    with tables.snapshot(other) as source:
        for model in schema.models_of(schema.known(), "default"):
            table = tables.table_of(model)
            public = table.columns.index("public_id") if "public_id" in table.columns else None
            for batch in source.rows(table):
                for row in batch:
                    for column, value in zip(table.columns, row, strict=True):
                        if value in (None, ""):
                            continue
                        said = str(value)
                        if column.endswith("_sealed") and public is not None:
                            place = f"{model._meta.label_lower}.{column}:{row[public]}"
                            with suppress(crypto.Unreadable):
                                said = crypto.unseal(value, place)
                        yield table.name, column, said
