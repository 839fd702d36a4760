"""What became of the rows of a chunk."""

from dataclasses import dataclass, field

from polecam.imports.models import Import, RejectedRow
from polecam.imports.queries import CELL_END

LONGEST_CELL = 1000


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that could not be taken: `reason` is a code of imports.reasons, `column` a field."""

    line: int
    reason: str
    column: str
    cells: list[str]


@dataclass(slots=True)
class Outcome:
    """Counts and rejections of some rows."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    repeated: int = 0
    """Rows, counted elsewhere too, that spoke again of a client of a row above."""
    rejected: list[Rejection] = field(default_factory=list)

    def reject(self, line: int, reason: str, column: str, cells: list[str]) -> None:
        """Note a row that could not be taken."""
        self.rejected.append(Rejection(line, reason, column, cells))

    def add_to(self, job: Import) -> None:
        """Add the counts to the import's own."""
        job.created += self.created
        job.updated += self.updated
        job.unchanged += self.unchanged
        job.rejected += len(self.rejected)
        job.repeated += self.repeated

    def keep_rejected(self, job: Import) -> None:
        """Store the rejected rows, sealed."""
        rows = []
        for rejection in self.rejected:
            row = RejectedRow(
                job=job,
                line=rejection.line,
                reason=rejection.reason,
                column=rejection.column,
            )
            row.row = CELL_END.join(cell[:LONGEST_CELL] for cell in rejection.cells)
            rows.append(row)
        RejectedRow.objects.bulk_create(rows)
