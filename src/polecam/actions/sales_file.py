"""Confirming sales by a file of the firm, after a human ticked the matches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from polecam.actions.sales import confirm_inside, require_free
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.sales import rules
from polecam.sales.models import Sale, SaleState
from polecam.store.tx import action, lock


@dataclass(frozen=True, slots=True)
class Matched:
    """A row of a sales file that a human tied to a reported sale; amounts in grosze."""

    sale: Sale
    value_grosze: int
    margin_grosze: int
    contract: str


def confirm_from_file(
    *, by: Person, at: datetime, rows: Sequence[Matched]
) -> tuple[list[Sale], list[Sale]]:
    """Confirm what a human ticked beside a sales file, with the file's figures, all in one step.

    Returns (confirmed, left as they were because someone was quicker). Raises Refused
    ("own_confirmation", "contract_taken"), NotAllowed.
    """
    done, left = [], []
    with action():
        for row in sorted(rows, key=lambda row: row.sale.referral_id):
            require(by, Permission.IMPORT_SALES, row.sale.branch_id)
            lock(row.sale.referral)
            sale = lock(row.sale)
            if sale.state != SaleState.REPORTED:
                left.append(sale)
                continue
            rules.require_amounts(row.value_grosze, row.margin_grosze)
            require_free(row.contract, sale)
            sale.value_grosze, sale.margin_grosze = row.value_grosze, row.margin_grosze
            sale.contract = row.contract[:40] or sale.contract
            sale.save(update_fields=["value_grosze", "margin_grosze", "contract"])
            done.append(confirm_inside(by=by, at=at, sale=sale, via="file"))
    return done, left
