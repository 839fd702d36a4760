"""What a draft changes: each sentence beside the one it was in the version before."""

from dataclasses import fields

from django.utils.translation import gettext as _

from polecam.bonuses.plan_draft import DraftComponent, DraftVersion
from polecam.web.ui import format as fmt
from polecam.web.ui import plan_sentences as sentences

AMOUNTS = ("amount_grosze", "floor_grosze")


def before(draft: DraftVersion, base: DraftVersion) -> dict[int, DraftComponent]:
    """Position in the draft -> the sentence it was in `base`; new sentences are missing.

    Sentences that stayed the same find each other first, then those of one kind and measure, then
    those of one kind, each in their order.
    """
    left = list(base.components)
    found: dict[int, DraftComponent] = {}
    for alike in (_same, _measure, _kind):
        for position, component in enumerate(draft.components, start=1):
            twin = next((old for old in left if alike(old) == alike(component)), None)
            if position not in found and twin is not None:
                found[position] = twin
                left.remove(twin)
    return found


def _same(one: DraftComponent) -> object:
    return one


def _measure(one: DraftComponent) -> object:
    return one.fact_kind, one.base, one.shape, one.months


def _kind(one: DraftComponent) -> object:
    return one.fact_kind


def gone(draft: DraftVersion, base: DraftVersion) -> list[tuple[int, DraftComponent]]:
    """Sentences of `base` that the draft no longer has, with their positions there."""
    kept = list(before(draft, base).values())
    left = []
    for position, component in enumerate(base.components, start=1):
        if component in kept:
            kept.remove(component)
        else:
            left.append((position, component))
    return left


def changed(old: DraftComponent, new: DraftComponent) -> set[str]:
    """The fields that differ."""
    return {one.name for one in fields(old) if getattr(old, one.name) != getattr(new, one.name)}


def was(old: DraftComponent, new: DraftComponent) -> str:
    """What to say beside a changed sentence: the old figure, or the whole old sentence."""
    differs = changed(old, new)
    if not differs:
        return ""
    if differs == {"rate_bp"}:
        return _("was %(before)s") % {"before": fmt.percent(old.rate_bp)}
    if len(differs) == 1 and differs <= set(AMOUNTS):
        return _("was %(before)s") % {"before": fmt.zl(getattr(old, differs.pop()))}
    return _("was: %(before)s") % {"before": sentences.sentence(old, old.bands)}
