"""Rings, bars, funnels, QR codes: SVG whose sizes are attributes, never styles."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import segno
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from polecam.kit import wycinanka
from polecam.kit.money import WHOLE_BP
from polecam.web.ui import format as fmt
from polecam.web.ui import html

RING = 119.4
"""Length of a ring's circle of radius 19."""


def share(part: float, whole: float) -> float:
    """`part` of `whole` in percent, between 0 and 100, with one decimal."""
    return round(min(100.0, max(0.0, 100 * part / whole)), 1) if whole > 0 else 0.0


def ring(days: int, total: int = 90, label: str = "") -> SafeString:
    """Days left, as a circle that empties; honey in the last fortnight."""
    said = label or ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}
    full = round(RING * share(days, total) / 100, 1)
    return format_html(
        '<svg class="ring{}" viewBox="0 0 44 44" role="img" aria-label="{}">'
        '<circle class="ring__track" cx="22" cy="22" r="19"/>'
        '<circle class="ring__value" cx="22" cy="22" r="19" stroke-dasharray="{} {}" '
        'transform="rotate(-90 22 22)"/><text x="22" y="22.5">{}</text></svg>',
        " ring--soon" if days <= 14 else "",
        said,
        full,
        RING,
        days,
    )


def bar(
    part: float, whole: float, *, tone: str = "leaf", size: str = "", label: str = ""
) -> SafeString:
    """One bar filled in proportion; tone leaf, mid, honey, poppy, chaber; size `s` or `l`."""
    role = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="bar{}" {}><rect class="f-{}" width="{}%" height="100%"/></svg>',
        f" bar--{size}" if size else "",
        mark_safe(role),  # noqa: S308 - escaped just above
        tone,
        share(part, whole),
    )


@dataclass(frozen=True, slots=True)
class Part:
    """One person's share of a bonus, in basis points."""

    name: str
    bp: int
    me: bool = False
    note: str = ""


SPLIT_TONES = ("leaf", "honey", "chaber", "poppy")


def split(parts: Sequence[Part], *, small: bool = False) -> SafeString:
    """The split of a credit: one bar and the names under it."""
    bars, start = [], 0.0
    for i, part in enumerate(parts):
        width = share(part.bp, WHOLE_BP)
        gap = 1.0 if i < len(parts) - 1 and width > 2 else 0.0
        tone = SPLIT_TONES[i % len(SPLIT_TONES)]
        bars.append((tone, round(start, 1), round(width - gap, 1)))
        start += width
    said = fmt.listed([f"{p.name} {fmt.percent(p.bp)}" for p in parts])
    return format_html(
        '<svg class="bar{}" role="img" aria-label="{}">{}</svg>'
        '<p class="split__names" aria-hidden="true">{}</p>',
        " bar--s" if small else "",
        _("Split: %(parts)s") % {"parts": said},
        format_html_join("", '<rect class="f-{}" x="{}%" width="{}%" height="100%"/>', bars),
        format_html_join(
            "",
            "<span>{}{} <b>{}</b></span>",
            (
                (
                    "" if small else html.avatar(p.name, me=p.me, size="s"),
                    f"{p.name}, {p.note}" if p.note else p.name,
                    fmt.percent(p.bp),
                )
                for p in parts
            ),
        ),
    )


HATCH = (
    '<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><path class="c-hatch" d="M0 0V7"/></pattern></defs>'
)


