"""Finding someone again by what identifies them: phone or e-mail first, a name with care."""

from django.db.models import Q, QuerySet

from polecam.parties.models import Party
from polecam.parties.rules import compatible, words


def by_contact(phone_index: str, email_index: str) -> QuerySet[Party]:
    """Everyone not erased who has that phone or that address (blind indexes; "" = none)."""
    wanted = Q()
    if phone_index:
        wanted |= Q(phone_index=phone_index)
    if email_index:
        wanted |= Q(email_index=email_index)
    if not wanted:
        return Party.objects.none()
    return Party.objects.filter(wanted, erased_at=None).order_by("id")


def same_person(phone_index: str, email_index: str, first: str, last: str) -> list[Party]:
    """Those `by_contact` whose name does not contradict (spouses share phones)."""
    name = words(first, last)
    return [
        party
        for party in by_contact(phone_index, email_index)
        if compatible(words(party.first_name, party.last_name), name)
    ]
