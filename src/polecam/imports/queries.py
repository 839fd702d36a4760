"""Reads of imports. Every list and look-up starts from `visible_to(person)`."""

from django.db.models import QuerySet

from polecam.imports.models import Import, ImportKind, RejectedRow
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing

CELL_END = "\x1f"
"""Between the cells of a rejected row, before it is sealed."""
PERMISSIONS = {
    ImportKind.CLIENTS: Permission.IMPORT_CLIENTS,
    ImportKind.REFERRALS: Permission.IMPORT_CLIENTS,
    ImportKind.SALES: Permission.IMPORT_SALES,
    ImportKind.MOMENTS: Permission.IMPORT_CLIENTS,
}


def visible_to(person: Person) -> QuerySet[Import]:
    """Imports of clients and referrals into the branches where the person imports."""
    branches = standing(person).branches(Permission.IMPORT_CLIENTS)
    rows = Import.objects.filter(branch_id__in=branches)
    return rows.exclude(kind=ImportKind.SALES).select_related("upload", "by", "branch")


def find(person: Person, public_id: str) -> Import:
    """One import. Raises Import.DoesNotExist for anyone else's."""
    return visible_to(person).get(public_id=public_id)


def rejected(job: Import, limit: int | None = None) -> QuerySet[RejectedRow]:
    """Its rejected rows in the order of the file."""
    return RejectedRow.objects.filter(job=job).order_by("line")[:limit]


def cells_of(row: RejectedRow) -> list[str]:
    """The cells of a rejected row, opened."""
    return str(row.row).split(CELL_END)
