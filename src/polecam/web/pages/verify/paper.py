"""A receipt on paper: PDF by typst, in the product's own faces."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import segno

from polecam.kit import wycinanka
from polecam.web.ui import typeset

TEMPLATE = Path(__file__).with_name("paper.typ")
COLOURS = {"pc-leaf": "#0f5f45", "pc-leaf2": "#3f9272", "pc-stem": "#0c3b2c"}


def pdf(said: dict[str, Any], code: list[str]) -> bytes:
    """The page as PDF. `said`: its texts (see paper.typ), ready to read; `code`: what the QR says.

    Everything goes in as data: no text can be read as markup.
    """
    return typeset.pdf(TEMPLATE, said | {"leaf": leaf(), "qr": qr(code)})


def qr(code: list[str]) -> str:
    """The QR as SVG for the page; part by part, each packed as tightly as it can be."""
    # Its stubs forget that a list of parts is welcome.
    drawn = segno.make(code, error="m", micro=False, boost_error=False)  # type: ignore[arg-type]
    return _alone(drawn.svg_inline(border=0))


@lru_cache(maxsize=1)
def leaf() -> str:
    """The leaf that has just grown, alone and in its colours."""
    drawn = _alone(wycinanka.receipt_leaf())
    start = drawn.index(">") + 1
    drawn = drawn[:start] + wycinanka.definitions("leaf-3") + drawn[start:]
    for name, colour in COLOURS.items():
        drawn = drawn.replace(f'class="{name}"', f'fill="{colour}"')
    return drawn


def _alone(drawn: str) -> str:
    """A drawing made for a page, as a file of its own."""
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
