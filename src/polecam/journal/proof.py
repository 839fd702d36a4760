"""Hashes that prove the journal: RFC 6962 Merkle trees over canonical events. Pure functions.

A leaf is SHA-256(0x00 || canonical bytes), a node SHA-256(0x01 || left || right), the root of
nothing SHA-256 of nothing (RFC 6962, section 2.1).
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

LEAF, NODE = b"\x00", b"\x01"


def canonical(fields: Mapping[str, object]) -> bytes:
    """One event as bytes that are the same on every database: sorted keys, UTC, no spaces."""
    plain = {key: _plain(value) for key, value in fields.items()}
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def leaf(content: bytes) -> bytes:
    """The hash of one event (32 bytes)."""
    return hashlib.sha256(LEAF + content).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The Merkle root of leaf hashes in their order (32 bytes).

    Level by level; an odd last node moves up as it is, which is RFC 6962's split at the largest
    power of two.
    """
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        pairs = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = pairs + ([level[-1]] if len(level) % 2 else [])
    return level[0]


def inclusion(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The proof that leaf `index` is under the root: siblings from the leaf upwards.

    Raises IndexError for a leaf that is not there.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    path, level = [], list(leaves)
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            path.append(level[sibling])
        pairs = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = pairs + ([level[-1]] if len(level) % 2 else [])
        index //= 2
    return path


def climb(leaf_hash: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that `path` leads to from the leaf at `index` of `size`; None for a wrong path."""
    if not 0 <= index < size:
        return None
    found, last, rest = leaf_hash, size - 1, list(path)
    while last > 0:
        if index % 2 or index != last:
            if not rest:
                return None
            sibling = rest.pop(0)
            found = _node(sibling, found) if index % 2 else _node(found, sibling)
        index, last = index // 2, last // 2
    return None if rest else found


def verify(
    leaf_hash: bytes, index: int, size: int, path: Sequence[bytes], root_hash: bytes
) -> bool:
    """Whether `path` proves that the leaf at `index` of `size` leaves is under `root_hash`."""
    return climb(leaf_hash, index, size, path) == root_hash


def seal_digest(day: date, first: int, last: int, events: int, root_hex: str, previous: str) -> str:
    """What the next seal carries on: hex SHA-256 over all that this seal says."""
    said = {
        "day": day,
        "first": first,
        "last": last,
        "events": events,
        "root": root_hex,
        "previous": previous,
    }
    return hashlib.sha256(canonical(said)).hexdigest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(NODE + left + right).digest()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return value
