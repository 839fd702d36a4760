"""The same key and the same payload: one effect. Same key, other payload: an error.

A form without a key of its own is known by the token of the page it came with: see `form`.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import connection, models

from polecam.journal.models import ActionKey
from polecam.kit.errors import Refused
from polecam.store.crypto import keyed
from polecam.store.faults import point

M = TypeVar("M", bound=models.Model)
SAME_FORM = timedelta(hours=1)
"""So long a form that is sent again is the one whose answer was lost."""


class AlreadyDone(Exception):
    """This very form arrived before, and what it asked for was done."""


def once(
    actor: str, key: str, payload: dict, *, at: datetime, make: Callable[[], M], model: type[M]
) -> tuple[M, bool]:
    """Run `make` (inside the caller's transaction) unless `key` was used before.

    Returns (row, made). `actor` is who repeats (a public id), `key` the form's random key,
    `payload` what must be equal. Raises Refused("key_reused") for another payload
    under the same key.
    """
    digest = keyed("payload", json.dumps(payload, sort_keys=True, default=str))
    if not _first(actor, key, digest, at):
        marker = ActionKey.objects.get(actor=actor, key=key)
        if marker.payload != digest:
            raise Refused("key_reused")
        return model._default_manager.get(public_id=marker.result), False
    point("once.first")
    row = make()
    result = row.public_id  # type: ignore[attr-defined]
    ActionKey.objects.filter(actor=actor, key=key).update(result=result)
    return row, True


def form(actor: str, key: str, *, at: datetime) -> None:
    """Inner step, before everything else: a form that is sent twice is one. Raises AlreadyDone."""
    if _first(actor, key, key, at):
        return
    marker = ActionKey.objects.filter(actor=actor, key=key)
    if marker.filter(at__gt=at - SAME_FORM).exists():
        raise AlreadyDone
    marker.update(at=at)


def forget_form(actor: str, key: str) -> None:
    """The page stays open with the same token: the next time is meant."""
    ActionKey.objects.filter(actor=actor, key=key).delete()


def _first(actor: str, key: str, digest: str, at: datetime) -> bool:
    """Write the key down; False when it stood already (PostgreSQL waits for whoever writes it).

    Plain SQL that both databases speak: the ORM does not say whether a conflict was ignored, and a
    failed INSERT would need a savepoint around it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_actionkey (actor, key, payload, result, at)"
            " VALUES (%s, %s, %s, '', %s) ON CONFLICT (actor, key) DO NOTHING",
            [actor, key, digest, connection.ops.adapt_datetimefield_value(at)],
        )
        return cursor.rowcount == 1
