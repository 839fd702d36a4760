"""Wycinanka, the paper cut: a leaf is an ask, a cut line an ask ahead, a bloom a sale.

Pure: numbers in, SVG markup out. No colours and no styles, only classes of papercut.css. Drawings
refer to PIECES with `<use>`; `definitions()` gives the `<defs>` that a page carries once. Labels
are the caller's, already escaped for an attribute.
"""

from polecam.kit import papercut
from polecam.kit.papercut import Curve, direction, number, point_on, scale_number

PIECES: dict[str, str] = {
    "leaf-0": papercut.leaf(32, 0, rib=False),
    "leaf-1": papercut.leaf(33, 0),
    "leaf-2": papercut.leaf(32, 2),
    "leaf-3": papercut.leaf(30, 3),
    "leaf-t": papercut.toothed_leaf(30, 3, 6),
    "petal": papercut.petal(30),
    "petal-w": papercut.petal(36),
    "bird": papercut.bird(),
}
CORE = ("leaf-0", "leaf-2", "leaf-3", "petal")
"""What branches, stages and empty states need; every page carries these."""

MOST_LEAVES = 14
"""A branch draws no more leaves than this; its words say the number."""


def definitions(*names: str) -> str:
    """`<defs>` with the named pieces (without names: the core ones)."""
    paths = "".join(
        f'<path id="pc-{name}" '
        + ('vector-effect="non-scaling-stroke"' if name == "leaf-0" else 'fill-rule="evenodd"')
        + f' d="{PIECES[name]}"/>'
        for name in names or CORE
    )
    return f"<defs>{paths}</defs>"


def piece(
    name: str, x: float, y: float, angle: float, scale: float, css: str, *, flip: bool = False
) -> str:
    """One piece placed by its foot."""
    factor = scale_number(scale) + (f" {scale_number(-scale)}" if flip else "")
    return (
        f'<use href="#pc-{name}" class="{css}" transform="translate({number(x)} {number(y)}) '
        f'rotate({number(angle)}) scale({factor})"/>'
    )


def wood(curve: Curve, thick: float, thin: float, steps: int = 14) -> str:
    """A twig."""
    path = papercut.stem(curve, thick, thin, steps)
    return f'<path class="pc-stem" fill-rule="evenodd" d="{path}"/>'


def fan(
    x: float, y: float, radius: float, petals: int, span: float, turn: float, css: str,
    *, shape: str = "petal", seed: bool = True,
) -> str:  # fmt: skip
    """A half-open flower: the middle petal longest and on top."""
    middle = (petals - 1) / 2
    parts = []
    for i in sorted(range(petals), key=lambda i: -abs(i - middle)):
        angle = -90 - span / 2 + span / (petals - 1) * i + turn
        scale = (1 - 0.14 * abs(i - middle) / middle) * radius / 100
        parts.append(piece(shape, x, y, angle, scale, css))
    if seed:
        r = number(radius * 0.15)
        parts.append(f'<circle class="pc-seed" cx="{number(x)}" cy="{number(y)}" r="{r}"/>')
    return "".join(parts)


def rosette(x: float, y: float, radius: float, css: str, petals: int = 8) -> str:
    """A whole flower seen from above."""
    parts = [
        piece("petal-w", x, y, 360 / petals * i + 22.5, radius / 100, css) for i in range(petals)
    ]
    r = number(radius * 0.24)
    parts.append(f'<circle class="pc-stem" cx="{number(x)}" cy="{number(y)}" r="{r}"/>')
    return "".join(parts)


def svg(css: str, box: tuple[float, float, float, float], body: str, label: str = "") -> str:
    """An `<svg>`; with a label it is an image, without one it is hidden from screen readers."""
    view = " ".join(number(v) for v in box)
    role = f'role="img" aria-label="{label}"' if label else 'aria-hidden="true"'
    return f'<svg class="{css}" viewBox="{view}" {role}>{body}</svg>'


