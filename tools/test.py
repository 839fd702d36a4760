"""Run the whole suite on SQLite, then on PostgreSQL; further arguments go to pytest.

What is missing on this machine is skipped loudly; with CI=true it fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

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


def suite(database: str) -> int:
    """Run pytest on one database; its exit code."""
    print(f"\n=== tests on {database}", flush=True)
    started = time.monotonic()
    code = subprocess.call(
        [sys.executable, "-m", "pytest", "-q", *sys.argv[1:]],
        env={**os.environ, "POLECAM_TEST_DB": database},
    )
    print(f"=== {database}: {time.monotonic() - started:.0f} s", flush=True)
    return code


def main() -> int:
    """Both suites; 1 if either fails."""
    codes = [suite("sqlite")]
    trouble = postgres_trouble()
    if not trouble:
        codes.append(suite("postgres"))
    else:
        print(
            f"\n*** PostgreSQL was NOT tried: {trouble}\n"
            "*** POLECAM_TEST_POSTGRES=postgresql://user:password@host:port names another server.",
            flush=True,
        )
        codes.append(1 if REQUIRED else 0)
    return 1 if any(codes) else 0


if __name__ == "__main__":
    sys.exit(main())
