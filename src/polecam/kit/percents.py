"""Percent as people type them: `30`, `12,5`, `33.33 %`, to the basis point."""

import re

TYPED = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?")


def basis_points(typed: str) -> int | None:
    """`12,5` -> 1250; None for what is no percentage from 0 to 100 with at most two decimals."""
    text = "".join(typed.split()).removesuffix("%")
    found = TYPED.fullmatch(text)
    if found is None or not text.isascii():
        return None
    whole, rest = found.groups()
    bp = int(whole) * 100 + int((rest or "").ljust(2, "0"))
    return bp if bp <= 10_000 else None