def branch(
    asks: int,
    goal: int | None = None,
    *,
    bloom: bool = False,
    new: bool = False,
    label: str = "",
    width: int = 350,
    height: int = 96,
) -> str:
    """The last seven days as a branch: one leaf per ask, one cut line per ask up to the goal.

    `bloom` opens the flower at the tip (a sale in these days); so does a reached goal. Otherwise a
    bud. `new` lets the last leaf grow as the page comes. Beyond MOST_LEAVES leaves stay that many.
    """
    grown = min(max(asks, 0), MOST_LEAVES)
    total = min(max(grown, goal or 0), MOST_LEAVES)
    size = 46.0 if total <= 6 else max(26.0, 46.0 - 2.6 * (total - 6))
    curve: Curve = (
        (2, height * 0.62),
        (width * 0.30, height * 0.30),
        (width * 0.62, height * 0.86),
        (width - 22, height * 0.42),
    )
    full = bloom or bool(goal and asks >= goal)
    room = 0.8 if full else 0.35  # an open flower is wider than a bud
    parts = [wood(curve, 2.6, 1.2, 16)]
    for i in range(total):
        t = (i + 0.75) / (total + room)
        x, y = point_on(curve, t)
        up = i % 2 == 0
        angle = direction(curve, t) + (-56 if up else 56)
        if i >= grown:
            parts.append(piece("leaf-0", x, y, angle, size / 100, "pc-cut"))
            continue
        shape, css = ("leaf-3", "pc-leaf") if up else ("leaf-2", "pc-leaf2")
        drawn = piece(shape, x, y, angle, size / 100, css)
        parts.append(f'<g class="is-new">{drawn}</g>' if new and i == grown - 1 else drawn)
    x, y = curve[3]
    turn = direction(curve, 0.99) + 90
    parts.append(
        fan(x, y, 22, 5, 150, turn, "pc-bloom")
        if full
        else fan(x, y, 17, 3, 90, turn, "pc-bloom2", seed=False)
    )
    body = f'<g class="pc-layer">{"".join(parts)}</g>'
    return svg("sprig", (0, 0, width, height), body, label)


def leaf_row(asks: int, goal: int, *, label: str = "", per_row: int = 20) -> str:
    """A common goal as rows of small leaves; beyond 60 one leaf stands for several asks."""
    slots = min(max(goal, 1), 60)
    done = min(slots, max(asks, 0) * slots // max(goal, 1))
    step = 16.4
    rows = -(-slots // per_row)
    parts = []
    for i in range(slots):
        x, y = 2 + step * (i % per_row), 19 + 25 * (i // per_row)
        shape = "leaf-2" if i < done else "leaf-0"
        css = ("pc-leaf", "pc-leaf2")[i % 2] if i < done else "pc-ghost"
        parts.append(piece(shape, x, y, -62, 0.2, css))
    box = (0, 0, step * min(slots, per_row) + 4, 22 + 25 * (rows - 1))
    return svg("leafrow", box, "".join(parts), label)


def stage_mark(stage: int, *, done: bool = True, css: str = "stages__leaf") -> str:
    """The sign of a stage: 1 ask, 2 referral, 3 consent (a leaf), 4 meeting (two), 5 sale (bloom).

    Not done yet: a cut line, for the sale a pale flower.
    """
    if stage == 5:
        body = fan(18, 27, 20, 5, 150, 0, "pc-bloom" if done else "pc-ghost", seed=done)
    elif not done:
        body = piece("leaf-0", 8, 31, -52, 0.34, "pc-cut")
    elif stage == 4:
        body = piece("leaf-2", 18, 31, -136, 0.29, "pc-leaf2")
        body += piece("leaf-2", 18, 31, -44, 0.29, "pc-leaf")
    else:
        body = piece("leaf-2", 8, 31, -52, 0.34, "pc-leaf")
    return svg(css, (0, 0, 36, 36), body)


def receipt_leaf() -> str:
    """The leaf that has just grown, for the receipt."""
    curve: Curve = ((4, 74), (46, 69), (72, 63), (116, 40))
    body = wood(curve, 2.4, 1.1, 12)
    body += piece("leaf-3", 34, 70, -118, 0.34, "pc-leaf2")
    body += f'<g class="is-new">{piece("leaf-3", 62, 64, -62, 0.62, "pc-leaf")}</g>'
    return svg("receipt__leaf", (0, 0, 120, 84), f'<g class="pc-layer">{body}</g>')


def punch() -> str:
    """The leaf punched through a card that is handed over."""
    return svg("slip__punch", (0, 0, 40, 40), piece("leaf-2", 9, 35, -52, 0.37, ""))
