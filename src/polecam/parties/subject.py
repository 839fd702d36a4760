"""What this room holds about one person, to export or erase."""

from datetime import datetime

from polecam.parties.models import Party


def export(party: Party) -> dict:
    """Names and contact data, opened for the person they belong to."""
    return {
        "person": {
            "id": party.public_id,
            "first_name": party.first_name,
            "last_name": party.last_name,
            "phone": party.phone,
            "email": party.email,
            "known_since": party.created_at.isoformat(),
        }
    }


def erase(party: Party, at: datetime) -> int:
    """Empty the row: names, keys, ciphertext, indexes, and the nonce the journal committed with."""
    return Party.objects.filter(pk=party.pk).update(
        first_name="",
        last_name="",
        form="n",
        name_key="",
        name_key2="",
        phone_sealed="",
        phone_index="",
        email_sealed="",
        email_index="",
        nonce="",
        erased_at=at,
    )
