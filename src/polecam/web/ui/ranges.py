"""Ranges on a line, and months as columns: SVG whose sizes are attributes, never styles."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 318, 30
COLUMN, TALL = 24, 96


def reach(low: int, middle: int, high: int, top: int) -> SafeString:
    """A range with its middle on a line from 0 to `top`; the words beside it say the same."""

    def at(value: int) -> float:
        return round(WIDTH * min(max(value, 0), top) / max(top, 1), 1)

    return format_html(
        '<svg class="range" viewBox="0 0 {} {}" aria-hidden="true">'
        '<path class="c-grid" d="M0 15H{}"/>'
        '<rect class="f-band" x="{}" y="7" width="{}" height="16" rx="8"/>'
        '<circle class="c-dot" cx="{}" cy="15" r="8"/></svg>',
        WIDTH,
        HEIGHT,
        WIDTH,
        at(low),
        max(4.0, round(at(high) - at(low), 1)),
        at(middle),
    )


def columns(values: Sequence[int], label: str, *, marked: int | None = None) -> SafeString:
    """One column for each value, oldest first; `marked`: the index of the one that is meant.

    Below zero a column hangs under the line. A table beside it says the same.
    """
    top = max([value for value in values if value > 0], default=1)
    bottom = -min([value for value in values if value < 0], default=0)
    scale = TALL / (top + bottom)
    line = round(top * scale, 1)
    rects = []
    for i, value in enumerate(values):
        size = round(abs(value) * scale, 1)
        y = round(line - size, 1) if value >= 0 else line
        rects.append(
            (
                "f-leaf" if i == marked else "f-bar",
                i * COLUMN + 4,
                y,
                max(size, 1.0 if value else 0),
            )
        )
    return format_html(
        '<svg class="chart__svg" viewBox="0 0 {} {}" role="img" aria-label="{}">{}'
        '<path class="c-grid" d="M0 {}H{}"/></svg>',
        len(values) * COLUMN,
        TALL + 2,
        label,
        format_html_join(
            "", '<rect class="{}" x="{}" y="{}" width="16" height="{}" rx="3"/>', rects
        ),
        line,
        len(values) * COLUMN,
    )
