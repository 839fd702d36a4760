"""Files of clients through the import, each size in a database of its own, somebody else writing.

    python -m bench.imports [--database sqlite|postgres] [--rows 10000 100000 1000000] [--first]
        [--file PATH]

Makes its own files (or takes PATH, or POLECAM_BENCH_FILE). Told for each size: seconds by the clock
and of CPU, CPU a row (linear: the same for every size), the ratio to the floor (the very rows of
both tables once more into copies of them with the same indexes: executemany, or COPY), the longest
transaction, the worst wait of the other writer, and the memory of each process. Budgets: 600 CPU
microseconds a row, 500 MB, no transaction above 100 ms but one in a hundred. `--first` leaves out
the second time and the workbook.
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

ROWS = (10_000, 100_000)
MICROSECONDS, MEGABYTES, CHUNK_MS = 600, 500, 100
TABLES = ("parties_party", "clients_client")
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


def floor(rows: int) -> float:
    """CPU seconds, of this process and of its PostgreSQL backend, that the same rows cost bare."""
    from django.db import connection

    spent, began = 0.0, time.process_time()
    for table in TABLES:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")
            kept = cursor.fetchall()
            copy = f"floor_{table}"
            if connection.vendor == "sqlite":
                cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [table])
                cursor.execute(cursor.fetchone()[0].replace(f'"{table}"', f'"{copy}"', 1))
                cursor.execute(
                    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s"
                    " AND sql IS NOT NULL", [table],
                )  # fmt: skip
                for name, sql in cursor.fetchall():
                    cursor.execute(sql.replace(name, f"floor_{name}", 1).replace(table, copy, 1))
                marks = ", ".join("?" * len(kept[0]))
                began = time.process_time()
                raw = connection.connection
                raw.execute("BEGIN IMMEDIATE")
                raw.executemany(f"INSERT INTO {copy} VALUES ({marks})", kept)
                raw.execute("COMMIT")
            else:
                cursor.execute(f"CREATE TABLE {copy} (LIKE {table} INCLUDING ALL)")
                began, before = time.process_time(), backend_cpu()
                with cursor.copy(f"COPY {copy} FROM STDIN") as into:
                    for row in kept:
                        into.write_row(row)
                spent += backend_cpu() - before
            spent += time.process_time() - began
            cursor.execute(f"DROP TABLE {copy}")
    return spent


def backend_cpu() -> float:
    """CPU seconds of the PostgreSQL process that serves us; 0 for SQLite."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")


def memory() -> str:
    """Of this process and of the largest child: the most it had, mapped pages of files included."""
    here, below = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    status = Path("/proc/self/status").read_text()
    own = int(status.partition("RssAnon:")[2].split()[0]) / 1024
    return f"{here:.0f} MB (its own now {own:.0f} MB), its children {below:.0f} MB"


def bring(path: Path, branch: object, label: str) -> float:
    """Upload and work off one file; seconds of CPU, of the database's own process too."""
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
    started, busy = time.monotonic(), time.process_time() + backend_cpu()
    raw = intake.seal_file(path)
    job = imports.preview(
        by=None, at=datetime.now(UTC), branch=branch, kind="clients", filename=path.name, raw=raw
    )
    staged = time.monotonic() - started
    at_staging = memory()
    imports.start(by=None, at=datetime.now(UTC), job=job)
    while imports.work_off(datetime.now(UTC), 2.0):
        pass
    seconds = time.monotonic() - started
    busy = time.process_time() + backend_cpu() - busy
    import_work.Work._commit = apply
    job.refresh_from_db()
    spans.sort()
    print(
        f"  {label:14} {seconds:6.1f} s (upload and staging {staged:.1f} s; CPU {busy:.1f} s),"
        f" {job.total} rows: {job.created} created, {job.updated} updated,"
        f" {job.unchanged} unchanged,"
        f" {job.rejected} rejected; {job.state} {job.problem}\n"
        f"    {busy / max(1, job.total) * 1e6:.0f} us of CPU a row; memory after staging"
        f" {at_staging}, at the end {memory()}\n"
        f"    {len(spans)} transactions, p50 {statistics.median(spans):.0f} ms,"
        f" p99 {spans[len(spans) * 99 // 100]:.0f} ms, longest {spans[-1]:.0f} ms"
        f"{'' if spans[len(spans) * 99 // 100] <= CHUNK_MS else '  OVER'}"
    )
    return busy


def measure(database: str, rows: int, given: str, *, first: bool) -> int:
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
    print(f"{database}, {rows:,} rows, {path.stat().st_size >> 20} MB:", flush=True)
    command = [sys.executable, "-m", "bench.imports", "--other"]
    beside = subprocess.Popen(command, env=dict(os.environ), cwd=ROOT)
    try:
        busy = bring(path, branch, "first time")
    finally:
        beside.terminate()
        beside.wait()
    peak = max(
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    bare = floor(rows)
    print(f"    the floor {bare:.1f} s of CPU: {busy / bare:.1f} times that", flush=True)
    if not first:
        bring(path, branch, "once more")
        if not given:
            workbook(path, home / "klienci.xlsx")
            bring(home / "klienci.xlsx", branch, "as a workbook")
    kept = busy <= MICROSECONDS * rows / 1e6 and peak <= MEGABYTES
    print("    budgets kept" if kept else "    OVER the budget", flush=True)
    return 0 if kept else 1


def run(database: str, url: str, rows: int, given: str, *, first: bool) -> int:
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
        command += ["--rows", str(rows), "--file", given, *(["--first"] if first else [])]
        return subprocess.call(command, env=environment, cwd=ROOT)


def main() -> int:
    """Both databases, or the one that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=["sqlite", "postgres"])
    parser.add_argument("--rows", type=int, nargs="+", default=ROWS)
    parser.add_argument("--first", action="store_true", help="the first time only")
    parser.add_argument("--file", default=os.environ.get("POLECAM_BENCH_FILE", ""))
    parser.add_argument("--child", default="", help=argparse.SUPPRESS)
    parser.add_argument("--other", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.other:
        return other_writer()
    if asked.child:
        return measure(asked.child, asked.rows[0], asked.file, first=asked.first)
    codes = []
    for rows in asked.rows:
        with ExitStack() as stack:
            if asked.database != "postgres":
                codes.append(run("sqlite", "", rows, asked.file, first=asked.first))
            if asked.database != "sqlite":
                url = stack.enter_context(postgres_database())
                codes.append(run("postgres", url, rows, asked.file, first=asked.first))
    return 1 if any(codes) else 0


if __name__ == "__main__":
    sys.exit(main())
