"""Run the whole suite on SQLite and on PostgreSQL side by side; further arguments go to pytest.

What is missing on this machine is skipped loudly; with CI=true it fails.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from typing import IO

import psycopg

SERVER = os.environ.get("POLECAM_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
REQUIRED = os.environ.get("CI") == "true"


def postgres_trouble() -> str:
    """Why PostgreSQL cannot be used for tests; empty if it can."""
    try:
        with psycopg.connect(f"{SERVER.rstrip('/')}/postgres", connect_timeout=5) as connection:
            allowed = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.OperationalError as error:
        return str(error).strip().splitlines()[0]
    return "" if allowed and allowed[0] else "its user may not create databases"


def start(
    database: str, output: IO[str] | None = None, *, shared: bool = False
) -> subprocess.Popen[str]:
    """Begin pytest on one database; `output` keeps what it says for later.

    `shared`: the other database runs beside it and takes a part of the tests in a browser.
    """
    share = {"POLECAM_SHARE_BROWSER": "1"} if shared else {}
    return subprocess.Popen(
        [sys.executable, "-m", "pytest", "-q", *sys.argv[1:]],
        env={**os.environ, **share, "POLECAM_TEST_DB": database},
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        text=True,
    )


def both() -> list[int]:
    """Both suites side by side: each has a home and a database of its own, and one core."""
    with tempfile.TemporaryFile("w+") as said:
        other = start("postgres", said, shared=True)
        print("\n=== tests on sqlite; PostgreSQL runs beside it, told afterwards", flush=True)
        codes = [start("sqlite", shared=True).wait(), other.wait()]
        print("\n=== tests on postgres", flush=True)
        said.seek(0)
        shutil.copyfileobj(said, sys.stdout)
    return codes


def main() -> int:
    """Both suites; 1 if either fails."""
    started = time.monotonic()
    trouble = postgres_trouble()
    if not trouble:
        codes = both()
    else:
        codes = [start("sqlite").wait(), 1 if REQUIRED else 0]
        print(
            f"\n*** PostgreSQL was NOT tried: {trouble}\n"
            "*** POLECAM_TEST_POSTGRES=postgresql://user:password@host:port names another server.",
            flush=True,
        )
    print(f"=== tests: {time.monotonic() - started:.0f} s", flush=True)
    return 1 if any(codes) else 0


if __name__ == "__main__":
    sys.exit(main())
