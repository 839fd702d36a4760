"""The bonus engine on a million credited facts: every bar as a ratio to a floor of the same run.

    python -m bench.bonuses [--database sqlite|postgres] [--facts 1000000]

500 sellers, twelve months: 6,000 seller-months. The plan pays fixed amounts for consents and
meetings, a rate of margin, meetings by marginal bands, sales by whole bands under a cap, and more
from the third sale on if nobody complained. Floors, in the same process and run: a plain GROUP BY
of the same facts, and a bare INSERT ... SELECT of the same lines into a copy of the table with its
indexes and guards. The machine is shared, so seconds are those of CPU, of this process and of the
database's; only the live cell is told by the clock.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from bench.__main__ import ROOT, postgres_database
from bench.bonus_rows import ANALYSE, MONTHS, SELLERS, bare_copy, firm, write_facts

FACTS = 1_000_000
EVENTS = 100
GROUP_BY = (
    "SELECT person_id, version_id, kind, month, SUM(base_grosze), COUNT(*)"
    " FROM bonuses_creditedfact GROUP BY person_id, version_id, kind, month"
)
"""The floor."""


class Table:
    """What was measured: name, value, what it is compared with, its bar."""

    def __init__(self) -> None:
        self.over: list[str] = []

    def tell(self, name: str, value: float, unit: str, bar: float | None = None) -> None:
        """One row; a bar that is not kept is remembered."""
        kept = bar is None or value <= bar
        told = "" if bar is None else f" <= {bar:g}{'' if kept else '  OVER'}"
        print(f"  {name:44} {value:10.2f} {unit:6}{told}", flush=True)
        if not kept:
            self.over.append(name)


def cpu() -> float:
    """CPU seconds so far, of this process and of PostgreSQL's that serves it."""
    spent = time.process_time()
    if BACKEND:
        numbers = Path(f"/proc/{BACKEND[0]}/stat").read_text().rpartition(")")[2].split()
        spent += (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")
    return spent


BACKEND: list[int] = []


def watch_backend() -> None:
    """Whose CPU counts too; without helpers, which nobody would count."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")
            cursor.execute("SELECT pg_backend_pid()")
            BACKEND.append(cursor.fetchone()[0])


def timed(call: Callable[[], object], rounds: int = 1) -> float:
    """CPU seconds of the quickest of some rounds."""
    best = []
    for _ in range(rounds):
        began = cpu()
        call()
        best.append(cpu() - began)
    return min(best)


def ask(sql: str, params: tuple = ()) -> None:
    """Run a statement and read it to its end."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        if cursor.description:
            cursor.fetchall()


def peak_mb() -> float:
    """The most anonymous memory this process ever had, from the kernel."""
    status = Path("/proc/self/status").read_text()
    found = {line.split(":")[0]: line.split()[1] for line in status.splitlines() if "kB" in line}
    return (int(found["VmHWM"]) - int(found["RssFile"]) - int(found["RssShmem"])) / 1024


def posted(at: datetime) -> dict[str, float]:
    """Write everything month by month; CPU seconds of the lines (computing and writing), of posting
    them (transactions, entries, balances, seals), and of the whole, with what is checked last."""
    from polecam.bonuses import engine, posting
    from polecam.store import clock
    from polecam.store.tx import action

    spent = {"lines": 0.0, "posting": 0.0, "whole": 0.0}
    watched = [
        (posting, "_computed", "lines"),
        (posting, "write_lines", "lines"),
        (posting, "post", "posting"),
        (posting, "open_all", "posting"),
    ]
    real = [getattr(module, name) for module, name, _ in watched]
    for module, name, kind in watched:
        setattr(module, name, meter(getattr(module, name), spent, kind))
    for month in MONTHS:
        began = cpu()
        with clock.injected(), action():
            engine.run(engine.of_month(month), at=at)
        spent["whole"] += cpu() - began
        ask(ANALYSE)
    for (module, name, _), function in zip(watched, real, strict=True):
        setattr(module, name, function)
    return spent


def meter(function: Callable, spent: dict[str, float], kind: str) -> Callable:
    """The function, its CPU counted, with the foreign keys it left for the end of the transaction.

    What a computed table costs is counted when it is made.
    """
    from contextlib import contextmanager

    from django.db import connection

    postgres = connection.vendor == "postgresql"

    def counted(*args: object) -> object:
        began = cpu()
        found = function(*args)
        if postgres:
            ask("SET CONSTRAINTS ALL IMMEDIATE")
            ask("SET CONSTRAINTS ALL DEFERRED")
        spent[kind] += cpu() - began
        return found

    @contextmanager
    def computed(*args: object) -> Iterator[None]:
        began = cpu()
        with function(*args):
            spent[kind] += cpu() - began
            yield

    return computed if kind == "lines" and function.__name__ == "_computed" else counted


def live(sellers: list, version: object, table: Table) -> None:
    """One more meeting of a seller in a full month: what the cell costs right after."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bench.bonus_rows import one_more
    from polecam.actions.bonus_steps import months_of
    from polecam.bonuses import engine
    from polecam.store import clock
    from polecam.store.tx import action

    at = datetime.now(UTC)

    def one(number: int) -> float:
        fact = one_more(sellers[number % len(sellers)], version, MONTHS[-1], number)
        began = time.perf_counter()
        engine.run(months_of([fact]), at=at)
        return (time.perf_counter() - began) * 1000

    times = []
    with clock.injected():
        for number in range(EVENTS):
            with action():
                times.append(one(number))
        with CaptureQueriesContext(connection) as asked, action():
            one(EVENTS)
    table.tell("live cell after one event, median", statistics.median(times), "ms", 10)
    table.tell("  its 95th percentile", sorted(times)[EVENTS * 95 // 100], "ms")
    table.tell("  statements", len(asked), "")


def measure(database: str, facts: int) -> int:
    """One database."""
    import django

    django.setup()
    from django.core.management import call_command

    from polecam.bonuses import engine
    from polecam.bonuses.models import LedgerTransaction, Line

    call_command("migrate", verbosity=0)
    watch_backend()
    sellers, version, at = firm()
    filled = timed(lambda: write_facts(facts, sellers, version, at))
    ask(ANALYSE)
    print(f"\n{database}: {facts:,} facts, {SELLERS * len(MONTHS):,} seller-months, {filled:.0f} s")
    table = Table()
    floor = timed(lambda: ask(GROUP_BY), rounds=3)
    table.tell("floor: GROUP BY of the facts", floor, "s")
    totals = timed(engine.totals, rounds=3)
    table.tell("totals", totals / floor, "x", 2)
    table.tell("totals of the year", totals, "s", 3)
    simulated = timed(lambda: engine.totals(version=version.pk), rounds=2)
    table.tell("a simulation of the year", simulated, "s", 3)
    spent = posted(at)
    ask(ANALYSE)
    bare = bare_copy(timed)
    lines, cells = Line.objects.count(), LedgerTransaction.objects.count()
    table.tell("floor: bare INSERT of the lines", bare, "s")
    table.tell(f"traced lines ({lines:,})", spent["lines"] / bare, "x", 3)
    table.tell(f"posting ({cells:,} transactions)", spent["posting"] / floor, "x", 15)
    table.tell("the whole run", spent["whole"], "s")
    compared = timed(lambda: engine.differences(engine.of_month(MONTHS[-1])))
    table.tell("a month compared anew", compared, "s")
    live(sellers, version, table)
    table.tell("peak of anonymous memory", peak_mb(), "MB", 500)
    print(f"  over: {', '.join(table.over)}" if table.over else "  every bar kept")
    return 1 if table.over else 0


def run(database: str, url: str, facts: int) -> int:
    """One database in a process and a home of its own."""
    with tempfile.TemporaryDirectory(prefix="polecam-bench-") as home:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "polecam.settings",
            "POLECAM_ENV": "development",
            "POLECAM_HOME": home,
            "POLECAM_LOG_LEVEL": "WARNING",
            "DATABASE_URL": url,
        }
        command = [sys.executable, "-m", "bench.bonuses", "--child", database]
        return subprocess.call([*command, "--facts", str(facts)], env=environment, cwd=ROOT)


def main() -> int:
    """Both databases, or the one that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=["sqlite", "postgres"])
    parser.add_argument("--facts", type=int, default=FACTS)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        return measure(asked.child, asked.facts)
    codes = []
    if asked.database != "postgres":
        codes.append(run("sqlite", "", asked.facts))
    if asked.database != "sqlite":
        try:
            with postgres_database() as url:
                codes.append(run("postgres", url, asked.facts))
        except psycopg.OperationalError as error:
            print(f"*** PostgreSQL was NOT measured: {str(error).strip().splitlines()[0]}")
    return max(codes, default=1)


if __name__ == "__main__":
    sys.exit(main())
