"""The team's tree in paper cut: leaves are asks, flowers are sales. See `wycinanka`."""

from dataclasses import dataclass

from polecam.kit import papercut
from polecam.kit.papercut import Curve, direction, mirrored, point_on
from polecam.kit.wycinanka import fan, piece, rosette, svg, wood


@dataclass(frozen=True, slots=True)
class Slot:
    """A place on the tree where a leaf can grow."""

    x: float
    y: float
    angle: float
    length: float
    left: bool
    upper: bool


BOUGHS: tuple[tuple[Curve, tuple[tuple[float, int, int], ...]], ...] = (
    (
        ((0, -128), (86, -112), (196, -140), (226, -246)),
        ((0.30, -1, 44), (0.46, -1, 52), (0.60, 1, 50), (0.66, -1, 48), (0.80, 1, 42)),
    ),
    (
        ((0, -262), (74, -250), (160, -286), (186, -376)),
        ((0.22, 1, 48), (0.34, -1, 44), (0.50, 1, 48), (0.62, -1, 42), (0.76, 1, 38)),
    ),
    (
        ((0, -392), (52, -384), (110, -414), (130, -490)),
        ((0.26, 1, 42), (0.42, -1, 38), (0.58, 1, 40), (0.74, -1, 32)),
    ),
    (((0, -490), (26, -486), (54, -504), (68, -542)), ((0.62, 1, 26),)),
)
"""Boughs of the right half; each with its leaves as (place, side, length)."""
ON_TRUNK = ((-78, 36, -24), (-200, 50, -32), (-330, 44, -36), (-440, 36, -40), (-545, 24, -44))
"""Pairs of leaves on the trunk as (height, length, angle)."""


def tree_slots() -> list[Slot]:
    """All places for leaves, from the root up."""
    slots = []
    for curve, leaves in BOUGHS:
        for t, side, length in leaves:
            x, y = point_on(curve, t)
            angle = direction(curve, t) + side * 50
            slots.append(Slot(x, y, angle, length, left=False, upper=side > 0))
            slots.append(Slot(-x, y, 180 - angle, length, left=True, upper=side > 0))
    for y, length, angle in ON_TRUNK:
        slots.append(Slot(2, y, angle, length, left=False, upper=True))
        slots.append(Slot(-2, y, 180 - angle, length, left=True, upper=True))
    return sorted(slots, key=lambda slot: -slot.y)


def tree(
    asks: int,
    goal: int = 40,
    sales: int = 0,
    *,
    css: str = "tree",
    label: str = "",
    birds: bool = False,
) -> str:
    """The team's tree: leaves fill from the root as asks come near the goal, flowers open by sales.

    There are 40 places for leaves and 7 for flowers; a larger goal is drawn in proportion. Birds
    only on the way in and on the wall.
    """
    slots = tree_slots()
    if goal < len(slots):
        slots = slots[: max(goal, 0)]
    done = min(len(slots), max(asks, 0) * len(slots) // max(goal, 1))
    parts = [_ground(), wood(((0, -30), (0, -220), (0, -430), (0, -600)), 8, 3.2, 2)]
    for curve, _ in BOUGHS:
        thick = 3.8 if curve[0][1] > -480 else 2.4
        parts += [wood(curve, thick, 1.6), wood(mirrored(curve), thick, 1.6)]
    parts += [_tree_leaf(slot, grown=i < done) for i, slot in enumerate(slots)]
    parts += _flowers(sales)
    if birds:
        parts.append(piece("bird", 122, -30, -4, 0.92, "pc-bird"))
        parts.append(piece("bird", -122, -30, 184, 0.92, "pc-bird", flip=True))
    body = f'<g class="pc-layer">{"".join(parts)}</g>'
    return svg(css, (-300, -716, 600, 724), body, label)


def _tree_leaf(slot: Slot, *, grown: bool) -> str:
    scale = slot.length / 100
    if not grown:
        return piece("leaf-0", slot.x, slot.y, slot.angle, scale, "pc-cut", flip=slot.left)
    shape = "leaf-t" if slot.length >= 48 else "leaf-3" if slot.length >= 40 else "leaf-2"
    css = "pc-leaf" if slot.upper else "pc-leaf2"
    return piece(shape, slot.x, slot.y, slot.angle, scale, css, flip=slot.left)


def _ground() -> str:
    path = papercut.curves(
        (-280, 6), ((-150, -34), (-60, -44), (0, -44)), ((60, -44), (150, -34), (280, 6))
    )
    for i in range(-8, 9):
        height = 27 - abs(i) * 2
        path += papercut.drop(i * 26, -2, -90 + i * 3.2, height, 3.6)
    return f'<path class="pc-stem" fill-rule="evenodd" d="{path}"/>'


def _flowers(sales: int) -> list[str]:
    """Seven flowers from the lowest boughs to the top, open as far as there are sales."""
    low, middle, high, top = (curve for curve, _ in BOUGHS)
    opened = [i < sales for i in range(7)]
    drawn = []
    for i, hand in enumerate((1, -1)):
        x, y = low[3]
        turn = hand * (direction(low, 0.99) + 90)
        drawn.append(fan(hand * x, y, 58, 5, 156, turn, "pc-bloom" if opened[i] else "pc-dim"))
        x, y = middle[3]
        css = "pc-honey" if opened[2 + i] else "pc-dim"
        drawn.append(rosette(hand * x, y - 19, 38, css))
        x, y = high[3]
        turn = hand * (direction(high, 0.99) + 90)
        css = "pc-bloom2" if opened[4 + i] else "pc-dim"
        drawn.append(fan(hand * x, y, 38, 3, 84, turn, css, shape="petal-w", seed=False))
        x, y = top[3]
        drawn.append(rosette(hand * x, y - 6, 15, "pc-honey", 6))
    drawn.append(fan(0, -592, 90, 7, 190, 0, "pc-bloom" if opened[6] else "pc-dim"))
    return drawn
