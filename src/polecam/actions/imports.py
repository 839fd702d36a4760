"""Files on their way in: shown first, then worked off in the background, in short steps."""

import logging
import time
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from polecam.actions.import_work import LEASE, Stopped, Work
from polecam.files import vault
from polecam.files.models import Upload
from polecam.imports import columns, formats, stage
from polecam.imports.models import Import, ImportKind, ImportState, RejectedRow
from polecam.imports.queries import PERMISSIONS
from polecam.imports.subject import forget_file
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.people.permissions import require
from polecam.store.crypto import Unreadable
from polecam.store.fields import new_public_id
from polecam.store.tx import action, lock

log = logging.getLogger(__name__)
MOST_FAILURES = 3
PREVIEW_KEPT = timedelta(days=1)
REJECTED_KEPT = timedelta(days=30)
OWNERS = ("column", "spread")
UNKNOWN = ("spread", "reject")


def preview(
    *, by: Person | None, at: datetime, branch: Branch, kind: str, filename: str, raw: str
) -> Import:
    """Take an uploaded file: check what it is, rewrite it as staged rows, recognise its columns.

    `raw` is the sealed upload (files.intake); it is gone afterwards, whatever happens. Raises
    Refused("file_..."), NotAllowed.
    """
    try:
        require(by, PERMISSIONS[ImportKind(kind)], branch.pk)
        upload, total = _staged(raw, filename, by, at)
    finally:
        vault.remove(raw)
    try:
        return _previewed(upload, total, by=by, at=at, branch=branch, kind=kind)
    except Exception:
        vault.remove(upload.public_id)
        raise


def _staged(raw: str, filename: str, by: Person | None, at: datetime) -> tuple[Upload, int]:
    name = new_public_id()
    try:
        with vault.SealedWriter(name, limit=4 * vault.LIMIT) as target:
            total = stage.rewrite(raw, target)
    except formats.WrongFile as wrong:
        raise Refused(wrong.code, field="file") from None
    except vault.TooLarge:
        raise Refused("file_too_large", field="file") from None
    upload = Upload(
        public_id=name,
        name=filename.replace("\x00", "")[-120:],
        size=target.size,
        digest=target.digest,
        by=by,
        at=at,
    )
    return upload, total


