"""The only way into the journal."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from django.db import connection
from django.db.models import BigIntegerField, Func

from polecam.journal.kinds import KINDS
from polecam.journal.models import Event
from polecam.kit.periods import require_aware
from polecam.store.clock import now
from polecam.store.crypto import keyed
from polecam.store.faults import point


class Subject(Protocol):
    """Any row with a public id."""

    public_id: str


class Actor(Protocol):
    """Whoever acts; a Person."""

    pk: int


def record(
    kind: str,
    subject: Subject,
    *,
    by: Actor | None,
    at: datetime,
    branch: int | None = None,
    data: dict | None = None,
    text: str = "",
    nonce: str = "",
) -> Event:
    """Write one event inside the action's transaction; returns it.

    `data` holds ids, enums, integers, booleans and ISO dates; `text` is never stored, only
    committed to by an HMAC over `nonce` (erased together with the text). Raises ValueError for
    an unknown kind, a free text in `data`, or a future `at`.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind}")
    at = require_aware(at)
    data = {key: _plain(key, value) for key, value in (data or {}).items()}
    point("journal.record")
    return Event.objects.create(
        kind=kind,
        subject_type=subject._meta.model_name,  # type: ignore[attr-defined]
        subject=subject.public_id,
        by_id=by.pk if by else None,
        branch_id=branch,
        at=at,
        recorded_at=now(at),
        data=data,
        commitment=keyed("commit", nonce, text) if text else "",
        txid=_transaction_number(),
    )


def record_many(
    kind: str,
    subject_type: str,
    told: Iterable[tuple[str, dict]],
    *,
    by: Actor | None,
    at: datetime,
    branch: int | None = None,
) -> None:
    """Write an event for each of many subjects (public id, data) in one statement.

    As `record`, without free text. Raises ValueError alike.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind}")
    at, recorded_at, number = require_aware(at), now(at), _transaction_number()
    point("journal.record")
    Event.objects.bulk_create(
        Event(
            kind=kind,
            subject_type=subject_type,
            subject=subject,
            by_id=by.pk if by else None,
            branch_id=branch,
            at=at,
            recorded_at=recorded_at,
            data={key: _plain(key, value) for key, value in data.items()},
            txid=number,
        )
        for subject, data in told
    )


def _plain(key: str, value: object) -> object:
    if isinstance(value, datetime):
        return require_aware(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str) and len(value) <= 40 and " " not in value and "@" not in value:
        return value
    if isinstance(value, list | tuple):
        return [_plain(key, item) for item in value]
    raise ValueError(f"the journal takes ids, enums, numbers and dates only, not {key}")


def _transaction_number() -> int | Func:
    """PostgreSQL fills in its own number during the INSERT: no second query."""
    if connection.vendor != "postgresql":
        return 0
    return Func(function="txid_current", output_field=BigIntegerField())
