"""Whose client an imported row becomes: the seller the file names, or the next in turn."""

from collections.abc import Mapping

from django.db.models import Count

from polecam.clients.models import Client
from polecam.kit.names import fold
from polecam.organisation.tree import today, within
from polecam.people.models import Membership, Person, Role
from polecam.people.queries import selling
from polecam.store.clock import now


def sellers_of(branch_id: int) -> list[Person]:
    """Those who ask in the branch or in a team of it, sellers before managers, by id."""
    rows = selling(within(branch_id, today(now()))).select_related("person").order_by("person_id")
    order = sorted(rows, key=lambda row: (row.role != Role.SELLER, row.person_id))
    return list({row.person_id: row.person for row in order}.values())


class Owners:
    """Sellers of a branch by name, and whose turn it is."""

    def __init__(self, branch_id: int, aliases: Mapping[str, str] | None = None) -> None:
        people = sellers_of(branch_id)
        self._ids: dict[frozenset[str], int | None] = {}
        for person in people:
            words = frozenset(fold(person.full_name).split())
            self._ids[words] = None if words in self._ids else person.pk
        by_public_id = {person.public_id: person.pk for person in people}
        for name, public_id in (aliases or {}).items():
            if public_id in by_public_id:
                self._ids[frozenset(fold(name).split())] = by_public_id[public_id]
        self._cache: dict[str, int | None] = {}
        self._counts = self._clients_of(branch_id)

    def named(self, name: str) -> int | None:
        """The id of the seller of that name, in either order; None when there is none or two."""
        if name not in self._cache:
            self._cache[name] = self._ids.get(frozenset(fold(name).split()))
        return self._cache[name]

    def next(self) -> int | None:
        """Whoever has the fewest clients now; None in a branch without sellers."""
        if not self._counts:
            return None
        return min(self._counts, key=lambda person_id: (self._counts[person_id], person_id))

    def count(self, owner: int | None, before: int | None) -> None:
        """A client comes to `owner`, from `before`: whose turn it is depends on nothing else, so
        that an import taken up again goes on as it would have."""
        if owner in self._counts and owner != before:
            self._counts[owner] += 1
            if before in self._counts:
                self._counts[before] -= 1

    def _clients_of(self, branch_id: int) -> dict[int, int]:
        sellers = Membership.objects.filter(
            branch_id=branch_id, until=None, role=Role.SELLER, person__is_active=True
        ).values_list("person_id", flat=True)
        ids = set(sellers) or {person.pk for person in sellers_of(branch_id)}
        counts = dict(
            Client.objects.filter(branch_id=branch_id, owner_id__in=ids)
            .order_by()
            .values_list("owner_id")
            .annotate(Count("id"))
        )
        return {person_id: counts.get(person_id, 0) for person_id in sorted(ids)}
