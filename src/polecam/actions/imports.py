"""Files on their way in: shown first, then worked off in the background, in short steps."""

from copy import copy
from datetime import datetime
from itertools import islice

from polecam.actions.erasure import ran
from polecam.actions.import_outcome import Outcome
from polecam.actions.import_reading import Choice, adjust, preview, require_startable, settled
from polecam.actions.import_running import end, run, work_at, work_off
from polecam.actions.import_work import KINDS
from polecam.files import vault
from polecam.files.models import Upload
from polecam.imports import columns, stage
from polecam.imports.models import Import, ImportKind, ImportState, RejectedRow, Told
from polecam.imports.queries import PERMISSIONS
from polecam.imports.subject import forget_file
from polecam.insights import forgetting
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import require
from polecam.store.tx import action, lock

__all__ = [
    "Choice",
    "adjust",
    "cancel",
    "forecast",
    "forget_due",
    "preview",
    "run",
    "start",
    "work_at",
    "work_off",
]
OWNERS = ("column", "spread")
UNKNOWN = ("spread", "reject")


def start(
    *,
    by: Person | None,
    at: datetime,
    job: Import,
    mapping: dict[str, str] | None = None,
    owners: str | None = None,
    unknown: str | None = None,
    aliases: dict[str, str] | None = None,
    dry_run: bool = False,
) -> Import:
    """Queue an import as previewed, or as the user corrected it; after a dry run, once more.

    `mapping`: column index (as text) -> field; `aliases`: owner as the file names them -> public
    id of a seller. Raises Refused("columns_missing", "column_twice", "column_unknown",
    "letters_unsure", "import_started", "import_over"), NotAllowed.
    """
    with action():
        job = lock(job)
        require(by, PERMISSIONS[ImportKind(job.kind)], job.branch_id)
        require_startable(job)
        mapping = dict(mapping if mapping is not None else job.mapping)
        _check(mapping, job.kind)
        options = dict(job.options)
        if not options.get("reading", {}).get("sure", True):
            raise Refused("letters_unsure")
        options.update(
            owners=owners if owners in OWNERS else options["owners"],
            unknown=unknown if unknown in UNKNOWN else options["unknown"],
            aliases=aliases if aliases is not None else options.get("aliases", {}),
            failures=0,
        )
        for kept in (RejectedRow, Told):
            kept.objects.filter(job=job).delete()
        job.mapping, job.options, job.dry_run = mapping, options, dry_run
        job.state, job.problem, job.finished_at = ImportState.QUEUED, "", None
        job.created = job.updated = job.unchanged = job.rejected = job.repeated = 0
        job.next_line = int(options.get("header", 1)) + 1
        settled(job, by=by, at=at)
        job.save()
        data = {"dry_run": dry_run, "rows": job.total}
        record("import.requested", job, by=by, at=at, branch=job.branch_id, data=data)
    return job


def forecast(job: Import, *, at: datetime, most: int = 500, every: int = 1) -> Outcome:
    """What the first `most` rows, or so many with `every` so manyth, would do; writes nothing."""
    trial = copy(job)
    trial.dry_run, trial.next_line = True, int(job.options.get("header", 1)) + 1
    rows = KINDS[job.kind](trial, at=at, today=day_of(at, settings.zone()))
    source = islice(stage.rows(job.upload, after=trial.next_line - 1), 0, most * every, every)
    outcome: Outcome = rows.apply([rows.parse(line, cells) for line, cells in source])
    return outcome


def _check(mapping: dict[str, str], kind: str) -> None:
    fields = list(mapping.values())
    if set(fields) - set(columns.FIELDS[ImportKind(kind)]):
        raise Refused("column_unknown")
    if len(fields) != len(set(fields)):
        raise Refused("column_twice")
    if columns.missing(mapping, kind):
        raise Refused("columns_missing")


def cancel(*, by: Person | None, at: datetime, job: Import) -> Import:
    """Stop an import, or forget a preview; what was written stays. The file is deleted."""
    with action():
        job = lock(job)
        require(by, PERMISSIONS[ImportKind(job.kind)], job.branch_id)
        if job.state in (ImportState.QUEUED, ImportState.RUNNING):
            end(job, ImportState.FAILED, at=at, problem="cancelled")
        if not job.upload.deleted_at:
            forget_file(job, at=at)
    return job


def _forget(job: Import, *, at: datetime) -> None:
    with action():
        forget_file(lock(job), at=at)


def _forget_strays(at: datetime) -> int:
    """Files no row knows of: whoever wrote, or was to delete, them was killed in between."""
    known = set(Upload.objects.filter(deleted_at=None).values_list("public_id", flat=True))
    strays = set(vault.untouched_since(at - forgetting.PREVIEW_KEPT)) - known
    for name in strays:
        vault.remove(name)
    return len(strays)


def forget_due(at: datetime) -> dict[str, int]:
    """Delete files nobody started for a day, what a kill -9 left of files, and rejected rows after
    30 days; how many of each."""
    due = forgetting.due(at)
    files = 0
    for job in due["staged_files"].select_related("upload"):
        _forget(job, at=at)
        files += 1
    files += _forget_strays(at)
    rows, _ = due["rejected_rows"].delete()
    if files or rows:
        ran(counts={"staged_files": files, "rejected_rows": rows}, at=at)
    return {"files": files, "rejected_rows": rows}
