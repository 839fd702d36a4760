"""A sales file beside the reported sales of its branch: what a human may tick, and what not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from polecam.imports.models import Import, ImportKind
from polecam.imports.sales import SaleRow, sales_rows
from polecam.kit.names import fold
from polecam.parties import groups
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.sales import matching
from polecam.sales.models import Sale, SaleState
from polecam.store.crypto import email_index, phone_index

CONFIRMED, OWN, UNREADABLE = "confirmed", "own", "unreadable"
"""Reasons beside those of sales.matching."""


@dataclass(frozen=True, slots=True)
class Found:
    """One row of the file: with its sale and by what it was matched, or with a reason."""

    row: SaleRow
    sale: Sale | None = None
    how: str = ""
    reason: str = ""

    @property
    def value_grosze(self) -> int:
        """The file's figure, or the reported one where the file has none."""
        return self.row.value_grosze or (self.sale.value_grosze if self.sale else 0)

    @property
    def margin_grosze(self) -> int:
        """The file's figure, or the reported one where the file has none."""
        if self.row.margin_grosze is not None:
            return self.row.margin_grosze
        return self.sale.margin_grosze if self.sale else 0

    @property
    def differs(self) -> bool:
        """Whether the file has other figures than the seller reported."""
        sale = self.sale
        return sale is not None and (
            self.value_grosze != sale.value_grosze or self.margin_grosze != sale.margin_grosze
        )


def find_file(person: Person, public_id: str) -> Import:
    """A sales file of a branch where the person imports sales. Raises Import.DoesNotExist."""
    branches = standing(person).branches(Permission.IMPORT_SALES)
    return Import.objects.select_related("upload", "branch").get(
        public_id=public_id,
        kind=ImportKind.SALES,
        branch_id__in=branches,
        upload__deleted_at=None,
    )


def beside(person: Person, job: Import) -> list[Found]:
    """Every row of the file in its order, matched to the branch's sales."""
    header = int(job.options.get("header", 1))
    rows = sales_rows(job.upload, job.mapping, header=header)
    sales = {
        sale.public_id: sale
        for sale in Sale.objects.filter(branch=job.branch)
        .exclude(state=SaleState.VOID)
        .select_related("referral__party", "seller", "branch")
    }
    readable = [row for row in rows if not row.problem and row.on]
    people = _records(sale.referral.party for sale in sales.values())
    reported = [_sold(sale, people) for sale in sales.values()]
    matches = {m.line: m for m in matching.match([_of_row(row) for row in readable], reported)}
    return [_found(person, row, matches.get(str(row.line)), sales) for row in rows]


def _found(
    person: Person, row: SaleRow, match: matching.Match | None, sales: dict[str, Sale]
) -> Found:
    if match is None:
        return Found(row, reason=UNREADABLE)
    if not match.sale:
        return Found(row, reason=match.reason)
    sale = sales[match.sale]
    if sale.state != SaleState.REPORTED:
        return Found(row, sale, match.how, CONFIRMED)
    if person.pk in (sale.seller_id, sale.referral.originator_id):
        return Found(row, sale, match.how, OWN)
    return Found(row, sale, match.how)


def _of_row(row: SaleRow) -> matching.Sold:
    indexes = {phone_index(row.phone), email_index(row.email)} - {""}
    return matching.Sold(
        key=str(row.line),
        contract=row.contract,
        on=row.on,  # type: ignore[arg-type]  # readable rows have a day
        name_keys=row.name_keys,
        seller_key=fold(row.seller),
        indexes=frozenset(indexes),
    )


def _records(bought: Iterable[Party | None]) -> dict[int, list[Party]]:
    """Every record of whoever bought, by the record that stands: one query."""
    found: dict[int, list[Party]] = {}
    for record in groups.of(*(party for party in bought if party is not None)):
        found.setdefault(groups.head(record), []).append(record)
    return found


def _sold(sale: Sale, people: Mapping[int, list[Party]]) -> matching.Sold:
    party = sale.referral.party
    records = people.get(groups.head(party), [party]) if party else []
    indexes = {index for record in records for index in (record.phone_index, record.email_index)}
    return matching.Sold(
        key=sale.public_id,
        contract=sale.contract,
        on=sale.sold_on,
        name_keys=tuple(key for one in records for key in (one.name_key, one.name_key2)),
        seller_key=fold(sale.seller.full_name),
        indexes=frozenset(indexes - {""}),
    )
