"""The invented people of bench/crowd.py as rows of the product's own table, some of them twice."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice

from bench.crowd import Crowd, Someone, perturbed

COPIES = 0.02
"""Of the people, those who stand in the table a second time."""
CHUNK = 10_000
COLUMNS = (
    "public_id", "first_name", "last_name", "form", "name_key", "name_key2", "phone_sealed",
    "phone_index", "email_sealed", "email_index", "nonce", "same_as", "created_at", "erased_at",
)  # fmt: skip


def indexes(one: Someone) -> tuple[str, str]:
    """Blind indexes of the invented numbers."""
    from polecam.store import crypto

    return (
        crypto.phone_index(f"+48{450_000_000 + one.phone}" if one.phone else ""),
        crypto.email_index(f"{one.email}@przyklad.pl" if one.email else ""),
    )


def copied(one: Someone, crowd: Crowd) -> Someone:
    """The same person once more, as another file has them: most with the same phone or address."""
    _, again = perturbed(one, crowd.chance)
    keeps = crowd.chance.random()
    return replace(
        again,
        phone=one.phone if keeps < 0.7 else 0,
        email=one.email if keeps > 0.5 and keeps < 0.9 else 0,
    )


def invented(count: int) -> tuple[list[Someone], dict[int, int]]:
    """The same people each time; and place of a copy -> place of its original."""
    crowd = Crowd()
    people = list(crowd.people(round(count * (1 - COPIES))))
    twice = {}
    for place in crowd.chance.sample(range(len(people)), count - len(people)):
        twice[len(people)] = place
        people.append(copied(people[place], crowd))
    return people, twice


def fill(people: list[Someone]) -> None:
    """Write the people, in their order."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from polecam.actions import import_bulk
    from polecam.kit import names
    from polecam.parties.models import Party
    from polecam.store.fields import new_public_id

    call_command("migrate", verbosity=0)
    at = import_bulk.adapted(Party, "created_at", datetime.now(UTC))
    rows = (
        (
            new_public_id(), one.first, one.last, "f" if one.woman else "m",
            *names.keys(one.first, one.last), "", phone, "", email, "", None, at, None,
        )
        for one in people
        for phone, email in (indexes(one),)
    )  # fmt: skip
    while chunk := list(islice(rows, CHUNK)):
        with transaction.atomic():
            import_bulk.insert(Party, COLUMNS, chunk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
