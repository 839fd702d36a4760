"""A file of 100,000 clients through the import, while somebody else keeps writing.

    python -m bench.imports [--database sqlite|postgres] [--rows 100000] [--file PATH]

Makes its own file (or takes PATH, or POLECAM_BENCH_FILE). Budgets: 30 s and 400 MB from upload to
the last row, no transaction above 100 ms but one in a hundred, the other writer served meanwhile.
"""

import argparse
import os
import random
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from bench.__main__ import ROOT, postgres_database

ROWS = 100_000
SECONDS, MEGABYTES, CHUNK_MS = 30, 400, 100
FIRST = (
    "Anna Maria Katarzyna Małgorzata Agnieszka Barbara Ewa Krystyna Elżbieta Joanna Zofia Łucja "
    "Piotr Krzysztof Andrzej Tomasz Jan Paweł Michał Marcin Stanisław Jakub Adam Marek Łukasz"
).split()
SYLLABLES = (
    "ba bie ciu czo dą dzi fa gó ję kę ko ku la le li mań mo na nie ró są szu to wi żu".split()
)
PRODUCTS = ("konto firmowe", "rachunek", "kredyt hipoteczny", "leasing", "polisa mieszkaniowa")
SELLERS = [(first, f"Nowak{letter}") for letter, first in zip("abcdefghijkl", FIRST, strict=False)]


def make_file(path: Path, rows: int) -> None:
    """Clients as a branch exports them: windows-1250, semicolons, a fault now and then."""
    chance = random.Random(20261123)
    with path.open("w", encoding="cp1250", newline="") as out:
        out.write("Nr klienta;Imię i nazwisko;Telefon;E-mail;Opiekun;Klient od;Produkt\r\n")
        for n in range(rows):
            first = chance.choice(FIRST)
            last = "".join(chance.choices(SYLLABLES, k=3)).capitalize()
            phone = f"6{n // 1_000_000 % 10:01}{n % 1_000_000:06}{chance.randrange(10)}"
            phone = "brak" if n % 97 == 0 else f"{phone[:3]} {phone[3:6]} {phone[6:9]}"
            day = "31.02.2020" if n % 1009 == 0 else f"{1 + n % 28:02}.{1 + n % 12:02}.2016"
            owner = " ".join(SELLERS[n % len(SELLERS)])
            out.write(
                f"K{100000 + n};{first} {last};{phone};klient{n}@przyklad.pl;{owner};{day};"
                f"{PRODUCTS[n % len(PRODUCTS)]}\r\n"
            )


def workbook(source: Path, target: Path) -> None:
    """The same rows as XLSX."""
    import xlsxwriter

    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(source.read_text(encoding="cp1250").splitlines()):
            sheet.write_row(number, 0, line.split(";"))


def firm() -> tuple[object, object]:
    """A branch with twelve sellers; (branch, a client for the other writer)."""
    from polecam.clients.models import Client
    from polecam.organisation.models import Branch, Organisation
    from polecam.parties.models import Party
    from polecam.people.models import Membership, Person, Role

    at = datetime.now(UTC)
    Organisation.objects.create(id=1, name="Bank Olszyna", created_at=at)
    branch = Branch.objects.create(name="Podgórze", created_at=at)
    for first, last in SELLERS:
        email = f"{last}@olszyna.example".lower()
        person = Person.objects.create(email=email, first_name=first, last_name=last, created_at=at)
        Membership.objects.create(person=person, branch=branch, role=Role.SELLER, since=at)
    party = Party(created_at=at)
    party.set_name("Zenon", "Ostatni")
    party.save()
    client = Client.objects.create(
        party=party, branch=branch, owner=person, created_at=at, updated_at=at
    )
    return branch, client


def other_writer() -> int:
    """Somebody else: four actions a second until told to stop; prints the waiting times."""
    import django

    django.setup()
    from polecam.actions import clients
    from polecam.clients.models import Client

    times: list[float] = []
    running = [True]
    signal.signal(signal.SIGTERM, lambda *_: running.clear())
    client = Client.objects.get(party__name_key="zenon ostatni")
    while running:
        client.refresh_from_db()
        until = None if client.resting_until else datetime(2027, 1, 1, tzinfo=UTC).date()
        started = time.monotonic()
        clients.rest_until(by=client.owner, at=datetime.now(UTC), client=client, until=until)
        times.append((time.monotonic() - started) * 1000)
        time.sleep(0.25)
    times.sort()
    print(
        f"    somebody else meanwhile: {len(times)} writes, p50 {statistics.median(times):.0f} ms,"
        f" p95 {times[len(times) * 95 // 100]:.0f} ms, worst {times[-1]:.0f} ms"
    )
    return 0


