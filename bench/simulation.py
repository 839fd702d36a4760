"""A plan tried out on a year of a million credited facts: the engine's sums, and the whole page.

    python -m bench.simulation [--database sqlite|postgres] [--facts 1000000]

500 sellers of 20 branches, twelve months: 6,000 seller-months; every fifth fact is shared. The plan
has a flat amount, a percentage with a minimum, a capped component and whole bands. The floor is one
GROUP BY over the same facts in the same run: trust the ratios, the machine is shared.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime

from bench.__main__ import ROOT, postgres_database

FACTS, SELLERS, BRANCHES = 1_000_000, 500, 20
LIMIT_MS = 3_000
YEAR = "2026"
FLOOR = (
    "SELECT person_id, version_id, kind, month, SUM(base_grosze), COUNT(*)"
    " FROM bonuses_creditedfact GROUP BY person_id, version_id, kind, month"
)
NUMBERS = (
    "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {last}),"
    " m AS (SELECT i, (CAST(i AS bigint) * 7919 + 13) % 104729 AS r FROM n)"
)
FACT_ROWS = """
INSERT INTO bonuses_creditedfact (public_id, kind, source, referral, version_id, branch_id,
    person_id, share_bp, share_offset_bp, base_grosze, value_grosze, ordinal, round, month,
    confirmed_at, vests_at)
{numbers}
SELECT 'f' || i, CASE r % 4 WHEN 0 THEN 'meeting' WHEN 1 THEN 'sale' ELSE 'consent' END,
    's' || i, 's' || i, {version}, {branch} + i % {sellers} % {branches}, {person} + i % {sellers},
    CASE r % 5 WHEN 0 THEN 6667 ELSE 10000 END, 0,
    CASE r % 4 WHEN 1 THEN r * 10 ELSE 0 END, CASE r % 4 WHEN 1 THEN r * 200 ELSE 0 END, 0, 1,
    '{year}-' || CASE WHEN i / {sellers} % 12 < 9 THEN '0' ELSE '' END || (i / {sellers} % 12 + 1),
    '{year}-06-15 12:00:00', '{year}-07-15 12:00:00'
FROM m
"""
LINE_ROWS = """
INSERT INTO bonuses_line (public_id, fact_id, component_id, revision, person_id, month,
    whole_grosze, amount_grosze, paid_grosze, state, vests_at, accrual_id)
SELECT 'l' || f.id, f.id, {component}, 0, f.person_id, f.month, 1000, 1000, 0, 'pending',
    f.vests_at, {accrual}
FROM bonuses_creditedfact f
"""


def firm(at: datetime) -> tuple[object, object, list[int]]:
    """The version that held, the draft, and the ids of the branches."""
    from polecam.bonuses.models import Band, Component, Plan, PlanVersion
    from polecam.organisation.models import Branch, Organisation
    from polecam.people.models import Person

    Organisation.objects.create(id=1, name="Bank Olszyna", created_at=at)
    branches = [Branch.objects.create(name=f"Oddział {n}", created_at=at) for n in range(BRANCHES)]
    Person.objects.bulk_create(
        Person(email=f"osoba{n}@olszyna.example", first_name="Anna", last_name="Lis", created_at=at)
        for n in range(SELLERS)
    )
    plan = Plan.objects.create(name="Plan", created_at=at)
    terms = {"plan": plan, "valid_from": at, "hold_days": 30, "clawback_days": 90}
    held = PlanVersion.objects.create(number=1, **terms)
    Component.objects.create(version=held, position=1, fact_kind="consent", amount_grosze=1_000)
    PlanVersion.objects.filter(pk=held.pk).update(published_at=at)
    draft = PlanVersion.objects.create(number=2, pool_bp=2_000, **terms)
    rows = (
        {"fact_kind": "consent", "amount_grosze": 1_000},
        {"fact_kind": "meeting", "amount_grosze": 4_000, "cap_grosze": 150_000},
        {"fact_kind": "sale", "base": "margin", "rate_bp": 1_400, "floor_grosze": 12_000},
        {"fact_kind": "sale", "base": "margin", "shape": "whole"},
    )
    made = [
        Component.objects.create(version=draft, position=position, **columns)
        for position, columns in enumerate(rows, start=1)
    ]
    for lower, upper, rate in ((0, 10_000_000, 100), (10_000_000, None, 200)):
        Band.objects.create(component=made[-1], lower=lower, upper=upper, rate_bp=rate)
    return held, draft, [branch.pk for branch in branches]


def fill(count: int, held: object, branches: list[int], at: datetime) -> None:
    """Facts and their lines, each by one statement."""
    from django.db import connection

    from polecam.bonuses.models import Component, LedgerTransaction
    from polecam.people.models import Person

    accrual = LedgerTransaction.objects.create(kind="accrue", month=f"{YEAR}-01", at=at)
    with connection.cursor() as cursor:
        cursor.execute(
            FACT_ROWS.format(
                numbers=NUMBERS.format(last=count - 1),
                version=held.pk,
                branch=branches[0],
                person=Person.objects.order_by("pk").first().pk,
                sellers=SELLERS,
                branches=BRANCHES,
                year=YEAR,
            )
        )
        component = Component.objects.get(version=held.pk).pk
        cursor.execute(LINE_ROWS.format(component=component, accrual=accrual.pk))


def timed(call: Callable[[], object], rounds: int) -> float:
    """Milliseconds of the quickest of some rounds."""
    best = []
    for _ in range(rounds):
        began = time.perf_counter()
        call()
        best.append((time.perf_counter() - began) * 1000)
    return min(best)


def measure(database: str, facts: int) -> int:
    """One database; 1 when a year of a million takes the engine longer than LIMIT_MS."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from polecam.bonuses import engine
    from polecam.insights import simulation_facts
    from polecam.insights.simulation import simulate
    from polecam.insights.simulation_facts import Reach
    from polecam.insights.simulation_outcome import WhatIf
    from polecam.insights.simulation_period import read
    from polecam.insights.simulation_plan import components_of, terms_of

    call_command("migrate", verbosity=0)
    at = datetime.now(UTC)
    held, draft, branches = firm(at)
    fill(facts, held, branches, at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    period, zone = read(YEAR), "Europe/Warsaw"
    reach = Reach(period.months, tuple(branches))
    terms = [terms_of(component) for component in components_of(draft)]
    what_if = WhatIf(asks=120, meetings=110)

    def floor() -> None:
        with connection.cursor() as cursor:
            cursor.execute(FLOOR)
            cursor.fetchall()

    def sums() -> None:
        engine.totals(
            months=period.months, branches=branches, version=draft.pk, factors=what_if.factors()
        )

    def page() -> None:
        simulate(draft, period=period, branches=tuple(branches), at=at, zone=zone, what_if=what_if)

    base = timed(floor, rounds=3)
    engine_ms = timed(sums, rounds=3)
    print(f"{database}: {facts:,} facts, {SELLERS * 12:,} seller-months")
    print(f"  GROUP BY floor     {base:9.1f} ms")
    for label, value in (
        ("engine, simulated", engine_ms),
        ("before, by lines", timed(lambda: simulation_facts.credited(reach, {1}), rounds=2)),
        ("measures, gaming", timed(lambda: simulation_facts.measures(reach, terms, zone), 2)),
        ("the whole page", timed(page, rounds=2)),
    ):
        print(f"  {label:18} {value:9.1f} ms = {value / base:6.1f} x floor")
    return int(facts >= FACTS and engine_ms > LIMIT_MS)


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
        command = [sys.executable, "-m", "bench.simulation", "--child", database]
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
