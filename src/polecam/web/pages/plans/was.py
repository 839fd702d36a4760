"""What a draft changes: each sentence beside the one it was in the version before."""

from polecam.bonuses.planning.diff import diff, match
from polecam.bonuses.planning.draft import DraftComponent, DraftVersion
from polecam.web.ui.plan_changes import was


def before(draft: DraftVersion, base: DraftVersion) -> dict[int, DraftComponent]:
    """Position in the draft -> the sentence it was in `base`; new sentences are missing."""
    pairs = match(base.components, draft.components)
    return {
        new + 1: base.components[old] for old, new in pairs if old is not None and new is not None
    }


def gone(draft: DraftVersion, base: DraftVersion) -> list[tuple[int, DraftComponent]]:
    """Sentences of `base` that the draft no longer has, with their positions there."""
    pairs = match(base.components, draft.components)
    left = [old for old, new in pairs if old is not None and new is None]
    return [(old + 1, base.components[old]) for old in left]


def marks(draft: DraftVersion, base: DraftVersion) -> dict[int, tuple[str, set[str]]]:
    """Position of a changed sentence -> what it was, and which slots differ."""
    found = {}
    for position, change in diff(base, draft).changed_positions.items():
        if change.kind == "changed":
            found[position] = was(change), {one.field for one in change.changes}
    return found
