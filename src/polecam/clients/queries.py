"""Reads of clients. Every list and look-up starts from `visible_to(person)`."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from polecam.clients.models import Client
from polecam.journal.models import Event
from polecam.kit.names import fold
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing

LAST_LETTER = "{"
"""The sign after z: folded names are 0-9a-z and spaces, so `[word, word + "{")` is a prefix."""


def visible_to(person: Person) -> QuerySet[Client]:
    """Own clients and shared ones of the branch; a manager: the branch's names. Others: none.

    Never contact data: those have their own door (`contact_of`).
    """
    here = standing(person)
    overseen = here.branches(Permission.SEE_BRANCH_CLIENTS)
    selling = here.branches(Permission.SEE_OWN_CLIENTS)
    rows = Client.objects.filter(party__erased_at=None)
    if not overseen:
        return (
            rows.filter(Q(branch_id__in=selling) & (Q(owner=person) | Q(shared=True)))
            if selling
            else rows.none()
        )
    return rows.filter(
        Q(branch_id__in=overseen)
        | Q(branch_id__in=selling, owner=person)
        | Q(branch_id__in=selling, shared=True)
    )


def askable_by(person: Person) -> QuerySet[Client]:
    """Whom the person may ask: their own clients, and shared ones of their branches."""
    selling = standing(person).branches(Permission.ASK)
    rows = Client.objects.filter(party__erased_at=None, branch_id__in=selling)
    return rows.filter(Q(owner=person) | Q(shared=True))


def find(person: Person, public_id: str) -> Client:
    """One client with party and owner. Raises Client.DoesNotExist for anyone else's."""
    return (
        visible_to(person)
        .select_related("party", "owner", "branch", "introduced_by__party")
        .get(public_id=public_id)
    )


def owner_of_shared(client_id: int | None, *, but: int) -> int | None:
    """The id of a shared client's owner who still works here, unless it is the person `but`."""
    if client_id is None:
        return None
    rows = Client.objects.filter(pk=client_id, shared=True, owner__is_active=True)
    return rows.exclude(owner_id=but).values_list("owner_id", flat=True).first()


def said_never(person: Person, client: Client) -> bool:
    """Whether it was the person who noted that this client is never to be asked."""
    since = client.never_ask_at
    said = Event.objects.filter(
        subject_type="client",
        subject=client.public_id,
        kind="client.never_ask",
        by_id=person.pk,
    )
    return since is not None and said.filter(at=since).exists()


def said_themselves(client: Client) -> bool:
    """Whether "never ask me" is the client's own word, and no objection under the law beside it.

    A record that came in under a number of somebody who objected has no such word.
    """
    if client.never_ask_at is None:
        return False
    said = _events(client, "client.never_ask")
    if said.filter(data__objection=True).exists():
        return False
    return said.filter(at=client.never_ask_at).exists()


def may_again(client: Client) -> Event | None:
    """When and by whom it was noted that the client may be asked again, the last time."""
    return _events(client, "client.may_ask").order_by("-id").first()


def _events(client: Client, kind: str) -> QuerySet[Event]:
    return Event.objects.filter(subject_type="client", subject=client.public_id, kind=kind)


def matching(rows: QuerySet[Client], text: str) -> QuerySet[Client]:
    """Those whose name begins with the first word, in either order, and holds the other words.

    A range on the first word (an index on both databases), contains for the rest; never a phone
    or an address: whether someone is known must not be found out by typing a number.
    """
    words = fold(text).split()
    if not words:
        return rows
    first, *others = words
    high = first + LAST_LETTER
    found = Q(party__name_key__gte=first, party__name_key__lt=high) | Q(
        party__name_key2__gte=first, party__name_key2__lt=high
    )
    for word in others:
        found &= Q(party__name_key__contains=word)
    return rows.filter(found)


def search(person: Person, text: str, limit: int = 20) -> list[Client]:
    """Up to `limit` visible clients by name, in order of the name."""
    rows = matching(visible_to(person), text).select_related("party", "owner")
    return list(rows.order_by("party__name_key2", "id")[:limit])


class Listed(NamedTuple):
    """A client as a list shows it: as whole rows of three tables, fifty of them cost the most."""

    pk: int
    public_id: str
    branch_id: int
    owner_id: int | None
    product: str
    since: date | None
    never_ask_at: datetime | None
    resting_until: date | None
    first_name: str
    last_name: str
    owner_first: str | None
    owner_last: str | None


def listed(rows: QuerySet[Client]) -> QuerySet[Client, tuple[Any, ...]]:
    """The fields of `Listed` for each client, in order of the last name."""
    fields = (
        "pk",
        "public_id",
        "branch_id",
        "owner_id",
        "product",
        "since",
        "never_ask_at",
        "resting_until",
        "party__first_name",
        "party__last_name",
        "owner__first_name",
        "owner__last_name",
    )
    return rows.order_by("party__name_key2", "id").values_list(*fields)


def may_see_contact(person: Person, client: Client) -> bool:
    """Only the client's own seller sees the contact data, never a manager as such."""
    return client.owner_id == person.pk and standing(person).may(Permission.ASK, client.branch_id)


def contact_of(person: Person, client: Client) -> tuple[str, str]:
    """(phone in E.164, e-mail) of a client for its owner; ("", "") for everybody else."""
    if not may_see_contact(person, client):
        return "", ""
    return client.party.phone, client.party.email
