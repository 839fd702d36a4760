"""The records of one person: one stands, the others point to it.

Standing merges make a forest (`Merge.merged` -> `Merge.kept`); `Party.same_as` is its shortcut:
always the root, never a chain. So a merge can be undone in any order, and the pointers follow.
"""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from polecam.parties.models import Party


def head(party: Party) -> int:
    """Id of the record that stands for the person."""
    return party.same_as_id or party.pk


def of(*parties: Party) -> list[Party]:
    """Every record of these persons, by id; nobody erased but those asked for."""
    heads = {head(party) for party in parties}
    asked = {party.pk for party in parties}
    found = Party.objects.filter(Q(pk__in=heads) | Q(same_as__in=heads)).order_by("pk")
    return [party for party in found if party.erased_at is None or party.pk in asked]


def heads(ids: Collection[int]) -> dict[int, int]:
    """The standing record of each of these records, by id."""
    rows = Party.objects.filter(pk__in=ids).values_list("pk", "same_as")
    return {pk: kept or pk for pk, kept in rows}


def ids(records: Collection[int]) -> set[int]:
    """Ids of every record of the persons to whom these records belong."""
    standing = set(heads(records).values())
    return standing | set(Party.objects.filter(same_as__in=standing).values_list("pk", flat=True))


def joined(party: str) -> ExpressionWrapper:
    """Whether the record at that path of a query is one of several of its person."""
    others = Exists(Party.objects.filter(same_as=OuterRef(party)))
    pointing = Q(**{f"{party}__same_as__isnull": False})
    return ExpressionWrapper(Q(others) | pointing, output_field=BooleanField())


def root(record: int, kept_of: Mapping[int, int]) -> int:
    """Where the merges lead from a record; itself, when nothing merged it. Pure."""
    seen = {record}
    while record in kept_of and kept_of[record] not in seen:
        record = kept_of[record]
        seen.add(record)
    return record


def pointers(records: Iterable[int], kept_of: Mapping[int, int]) -> dict[int, int | None]:
    """What `same_as` of each record must be. Pure."""
    roots = {record: root(record, kept_of) for record in records}
    return {record: None if found == record else found for record, found in roots.items()}
