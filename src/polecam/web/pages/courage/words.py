"""The courage meter in words: five steps, what was heard, a calm sentence about both."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from polecam.asking.courage import Said
from polecam.asking.models import Outcome
from polecam.insights.courage import Meter
from polecam.kit import wycinanka
from polecam.kit.papercut import Curve, direction, point_on
from polecam.web.ui import format as fmt
from polecam.web.ui import voice

CURVE: Curve = ((2, 60), (120, 50), (220, 78), (328, 46))
"""The twig; 0% at its foot, 100% short of its tip."""
REACH = 0.92


@dataclass(frozen=True, slots=True)
class Line:
    """One guess and its answer."""

    day: str
    thought: str
    heard: str


def steps() -> list[tuple[int, str]]:
    """The five answers to "how likely is a yes?"."""
    return [
        (10, pgettext("chance of a yes", "hardly any")),
        (30, pgettext("chance of a yes", "small")),
        (50, pgettext("chance of a yes", "half and half")),
        (70, pgettext("chance of a yes", "good")),
        (90, pgettext("chance of a yes", "almost sure")),
    ]


def title(person: Any) -> str:
    """`Myślałam / usłyszałam`, by the form of the person."""
    return voice.pick(
        person,
        pgettext("said by a woman", "I thought / I heard"),
        pgettext("said by a man", "I thought / I heard"),
        pgettext("said by a person", "I thought / I heard"),
    )


def thought(person: Any) -> str:
    """`Myślałaś`."""
    return voice.pick(
        person,
        pgettext("said to a woman", "You thought"),
        pgettext("said to a man", "You thought"),
        pgettext("said to a person", "You thought"),
    )


def verdict(meter: Meter) -> str:
    """One sentence about the two figures; kind whichever is larger."""
    if meter.thought < meter.low:
        return _("People are kinder than we think.")
    if meter.thought > meter.high:
        return _(
            "Fewer agreed than you thought. That says nothing about you: they were free to choose, "
            "and that is how it should be."
        )
    return _("You are close: you know your clients well.")


def line(said: Said) -> Line:
    """One guess as a row."""
    heard = {
        Outcome.NAMES: _("recommended someone"),
        Outcome.PASS_ON: _("will pass it on"),
        Outcome.AGREED: _("agreed to a testimonial"),
        Outcome.LATER: _("maybe later"),
        Outcome.DECLINED: _("not this time"),
    }[Outcome(said.outcome)]
    return Line(fmt.near(said.at), dict(steps())[said.percent], heard)


def sprig(meter: Meter, label: str) -> str:
    """A twig from 0 to 100%: a cut leaf where the guess is, a grown one where the answers are."""
    parts = [wycinanka.wood(CURVE, 2.6, 1.2, 16)]
    for percent, shape, size, css in (
        (meter.thought, "leaf-0", 0.44, "pc-cut"),
        (meter.heard, "leaf-t", 0.66, "pc-leaf"),
    ):
        t = 0.03 + percent / 100 * REACH
        x, y = point_on(CURVE, t)
        parts.append(wycinanka.piece(shape, x, y, direction(CURVE, t) - 58, size, css))
    tip_x, tip_y = CURVE[3]
    parts.append(wycinanka.fan(tip_x, tip_y, 16, 3, 90, 65, "pc-bloom2", seed=False))
    body = f'<g class="pc-layer">{"".join(parts)}</g>'
    return wycinanka.svg("sprig", (0, 0, 350, 96), body, label)
