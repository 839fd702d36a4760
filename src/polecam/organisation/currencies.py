"""The money a firm counts in. One firm, one currency; nothing is ever converted. No Django.

Every amount of the house is an integer of hundredths ("grosze"), so a currency fits that has
hundredths. Chosen while the firm is set up, and never changed: the ledger is written in it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Currency:
    """Its sign after an amount, how people write it, and how many zlotys a sensible beginning of
    one unit stands for: the house's own defaults and plan templates are thought in zlotys."""

    code: str
    sign: str
    words: tuple[str, ...]
    zlotys: int = 1


PLN = Currency("PLN", "zł", ("zł", "zl", "złotych", "pln"))
EUR = Currency("EUR", "€", ("€", "euro", "eur"), zlotys=4)
BY_CODE = {one.code: one for one in (PLN, EUR)}


def of(code: str) -> Currency:
    """The currency of a code; zlotys for one nobody knows."""
    return BY_CODE.get(code, PLN)


def rescaled(grosze: int, currency: Currency) -> int:
    """An amount that was thought in zlotys, as a round beginning in another currency: to half a
    unit, and never less than that where there was something."""
    if currency.zlotys == 1 or not grosze:
        return grosze
    halves = max(1, round(grosze / currency.zlotys / 50))
    return halves * 50
