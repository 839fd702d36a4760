"""Another database: a command of ours as a process of its own that works with it."""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

from polecam import env
from polecam.cli.commands import Trouble


def check(url: str) -> str:
    """The URL, if it is one of a database. Raises ValueError."""
    env.database(url, settings.HOME)
    return url


def is_here(url: str) -> bool:
    """Whether the URL names the database of this process."""
    there, here = env.database(url, settings.HOME), connection.settings_dict
    if "sqlite" in there["ENGINE"]:
        same_kind = connection.vendor == "sqlite"
        return same_kind and Path(there["NAME"]).resolve() == Path(here["NAME"]).resolve()
    return bool(
        connection.vendor == "postgresql"
        and (there["HOST"], there["NAME"]) == (here["HOST"], here["NAME"])
        and (there["PORT"] or "5432") == (here["PORT"] or "5432")
    )


def command(*arguments: str) -> list[str]:
    """The command line of one of ours."""
    return [sys.executable, "-m", "polecam.cli", *arguments]


def surroundings(url: str, **others: str) -> dict[str, str]:
    """The environment with another database, and what else differs."""
    kept = {
        "POLECAM_HOME": str(settings.HOME),
        "POLECAM_ERASURE_LIST": str(settings.ERASURE_LIST),
    }
    return {**os.environ, **kept, "DATABASE_URL": url, **others}


def run(arguments: list[str], url: str, *, stdout: IO | None = None, **others: str) -> int:
    """Run a command of ours with that database; its exit code."""
    sys.stdout.flush()
    done = subprocess.run(
        command(*arguments), env=surroundings(url, **others), stdout=stdout, check=False
    )
    return done.returncode


@contextmanager
def scratch() -> Iterator[tuple[str, Path]]:
    """An empty database of the same kind, and a home, both gone afterwards."""
    settings.HOME.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix=".drill-", dir=settings.HOME))
    try:
        if connection.vendor == "sqlite":
            yield f"sqlite://{home / 'polecam.sqlite3'}", home
            return
        name = f"polecam_drill_{secrets.token_hex(4)}"
        _say(f'CREATE DATABASE "{name}"')
        try:
            yield _url_of(name), home
        finally:
            _say(f'DROP DATABASE "{name}" WITH (FORCE)')
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _say(sql: str) -> None:
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute(sql)
    except Exception as error:
        raise Trouble(
            f"A drill wants a database of its own beside this one: {str(error).strip()} "
            "Allow it (ALTER ROLE ... CREATEDB), or name an empty one: --into postgresql://..."
        ) from error
    finally:
        own.close()


def _url_of(name: str) -> str:
    told = connection.settings_dict
    user = quote(str(told["USER"]), safe="")
    if told["PASSWORD"]:
        user += ":" + quote(str(told["PASSWORD"]), safe="")
    place = f"{user}@" if user else ""
    port = f":{told['PORT']}" if told["PORT"] else ""
    query = {}
    host = str(told["HOST"])
    if host.startswith("/"):
        query["host"], host = host, ""
    others = {k: v for k, v in told["OPTIONS"].items() if isinstance(v, str) and k != "options"}
    said = urlencode({**query, **others})
    return f"postgresql://{place}{host}{port}/{name}" + (f"?{said}" if said else "")