def certainty(confirmed: int, probable: int, possible: int) -> SafeString:
    """Money (grosze) by certainty: solid, hatched, and only a cut line; with the three sums."""
    words = (_("confirmed"), _("probable"), _("possible"))
    sums = (fmt.zl(confirmed), fmt.zl(probable, approx=True), fmt.zl(possible, approx=True))
    whole = max(1, confirmed + probable + possible)
    gaps = sum(1 for value in (confirmed, probable, possible) if value > 0) - 1
    start, rects = 0.0, []
    for kind, value in enumerate((confirmed, probable, possible)):
        if value <= 0:
            continue
        width = (100 - max(0, gaps)) * value / whole
        rects.append(_sure(kind, round(start, 1), round(width, 1)))
        start += width + 1
    label = fmt.listed([f"{word} {text}" for word, text in zip(words, sums, strict=True)])
    swatches = (
        '<rect class="f-leaf" width="14" height="14" rx="4"/>',
        '<rect fill="url(#hatch)" width="14" height="14" rx="4"/>',
        '<rect class="pc-cut" x=".8" y=".8" width="12.4" height="12.4" rx="4"/>',
    )
    return format_html(
        '<svg class="certainty" role="img" aria-label="{}">{}{}</svg><dl class="sure">{}</dl>',
        label,
        mark_safe(HATCH),  # noqa: S308 - a constant
        mark_safe("".join(rects)),  # noqa: S308 - numbers only
        format_html_join(
            "",
            '<div><dt><svg class="swatch" viewBox="0 0 14 14" aria-hidden="true">{}</svg>{}</dt>'
            "<dd>{}</dd></div>",
            ((mark_safe(s), w, t) for s, w, t in zip(swatches, words, sums, strict=True)),  # noqa: S308
        ),
    )


