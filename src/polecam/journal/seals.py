"""Events as leaves of a day's tree, and how a seal keeps them."""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from polecam.journal.models import Event, Seal
from polecam.journal.proof import canonical, inclusion, leaf

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


@dataclass(frozen=True, slots=True)
class Inclusion:
    """One event (its canonical bytes) as leaf `index` of `size` under the root of `day`."""

    day: date
    event: bytes
    index: int
    size: int
    path: tuple[bytes, ...]


def inclusion_of(event_id: int) -> Inclusion | None:
    """The proof that an event lies under its day's root; None while its day is not sealed."""
    sealed = Seal.objects.filter(first_event_id__lte=event_id, last_event_id__gte=event_id).first()
    row = Event.objects.filter(pk=event_id).values_list(*FIELDS).first()
    if sealed is None or row is None:
        return None
    kept = unpack(sealed.leaves)
    index = next((place for place, (ident, _) in enumerate(kept) if ident == event_id), None)
    if index is None:
        return None
    path = inclusion([digest for _, digest in kept], index)
    event = canonical(dict(zip(FIELDS, row, strict=True)))
    return Inclusion(sealed.day, event, index, len(kept), tuple(path))


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
