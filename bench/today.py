"""Today where it is hardest: one branch, twelve sellers, all 100,000 clients theirs.

    python -m bench.today [--database sqlite|postgres] [--clients 100000] [--referrals 50000]

The page of `make bench` spreads the clients over many sellers; here each has over 8,000 of them,
and so many fresh moments that the narrowing in the database has to carry the page. In process:
reading (insights.today) and the page with its template. Budget: 60 ms p95.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime

from bench.__main__ import ROOT, postgres_database

ROUNDS = 120
WARM_UP = 12
SELLERS = 12
BUDGET_MS = 60


def measure(clients: int, referrals: int) -> int:
    """Fill the empty database, read Today as every seller in turn; 1 when over the budget."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from bench.world import build
    from polecam.insights import today
    from polecam.people.models import Person
    from polecam.web.pages.today.views import branch_of

    for alias in settings.DATABASES:
        call_command("migrate", database=alias, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    people = build(clients, referrals, branches=1, in_branch=SELLERS)
    branch = branch_of(people[0])

    def read(person: Person) -> None:
        fresh = Person.objects.get(pk=person.pk)
        at = datetime.now(UTC)
        today.for_(fresh, branch, at=at, zone="Europe/Warsaw", language="pl", business="bank")

    browsers = []
    for person in people:
        browser = Client(HTTP_HOST="localhost")
        browser.force_login(person)
        browsers.append(browser)
    over = False
    for name, calls in (
        ("insights.today", [lambda p=p: read(p) for p in people]),
        ("the page", [lambda b=b: b.get("/today/") for b in browsers]),
    ):
        over = told(name, calls) > BUDGET_MS or over
    return int(over)


def told(name: str, calls: list[Callable[[], object]]) -> float:
    """Time the calls in turn, print p50 and p95 in milliseconds, return the p95."""
    times, busy = [], 0.0
    for number in range(WARM_UP + ROUNDS):
        started, worked = time.perf_counter(), time.process_time()
        calls[number % len(calls)]()
        times.append((time.perf_counter() - started) * 1000)
        busy += (time.process_time() - worked) * 1000 if number >= WARM_UP else 0
    kept = sorted(times[WARM_UP:])
    p95 = kept[round(0.95 * (len(kept) - 1))]
    verdict = "" if p95 <= BUDGET_MS else f"  OVER {BUDGET_MS}"
    figures = (
        f"p50 {statistics.median(kept):6.1f} ms  p95 {p95:6.1f} ms  CPU {busy / ROUNDS:6.1f} ms"
    )
    print(f"  {name:16} {figures}{verdict}", flush=True)
    return p95


def run(database: str, asked: argparse.Namespace) -> int:
    """Measure in a process and a home of its own."""
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="polecam-bench-"))
        url = stack.enter_context(postgres_database()) if database == "postgres" else ""
        print(f"Today, {SELLERS} sellers, {asked.clients} clients, {database}", flush=True)
        command = [sys.executable, "-m", "bench.today", "--inside"]
        return subprocess.call(
            [*command, f"--clients={asked.clients}", f"--referrals={asked.referrals}"],
            cwd=ROOT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "polecam.settings",
                "POLECAM_ENV": "development",
                "POLECAM_HOME": home,
                "POLECAM_LOG_LEVEL": "WARNING",
                "DATABASE_URL": url,
            },
        )


def main() -> int:
    """Both databases, or the one that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=["sqlite", "postgres"])
    parser.add_argument("--clients", type=int, default=100_000)
    parser.add_argument("--referrals", type=int, default=50_000)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        return measure(asked.clients, asked.referrals)
    databases = [asked.database] if asked.database else ["sqlite", "postgres"]
    return max(run(database, asked) for database in databases)


if __name__ == "__main__":
    sys.exit(main())