def _sure(kind: int, x: float, width: float) -> str:
    if kind == 2:
        inner = max(0.5, round(width - 0.4, 1))
        return f'<rect class="pc-cut" x="{x}%" y="1" width="{inner}%" height="20" rx="7"/>'
    fill = 'class="f-leaf"' if kind == 0 else 'fill="url(#hatch)"'
    return f'<rect {fill} x="{x}%" width="{width}%" height="22" rx="7"/>'


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a funnel: how many reached it, and whether its entry deserves a look."""

    label: str
    count: int
    watch: bool = False


def funnel(steps: Sequence[Step]) -> SafeString:
    """From ask to sale: numbers, a narrowing shape, and the share that passes each step."""
    top = max(1, *(step.count for step in steps))
    column = 128
    halves = [max(3.0, 66 * step.count / top) for step in steps]
    middles = [column / 2 + column * i for i in range(len(steps))]
    shape = _funnel_shape(middles, halves, column * len(steps))
    bars = [
        (x - 3, round(66 - half, 1), round(2 * half, 1))
        for x, half in zip(middles, halves, strict=True)
    ]
    rates = [
        (" is-watch" if after.watch else "", fmt.percent(_rate(before.count, after.count)))
        for before, after in pairwise(steps)
    ]
    return format_html(
        '<div class="funnel"><dl class="funnel__cols">{}</dl>'
        '<svg class="funnel__svg" viewBox="0 0 {} 132" preserveAspectRatio="none" '
        'aria-hidden="true"><path class="fn" d="{}"/>{}</svg>'
        '<ol class="funnel__rates" aria-label="{}">{}</ol></div>',
        format_html_join(
            "",
            "<div><dt>{}</dt><dd>{}</dd></div>",
            ((step.label, fmt.number(step.count)) for step in steps),
        ),
        column * len(steps),
        shape,
        format_html_join(
            "", '<rect class="fn__bar" x="{}" y="{}" width="6" height="{}" rx="3"/>', bars
        ),
        _("Passing from step to step"),
        format_html_join("", '<li class="funnel__rate{}">{}</li>', rates),
    )


def _rate(before: int, after: int) -> int:
    return round(100 * after / before) * 100 if before else 0


def _funnel_shape(xs: Sequence[float], halves: Sequence[float], width: float) -> str:
    """The outline: flat at each number, easing in between."""

    def side(sign: int) -> list[tuple[float, float]]:
        return [(x, 66 + sign * half) for x, half in zip(xs, halves, strict=True)]

    def ease(points: list[tuple[float, float]]) -> str:
        out = []
        for (x0, y0), (x1, y1) in pairwise(points):
            m = (x0 + x1) / 2
            out.append(f"C{m:g} {y0:.1f} {m:g} {y1:.1f} {x1:g} {y1:.1f}")
        return "".join(out)

    upper = [(0.0, side(-1)[0][1]), *side(-1), (width, side(-1)[-1][1])]
    lower = [(width, side(1)[-1][1]), *side(1)[::-1], (0.0, side(1)[0][1])]
    first, last = upper[0], lower[0]
    return f"M{first[0]:g} {first[1]:.1f}{ease(upper)}L{last[0]:g} {last[1]:.1f}{ease(lower)}Z"


def hbars(rows: Sequence[tuple[str, float, str, bool]], notes: Sequence[str] = ()) -> SafeString:
    """Bars with their words: rows of (label, value, shown value, is it mine); a note under each."""
    top = max([value for _label, value, _shown, _me in rows], default=0)
    return format_html(
        '<dl class="hbars">{}</dl>',
        format_html_join(
            "",
            '<div class="hbar{}"><dt class="hbar__label">{}</dt><dd class="hbar__bar">'
            '<svg class="bar bar--round" aria-hidden="true"><rect class="{}" width="{}%" '
            'height="100%"/></svg></dd><dd class="money">{}</dd>{}</div>',
            (
                (
                    " hbar--me" if me else "",
                    label,
                    "f-leaf" if me else "f-bar",
                    share(value, top),
                    shown,
                    format_html('<dd class="hbar__note">{}</dd>', notes[at]) if notes else "",
                )
                for at, (label, value, shown, me) in enumerate(rows)
            ),
        ),
    )


def qr(text: str | list[str], *, label: str = "", small: bool = False) -> SafeString:
    """A QR code as one SVG path; says its text unless given a label.

    A list is one text in parts, each packed as tightly as its letters allow.
    """
    code = segno.make(text, error="m", micro=False)  # type: ignore[arg-type]  # stubs know no list
    runs = []
    for y, row in enumerate(code.matrix):
        x = 0
        while x < len(row):
            if row[x]:
                start = x
                while x < len(row) and row[x]:
                    x += 1
                runs.append(f"M{start} {y}h{x - start}v1h{start - x}z")
            else:
                x += 1
    size = len(code.matrix)
    return format_html(
        '<svg class="qr{}" viewBox="-3 -3 {} {}" role="img" aria-label="{}" '
        'shape-rendering="crispEdges"><rect class="qr__bg" x="-3" y="-3" width="{}" height="{}" '
        'rx="2.5"/><path class="qr__fg" d="{}"/></svg>',
        " qr--s" if small else "",
        size + 6,
        size + 6,
        label or _("QR code: %(text)s") % {"text": text},
        size + 6,
        size + 6,
        "".join(runs),
    )


def stage_names() -> list[str]:
    """The five stages of a referral, in the reader's words."""
    return [
        pgettext("stage", "Ask"),
        pgettext("stage", "Referral"),
        pgettext("stage", "Consent"),
        pgettext("stage", "Meeting"),
        pgettext("stage", "Sale"),
    ]


def stages(now: int, amounts: Sequence[str] = ()) -> SafeString:
    """Leaves on a stem: stages up to `now` (1-5) have grown; `amounts` stand under them."""
    items = []
    for i, name in enumerate(stage_names(), start=1):
        css = " is-now" if i == now else " is-done" if i < now else ""
        current = ' aria-current="step"' if i == now else ""
        under = amounts[i - 1] if i <= len(amounts) else ""
        money = f'<span class="money">{conditional_escape(under)}</span>' if under else ""
        mark = wycinanka.stage_mark(i, done=i <= now)
        items.append(
            f'<li class="stages__item{css}"{current}>{mark}<span>{conditional_escape(name)}'
            f"{money}</span></li>"
        )
    label = conditional_escape(_("Stages"))
    return mark_safe(f'<ol class="stages" aria-label="{label}">{"".join(items)}</ol>')  # noqa: S308
