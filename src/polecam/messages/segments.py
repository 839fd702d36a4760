"""How many parts a text message has: what it costs, and whether Polish letters double it.

GSM 03.38 (3GPP TS 23.038): 160 characters of its own alphabet in one part, 153 in each of several,
where a few characters take two places. Any other character, such as `ą`, makes the whole message
UCS-2: 70 units of UTF-16 in one part, 67 in each of several.
"""

from dataclasses import dataclass

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")
ALONE, JOINED = 160, 153
ALONE_WIDE, JOINED_WIDE = 70, 67


@dataclass(frozen=True, slots=True)
class Size:
    """Places taken, the parts they need, and whether the message is UCS-2 (`wide`)."""

    places: int
    parts: int
    wide: bool


def size(text: str) -> Size:
    """What `text` takes as a text message; an empty one takes one part."""
    wide = not all(letter in BASIC or letter in EXTENDED for letter in text)
    widths = [_places(letter, wide) for letter in text]
    alone, joined = (ALONE_WIDE, JOINED_WIDE) if wide else (ALONE, JOINED)
    places = sum(widths)
    return Size(places, 1 if places <= alone else _parts(widths, joined), wide)


def _places(letter: str, wide: bool) -> int:
    if wide:
        return 2 if ord(letter) > 0xFFFF else 1
    return 2 if letter in EXTENDED else 1


def _parts(widths: list[int], room: int) -> int:
    """A character of two places is never cut in half: it moves to the next part."""
    parts, used = 1, 0
    for width in widths:
        if used + width > room:
            parts, used = parts + 1, 0
        used += width
    return parts