def bring(path: Path, branch: object, label: str) -> float:
    """Upload and work off one file; seconds."""
    from polecam.actions import import_work, imports
    from polecam.files import intake

    spans: list[float] = []
    apply = import_work.Work._commit

    def timed(work: import_work.Work, *given: object, **more: object) -> float:
        began = time.monotonic()
        spent = apply(work, *given, **more)
        spans.append((time.monotonic() - began) * 1000)
        return spent

    import_work.Work._commit = timed
    started, busy = time.monotonic(), time.process_time()
    raw = intake.seal_file(path)
    job = imports.preview(
        by=None, at=datetime.now(UTC), branch=branch, kind="clients", filename=path.name, raw=raw
    )
    staged = time.monotonic() - started
    imports.start(by=None, at=datetime.now(UTC), job=job)
    while imports.work_off(datetime.now(UTC), 2.0):
        pass
    seconds, busy = time.monotonic() - started, time.process_time() - busy
    import_work.Work._commit = apply
    job.refresh_from_db()
    spans.sort()
    print(
        f"  {label:14} {seconds:6.1f} s (upload and staging {staged:.1f} s; CPU {busy:.1f} s),"
        f" {job.total} rows: {job.created} created, {job.updated} updated,"
        f" {job.unchanged} unchanged,"
        f" {job.rejected} rejected; {job.state} {job.problem}\n"
        f"    {len(spans)} transactions, p50 {statistics.median(spans):.0f} ms,"
        f" p99 {spans[len(spans) * 99 // 100]:.0f} ms, longest {spans[-1]:.0f} ms"
        f"{'' if spans[len(spans) * 99 // 100] <= CHUNK_MS else '  OVER'}"
    )
    return seconds


def measure(database: str, rows: int, given: str) -> int:
    """One database: the file, the file again, the file as a workbook."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    branch, _client = firm()
    home = Path(os.environ["POLECAM_HOME"])
    path = Path(given) if given else home / "klienci.csv"
    if not given:
        make_file(path, rows)
    print(f"{database}:")
    command = [sys.executable, "-m", "bench.imports", "--other"]
    beside = subprocess.Popen(command, env=dict(os.environ), cwd=ROOT)
    try:
        seconds = bring(path, branch, "first time")
    finally:
        beside.terminate()
        beside.wait()
    bring(path, branch, "once more")
    if not given:
        workbook(path, home / "klienci.xlsx")
        bring(home / "klienci.xlsx", branch, "as a workbook")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"    memory at most {memory:.0f} MB")
    kept = seconds <= SECONDS * rows / ROWS and memory <= MEGABYTES
    print("    budgets kept" if kept else "    OVER the budget")
    return 0 if kept else 1


def run(database: str, url: str, rows: int, given: str) -> int:
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
        command = [sys.executable, "-m", "bench.imports", "--child", database]
        command += ["--rows", str(rows), "--file", given]
        return subprocess.call(command, env=environment, cwd=ROOT)


def main() -> int:
    """Both databases, or the one that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=["sqlite", "postgres"])
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--file", default=os.environ.get("POLECAM_BENCH_FILE", ""))
    parser.add_argument("--child", default="", help=argparse.SUPPRESS)
    parser.add_argument("--other", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.other:
        return other_writer()
    if asked.child:
        return measure(asked.child, asked.rows, asked.file)
    codes = []
    with ExitStack() as stack:
        if asked.database != "postgres":
            codes.append(run("sqlite", "", asked.rows, asked.file))
        if asked.database != "sqlite":
            url = stack.enter_context(postgres_database())
            codes.append(run("postgres", url, asked.rows, asked.file))
    return 1 if any(codes) else 0


if __name__ == "__main__":
    sys.exit(main())
