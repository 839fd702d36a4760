"""Who is this person, among a million: one at a time, and everyone against everyone.

    python -m bench.matching [--database sqlite|postgres] [--people 1000000] [--queries 2000]

People and slips of the pen: bench/crowd.py. Budgets, for a million people: p95 25 ms, p99 60 ms,
the right one first in 85 of 100; duplicates of the whole table in 90 s and 3 GB.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from bench.__main__ import ROOT, postgres_database
from bench.crowd import Someone, perturbed
from bench.crowd_rows import fill, indexes, invented

PEOPLE, QUERIES = 1_000_000, 2_000
P95_MS, P99_MS, RIGHT = 25, 60, 0.85
BATCH_S, BATCH_MB = 90, 3_000
CHANGED = 0.1
"""Of those who say a phone or an address, the ones whose number nobody knows: they changed it."""


# --- one at a time --------------------------------------------------------------------------------


@dataclass
class Answers:
    """What was found out about the answers to one kind of question."""

    asked: int = 0
    right: int = 0
    named: int = 0
    possible: float = 0.0
    times: list[float] = field(default_factory=list)

    def add(self, *, right: bool, named: bool, possible: float, spent: float) -> None:
        """One answer: the very record first? somebody of its very name? what chance was there?"""
        self.asked += 1
        self.right += right
        self.named += named
        self.possible += possible
        self.times.append(spent)

    def line(self) -> dict[str, float]:
        """Rates and milliseconds."""
        ordered = sorted(self.times)
        return {
            "asked": self.asked,
            "right": self.right / self.asked,
            "named": self.named / self.asked,
            "possible": self.possible / self.asked,
            "p50": statistics.median(ordered),
            "p95": ordered[len(ordered) * 95 // 100],
            "p99": ordered[len(ordered) * 99 // 100],
        }


def questions(
    people: list[Someone], twice: dict[int, int], count: int
) -> Iterator[tuple[int, str, str, Someone]]:
    """(place of the person meant, how the name was changed, what else is said, what is said)."""
    chance = random.Random(20261125)
    doubled = set(twice) | set(twice.values())
    asked = 0
    while asked < count:
        place = chance.randrange(len(people))
        if place in doubled:
            continue
        way, said = perturbed(people[place], chance)
        contact = asked % 2 == 1
        if contact and not said.phone and not said.email:
            continue
        if not contact:
            said = replace(said, phone=0, email=0)
        elif said.phone and said.email:  # one of the two is what people say
            said = replace(said, phone=0) if chance.random() < 0.3 else replace(said, email=0)
        if contact and chance.random() < CHANGED:
            new = len(people) * 3 + asked
            said = replace(said, phone=new * bool(said.phone), email=new * bool(said.email))
        asked += 1
        yield place, way, "phone or address" if contact else "name only", said


def online(people: list[Someone], twice: dict[int, int], count: int) -> dict[str, dict]:
    """Ask for `count` people; figures by what is said and by the way the name was changed."""
    from polecam.kit.names import keys
    from polecam.parties.models import Party
    from polecam.parties.online import Said, candidates

    start = Party.objects.order_by("id").values_list("id", flat=True)[0]
    names = [keys(one.first, one.last)[0] for one in people]
    bearers = Counter(names)
    found: dict[str, Answers] = defaultdict(Answers)
    for place, way, what, said in questions(people, twice, count):
        asked = Said(said.first, said.last, *indexes(said))
        began = time.perf_counter()
        best = candidates(asked)
        spent = (time.perf_counter() - began) * 1000
        first = best[0].party_id - start if best else None
        answer = {
            "right": first == place,
            "named": first is not None and names[first] == names[place],
            "possible": 1.0 if what != "name only" else 1 / bearers[names[place]],
            "spent": spent,
        }
        for group in ("all", what, f"{what}: {way}"):
            found[group].add(**answer)
    return {group: answers.line() for group, answers in sorted(found.items())}


# --- everyone against everyone --------------------------------------------------------------------


def batch(twice: dict[int, int]) -> dict[str, float]:
    """All pairs; time, memory, and how many of the copies were found."""
    from polecam.parties.batch import pairs
    from polecam.parties.likeness import SAME_BP
    from polecam.parties.models import Party

    start = Party.objects.order_by("id").values_list("id", flat=True)[0]
    true = {(start + original, start + copy) for copy, original in twice.items()}
    began = time.perf_counter()
    found = Counter()
    for pair in pairs(ask_bp=7_000):
        band = "same" if pair.score_bp >= SAME_BP else "ask"
        found[band] += 1
        found[f"{band} right"] += (pair.one_id, pair.other_id) in true
    return {
        "seconds": time.perf_counter() - began,
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "copies": len(true),
        **found,
    }


# --- the run --------------------------------------------------------------------------------------


def told(label: str, value: float, unit: str, budget: str = "", *, kept: bool = True) -> bool:
    """Print one figure."""
    print(f"  {label:44} {value:10,.3f} {unit:4} {budget}{'' if kept else '  OVER'}", flush=True)
    return kept


def ask(database: str, count: int, queries: int) -> bool:
    """One at a time: prints the table; whether the budgets were kept."""
    people, twice = invented(count)
    found = online(people, twice, queries)
    print(
        f"{database}, one person among {count:,}:\n"
        f"  {'':36} {'asked':>6} {'right':>6} {'name':>6} {'chance':>6}"
        f" {'p50 ms':>7} {'p95 ms':>7} {'p99 ms':>7}"
    )
    for group, line in found.items():
        print(
            f"  {group:36} {line['asked']:6} {line['right']:6.3f} {line['named']:6.3f}"
            f" {line['possible']:6.3f} {line['p50']:7.1f} {line['p95']:7.1f} {line['p99']:7.1f}"
        )
    whole = found["all"]
    keep(database, "online", count, found)
    kept = [
        told("p95", whole["p95"], "ms", f"<= {P95_MS}", kept=whole["p95"] <= P95_MS),
        told("p99", whole["p99"], "ms", f"<= {P99_MS}", kept=whole["p99"] <= P99_MS),
        told(
            "the very record first", whole["right"], "", f">= {RIGHT}", kept=whole["right"] >= RIGHT
        ),
    ]
    return all(kept)


def sweep(database: str, count: int) -> bool:
    """Everyone against everyone: prints figures; whether the budgets were kept."""
    twice = json.loads((Path(os.environ["POLECAM_HOME"]) / "twice.json").read_text())
    found = batch({int(copy): original for copy, original in twice.items()})
    print(f"{database}, all {count:,} against each other:")
    keep(database, "batch", count, found)
    kept = [
        told("time", found["seconds"], "s", f"<= {BATCH_S}", kept=found["seconds"] <= BATCH_S),
        told("memory", found["peak MB"], "MB", f"<= {BATCH_MB}", kept=found["peak MB"] <= BATCH_MB),
    ]
    for name in ("copies", "same", "same right", "ask", "ask right"):
        told(name, found.get(name, 0), "")
    return all(kept)


def keep(database: str, what: str, count: int, found: dict) -> None:
    """Figures as JSON, beside those of the other benchmarks."""
    results = ROOT / "bench" / "results"
    results.mkdir(exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    report = {"database": database, "people": count, "findings": found}
    (results / f"{stamp}-matching-{what}-{database}.json").write_text(json.dumps(report, indent=2))


def stage(name: str, database: str, count: int, queries: int) -> int:
    """One step in a process of its own, so that its memory is its own."""
    import django

    django.setup()
    if name == "fill":
        people, twice = invented(count)
        began = time.monotonic()
        fill(people)
        (Path(os.environ["POLECAM_HOME"]) / "twice.json").write_text(json.dumps(twice))
        print(
            f"{database}: {count:,} people written in {time.monotonic() - began:.0f} s", flush=True
        )
        return 0
    kept = ask(database, count, queries) if name == "online" else sweep(database, count)
    return 0 if kept else 1


def run(database: str, url: str, count: int, queries: int) -> int:
    """One database, in a home of its own: fill it, ask, sweep."""
    with tempfile.TemporaryDirectory(prefix="polecam-bench-") as home:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "polecam.settings",
            "POLECAM_ENV": "development",
            "POLECAM_HOME": home,
            "POLECAM_LOG_LEVEL": "WARNING",
            "DATABASE_URL": url,
        }
        codes = []
        for name in ("fill", "online", "batch"):
            command = [sys.executable, "-m", "bench.matching", "--stage", name]
            command += ["--database", database, f"--people={count}", f"--queries={queries}"]
            codes.append(subprocess.call(command, env=environment, cwd=ROOT))
            if name == "fill" and codes[0]:
                break
        return 1 if any(codes) else 0


def main() -> int:
    """Both databases, or the one that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=["sqlite", "postgres"])
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--queries", type=int, default=QUERIES)
    parser.add_argument("--stage", choices=["fill", "online", "batch"], help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.stage:
        return stage(asked.stage, asked.database, asked.people, asked.queries)
    codes = []
    if asked.database != "postgres":
        codes.append(run("sqlite", "", asked.people, asked.queries))
    if asked.database != "sqlite":
        try:
            with postgres_database() as url:
                codes.append(run("postgres", url, asked.people, asked.queries))
        except psycopg.OperationalError as error:
            print(f"*** PostgreSQL was NOT measured: {str(error).strip().splitlines()[0]}")
    return 1 if any(codes) else 0


if __name__ == "__main__":
    sys.exit(main())
