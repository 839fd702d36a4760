"""The tree of recommendations as one SVG: sizes are attributes, colours are classes."""

from itertools import pairwise

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext

from polecam.insights.tree import Node, Tree
from polecam.kit import names, polish, wycinanka
from polecam.kit.papercut import number
from polecam.web.ui import format as fmt
from polecam.web.ui import voice

WIDTH, CENTRE, TOP = 320, 160, 58
RADIUS = 20
FIRST_GAP, GAP = 118, 94
"""From the friends down to the recommender, and from each client to the one before."""
COLUMNS = {1: (160,), 2: (90, 230), 3: (52, 160, 268)}


def draw(tree: Tree) -> SafeString:
    """Friends on top, their recommender under them, and the line down to where it began."""
    xs = COLUMNS[len(tree.friends)]
    depths = [TOP + FIRST_GAP + GAP * i for i in range(len(tree.line))]
    wood, leaves, people = [], [], []
    for upper, lower in pairwise(depths):
        wood.append(_straight(lower, upper))
        leaves.append(wycinanka.piece("leaf-2", CENTRE, upper + 40, -34, 0.26, "pc-leaf"))
        leaves.append(
            wycinanka.piece("leaf-2", CENTRE, upper + 52, 214, 0.22, "pc-leaf2", flip=True)
        )
    for x, friend in zip(xs, tree.friends, strict=True):
        wood.append(_twig(depths[0], x))
        if x != CENTRE:
            side = -1 if x < CENTRE else 1
            at_x, angle = CENTRE + side * abs(x - CENTRE) * 0.7, -90 - side * -60
            leaves.append(wycinanka.piece("leaf-2", at_x, 118, angle, 0.22, "pc-leaf2"))
        people.append(_friend(x, friend))
    for i, (y, node) in enumerate(zip(depths, tree.line, strict=True)):
        people.append(_client(y, node, _under(tree, i)))
    body = f'<g class="pc-layer">{"".join(wood)}{"".join(leaves)}</g>{"".join(people)}'
    label = conditional_escape(said(tree))
    return mark_safe(wycinanka.svg("tree", (0, 0, WIDTH, depths[-1] + 32), body, label))  # noqa: S308


def said(tree: Tree) -> str:
    """The tree in one sentence, for those who hear it."""
    whom = fmt.listed([_name(node) for node in tree.friends])
    return _("%(client)s recommended: %(friends)s") % {
        "client": _name(tree.line[0]),
        "friends": whom,
    }


def _straight(low: float, high: float) -> str:
    curve = (
        (CENTRE, low - 8),
        (CENTRE, low - 30),
        (CENTRE, high + 30),
        (CENTRE, high),
    )
    return wycinanka.wood(curve, 3.4, 2.6)


def _twig(foot: float, x: float) -> str:
    curve = ((CENTRE, foot), (CENTRE, foot - 62), (x, TOP + 72), (x, TOP + 8))
    return wycinanka.wood(curve, 2.6, 1.4)


def _mark(x: float, y: float, node: Node, tone: str) -> str:
    css = f"tn tn--{tone}" if tone else "tn"
    text = f"tn__t tn__t--{tone}" if tone else "tn__t"
    if node.recommended:
        left = number(x - RADIUS)
        shape = (
            f'<path class="{css}" d="M{left} {number(y)}A{RADIUS} {RADIUS} 0 1 1 {number(x)} '
            f"{number(y + RADIUS)}H{number(x - 14.4)}Q{left} {number(y + RADIUS)} {left} "
            f'{number(y + 14.4)}Z"/>'
        )
    else:
        shape = f'<circle class="{css}" cx="{number(x)}" cy="{number(y)}" r="{RADIUS}"/>'
    initials = conditional_escape(names.initials(node.first_name, node.last_name))
    return f'{shape}<text class="{text}" x="{number(x)}" y="{number(y)}">{initials}</text>'


def _friend(x: float, node: Node) -> str:
    tone = "now" if node.now else "honey" if node.state == "won" else ""
    name = conditional_escape(node.first_name or _("Someone"))
    return (
        f'{_mark(x, TOP, node, tone)}<text class="tn__name" x="{x}" y="14">{name}</text>'
        f'<text class="tn__sub" x="{x}" y="30">{conditional_escape(_stage(node))}</text>'
    )


def _client(y: float, node: Node, under: str) -> str:
    tone = "" if node.recommended else "chaber"
    name, note = conditional_escape(_name(node)), conditional_escape(under)
    return (
        f"{_mark(CENTRE, y, node, tone)}"
        f'<text class="tn__name tn__l" x="192" y="{number(y - 3)}">{name}</text>'
        f'<text class="tn__sub tn__l" x="192" y="{number(y + 13)}">{note}</text>'
    )


def _name(node: Node) -> str:
    return f"{node.first_name} {node.last_name}".strip() or _("A client of the branch")


def _form(node: Node) -> str:
    return node.form if node.form in ("f", "m") else polish.guess_form(node.first_name) or "n"


def _stage(node: Node) -> str:
    if node.now:
        return pgettext("tree of recommendations", "now")
    if node.state == "won":
        return voice.pick(
            _form(node),
            pgettext("of a woman", "client"),
            pgettext("of a man", "client"),
            pgettext("of a person", "client"),
        )
    if node.state in ("captured", "invited"):
        return pgettext("tree of recommendations", "invited")
    return (
        "" if node.state in ("lost", "objected") else pgettext("tree of recommendations", "talking")
    )


def _under(tree: Tree, index: int) -> str:
    node = tree.line[index]
    if index == 0:
        n = tree.recommended
        return voice.pick(
            _form(node),
            npgettext("of a woman", "recommended %(n)s person", "recommended %(n)s people", n),
            npgettext("of a man", "recommended %(n)s person", "recommended %(n)s people", n),
            npgettext("of a person", "recommended %(n)s person", "recommended %(n)s people", n),
        ) % {"n": n}
    if index == len(tree.line) - 1:
        return _("here it began")
    return _("recommended the next one")
