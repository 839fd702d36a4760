"""Sessions whose rows are of no use to whoever reads them: kept under a keyed hash of the cookie.

A row can also be ended by that hash, without ever knowing the cookie.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from polecam.store.crypto import keyed

LENGTH = 40
"""Of the column: 160 bits of the hash."""


def kept_under(key: str) -> str:
    """Under what the session of this cookie is kept."""
    return keyed("session", key)[:LENGTH]


def key_of(session: SessionBase) -> str:
    """Under what this session is kept; empty before it was first saved."""
    return kept_under(session.session_key) if session.session_key else ""


def end(hashes: Iterable[str]) -> int:
    """End the sessions kept under these, at once and for good; how many there were.

    In the side database, so outside the transaction of an action: where the action fails
    afterwards, somebody has to sign in once more, and that is all.
    """
    return Session.objects.filter(session_key__in=list(hashes)).delete()[0]


def end_all() -> int:
    """End every session there is; how many."""
    return Session.objects.all().delete()[0]


class SessionStore(DatabaseStore):
    """Django's own store; only the name of the row differs."""

    def load(self) -> dict[str, Any]:
        """What the session of this cookie holds; nothing where there is none, or it ended."""
        kept = Session.objects.filter(
            session_key=kept_under(self.session_key or ""), expire_date__gt=timezone.now()
        ).first()
        if kept is None:
            self._session_key = None
            return {}
        return self.decode(kept.session_data)

    def exists(self, session_key: str) -> bool:
        """Whether a session of this cookie is kept."""
        return super().exists(kept_under(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """The row as it is kept."""
        row = super().create_model_instance(data)
        row.session_key = kept_under(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Forget the session of this cookie (of its own by default)."""
        cookie = session_key or self.session_key
        if cookie:
            end([kept_under(cookie)])
