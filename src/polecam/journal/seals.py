"""Events as leaves of a day's tree, and how a seal keeps them."""

import struct
from collections.abc import Iterable, Iterator

from polecam.journal.models import Event
from polecam.journal.proof import canonical, leaf

PACKED = struct.Struct(">q32s")
FIELDS = (
    "id",
    "kind",
    "subject_type",
    "subject",
    "by_id",
    "branch_id",
    "at",
    "recorded_at",
    "data",
    "commitment",
)
"""All of an event but its transaction number, which belongs to one database server only."""
CHUNK = 2_000


def leaves_between(first: int, last: int) -> Iterator[tuple[int, bytes]]:
    """(id, leaf hash) of every event with first <= id <= last, in order of id."""
    rows = Event.objects.filter(pk__gte=first, pk__lte=last).order_by("pk").values_list(*FIELDS)
    for row in rows.iterator(chunk_size=CHUNK):
        yield row[0], leaf(canonical(dict(zip(FIELDS, row, strict=True))))


def pack(leaves: Iterable[tuple[int, bytes]]) -> bytes:
    """40 bytes an event: id and leaf hash."""
    return b"".join(PACKED.pack(ident, digest) for ident, digest in leaves)


def unpack(packed: bytes | memoryview) -> list[tuple[int, bytes]]:
    """What `pack` packed. Raises struct.error when it was cut."""
    return list(PACKED.iter_unpack(bytes(packed)))
