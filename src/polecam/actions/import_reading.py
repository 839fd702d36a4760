"""How an uploaded file is read: recognised, shown, and read another way where somebody asks."""

from dataclasses import dataclass
from datetime import datetime

from polecam.files import intake, vault
from polecam.files.models import Upload
from polecam.imports import columns, formats, letters, shapes, stage
from polecam.imports.models import Import, ImportKind, ImportState
from polecam.imports.queries import PERMISSIONS
from polecam.imports.subject import forget_original
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.people.permissions import require
from polecam.store.fields import new_public_id
from polecam.store.tx import action, after_commit, lock

HEAD = 400
"""So many first rows tell what the columns are."""


@dataclass(frozen=True)
class Choice:
    """How somebody wants a file read; what is empty stays as it is. `anew`: as a new file."""

    header: int | None = None
    letters: str = ""
    sheet: str = ""
    kind: str = ""
    anew: bool = False


AS_IT_IS = Choice()


def preview(
    *, by: Person | None, at: datetime, branch: Branch, kind: str, filename: str, raw: str
) -> Import:
    """Take an uploaded file: check what it is, rewrite it as staged rows, recognise its columns.

    `raw` is the sealed upload (files.intake). It is gone afterwards, whatever happens, unless the
    file may be read another way (other letters, another sheet): then it stays until the import is
    started or forgotten. Raises Refused("file_..."), NotAllowed.
    """
    keep = False
    upload: Upload | None = None
    try:
        require(by, PERMISSIONS[ImportKind(kind)], branch.pk)
        upload, reading = _staged(raw, filename, by, at)
        if kind == ImportKind.SALES and not reading.sure:  # their page has no place to ask
            raise Refused("letters_unsure", field="file")
        keep = kind != ImportKind.SALES and _may_be_read_otherwise(reading)
        return _previewed(
            upload, reading, by=by, at=at, branch=branch, kind=kind, raw=raw if keep else ""
        )
    except Exception:
        keep = False
        if upload is not None:
            vault.remove(upload.public_id)
        raise
    finally:
        if not keep:
            vault.remove(raw)


def _may_be_read_otherwise(reading: stage.Reading) -> bool:
    return reading.letters in letters.SINGLE or bool(reading.sheets)


def _staged(
    raw: str, filename: str, by: Person | None, at: datetime, choice: Choice = AS_IT_IS
) -> tuple[Upload, stage.Reading]:
    name = new_public_id()
    try:
        with intake.no_room_refused(), vault.SealedWriter(name, limit=4 * vault.LIMIT) as target:
            reading = stage.rewrite(raw, target, chosen=choice.letters, sheet=choice.sheet)
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
    return upload, reading


def _previewed(
    upload: Upload,
    reading: stage.Reading,
    *,
    by: Person | None,
    at: datetime,
    branch: Branch,
    kind: str,
    raw: str,
) -> Import:
    job = Import(kind=kind, branch=branch, by=by, created_at=at)
    job.options = {"reading": reading.as_json()} | ({"raw": raw} if raw else {})
    _recognise(job, upload, AS_IT_IS)
    with action():
        upload.save()
        job.upload = upload
        job.save()
        record("file.uploaded", upload, by=by, at=at, branch=branch.pk)
        data = {"kind": kind, "rows": job.total}
        record("import.previewed", job, by=by, at=at, branch=branch.pk, data=data)
    return job


def _recognise(job: Import, upload: Upload, choice: Choice) -> None:
    """Headings and columns: as somebody chose for such a file last time, else as they look."""
    rows = stage.head(upload, HEAD)
    found = None if choice.anew else shapes.find(rows, job.kind, header=choice.header)
    guess = columns.recognise(rows, job.kind, header=found[1] if found else choice.header)
    mapping = dict(found[0].mapping) if found else guess.mapping
    above = sum(1 for line, _ in rows if 0 < line <= guess.header)
    named = bool({"owner", "seller"} & set(mapping.values()))
    options = {"owners": "column" if named else "spread", "unknown": "spread"}
    if found:
        options |= {name: found[0].options[name] for name in options if name in found[0].options}
        if not found[0].options.get("order"):
            columns.order_names(mapping, [cells for line, cells in rows if line > guess.header])
    job.mapping = mapping
    job.options = {**job.options, **options, "header": guess.header}
    job.options["shape"] = found[0].pk if found else None
    job.total = job.options["reading"]["rows"] - above
    job.next_line = guess.header + 1


