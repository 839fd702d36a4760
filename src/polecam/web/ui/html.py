"""Small pieces of markup as Python functions: fast enough for long lists, also template tags."""

from binascii import crc32
from functools import cache
from html import escape
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from polecam.kit import names
from polecam.web.ui import format as fmt

TONES = ("", "leaf", "honey", "poppy", "chaber")


@cache
def _sprite() -> str:
    return static("polecam/icons.svg")


def sprite() -> str:
    """The address of the icons; kept for the life of the process outside of development."""
    return static("polecam/icons.svg") if settings.DEBUG else _sprite()


def icon(name: str, size: str = "", css: str = "") -> SafeString:
    """`<svg class="icon">` of a name in frontend/icons.txt; size `s` or `l`. Says nothing aloud."""
    classes = "icon" + (f" icon--{size}" if size else "") + (f" {css}" if css else "")
    return SafeString(
        f'<svg class="{classes}" aria-hidden="true"><use href="{sprite()}#i-{name}"/></svg>'
    )


def tone_of(name: str) -> str:
    """The same calm colour for the same name, everywhere."""
    return TONES[crc32(names.fold(name).encode()) % len(TONES)]


def avatar(
    who: Any,
    *,
    rec: bool = False,
    me: bool = False,
    size: str = "",
    badge: str = "",
    tone: str | None = None,
    glyph: str = "",
    css: str = "",
) -> SafeString:
    """Initials in a circle; `rec` (a recommended person) in a leaf.

    `who` is a name or anything with first_name and last_name; `badge` and `glyph` are icon names
    (the glyph stands instead of initials). Hidden from screen readers: the name stands beside.
    """
    if isinstance(who, str):
        first, last = names.split(who)
    else:
        first, last = who.first_name, who.last_name
    colour = "me" if me else tone_of(f"{first} {last}") if tone is None else tone
    classes = "avatar" + (" avatar--rec" if rec else "") + (f" avatar--{colour}" if colour else "")
    classes += (f" avatar--{size}" if size else "") + (f" {css}" if css else "")
    inside = icon(glyph) if glyph else escape(names.initials(first, last))
    mark = f'<span class="avatar__badge">{icon(badge)}</span>' if badge else ""
    return SafeString(f'<span class="{classes}" aria-hidden="true">{inside}{mark}</span>')


def chip(text: Any, *, tone: str = "", icon_name: str = "", tag: str = "span") -> SafeString:
    """A label; tone leaf, honey, poppy, chaber, line or card; `tag="li"` inside `ul.chips`."""
    return format_html(
        '<{} class="chip{}">{}{}</{}>',
        mark_safe(tag),  # noqa: S308 - from code
        f" chip--{tone}" if tone else "",
        icon(icon_name) if icon_name else "",
        fmt.tie(text) if isinstance(text, str) and not hasattr(text, "__html__") else text,
        mark_safe(tag),  # noqa: S308
    )


def money(
    grosze: int, *, approx: bool = False, tone: str = "", size: str = "", unit: str = ""
) -> SafeString:
    """`1 250 <small>zł</small>` in a span; tone `honey`, size `l`, `l2`, `mega`."""
    classes = "money" + (f" money--{tone}" if tone else "") + (f" money--{size}" if size else "")
    text = fmt.amount(grosze, round_to_zloty=approx)
    sign = f"≈{fmt.NARROW}" if approx else ""
    return mark_safe(  # noqa: S308 - digits, and a unit from code
        f'<span class="{classes}">{sign}{text}{fmt.NARROW}'
        f"<small>{unit or fmt.unit()}</small></span>"
    )


def when(at: Any, text: str = "") -> SafeString:
    """`<time>` with the machine's form; says `text`, or `dziś, 09:12`."""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), text or fmt.when(at))
