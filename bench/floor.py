"""The floor: the very statements that a request ran, sent bare to a copy of the database."""

import shutil
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection, connections

Statement = tuple[str, str, tuple]  # database, SQL, parameters


class Recorder:
    """Keeps the statements of each request that Django's test client makes."""

    def __init__(self) -> None:
        self.requests: list[list[Statement]] = []

    def during(self, request: Callable[[], object]) -> list[Statement]:
        """Run one request and return what it asked the databases."""
        heard: list[Statement] = []

        def listen(alias: str) -> Callable:
            def hear(execute, sql, params, many, context):
                each = params if many else [params]
                if not sql.startswith("BEGIN"):  # the replay begins and commits by itself
                    heard.extend((alias, sql, tuple(one or ())) for one in each)
                return execute(sql, params, many, context)

            return hear

        with ExitStack() as stack:
            for alias in connections:
                stack.enter_context(connections[alias].execute_wrapper(listen(alias)))
            request()
        self.requests.append(heard)
        return heard


def copy_database() -> dict[str, str]:
    """Copy every database as it is now; where each copy stands."""
    copies = {}
    for alias in connections:
        here = connections[alias]
        if here.vendor == "sqlite":
            target = Path(here.settings_dict["NAME"]).with_suffix(".floor")
            with here.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            here.close()
            shutil.copyfile(here.settings_dict["NAME"], target)
            copies[alias] = str(target)
        else:
            copies[alias] = copy_postgres(here.settings_dict["NAME"])
    return copies


def copy_postgres(name: str) -> str:
    """A second database with the same content; needs that nobody is connected to the first."""
    connection.close()
    with psycopg.connect(**address("postgres"), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}_floor TEMPLATE {name}")
    return f"{name}_floor"


def address(name: str) -> dict:
    """Where a PostgreSQL database is reached, for psycopg."""
    given = settings.DATABASES["default"]
    wanted = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"]}
    return {key: value for key, value in wanted.items() if value} | {
        "dbname": name,
        "password": given["PASSWORD"],
    }


def replay(requests: list[list[Statement]], copies: dict[str, str]) -> list[float]:
    """Milliseconds of each request's statements, in one transaction, on the copy."""
    play = replay_sqlite if connection.vendor == "sqlite" else replay_postgres
    return [seconds * 1000 for seconds in play(requests, copies)]


def replay_sqlite(requests: list[list[Statement]], copies: dict[str, str]) -> list[float]:
    """Each request on SQLite, with the pragmas of the house."""
    doors = {}
    for alias, path in copies.items():
        # Django's own way to connect brings its SQL functions and the pragmas of the house.
        here = connections[alias]
        doors[alias] = here.get_new_connection({**here.get_connection_params(), "database": path})
    times = []
    for statements in requests:
        # Django's own placeholder form is %s; SQLite's is ?.
        plain = [(a, sql.replace("%s", "?").replace("%%", "%"), p) for a, sql, p in statements]
        started = time.perf_counter()
        for alias in {alias for alias, _sql, _params in plain}:
            doors[alias].execute("BEGIN IMMEDIATE")
        for alias, sql, params in plain:
            doors[alias].execute(sql, params).fetchall()
        for door in doors.values():
            if door.in_transaction:
                door.execute("COMMIT")
        times.append(time.perf_counter() - started)
    for door in doors.values():
        door.close()
    return times


def replay_postgres(requests: list[list[Statement]], copies: dict[str, str]) -> list[float]:
    """Each request on PostgreSQL."""
    times = []
    with psycopg.connect(**address(copies["default"])) as door:
        for statements in requests:
            started = time.perf_counter()
            cursor = door.cursor()
            for _alias, sql, params in statements:
                cursor.execute(sql, params or None)
                if cursor.description:
                    cursor.fetchall()
            door.commit()
            times.append(time.perf_counter() - started)
    return times
