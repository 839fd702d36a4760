"""Geometry of the paper cuts: pieces drawn once at 100 units, placed by their foot and angle.

A piece lies along the x axis with its foot at (0, 0). Holes are cut by the even-odd rule. Colours
come from CSS classes (`pc-leaf`, `pc-bloom`, ...), so one drawing serves both themes.
"""

import math
from collections.abc import Sequence

Point = tuple[float, float]
Curve = tuple[Point, Point, Point, Point]
"""A cubic Bezier curve: start, two handles, end."""


def number(value: float) -> str:
    """A coordinate with one decimal, without a needless zero."""
    text = f"{value:.1f}"
    return text.removesuffix(".0") if text != "-0.0" else "0"


def scale_number(value: float) -> str:
    """A factor with three decimals at most."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def point_on(curve: Curve, t: float) -> Point:
    """The point of a curve at 0 <= t <= 1."""
    u = 1 - t
    weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
    x = sum(w * p[0] for w, p in zip(weights, curve, strict=True))
    y = sum(w * p[1] for w, p in zip(weights, curve, strict=True))
    return x, y


def direction(curve: Curve, t: float) -> float:
    """The angle of a curve at t, in degrees, SVG's way (clockwise)."""
    x0, y0 = point_on(curve, max(0.0, t - 0.01))
    x1, y1 = point_on(curve, min(1.0, t + 0.01))
    return math.degrees(math.atan2(y1 - y0, x1 - x0))


def mirrored(curve: Curve) -> Curve:
    """The curve reflected in the y axis."""
    a, b, c, d = ((-x, y) for x, y in curve)
    return a, b, c, d


def line(points: Sequence[Point]) -> str:
    """A closed outline through points."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "Z"


def curves(start: Point, *parts: tuple[Point, Point, Point]) -> str:
    """A closed outline of Bezier parts."""
    path = f"M{number(start[0])} {number(start[1])}"
    for part in parts:
        path += "C" + " ".join(f"{number(x)} {number(y)}" for x, y in part)
    return path + "Z"


def slit(x0: float, x1: float, half_width: float) -> str:
    """A lens along the midrib, cut out."""
    a, b = x0 + (x1 - x0) * 0.3, x0 + (x1 - x0) * 0.7
    w = half_width
    return curves((x0, 0), ((a, w), (b, w), (x1, 0)), ((b, -w), (a, -w), (x0, 0)))


def drop(x: float, y: float, angle: float, length: float, width: float) -> str:
    """A tear drop cut out, its tip at (x, y)."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))

    def at(along: float, across: float) -> Point:
        return x + along * cos - across * sin, y + along * sin + across * cos

    return curves(
        at(0, 0),
        (at(length * 0.45, -width * 1.25), at(length, -width * 1.1), at(length, 0)),
        (at(length, width * 1.1), at(length * 0.45, width * 1.25), at(0, 0)),
    )


def leaf(width: float, veins: int, *, rib: bool = True) -> str:
    """A pointed leaf 100 long; `veins` pairs of side cuts."""
    top, side = width * 1.28, width * 1.12
    path = curves((0, 0), ((22, -top), (74, -side), (100, 0)), ((74, side), (22, top), (0, 0)))
    if rib:
        path += slit(10, 86, width * 0.085 + 0.6)
    for i in range(veins):
        x, length = 24 + 19 * i, 20 - 3 * i
        for hand in (-1, 1):
            path += drop(x, hand * width * 0.13, hand * 38, length, width * 0.075 + 0.3)
    return path


def toothed_leaf(width: float, veins: int, teeth: int) -> str:
    """A leaf with a saw edge, for the tree."""
    top, side = width * 1.28, width * 1.12
    edges: list[Curve] = [
        ((0, 0), (22, -top), (74, -side), (100, 0)),
        ((100, 0), (74, side), (22, top), (0, 0)),
    ]
    outline: list[Point] = [(0.0, 0.0)]
    for edge in edges:
        for i in range(1, teeth * 2 + 1):
            x, y = point_on(edge, i / (teeth * 2))
            notch = i % 2 == 1 and 1 < i < teeth * 2
            outline.append((x, y * 0.8 if notch else y))
    plain = leaf(width, veins)
    return line(outline) + plain[plain.index("Z") + 1 :]


def petal(width: float) -> str:
    """A petal 100 long with three cuts."""
    w = width
    path = curves(
        (0, 0),
        ((25, -w * 0.9), (80, -w * 1.25), (100, -w * 0.22)),
        ((103, -w * 0.1), (103, w * 0.1), (100, w * 0.22)),
        ((80, w * 1.25), (25, w * 0.9), (0, 0)),
    )
    path += drop(34, 0, 0, 42, w * 0.16)
    return path + "".join(drop(46, s * w * 0.3, s * 16, 30, w * 0.09) for s in (-1, 1))


def disc(x: float, y: float, r: float) -> str:
    """A round hole."""
    k = 0.5523 * r
    return curves(
        (x + r, y),
        ((x + r, y + k), (x + k, y + r), (x, y + r)),
        ((x - k, y + r), (x - r, y + k), (x - r, y)),
        ((x - r, y - k), (x - k, y - r), (x, y - r)),
        ((x + k, y - r), (x + r, y - k), (x + r, y)),
    )


BIRD = (
    "M-56 -57L-41 -66L-39 -75L-34 -70L-31 -80L-26 -72L-20 -79C-17 -74 -12 -68 -11 -60"
    "C-9 -50 2 -46 14 -46C32 -46 42 -60 48 -92C56 -88 60 -80 60 -72C68 -74 73 -68 72 -60"
    "C80 -58 82 -50 78 -44C84 -38 82 -30 75 -27C60 -8 34 4 6 2C-22 0 -40 -16 -38 -40"
    "C-38 -46 -41 -50 -44 -53Z"
)
CRESCENTS = ((-6, -10, 26), (-10, -20, 30), (-10, -31, 24))


def bird() -> str:
    """A hen: body, eye, tail feathers, and a wing of three crescents."""
    path = BIRD + disc(-28, -63, 3.2)
    for angle, length in ((-62, 34), (-44, 38), (-26, 36), (-8, 28)):
        path += drop(32, -24, angle, length, 3.4)
    for x, y, length in CRESCENTS:
        path += curves(
            (x - 14, y - 2),
            ((x - 8, y + 6), (x + length * 0.5, y + 6), (x + length, y - 6)),
            ((x + length * 0.5, y + 1), (x - 6, y + 1), (x - 14, y - 2)),
        )
    return path


def stem(curve: Curve, thick: float, thin: float, steps: int = 14) -> str:
    """A stroke along a curve that tapers from half width `thick` to `thin`."""
    left: list[Point] = []
    right: list[Point] = []
    for i in range(steps + 1):
        t = i / steps
        x, y = point_on(curve, t)
        angle = math.radians(direction(curve, t))
        half = thick + (thin - thick) * t
        left.append((x - math.sin(angle) * half, y + math.cos(angle) * half))
        right.append((x + math.sin(angle) * half, y - math.cos(angle) * half))
    return line(left + right[::-1])
