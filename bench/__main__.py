"""`make bench`: both databases, one after the other, each in a process and a home of its own.

    python -m bench [identity] [--database sqlite|postgres] [--clients 100000] [--referrals 50000]
        [--people 1000000] [--facts 1000000]

Load generator, server and database share the machine's cores: read the ratios and the CPU per
request, not the rates. Results also go to bench/results/ as JSON.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg

SERVER = os.environ.get("POLECAM_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def postgres_database():
    """A database that exists for the run; also drops the copy that the floor is measured on."""
    name = f"polecam_bench_{os.getpid()}"
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{SERVER}/{name}"
        finally:
            for each in (name, f"{name}_floor"):
                server.execute(f"DROP DATABASE IF EXISTS {each} WITH (FORCE)")


def run(database: str, url: str, arguments: list[str]) -> int:
    """Measure one database; the exit code says whether every budget was kept."""
    with tempfile.TemporaryDirectory(prefix="polecam-bench-") as home:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "polecam.settings",
            "POLECAM_ENV": "development",
            "POLECAM_HOME": home,
            "POLECAM_LOG_LEVEL": "WARNING",
            "DATABASE_URL": url,
        }
        command = [sys.executable, "-m", "bench.measure", database, *arguments]
        return subprocess.call(command, env=environment, cwd=ROOT)


def main() -> int:
    """Both databases, or the one that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("only", nargs="?", choices=["identity"], help="leave out all the rest")
    parser.add_argument("--database", choices=["sqlite", "postgres"])
    parser.add_argument("--clients", type=int, default=100_000)
    parser.add_argument("--referrals", type=int, default=50_000)
    parser.add_argument("--people", type=int, default=1_000_000, help="to match; 0 leaves it out")
    parser.add_argument("--facts", type=int, default=1_000_000, help="credited; 0 leaves it out")
    asked = parser.parse_args()
    if asked.only == "identity":
        return identity()
    sizes = [f"--clients={asked.clients}", f"--referrals={asked.referrals}"]
    codes = []
    if asked.database != "postgres":
        codes.append(run("sqlite", "", sizes))
    if asked.database != "sqlite":
        try:
            with postgres_database() as url:
                codes.append(run("postgres", url, sizes))
        except psycopg.OperationalError as error:
            print(f"*** PostgreSQL was NOT measured: {str(error).strip().splitlines()[0]}")
    if asked.people:
        codes.append(matching(asked.database, asked.people))
    if asked.facts:
        codes.append(bonuses(asked.database, asked.facts))
    codes.append(identity())
    return 1 if any(codes) else 0


def matching(database: str | None, people: int) -> int:
    """Who is this person, among so many (bench/matching.py)."""
    command = [sys.executable, "-m", "bench.matching", f"--people={people}"]
    command += ["--database", database] if database else []
    return subprocess.call(command, cwd=ROOT)


def bonuses(database: str | None, facts: int) -> int:
    """What so many credited facts earn (bench/bonuses.py)."""
    command = [sys.executable, "-m", "bench.bonuses", f"--facts={facts}"]
    command += ["--database", database] if database else []
    return subprocess.call(command, cwd=ROOT)


def identity() -> int:
    """How well people are recognised on public files (bench/identity)."""
    return subprocess.call([sys.executable, "-m", "bench.identity"], cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
