"""Pages as PDF by typst: a template of ours, everything it says as data, never as markup."""

import json
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from django.conf import settings

NARROW, HARD = "\u202f", "\u00a0"
"""The faces on paper have no narrow space: amounts would run together."""
FONTS = Path(settings.STATICFILES_DIRS[0]) / "polecam/fonts"
_one_at_a_time = Lock()


def pdf(template: Path, said: dict[str, Any]) -> bytes:
    """`template` (a .typ file beside its page) filled with `said`, which it reads as JSON."""
    told = json.dumps(said, ensure_ascii=False).replace(NARROW, HARD)
    with _one_at_a_time:
        made = _typesetter(template).compile(format="pdf", sys_inputs={"said": told})
    assert isinstance(made, bytes)  # noqa: S101 - a PDF is one file, so not a list
    return made


@lru_cache(maxsize=16)
def _typesetter(template: Path) -> typst.Compiler:
    """Reads the fonts once; without those of `make assets`, typst's own ones have Polish too."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[FONTS] if FONTS.exists() else [],
    )
    return typst.Compiler(template, root=template.parent, font_paths=fonts)
