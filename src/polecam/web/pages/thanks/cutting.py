"""The paper cut of a card of thanks: one bough, leaf by leaf, the one in honey for this trust.

A leaf is an ask, and out of one this thank-you grew. No flower: a flower is a sale.
"""

from functools import lru_cache

from polecam.kit import wycinanka
from polecam.kit.papercut import Curve, direction, mirrored, point_on

COLOURS = {
    "pc-leaf2": "#3f9272",
    "pc-leaf": "#0f5f45",
    "pc-stem": "#0c3b2c",
    "pc-honey": "#e0a021",
}
PAIRS = (
    (0.20, 0.54, 0.0, "leaf-3", "pc-leaf"),
    (0.36, 0.60, 0.0, "leaf-2", "pc-leaf2"),
    (0.52, 0.56, 0.34, "leaf-3", "pc-leaf"),
    (0.67, 0.48, 0.38, "leaf-2", "pc-leaf2"),
    (0.82, 0.40, 0.34, "leaf-3", "pc-leaf"),
)
"""Where on a bough, how large outside and inside of it, which piece, which colour."""
SIDE: Curve = ((0, 158), (26, 100), (92, 92), (84, -8))
"""The right bough of the two; the left one is its reflection."""


def _half(curve: Curve, hand: int) -> str:
    parts = [wycinanka.wood(curve, 2.6, 1.0, 18)]
    for place, outer, inner, shape, css in PAIRS:
        x, y = point_on(curve, place)
        along = direction(curve, place)
        for side, size in ((hand, outer), (-hand, inner)):
            if size:
                parts.append(wycinanka.piece(shape, x, y, along + 56 * side, size, css))
    x, y = point_on(curve, 1.0)
    parts.append(wycinanka.piece("leaf-3", x, y, direction(curve, 0.99), 0.46, "pc-leaf"))
    return "".join(parts)


@lru_cache(maxsize=1)
def bough() -> str:
    """Two boughs from one root, and between them the leaf of this thank-you."""
    trunk: Curve = ((0, 204), (0, 188), (0, 174), (0, 156))
    body = wycinanka.wood(trunk, 4.2, 2.8, 8)
    body += _half(SIDE, 1) + _half(mirrored(SIDE), -1)
    body += wycinanka.piece("leaf-t", 0, 146, -90, 1.2, "pc-honey")
    body += wycinanka.piece("leaf-2", 0, 186, -28, 0.4, "pc-leaf2")
    body += wycinanka.piece("leaf-2", 0, 186, -152, 0.4, "pc-leaf2")
    return _alone((-134, -60, 268, 266), body, "leaf-2", "leaf-3", "leaf-t")


@lru_cache(maxsize=1)
def sprig() -> str:
    """One small twig for the page of words."""
    curve: Curve = ((0, 20), (24, 8), (52, 28), (84, 12))
    body = wycinanka.wood(curve, 1.5, 0.7, 12)
    for number, place in enumerate((0.24, 0.44, 0.64, 0.84)):
        x, y = point_on(curve, place)
        turn = 54 if number % 2 else -54
        css = "pc-honey" if number == 3 else ("pc-leaf2" if number % 2 else "pc-leaf")
        body += wycinanka.piece("leaf-2", x, y, direction(curve, place) + turn, 0.2, css)
    return _alone((-2, -8, 96, 46), body, "leaf-2")


def _alone(box: tuple[int, int, int, int], body: str, *pieces: str) -> str:
    """A drawing as a file of its own, in its colours."""
    for name, colour in COLOURS.items():
        body = body.replace(f'class="{name}"', f'fill="{colour}"')
    view = " ".join(str(number) for number in box)
    defs = wycinanka.definitions(*pieces)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}">{defs}{body}</svg>'
