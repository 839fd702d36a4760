"""A receipt on paper: PDF by typst, in the product's own faces."""

import json
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import segno
import typst
from django.conf import settings

from polecam.kit import wycinanka

TEMPLATE = Path(__file__).with_name("paper.typ")
FONTS = Path(settings.STATICFILES_DIRS[0]) / "polecam/fonts"
COLOURS = {"pc-leaf": "#0f5f45", "pc-leaf2": "#3f9272", "pc-stem": "#0c3b2c"}
_one_at_a_time = Lock()


def pdf(said: dict[str, Any], code: list[str]) -> bytes:
    """The page as PDF. `said`: its texts (see paper.typ), ready to read; `code`: what the QR says.

    Everything goes in as data: no text can be read as markup.
    """
    whole = said | {"leaf": leaf(), "qr": qr(code)}
    with _one_at_a_time:
        made = _typesetter().compile(format="pdf", sys_inputs={"said": json.dumps(whole)})
    assert isinstance(made, bytes)  # noqa: S101 - one page, so not a list
    return made


@lru_cache(maxsize=1)
def _typesetter() -> typst.Compiler:
    """Reads the fonts once; without those of `make assets`, typst's own ones have Polish too."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[FONTS] if FONTS.exists() else [],
    )
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts)


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
