"""Client records of one person: they share one ask budget and one contact limit."""

from collections.abc import Collection

from django.db.models import Q

from polecam.clients.models import Client
from polecam.parties import groups
from polecam.parties.models import Party
from polecam.store import tx


def records(ids: Collection[int]) -> dict[int, set[int]]:
    """Ids of every client record of the person behind each of these, itself included.

    One query; a second one only where somebody stands in the table more than once.
    """
    rows = Client.objects.filter(pk__in=ids).filter(groups.joined("party"))
    head_of = {pk: head or party for pk, party, head in rows.values_list(*PLACE)}
    found = {pk: {pk} for pk in ids}
    if not head_of:
        return found
    heads = set(head_of.values())
    joined = Client.objects.filter(Q(party__same_as__in=heads) | Q(party__in=heads))
    by_head: dict[int, set[int]] = {}
    for pk, party, head in joined.values_list(*PLACE):
        by_head.setdefault(head or party, set()).add(pk)
    return found | {pk: {pk} | by_head.get(head, set()) for pk, head in head_of.items()}


PLACE = ("pk", "party_id", "party__same_as_id")


def hold(client: Client) -> None:
    """Inner step, after the client's own lock: nobody else asks or writes to this person meanwhile.

    An advisory lock on the person, since their records are several rows; nobody who holds it waits
    for the row of a client.
    """
    head = Party.objects.filter(pk=client.party_id).values_list("same_as_id", flat=True).get()
    tx.lock_keys([f"person:{head or client.party_id}"])
