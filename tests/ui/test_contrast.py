"""Text 4.5:1, outlines and marks 3:1, in both themes: computed from the tokens."""

import re

import pytest

from tests.house.law import ROOT

TOKENS = (ROOT / "frontend/css/tokens.css").read_text(encoding="utf-8")
PAIRS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([a-z0-9-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)", TOKENS
    )
}
TEXT = [
    *[(ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("paper", "card")],
    ("ink", "sunken"),
    ("ink-2", "sunken"),
    ("ink", "linen"),
    ("on-leaf", "leaf"),
    ("on-leaf", "leaf-press"),
    ("leaf", "card"),
    ("leaf-ink", "leaf-soft"),
    ("on-poppy", "poppy"),
    ("poppy-ink", "poppy-soft"),
    ("honey-ink", "honey-soft"),
    ("honey-ink", "card"),
    ("chaber", "card"),
    ("chaber", "paper"),
    ("chaber-ink", "chaber-soft"),
    ("ink-2", "chaber-soft"),
    ("ink-2", "honey-soft"),
    ("ink-2", "leaf-soft"),
    ("alert", "card"),
    ("alert", "paper"),
    ("ink", "alert-soft"),
]
MARKS = [
    ("outline", "card"),
    ("outline", "paper"),
    ("leaf", "sunken"),
    ("honey-mark", "card"),
    ("chaber", "card"),
    ("pc-cut", "card"),
    ("pc-leaf", "card"),
    ("pc-bloom", "card"),
    ("focus", "paper"),
]


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text(front, back, theme):
    assert contrast(PAIRS[front][theme], PAIRS[back][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), MARKS)
def test_marks(front, back, theme):
    assert contrast(PAIRS[front][theme], PAIRS[back][theme]) >= 3
