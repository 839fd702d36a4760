"""The same key and the same payload: one effect. Same key, other payload: an error."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, models, transaction

from polecam.journal.models import ActionKey
from polecam.kit.errors import Refused
from polecam.store.crypto import keyed

M = TypeVar("M", bound=models.Model)


def once(
    actor: str, key: str, payload: dict, *, at: datetime, make: Callable[[], M], model: type[M]
) -> tuple[M, bool]:
    """Run `make` (inside the caller's transaction) unless `key` was used before.

    Returns (row, made). `actor` is who repeats (a public id), `key` the form's random key,
    `payload` what must be equal. Raises Refused("key_reused") for another payload
    under the same key.
    """
    digest = keyed("payload", json.dumps(payload, sort_keys=True, default=str))
    try:
        with transaction.atomic():
            marker = ActionKey.objects.create(
                actor=actor, key=key, payload=digest, at=at, result=""
            )
    except IntegrityError:
        marker = ActionKey.objects.get(actor=actor, key=key)
        if marker.payload != digest:
            raise Refused("key_reused") from None
        return model._default_manager.get(public_id=marker.result), False
    row = make()
    marker.result = row.public_id  # type: ignore[attr-defined]
    marker.save(update_fields=["result"])
    return row, True