def _previewed(
    upload: Upload, total: int, *, by: Person | None, at: datetime, branch: Branch, kind: str
) -> Import:
    guess = columns.recognise(stage.head(upload, stage.SAMPLE), kind)
    above = sum(1 for line, _ in stage.head(upload, 10) if line <= guess.header)
    named_owner = bool({"owner", "seller"} & set(guess.mapping.values()))
    with action():
        upload.save()
        job = Import.objects.create(
            kind=kind,
            branch=branch,
            upload=upload,
            by=by,
            mapping=guess.mapping,
            options={
                "header": guess.header,
                "owners": "column" if named_owner else "spread",
                "unknown": "spread",
            },
            total=total - above,
            next_line=guess.header + 1,
            created_at=at,
        )
        record("file.uploaded", upload, by=by, at=at, branch=branch.pk)
        data = {"kind": kind, "rows": job.total}
        record("import.previewed", job, by=by, at=at, branch=branch.pk, data=data)
    return job


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
    "import_started", "import_over"), NotAllowed.
    """
    with action():
        job = lock(job)
        require(by, PERMISSIONS[ImportKind(job.kind)], job.branch_id)
        _require_startable(job)
        mapping = dict(mapping if mapping is not None else job.mapping)
        _check(mapping, job.kind)
        options = dict(job.options)
        options.update(
            owners=owners if owners in OWNERS else options["owners"],
            unknown=unknown if unknown in UNKNOWN else options["unknown"],
            aliases=aliases if aliases is not None else options.get("aliases", {}),
            failures=0,
        )
        RejectedRow.objects.filter(job=job).delete()
        job.mapping, job.options, job.dry_run = mapping, options, dry_run
        job.state, job.problem, job.finished_at = ImportState.QUEUED, "", None
        job.created = job.updated = job.unchanged = job.rejected = 0
        job.next_line = int(options.get("header", 1)) + 1
        job.save()
        data = {"dry_run": dry_run, "rows": job.total}
        record("import.requested", job, by=by, at=at, branch=job.branch_id, data=data)
    return job


def _require_startable(job: Import) -> None:
    if job.kind == ImportKind.SALES or job.state in (ImportState.QUEUED, ImportState.RUNNING):
        raise Refused("import_started")
    if job.upload.deleted_at or (job.state == ImportState.DONE and not job.dry_run):
        raise Refused("import_over")


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
            _end(job, ImportState.FAILED, at=at, problem="cancelled")
        if not job.upload.deleted_at:
            forget_file(job, at=at)
    return job


def work_off(at: datetime, seconds: float) -> bool:
    """Go on with the oldest waiting import for some seconds; whether there was one."""
    job = _take(at)
    if job is None:
        return False
    run(job, at=at, seconds=seconds)
    return True


def run(job: Import, *, at: datetime, seconds: float) -> Import:
    """Work at a leased import until it is done or `seconds` have passed. Never raises.

    A failure is tried again from the last chunk that was written, three times.
    """
    try:
        work = _resumed(job, at)
        until = time.monotonic() + seconds
        while not work.done and time.monotonic() < until:
            work.step()
        return _finish(work, at) if work.done else _pause(work)
    except Stopped:
        _forget_work()
        return Import.objects.get(pk=job.pk)
    except (FileNotFoundError, Unreadable):
        return _fail(job, at, "source_gone", final=True)
    except Exception as error:
        log.warning("import %s: %s", job.public_id, type(error).__name__, exc_info=True)
        return _fail(job, at, "stopped", final=False)


_work: dict[int, Work] = {}
"""The import this process is at, between two slices: its place in the file, what was told."""


def _resumed(job: Import, at: datetime) -> Work:
    work = _work.pop(job.pk, None)
    if work is None or work.job.next_line != job.next_line or work.started != job.options:
        return Work(job, at=at)
    work.go_on(job, at=at)
    return work


def _forget_work() -> None:
    _work.clear()


def _take(at: datetime) -> Import | None:
    """Lease the oldest import that waits, or whose worker died."""
    waiting = Q(state=ImportState.QUEUED) | (
        Q(state=ImportState.RUNNING) & (Q(leased_until=None) | Q(leased_until__lte=at))
    )
    if not Import.objects.filter(waiting).exists():
        return None
    with action():
        job = (
            Import.objects.filter(waiting)
            .select_for_update(of=("self",), skip_locked=True)
            .order_by("id")
            .first()
        )
        return _lease(job, at) if job else None


def take(job: Import, *, at: datetime) -> Import:
    """Lease one queued import for whoever works in the foreground. Raises Refused."""
    with action():
        job = lock(job)
        if job.state != ImportState.QUEUED:
            raise Refused("import_started")
        return _lease(job, at)


def _lease(job: Import, at: datetime) -> Import:
    job.state, job.leased_until = ImportState.RUNNING, at + LEASE
    job.save(update_fields=["state", "leased_until"])
    return job


def _pause(work: Work) -> Import:
    _forget_work()
    _work[work.job.pk] = work
    Import.objects.filter(pk=work.job.pk, state=ImportState.RUNNING).update(leased_until=None)
    return work.job


def _finish(work: Work, at: datetime) -> Import:
    with action():
        job = lock(work.job)
        if job.state != ImportState.RUNNING:
            return job
        _end(job, ImportState.DONE, at=at)
        if not job.dry_run:
            forget_file(job, at=at)
    return job


def _fail(job: Import, at: datetime, problem: str, *, final: bool) -> Import:
    _forget_work()
    with action():
        job = lock(job)
        failures = int(job.options.get("failures", 0)) + 1
        job.options = {**job.options, "failures": failures}
        job.leased_until = None
        job.save(update_fields=["options", "leased_until"])
        if final or failures >= MOST_FAILURES:
            _end(job, ImportState.FAILED, at=at, problem=problem)
    return job


def _end(job: Import, state: str, *, at: datetime, problem: str = "") -> None:
    job.state, job.problem, job.finished_at, job.leased_until = state, problem, at, None
    job.save(update_fields=["state", "problem", "finished_at", "leased_until"])
    data: dict[str, Any] = {
        "state": str(state),
        "dry_run": job.dry_run,
        "created": job.created,
        "updated": job.updated,
        "unchanged": job.unchanged,
        "rejected": job.rejected,
    }
    record("import.finished", job, by=job.by, at=at, branch=job.branch_id, data=data)


def forget_due(at: datetime) -> dict[str, int]:
    """Delete files nobody started for a day, and rejected rows after 30 days; how many of each."""
    old = Import.objects.filter(upload__deleted_at=None, created_at__lt=at - PREVIEW_KEPT)
    waiting = old.exclude(state__in=[ImportState.QUEUED, ImportState.RUNNING])
    files = 0
    for job in waiting.select_related("upload"):
        with action():
            forget_file(lock(job), at=at)
        files += 1
    rows, _ = RejectedRow.objects.filter(job__created_at__lt=at - REJECTED_KEPT).delete()
    return {"files": files, "rejected_rows": rows}
