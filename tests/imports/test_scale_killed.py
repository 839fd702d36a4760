"""kill -9 in the middle of an import: the next worker goes on, and all is as if nothing had been.

A worker of its own is killed at a named point (store.faults); another one finishes. What stands in
the database afterwards is compared, row by row, with the same file imported in one go.
"""

import os
import subprocess
import sys
import textwrap
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection, connections

from polecam.actions import import_running, import_work, imports
from polecam.clients.models import Client
from polecam.files import vault
from polecam.imports.models import Import, ImportState, RejectedRow, Told
from polecam.journal.models import Event
from polecam.kit.errors import Refused
from polecam.organisation.models import Branch
from polecam.people.models import Membership
from polecam.store import faults
from tests import cast
from tests.imports.support import counts, upload
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
KNOWN, ROWS = 30, 220
WORKER = """
    import sys
    from datetime import UTC, datetime
    import django
    from django.conf import settings
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    if sys.argv[2]:
        settings.DATABASES["side"]["NAME"] = sys.argv[2]
    settings.MEDIA_ROOT = sys.argv[3]
    django.setup()
    from polecam.actions import import_work, imports
    for name in ("FIRST_CHUNK", "SMALLEST_CHUNK", "LARGEST_CHUNK"):
        setattr(import_work, name, 40)
    while imports.work_off(datetime.now(UTC), float(sys.argv[4])):
        pass
"""
LINES = ["Nr klienta;Klient;Telefon;Opiekun;Produkt"]
for n in range(ROWS):
    seller = ("Marta Zielinska", "", "Kamil Duda")[n % 3]
    LINES.append(f"K{n};Anna Kowal{chr(97 + n // 26)}{chr(97 + n % 26)};601{n:06};{seller};leasing")
# Spoken of again, in another chunk: a detail that counts for nothing, a contradiction.
LINES += ["K3;;;;polisa", "K5;Anna Kowalaf;;;polisa", "K7;Anna Kowalah;699000111;;leasing", "x;;;;"]
LINES += [f"K{n};Anna Kowal{chr(97 + n // 26)}{chr(97 + n % 26)};;;konto" for n in range(0, 60, 7)]
FILE = "\n".join(LINES) + "\n"


@pytest.fixture(autouse=True)
def small(monkeypatch):
    for name in ("FIRST_CHUNK", "SMALLEST_CHUNK", "LARGEST_CHUNK"):
        monkeypatch.setattr(import_work, name, 40)
    import_running._forget_work()


def furnished(place, marta, kamil, at):
    """Clients who were there before; the file says something else of each."""
    for n in range(KNOWN):
        name = f"Kowal{chr(97 + n // 26)}{chr(97 + n % 26)}"
        cast.client(place, marta, "Anna", name, at=at, number=f"K{n}", product="rachunek")


@pytest.fixture
def twin(branch, marta, kamil, tomek, at):
    """A second branch like the first one, with the same people, for the import in one go."""
    made = Branch.objects.create(name="Bliźniak", created_at=at)
    for person, role in ((marta, "seller"), (kamil, "seller"), (tomek, "manager")):
        Membership.objects.create(person=person, branch=made, role=role, since=at)
    for place in (branch, made):
        furnished(place, marta, kamil, at)
    return made


def begun(tomek, branch):
    at = datetime.now(UTC)
    job = upload(tomek, branch, FILE, at=at)
    imports.start(by=tomek, at=at, job=job, owners="column")
    return job


def picture(job):
    """Everything an import leaves, without what differs by chance: ids, instants."""
    job.refresh_from_db()
    people = Client.objects.filter(branch=job.branch_id).order_by("number", "id")
    columns = (
        "number", "party__first_name", "party__last_name", "party__phone_index", "owner__email",
        "product", "since",
    )  # fmt: skip
    rejected = RejectedRow.objects.filter(job=job).order_by("line")
    told = Event.objects.filter(kind="import.applied", subject=job.public_id)
    lines = [n for event in told for n in range(event.data["first_line"], event.data["last_line"])]
    assert len(lines) == len(set(lines))
    return (
        list(people.values_list(*columns)), list(rejected.values_list("line", "reason", "column")),
        counts(job), job.repeated, job.state,
    )  # fmt: skip


def worker(fault: str = "", seconds: float = 60) -> int:
    """A worker in a process of its own; how it ended."""
    side = connections["side"].settings_dict["NAME"] if "side" in connections else ""
    names = [str(connection.settings_dict["NAME"]), str(side), str(settings.MEDIA_ROOT)]
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", textwrap.dedent(WORKER), *names, str(seconds)],
        env={**os.environ, "POLECAM_ENV": "test", "POLECAM_FAULT": fault},
        timeout=60,
        check=False,
    ).returncode


def finished(job):
    """Another worker, after the lease of the dead one."""
    past = datetime.now(UTC) - timedelta(seconds=1)
    Import.objects.filter(state=ImportState.RUNNING).update(leased_until=past)
    while imports.work_off(datetime.now(UTC), 60):
        pass
    return picture(job)


@pytest.mark.parametrize(
    "fault",
    [
        "kill:imports.leased",
        "kill:imports.chunk:*:1",
        "kill:imports.chunk:*:3",
        "kill:imports.between_chunks:*:4",
        "kill:action.before_commit:*:7",
        "kill:files.remove",
    ],
)
def test_killed_and_gone_on_with(twin, tomek, branch, fault):
    whole = finished(begun(tomek, twin))
    job = begun(tomek, branch)
    assert worker(fault) == -9
    assert finished(job) == whole
    assert whole[-1] == ImportState.DONE
    assert not Told.objects.exists()
    imports.forget_due(datetime.now(UTC) + timedelta(hours=25))
    assert not list(vault.path_of("x").parent.glob("*"))


def test_a_second_row_after_the_kill_is_still_a_second_row(twin, tomek, branch):
    """The first worker heard of K7; the next one knows that the file has spoken of them."""
    job = begun(tomek, branch)
    assert worker("kill:imports.chunk:*:5") == -9
    finished(job)
    reasons = {row.line: row.reason for row in RejectedRow.objects.filter(job=job)}
    assert reasons[ROWS + 4] == "contradicts_earlier"
    assert Client.objects.get(number="K5", branch=branch).product == "leasing"


def test_two_workers_at_once_do_it_once(twin, tomek, branch):
    whole = finished(begun(tomek, twin))
    job = begun(tomek, branch)
    at_once(*[lambda: imports.work_off(datetime.now(UTC), 60)] * 2)
    assert finished(job) == whole


def test_a_full_disk_while_staging_leaves_nothing(tomek, branch, at):
    for nth in (1, 2, 3):
        faults.arm(faults.Fault("full", "files.*", nth=nth))
        try:
            with pytest.raises(Refused, match="disk_full"):
                upload(tomek, branch, FILE, at=at)
        finally:
            faults.arm(None)
        assert not list(vault.path_of("x").parent.glob("*"))
    assert not Import.objects.exists()
