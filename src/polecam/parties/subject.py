"""What this room holds about one person, to export or erase."""

from datetime import datetime

from django.db.models import Q

from polecam.parties import groups
from polecam.parties.models import Match, MatchState, Merge, Party


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
    """Empty the row: names, keys, ciphertext, indexes, and the nonce the journal committed with.

    Other records of the person stay joined to one another, without this one.
    """
    _leave(party, at)
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
        same_as=None,
        erased_at=at,
    )


def _leave(party: Party, at: datetime) -> None:
    """Take the record out of the pairs and joins it stood in; its neighbours close the gap."""
    pairs = Match.objects.filter(Q(one=party) | Q(other=party))
    pairs.exclude(state=MatchState.VOID).update(state=MatchState.VOID, reasons=[], score_bp=0)
    others = [row for row in groups.of(party) if row.pk != party.pk]
    if not others:
        return
    standing = Merge.objects.filter(undone_at=None)
    above = standing.filter(merged=party).first()
    below = standing.filter(kept=party).order_by("merged_id")
    closed = above or below.first()
    if closed is None:
        return
    closed.undone_at = at
    closed.save(update_fields=["undone_at"])
    below.update(kept=above.kept_id if above else closed.merged_id)
    rows = standing.filter(merged__in=others)
    pointers = groups.pointers(
        [row.pk for row in others], dict(rows.values_list("merged_id", "kept_id"))
    )
    for pk, kept in pointers.items():
        Party.objects.filter(pk=pk).update(same_as=kept)