def require_startable(job: Import) -> None:
    """Raises Refused for an import that runs, is over, or is no business of these pages."""
    if job.kind == ImportKind.SALES or job.state in (ImportState.QUEUED, ImportState.RUNNING):
        raise Refused("import_started")
    if job.upload.deleted_at or (job.state == ImportState.DONE and not job.dry_run):
        raise Refused("import_over")


def adjust(
    *,
    by: Person | None,
    at: datetime,
    job: Import,
    mapping: dict[str, str],
    owners: str,
    unknown: str,
    aliases: dict[str, str],
    choice: Choice = AS_IT_IS,
) -> Import:
    """Keep what the user corrected in the preview; it may be unfinished.

    Read another way, what the user had said of columns stays where it still means something.
    Raises as `start`, and Refused("source_gone") where the original was deleted.
    """
    upload, reading = None, None
    if _other_letters(job, choice) or choice.sheet:
        upload, reading = _staged_again(job, by=by, at=at, choice=choice)
    with action():
        job = lock(job)
        require(by, PERMISSIONS[ImportKind(job.kind)], job.branch_id)
        require_startable(job)
        if len(mapping.values()) != len(set(mapping.values())):
            raise Refused("column_twice")
        by_hand = {
            place: mapping.get(place, "")
            for place in job.mapping | mapping
            if mapping.get(place) != job.mapping.get(place)
        }
        if upload is not None and reading is not None:
            _exchange(job, upload, reading, at=at)
        elif choice.letters:
            job.options = job.options | {"reading": {**job.options["reading"], "sure": True}}
        if _is_another_table(job, choice):
            job.kind = choice.kind or job.kind
            _recognise(job, job.upload, choice)
            mapping = _with(job.mapping, _still_meant(by_hand, choice), job.kind)
        job.mapping = mapping
        job.options = {**job.options, "owners": owners, "unknown": unknown, "aliases": aliases}
        job.save()
        record("import.previewed", job, by=by, at=at, branch=job.branch_id, data={"again": True})
    return job


def _other_letters(job: Import, choice: Choice) -> bool:
    return choice.letters not in ("", job.options.get("reading", {}).get("letters"))


def _is_another_table(job: Import, choice: Choice) -> bool:
    other_line = choice.header is not None and choice.header != job.options["header"]
    return choice.anew or bool(choice.sheet) or other_line or choice.kind not in ("", job.kind)


def _staged_again(
    job: Import, *, by: Person | None, at: datetime, choice: Choice
) -> tuple[Upload, stage.Reading]:
    require(by, PERMISSIONS[ImportKind(job.kind)], job.branch_id)
    require_startable(job)
    if not (raw := job.options.get("raw")):
        raise Refused("source_gone")
    try:
        return _staged(raw, job.upload.name, by, at, choice)
    except FileNotFoundError:
        raise Refused("source_gone") from None


def _exchange(job: Import, upload: Upload, reading: stage.Reading, *, at: datetime) -> None:
    """The import goes on with the file as it is read now; the former reading is deleted."""
    former = job.upload
    former.deleted_at = at
    former.save(update_fields=["deleted_at"])
    after_commit(lambda: vault.remove(former.public_id))
    upload.save()
    job.upload = upload
    job.options = {**job.options, "reading": {**reading.as_json(), "sure": True}}


def _still_meant(by_hand: dict[str, str], choice: Choice) -> dict[str, str]:
    """On another sheet nothing; in another kind of file what a column is, not that it is none."""
    if choice.anew or choice.sheet:
        return {}
    return {place: field for place, field in by_hand.items() if field or not choice.kind}


def _with(mapping: dict[str, str], by_hand: dict[str, str], kind: str) -> dict[str, str]:
    """The new guess, with what was chosen by hand where the kind of file has such a field."""
    chosen = {
        place: field
        for place, field in by_hand.items()
        if not field or field in columns.FIELDS[ImportKind(kind)]
    }
    kept = {
        place: field
        for place, field in mapping.items()
        if place not in chosen and field not in chosen.values()
    }
    return kept | {place: field for place, field in chosen.items() if field}


def settled(job: Import, *, by: Person | None, at: datetime) -> None:
    """Inner step of a start: the original is not needed any more, the shape is remembered."""
    forget_original(job)
    if not job.dry_run:
        header = int(job.options.get("header", 1))
        guess = columns.recognise(stage.head(job.upload, HEAD), job.kind, header=header)
        if header:
            shapes.remember(job, guess, by=by, at=at)
