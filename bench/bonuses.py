"""The bonus engine: what one event costs, and the nightly run as a ratio to a plain GROUP BY.

    python -m bench.bonuses [--database sqlite|postgres] [--facts 50000]

Facts of 200 sellers over six months, written in bulk. The floor is one GROUP BY over the same facts
in the same run: trust the ratios, the machine is shared.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bench.__main__ import ROOT, postgres_database

FACTS = 50_000
SELLERS = 200
EVENTS = 300
MONTHS = tuple(f"2026-{month:02}" for month in range(1, 7))
FLOOR = (
    "SELECT person_id, version_id, kind, month, SUM(base_grosze), COUNT(*)"
    " FROM bonuses_creditedfact GROUP BY person_id, version_id, kind, month"
)


def firm() -> tuple[list, object, datetime]:
    """Sellers, the published plan, and the moment everything was confirmed."""
    from polecam.actions.plans import publish_plan
    from polecam.organisation.models import Branch, Organisation
    from polecam.people.models import Person

    at = datetime.now(UTC) - timedelta(days=40)
    Organisation.objects.create(id=1, name="Bank Olszyna", created_at=at)
    branch = Branch.objects.create(name="Podgórze", created_at=at)
    sellers = Person.objects.bulk_create(
        Person(email=f"osoba{n}@olszyna.example", first_name="Anna", created_at=at)
        for n in range(SELLERS)
    )
    for seller in sellers:
        seller.bench_branch = branch
    return sellers, publish_plan(by=None, at=at, name="Plan"), at


def write_facts(count: int, sellers: list, version: object, at: datetime) -> None:
    """Confirmed facts, every fifth shared by two."""
    from polecam.bonuses.models import CreditedFact
    from polecam.store.fields import new_public_id

    chance = random.Random(20261123)
    rows = []
    while len(rows) < count:
        kind = chance.choice(("consent", "consent", "meeting", "sale"))
        source, base = new_public_id(), chance.randrange(10**6) if kind == "sale" else 0
        first, second = sorted(chance.sample(sellers, 2), key=lambda one: one.pk)
        shared = chance.randrange(5) == 0
        parts = [(first, 0, 6_667), (second, 6_667, 3_333)] if shared else [(first, 0, 10_000)]
        rows += [
            CreditedFact(
                kind=kind,
                source=source,
                referral=source,
                version=version,
                branch=seller.bench_branch,
                person=seller,
                share_bp=share,
                share_offset_bp=offset,
                base_grosze=base,
                month=MONTHS[len(rows) % len(MONTHS)],
                confirmed_at=at,
                vests_at=at + timedelta(days=30),
            )
            for seller, offset, share in parts
        ]
    CreditedFact.objects.bulk_create(rows, batch_size=5_000)


def timed(call: Callable[[], object], rounds: int = 1) -> float:
    """Milliseconds of the quickest of some rounds."""
    best = []
    for _ in range(rounds):
        began = time.perf_counter()
        call()
        best.append((time.perf_counter() - began) * 1000)
    return min(best)


def group_by() -> None:
    """The floor."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(FLOOR)
        cursor.fetchall()


def analyse() -> None:
    """Statistics, as after a load."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def credit_events(sellers: list, version: object) -> None:
    """One confirmed consent after the other, each in its own transaction."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from polecam.actions import bonuses
    from polecam.claims.models import CreditShare
    from polecam.referrals.models import Referral
    from polecam.store.tx import action

    at = datetime.now(UTC)
    referrals = Referral.objects.bulk_create(
        Referral(
            originator=sellers[n % SELLERS],
            branch=sellers[0].bench_branch,
            kind="spontaneous",
            state="consented",
            plan_version_id=version.pk,
            captured_at=at,
            state_at=at,
        )
        for n in range(EVENTS)
    )
    CreditShare.objects.bulk_create(
        CreditShare(referral=referral, number=1, person=referral.originator, share_bp=10_000, at=at)
        for referral in referrals
    )

    def one(referral: Referral) -> None:
        with action():
            bonuses.credit(kind="consent", referral=referral, source=referral, at=at)

    with CaptureQueriesContext(connection) as asked:
        one(referrals[0])
    busy = time.process_time()
    times = [timed(lambda r=referral: one(r)) for referral in referrals[1:]]
    busy = (time.process_time() - busy) * 1000 / len(times)
    print(
        f"  one event        p50 {statistics.median(times):6.2f} ms, p95"
        f" {sorted(times)[len(times) * 95 // 100]:6.2f} ms, CPU {busy:.2f} ms,"
        f" {len(asked)} statements"
    )


def measure(database: str, facts: int) -> int:
    """One database."""
    import django

    django.setup()
    from django.core.management import call_command

    from polecam.actions import bonuses
    from polecam.bonuses import engine
    from polecam.bonuses.models import Line
    from polecam.bonuses.verify import problems
    from polecam.store import clock
    from polecam.store.tx import action

    call_command("migrate", verbosity=0)
    with clock.injected():
        sellers, version, at = firm()
        write_facts(facts, sellers, version, at)
        analyse()
        floor = timed(group_by, rounds=5)

        def run() -> None:
            with action():
                engine.run(engine.EVERYTHING, at=at)

        ran = timed(run)
    print(f"{database}: {facts:,} facts, {Line.objects.count():,} lines")
    print(f"  GROUP BY floor     {floor:9.1f} ms")
    analyse()
    scopes = [engine.of_month(month) for month in MONTHS]
    checked = timed(lambda: [engine.differences(scope) for scope in scopes], rounds=3)
    proved = timed(lambda: list(problems()), rounds=2)
    credit_events(sellers, version)
    vested = timed(lambda: bonuses.vest_due(at=datetime.now(UTC)))
    for label, value in (
        ("all lines written", ran),
        ("nightly compare", checked),
        ("whole proof", proved),
        ("all lines vested", vested),
    ):
        print(f"  {label:18} {value:9.1f} ms = {value / floor:6.1f} x floor")
    return 0


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
        with postgres_database() as url:
            codes.append(run("postgres", url, asked.facts))
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
