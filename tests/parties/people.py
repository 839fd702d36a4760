"""Parties in a line: a name, and phone and address as blind indexes."""

from datetime import UTC, datetime

from polecam.parties.likeness import Said
from polecam.parties.models import Party

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)


def party(name: str, phone: str = "", email: str = "", **more: object) -> Party:
    """A record of "First Last"; what is sealed is rubbish, so that opening it would fail."""
    made = Party(created_at=AT, phone_index=phone, email_index=email, **more)
    made.set_name(*_cut(name))
    made.phone_sealed = made.email_sealed = "not to be opened"
    made.save()
    return made


def said(name: str, phone: str = "", email: str = "") -> Said:
    """The same, as somebody says it."""
    return Said(*_cut(name), phone, email)


def said_of(record: Party) -> Said:
    """What a record says."""
    return Said(record.first_name, record.last_name, record.phone_index, record.email_index)


def _cut(name: str) -> tuple[str, str]:
    first, _, last = name.rpartition(" ") if " " in name else (name, "", "")
    return first, last
