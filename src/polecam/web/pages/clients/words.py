"""Words for moments, wrong ones included."""

from polecam.asking import kinds
from polecam.web.pages.today import why
from polecam.web.ui import format as fmt

APART = "not_now"
"""A rest without a cause has a page of its own."""


def wrong() -> list[tuple[str, str]]:
    """Moments that are wrong for asking, but for "not now", which is a rest without a cause."""
    known = kinds.known().wrong()
    return [(kind.code, kind.title(fmt.language())) for kind in known if kind.code != APART]


def kind(code: str) -> str:
    """What a kind of moment is called."""
    return why.title(code)
