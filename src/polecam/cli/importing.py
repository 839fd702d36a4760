"""`polecam import FILE`: the same import as on the page, in the foreground."""

import argparse
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.actions import imports
from polecam.cli.commands import Trouble
from polecam.files import intake, vault
from polecam.imports import queries, rejects
from polecam.imports.models import Import, ImportKind, ImportState
from polecam.imports.reasons import PROBLEMS, column, reason
from polecam.kit.errors import Refused
from polecam.kit.names import fold
from polecam.organisation.models import Branch

SLICE_SECONDS = 1.0
TOLD = 10
GOING = (ImportState.QUEUED, ImportState.RUNNING)


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be said after `polecam import`."""
    parser.add_argument("file", type=Path, help="CSV (any usual letters and separators) or XLSX")
    parser.add_argument(
        "--kind",
        choices=[kind.value for kind in ImportKind if kind != ImportKind.SALES],
        default=ImportKind.CLIENTS.value,
        help="what the rows are",
    )
    parser.add_argument("--branch", default="", help="name of the branch, if there are several")
    owners = parser.add_mutually_exclusive_group()
    owners.add_argument("--owner-column", metavar="HEADING", help="the column with the adviser")
    owners.add_argument("--spread", action="store_true", help="spread new clients over sellers")
    parser.add_argument(
        "--unknown",
        choices=imports.UNKNOWN,
        default="spread",
        help="advisers not found in the branch: spread their clients, or reject the row",
    )
    parser.add_argument("--dry-run", action="store_true", help="count everything, write nothing")
    parser.add_argument(
        "--rejected", type=Path, metavar="PATH", help="write the rejected rows here (.csv or .xlsx)"
    )
    parser.add_argument(
        "--language", choices=["pl", "en"], default=_spoken(), help="of the answers"
    )


def run(options: argparse.Namespace) -> int:
    """0 everything was taken, 1 some rows were rejected; trouble is raised."""
    with translation.override(options.language):
        job = _previewed(options)
        _start(job, options)
        job = _worked_off(job)
        return _report(job, options)


def _spoken() -> str:
    return "en" if os.environ.get("LANG", "").startswith("en") else "pl"


def _previewed(options: argparse.Namespace) -> Import:
    branch = _branch(options.branch)
    try:
        raw = intake.seal_file(options.file)
    except vault.TooLarge:
        raise Refused("file_too_large") from None
    return imports.preview(
        by=None,
        at=datetime.now(UTC),
        branch=branch,
        kind=options.kind,
        filename=options.file.name,
        raw=raw,
    )


def _branch(name: str) -> Branch:
    wanted = fold(name)
    found = [b for b in Branch.objects.order_by("id") if not name or fold(b.name) == wanted]
    if len(found) == 1:
        return found[0]
    known = ", ".join(Branch.objects.order_by("name").values_list("name", flat=True))
    raise Trouble(_("Say which branch: --branch with one of: %(known)s") % {"known": known})


def _start(job: Import, options: argparse.Namespace) -> None:
    mapping, owners = dict(job.mapping), None
    if options.owner_column:
        mapping, owners = _with_owner(job, options.owner_column), "column"
    elif options.spread:
        owners = "spread"
    try:
        imports.start(
            by=None,
            at=datetime.now(UTC),
            job=job,
            mapping=mapping,
            owners=owners,
            unknown=options.unknown,
            dry_run=options.dry_run,
        )
    except Refused:
        imports.cancel(by=None, at=datetime.now(UTC), job=job)
        raise


def _with_owner(job: Import, heading: str) -> dict[str, str]:
    """The mapping with the named column as the owner's."""
    from polecam.imports import stage

    header = int(job.options.get("header", 1))
    names = next((cells for line, cells in stage.head(job.upload, 10) if line == header), [])
    index = next((n for n, name in enumerate(names) if fold(name) == fold(heading)), None)
    if index is None:
        imports.cancel(by=None, at=datetime.now(UTC), job=job)
        raise Trouble(_("The file has no column %(name)s.") % {"name": heading})
    field = "owner" if job.kind == ImportKind.CLIENTS else "seller"
    kept = {place: name for place, name in job.mapping.items() if name != field}
    return kept | {str(index): field}


def _worked_off(job: Import) -> Import:
    """Slices until it is done; if a worker was quicker, its progress is shown."""
    started = time.monotonic()
    while True:
        job.refresh_from_db()
        if job.state == ImportState.QUEUED or (
            job.state == ImportState.RUNNING and job.leased_until is None
        ):
            imports.work_at(job=job, at=datetime.now(UTC), seconds=SLICE_SECONDS)
            job.refresh_from_db()
        elif job.state in GOING:
            time.sleep(SLICE_SECONDS / 2)
        _progress(job, time.monotonic() - started)
        if job.state not in GOING:
            print(file=sys.stderr)
            return job


def _progress(job: Import, seconds: float) -> None:
    done = job.created + job.updated + job.unchanged + job.rejected
    said = _("%(done)s of %(total)s rows, %(seconds)s s") % {
        "done": done,
        "total": job.total,
        "seconds": round(seconds),
    }
    print(f"\r{said}", end="", file=sys.stderr, flush=True)


def _report(job: Import, options: argparse.Namespace) -> int:
    said = _("new %(created)s, updated %(updated)s, unchanged %(unchanged)s, rejected %(rejected)s")
    counts = {
        "created": job.created,
        "updated": job.updated,
        "unchanged": job.unchanged,
        "rejected": job.rejected,
    }
    print(said % counts)
    if job.dry_run:
        print(_("A rehearsal: nothing was written."))
    for row in queries.rejected(job, TOLD):
        where = column(row.column)
        said = f"{where}: {reason(row.reason)}" if where else reason(row.reason)
        print(_("row %(line)s: %(said)s") % {"line": row.line, "said": said})
    if job.rejected > TOLD:
        more = job.rejected - TOLD
        print(ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more})
    if options.rejected:
        _write_rejected(job, options.rejected)
    if job.dry_run:
        imports.cancel(by=None, at=datetime.now(UTC), job=job)
    if job.state == ImportState.FAILED:
        raise Trouble(str(PROBLEMS.get(job.problem, job.problem)))
    return 1 if job.rejected else 0


def _write_rejected(job: Import, path: Path) -> None:
    width = max((int(index) for index in job.mapping), default=-1) + 1
    headings = [column(job.mapping.get(str(index), "")) for index in range(width)]
    as_file = rejects.as_xlsx if path.suffix == ".xlsx" else rejects.as_csv
    path.write_bytes(as_file(job, headings))
    print(_("The rejected rows are in %(path)s") % {"path": path})
