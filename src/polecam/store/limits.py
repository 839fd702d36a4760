"""Atomic counters for rate limits, shared by all processes."""

from datetime import datetime

from django.conf import settings
from django.db import connections

from polecam.store.crypto import keyed

UPSERT = (
    'INSERT INTO store_hit (bucket, "window", count) VALUES (%s, %s, 1) '
    'ON CONFLICT (bucket, "window") DO UPDATE SET count = store_hit.count + 1 RETURNING count'
)

GIVE_BACK = (
    'UPDATE store_hit SET count = count - 1 WHERE bucket = %s AND "window" = %s AND count > 0'
)


def count_hit(purpose: str, who: str, seconds: int, *, at: datetime) -> int:
    """Count one use of `purpose` by `who` in the current window of `seconds`; the new count.

    `who` (an address, a link) is kept only as a keyed hash.
    """
    bucket = f"{purpose}:{keyed('limit', purpose, who)[:32]}"
    window = int(at.timestamp()) // seconds * seconds
    with connections[settings.SIDE].cursor() as cursor:
        cursor.execute(UPSERT, [bucket, window])
        return cursor.fetchone()[0]


def give_back(purpose: str, who: str, seconds: int, *, at: datetime) -> None:
    """Take one use back that was counted at `at`, where only what failed should count."""
    bucket = f"{purpose}:{keyed('limit', purpose, who)[:32]}"
    window = int(at.timestamp()) // seconds * seconds
    with connections[settings.SIDE].cursor() as cursor:
        cursor.execute(GIVE_BACK, [bucket, window])
