"""Whom a file has spoken of already: a bit for each client, kept chunk by chunk.

A worker that dies must not make the next one forget: a contradicting second row would then be
taken for news. Those whom the import made are known by `Client.imported_by`; the others are noted
in the transaction of their chunk, eight bytes each, and the notes go with the file.
"""

from array import array
from collections.abc import Iterable

from polecam.clients.models import Client
from polecam.imports.models import Import, Told

KNOWN_IN_ONE = 5_000
"""Ids fetched at a time."""


class ToldClients:
    """Ids of clients, a bit each: a million of them take as much room as a photograph."""

    def __init__(self) -> None:
        self._bits = bytearray()

    def __contains__(self, ident: int | None) -> bool:
        if ident is None or ident >> 3 >= len(self._bits):
            return False
        return bool(self._bits[ident >> 3] & 1 << (ident & 7))

    def add(self, idents: Iterable[int]) -> None:
        """Remember these too."""
        for ident in idents:
            missing = (ident >> 3) + 1 - len(self._bits)
            if missing > 0:
                self._bits += bytes(max(missing, 4096))
            self._bits[ident >> 3] |= 1 << (ident & 7)

    def remember(self, job: Import) -> None:
        """Everyone of whom the rows before `job.next_line` spoke."""
        made = Client.objects.filter(imported_by=job).order_by().values_list("pk", flat=True)
        self.add(made.iterator(chunk_size=KNOWN_IN_ONE))
        notes = Told.objects.filter(job=job).order_by("line").values_list("clients", flat=True)
        for packed in notes.iterator(chunk_size=50):
            self.add(array("q", bytes(packed)))


def note(job: Import, line: int, known: Iterable[int]) -> None:
    """Inner step of a chunk whose first row is `line`: these known clients were spoken of."""
    packed = array("q", sorted(known)).tobytes()
    if packed:
        Told.objects.create(job=job, line=line, clients=packed)
