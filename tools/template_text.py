"""Find text in templates that no translation tag holds.

Text for people stands in `{% translate %}` or `{% blocktranslate %}`. What is the same in every
language (a name, a sign) is exempt inside an element with the HTML attribute `translate="no"`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

TEXT_ATTRIBUTES = {"aria-label", "aria-description", "alt", "label", "placeholder", "title"}
SILENT_ELEMENTS = {"script", "style"}
VOID_ELEMENTS = set("area base br col embed hr img input link meta source track wbr".split())
NAMES = {"Polecam"}
HIDDEN = re.compile(
    r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}"
    r"|{%\s*block \w*class\s*%}.*?{%\s*endblock\b.*?%}"
    r"|{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}|{%.*?%}|{{.*?}}",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"[\w-]+=\"[^\"]*\"")  # of a tag that a block fills in
WORD = re.compile(r"[^\W\d_]{2,}")


def hard_coded(template: str) -> Iterator[tuple[int, str]]:
    """Line and text of every piece that would be the same in every language."""
    reader = _Reader()
    reader.feed(HIDDEN.sub(_blank, template))
    reader.close()
    yield from reader.found


def _blank(match: re.Match[str]) -> str:
    """A sign that is no letter, and as many lines as before, so that line numbers hold."""
    return "·" + "\n" * match[0].count("\n")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.open: list[tuple[str, bool]] = []  # element, and whether its text is exempt

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        exempt = tag in SILENT_ELEMENTS or given.get("translate") == "no" or self._exempt()
        if not exempt:
            for name in sorted(TEXT_ATTRIBUTES & given.keys()):
                self._judge(given[name] or "")
            if tag == "input" and given.get("type") in {"submit", "button", "reset"}:
                self._judge(given.get("value") or "")
        if tag not in VOID_ELEMENTS:
            self.open.append((tag, exempt))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID_ELEMENTS:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        # Branches of {% if %} may open an element twice; close what fits, ignore the rest.
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index][0] == tag:
                del self.open[index:]
                return

    def handle_data(self, data: str) -> None:
        if not self._exempt():
            self._judge(data)

    def _exempt(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def _judge(self, text: str) -> None:
        text = ATTRIBUTE.sub("", text)
        words = [word for word in WORD.findall(text) if word not in NAMES]
        if words:
            self.found.append((self.getpos()[0], " ".join(text.split())))


def complaints(root: Path) -> list[str]:
    """One line for every hard-coded text of the templates under `root`."""
    return [
        f"{path.relative_to(root)}:{line}: not translated: {text!r}"
        for path in sorted(root.rglob("templates/**/*.html"))
        if "gallery" not in path.parts  # sample words, for those who build pages
        for line, text in hard_coded(path.read_text(encoding="utf-8"))
    ]


if __name__ == "__main__":
    troubles = complaints(Path(__file__).resolve().parent.parent / "src")
    print("\n".join(troubles) if troubles else "templates: every text is translated")
    sys.exit(1 if troubles else 0)
