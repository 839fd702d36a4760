"""What differs between two versions of a plan, in words: what it was, what it is."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from polecam.bonuses.planning.diff import ComponentChange, diff
from polecam.bonuses.planning.draft import DraftComponent, DraftVersion
from polecam.web.ui import format as fmt
from polecam.web.ui import plan_sentences as sentences
from polecam.web.ui import plan_terms as terms

AMOUNTS = {"amount_grosze", "floor_grosze"}
TOKEN = re.compile(r"[^ .,;:]+(?:[.,]\d[^ .,;:]*)*|[ ]+|[.,;:]")
"""A word or number, the spaces between, a sign; `12,5%` is one."""
ALIKE = 0.4
"""Below this likeness two sentences are better read whole than word by word."""


@dataclass(frozen=True, slots=True)
class Said:
    """One change: its heading, the sentence as it was and as it is ("": there was or is none).

    `tone`: `leaf` (new), `poppy` (gone), `honey` (changed), "" (moved).
    """

    title: str
    before: SafeString | str
    after: SafeString | str
    tone: str = "honey"


def told(before: DraftVersion, after: DraftVersion) -> list[Said]:
    """Every difference of `after` from `before`, terms last."""
    found = diff(before, after)
    said = [_component(change) for change in found.components]
    fields = {change.field for change in found.terms}
    return said + list(_terms(before, after, fields))


def was(change: ComponentChange) -> str:
    """What stands beside a changed sentence: `było 12,5%`, or the whole sentence it was."""
    old = change.before
    if old is None:
        return ""
    fields = {one.field for one in change.changes}
    if fields == {"rate_bp"} and not change.rows:
        return _("was %(before)s") % {"before": fmt.percent(old.rate_bp)}
    if len(fields) == 1 and fields <= AMOUNTS and not change.rows:
        return _("was %(before)s") % {"before": fmt.zl(getattr(old, *fields))}
    return _("was: %(before)s") % {"before": _sentence(old)}


def _sentence(component: DraftComponent) -> str:
    return sentences.sentence(component, component.bands)


def _component(change: ComponentChange) -> Said:
    old, new = change.before, change.after
    if new is None:
        return Said(_("A rule less"), _sentence(old) if old else "", "", "poppy")
    if old is None:
        title = _("New rule %(n)s") % {"n": change.position_after}
        return Said(title, "", _sentence(new), "leaf")
    if change.kind == "moved":
        title = _("Rule %(old)s now stands in place %(new)s") % {
            "old": change.position_before,
            "new": change.position_after,
        }
        return Said(title, "", _sentence(new), "")
    title = _("Rule %(n)s changes") % {"n": change.position_after}
    return Said(title, *marked(_sentence(old), _sentence(new)))


def _terms(before: DraftVersion, after: DraftVersion, fields: set[str]) -> Iterator[Said]:
    spoken: dict[str, tuple[str, Callable[[DraftVersion], str]]] = {
        "hold_days": (_("Waiting for payment"), lambda v: terms.hold(v.hold_days)),
        "clawback_days": (_("Asking back"), lambda v: terms.clawback(v.clawback_days)),
        "quality_gate": (_("Complaints"), lambda v: terms.quality(v.quality_gate)),
        "leaver": (_("When somebody leaves the firm"), lambda v: terms.leaver(v.leaver)),
        "guarantee": (
            _("Guarantee"),
            lambda v: terms.guarantee(v.guarantee_grosze, v.guarantee_months),
        ),
        "draw_grosze": (_("Advance"), lambda v: terms.draw(v.draw_grosze)),
        "pool": (_("Branch pool"), lambda v: terms.pool(v.pool_bp, v.pool_rule)),
    }
    groups = {name.partition("_")[0] for name in fields}
    for name, (title, speak) in spoken.items():
        if name not in fields and name not in groups:
            continue
        old, new = speak(before), speak(after)
        if old == new:
            continue
        tone = "honey" if old and new else "leaf" if new else "poppy"
        yield Said(title, *(marked(old, new) if old and new else (old, new)), tone)


def marked(old: str, new: str) -> tuple[SafeString, SafeString]:
    """Two sentences with what differs set off, word by word; a comma is no part of its word."""
    first, second = TOKEN.findall(old), TOKEN.findall(new)
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.ratio() < ALIKE:
        return format_html("{}", old), format_html("{}", new)
    left: list[tuple[str, str]] = []
    right: list[tuple[str, str]] = []
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        same = tag == "equal"
        left.append(("span" if same else "del", "".join(first[a0:a1])))
        right.append(("span" if same else "ins", "".join(second[b0:b1])))
    return _joined(left), _joined(right)


def _joined(parts: list[tuple[str, str]]) -> SafeString:
    """The parts with their marks; a space at the edge of a mark stands outside of it."""
    html = []
    for mark, text in parts:
        inner = text.strip(" ")
        if not inner:
            html.append(text)
            continue
        start = len(text) - len(text.lstrip(" "))
        end = len(text) - len(text.rstrip(" "))
        html.append(format_html("{0}<{1}>{2}</{1}>{3}", " " * start, mark, inner, " " * end))
    return SafeString("".join(html))
