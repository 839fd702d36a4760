"""Which row of a sales file is which reported sale. Pure: a proposal, which a human then ticks."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from polecam.kit.names import fold

PHONE_DAYS = 31
"""With the same phone or address, days between the file's date and the reported one."""
NAME_DAYS = 7
"""With the same name and seller only."""
CONTRACT, CONTACT, NAME = "contract", "contact", "name"
"""By what a row was matched."""
SEVERAL, OTHER_CONTRACT, NOTHING = "several", "other_contract", "nothing"
"""Why it was not."""


@dataclass(frozen=True, slots=True)
class Sold:
    """One sale, of a file or as reported: what both sides know. `key` is its line or public id."""

    key: str
    contract: str
    on: date
    name_keys: tuple[str, ...] = ("", "")
    seller_key: str = ""
    indexes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """A row with the sale it is, and by what; or the reason why none."""

    line: str
    sale: str = ""
    how: str = ""
    reason: str = ""


def contract_key(contract: str) -> str:
    """A contract number without spaces, dashes, slashes and case."""
    return fold(contract).replace(" ", "")


def match(rows: Iterable[Sold], reported: Sequence[Sold]) -> list[Match]:
    """One Match for each row, in their order; a sale that two rows claim belongs to neither."""
    found = [_one(row, reported) for row in rows]
    claimed = Counter(match.sale for match in found if match.sale)
    return [
        Match(match.line, reason=SEVERAL) if claimed[match.sale] > 1 else match for match in found
    ]


def _one(row: Sold, reported: Sequence[Sold]) -> Match:
    contract = contract_key(row.contract)
    if contract:
        same = [sale for sale in reported if contract_key(sale.contract) == contract]
        if same:
            return _only(row, same, CONTRACT)
    by_contact = [
        sale
        for sale in reported
        if row.indexes & sale.indexes and _near(row, sale, PHONE_DAYS) and _seller(row, sale)
    ]
    if by_contact:
        return _without_other_contract(row, by_contact, CONTACT)
    by_name = [
        sale
        for sale in reported
        if set(row.name_keys) & set(sale.name_keys) - {""}
        and _near(row, sale, NAME_DAYS)
        and row.seller_key
        and _seller(row, sale)
    ]
    if by_name:
        return _without_other_contract(row, by_name, NAME)
    return Match(row.key, reason=NOTHING)


def _without_other_contract(row: Sold, sales: list[Sold], how: str) -> Match:
    fitting = [sale for sale in sales if not (row.contract and sale.contract)]
    if not fitting:
        return Match(row.key, reason=OTHER_CONTRACT)
    return _only(row, fitting, how)


def _only(row: Sold, sales: list[Sold], how: str) -> Match:
    if len(sales) > 1:
        return Match(row.key, reason=SEVERAL)
    return Match(row.key, sales[0].key, how)


def _near(row: Sold, sale: Sold, days: int) -> bool:
    return abs((row.on - sale.on).days) <= days


def _seller(row: Sold, sale: Sold) -> bool:
    """The same seller, in either order of names; a file without sellers says nothing."""
    if not row.seller_key:
        return True
    return sorted(row.seller_key.split()) == sorted(sale.seller_key.split())
