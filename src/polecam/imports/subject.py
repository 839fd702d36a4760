"""What the room knows of a person: rows that were rejected, files not yet worked off."""

from datetime import datetime
from typing import Protocol

from polecam.files import vault
from polecam.imports import stage
from polecam.imports.cells import BadCell, phone
from polecam.imports.models import Import, ImportState, RejectedRow, Told
from polecam.imports.queries import cells_of
from polecam.kit.names import fold
from polecam.store.tx import after_commit


class Someone(Protocol):
    """A person as the room above knows them; `phone` is E.164."""

    first_name: str
    last_name: str
    phone: str
    email: str


class Mention:
    """Tells whether a row of cells speaks of someone: the name's words, the number, the address."""

    def __init__(self, someone: Someone) -> None:
        self.words = frozenset(fold(f"{someone.first_name} {someone.last_name}").split())
        self.phone, self.email = someone.phone, someone.email.casefold()

    def __call__(self, cells: list[str]) -> bool:
        """Whether any cell, or the row as a whole, says who it is."""
        if self.email and any(self.email in cell.casefold() for cell in cells):
            return True
        if self.phone and any(map(self._is_number, cells)):
            return True
        said = frozenset(fold(" ".join(cells)).split())
        return len(self.words) > 1 and self.words <= said

    def _is_number(self, cell: str) -> bool:
        if sum(map(str.isdigit, cell)) < 9:
            return False
        try:
            return phone(cell) == self.phone
        except BadCell:
            return False


def _rejected(someone: Someone) -> list[RejectedRow]:
    mention = Mention(someone)
    rows = RejectedRow.objects.order_by("id").iterator(chunk_size=500)
    return [row for row in rows if mention(cells_of(row))]


def erase(party: Someone, at: datetime) -> int:
    """Remove rejected rows, and uploads not yet worked off, that speak of the person; how many.

    Call before the party itself is emptied. An import that was still waiting ends as failed
    ("source_erased"): whoever needs it uploads the file again, without the person.
    """
    rows = _rejected(party)
    RejectedRow.objects.filter(pk__in=[row.pk for row in rows]).delete()
    mention, files = Mention(party), 0
    for job in Import.objects.filter(upload__deleted_at=None).select_related("upload"):
        if any(mention(cells) for _, cells in stage.rows(job.upload)):
            forget_file(job, at=at)
            files += 1
        elif forget_original(job):  # it may speak of them where nobody has looked yet
            job.save(update_fields=["options"])
    return len(rows) + files


def forget_file(job: Import, *, at: datetime) -> None:
    """Delete the bytes of an import, after the commit; what was not finished ends as failed.

    A file that outlived its row (a kill -9 in between) goes at night: `actions.imports`.
    """
    if job.state not in (ImportState.DONE, ImportState.FAILED):
        job.state, job.problem = ImportState.FAILED, "source_erased"
        job.save(update_fields=["state", "problem"])
    Told.objects.filter(job=job).delete()
    job.upload.deleted_at = at
    job.upload.save(update_fields=["deleted_at"])
    after_commit(lambda: vault.remove(job.upload.public_id))
    if forget_original(job):
        job.save(update_fields=["options"])


def forget_original(job: Import) -> bool:
    """Delete the file as it was uploaded, kept where it may be read another way; not the rows."""
    raw = job.options.pop("raw", "")
    if raw:
        after_commit(lambda: vault.remove(raw))
    return bool(raw)


def export(party: Someone) -> dict:
    """The rejected rows that speak of the person, as they stood in the file."""
    return {
        "rejected_rows": [
            {"line": row.line, "reason": row.reason, "cells": cells_of(row)}
            for row in _rejected(party)
        ]
    }
