"""The cells of one row by what their columns mean."""

from collections.abc import Callable
from typing import TypeVar

from polecam.imports import cells
from polecam.imports.cells import BadCell

T = TypeVar("T")


class Fields:
    """One row under a mapping. `column` is the field read last: the one at fault after BadCell."""

    def __init__(self, row: list[str], mapping: dict[str, str]) -> None:
        self._row = row
        self._index = {field: int(index) for index, field in mapping.items()}
        self.column = ""

    def has(self, field: str) -> bool:
        """Whether a column holds `field` at all."""
        return field in self._index

    def get(self, field: str, parse: Callable[[str], T]) -> T:
        """The parsed cell; `parse("")` where the column or the cell is missing. Raises BadCell."""
        index = self._index.get(field)
        self.column = field
        return parse(self._row[index] if index is not None and index < len(self._row) else "")

    def required(self, field: str, parse: Callable[[str], T | None]) -> T:
        """As `get`. Raises BadCell("missing") for an empty cell."""
        value = self.get(field, parse)
        if value is None or value == "":
            raise BadCell("missing")
        return value

    def name(self) -> tuple[str, str]:
        """(first, last) from two columns or from one; a firm's where no person is named.

        Raises BadCell.
        """
        first = last = ""
        if self.has("first_name"):
            first = self.get("first_name", lambda cell: cells.name(cell, most=60))
        if self.has("last_name"):
            last = self.get("last_name", lambda cell: cells.name(cell, most=80))
        if first and last:
            return first, last
        whole = ("", "")
        if self.has("full_name"):
            whole = self.get("full_name", cells.person_name)
        elif self.has("name_last_first"):
            whole = self.get("name_last_first", cells.person_name_last_first)
        if any(whole) and (all(whole) or not (first or last)):
            return whole
        if first or last or not self.has("company"):
            return first, last
        return self.get("company", cells.company)
