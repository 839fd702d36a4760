"""Gather the texts to translate, keep the Polish catalogues, compile them; needs no GNU gettext.

    python tools/messages.py                 extract, update every catalogue, compile
    python tools/messages.py --area today    the same for one area
    python tools/messages.py --compile       compile only
    python tools/messages.py --check         change nothing; fail on what is missing or wrong

An area is a package of pages under web/pages, else a room; each has its own catalogue in
src/polecam/locale/AREA/pl/LC_MESSAGES/django.po, so that people at work on two areas never meet.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src/polecam"
LOCALES = PACKAGE / "locale"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Django's own Polish header, word for word: it merges all catalogues of one plural rule into one.
PLURAL_COUNT = 4
PLURAL_RULE = (
    "(n==1 ? 0 : (n%10>=2 && n%10<=4) && (n%100<12 || n%100>14) ? 1 : n!=1 && (n%10>=0 && "
    "n%10<=1) || (n%10>=5 && n%10<=9) || (n%100>=12 && n%100<=14) ? 2 : 3)"
)
HEADERS = [
    ("Language", "pl"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
    ("Plural-Forms", f"nplurals={PLURAL_COUNT}; plural={PLURAL_RULE};"),
]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

Key = tuple[str | None, str]  # context and text
Texts = dict[Key, str | None]  # the plural text, or None
Forms = tuple[str, ...]


class PlainCatalog(Catalog):
    """A catalogue without dates and names in its header: a diff shows what changed, no more."""

    mime_headers = property(lambda self: HEADERS, lambda self, value: None)

    def __init__(self) -> None:
        super().__init__(locale="pl", fuzzy=False, header_comment="")
        self._num_plurals, self._plural_expr = PLURAL_COUNT, PLURAL_RULE


# --- what the code says ---------------------------------------------------------------------------


def area_of(path: Path) -> str:
    """The area whose catalogue holds the texts of this file."""
    parts = path.relative_to(PACKAGE).parts
    if parts[:2] == ("web", "pages") and len(parts) > 3:
        return parts[2]
    if parts[:2] == ("web", "ui"):
        return "ui"
    return parts[0] if len(parts) > 1 else "web"


def sources() -> Iterator[Path]:
    """Every file that may hold a text."""
    for path in sorted(PACKAGE.rglob("*")):
        in_templates = "templates" in path.parts and path.suffix in {".html", ".txt", ".xml"}
        in_code = path.suffix == ".py" and "migrations" not in path.parts
        if in_templates or in_code:
            yield path


def texts_of(path: Path) -> Iterator[tuple[Key, str | None]]:
    """Every text of one file: its key and, if it counts something, its plural."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # The result is Python in small pieces; without indentation any of it can be tokenised.
        lines = templatize(source, origin=str(path)).splitlines()
        source = "\n".join(line.strip() for line in lines)
    stream = io.BytesIO(source.encode("utf-8"))
    for _line, text, _comments, context in extract("python", stream, KEYWORDS):
        one, many = (text[0], text[1]) if isinstance(text, tuple) else (text, None)
        if one:
            yield (context, one), many


def gather(only: str | None = None) -> dict[str, Texts]:
    """All texts by area. A text used both with and without a plural counts with it."""
    areas: dict[str, Texts] = defaultdict(dict)
    for path in sources():
        if only and area_of(path) != only:
            continue
        area = areas[area_of(path)]
        for key, many in texts_of(path):
            area[key] = many or area.get(key)
    return {area: texts for area, texts in areas.items() if texts}


# --- what the catalogues say ----------------------------------------------------------------------


def catalogue_path(area: str) -> Path:
    """Where the Polish of an area stands."""
    return LOCALES / area / "pl/LC_MESSAGES/django.po"


def stored(path: Path) -> list[Message]:
    """The entries of a catalogue, without its header; none if there is no file."""
    if not path.exists():
        return []
    with path.open("rb") as stream:
        return [message for message in read_po(stream, locale="pl") if message.id]


def known() -> dict[str, dict[Key, Message]]:
    """All stored entries by area."""
    areas = {path.parents[2].name: path for path in LOCALES.glob("*/pl/LC_MESSAGES/django.po")}
    return {area: {key_of(m): m for m in stored(path)} for area, path in areas.items()}


def key_of(message: Message) -> Key:
    """Context and (singular) text of an entry."""
    one = message.id[0] if isinstance(message.id, tuple | list) else message.id
    return message.context, one


def forms_of(message: Message) -> Forms:
    """The Polish: one form, or the plural forms in order."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


# --- update ---------------------------------------------------------------------------------------


def update(only: str | None) -> None:
    """Bring catalogues in step with the code: new texts empty, gone texts dropped.

    A text that moved keeps its Polish: what another area already says of it is taken over.
    """
    wanted, have = gather(only), known()
    anywhere = {
        key: m for entries in have.values() for key, m in entries.items() if all(forms_of(m))
    }
    for area in sorted(set(wanted) | set(have)):
        if only and area != only:
            continue
        old = {**anywhere, **{key: m for key, m in have.get(area, {}).items() if all(forms_of(m))}}
        old = {**have.get(area, {}), **old}
        write(area, wanted.get(area, {}), old)


def write(area: str, texts: Texts, old: dict[Key, Message]) -> None:
    """Write one catalogue, sorted by text; remove it when nothing is left."""
    path = catalogue_path(area)
    if not texts:
        path.unlink(missing_ok=True)
        path.with_suffix(".mo").unlink(missing_ok=True)
        return
    catalogue = PlainCatalog()
    for (context, one), many in texts.items():
        forms = polish(old.get((context, one)), many is not None)
        catalogue.add((one, many) if many else one, forms, context=context)
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, no_location=True, sort_output=True, ignore_obsolete=True)
    content = buffer.getvalue().lstrip()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)
        print(f"messages: {path.relative_to(ROOT)}")


def polish(message: Message | None, plural: bool) -> str | Forms:
    """The stored Polish in the shape that the text has now.

    The fourth form is for fractions, which no page counts; left empty it repeats the third.
    """
    forms = forms_of(message) if message else ()
    if not plural:
        return forms[0] if len(forms) == 1 else ""
    if len(forms) == 1:
        return ("",) * PLURAL_COUNT
    filled = (*forms, *("",) * PLURAL_COUNT)[:PLURAL_COUNT]
    return (*filled[:3], filled[3] or filled[2])


def compile_all() -> None:
    """Write every .mo whose .po is newer."""
    for path in sorted(LOCALES.glob("*/pl/LC_MESSAGES/django.po")):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        catalogue = PlainCatalog()
        for message in stored(path):
            if all(forms_of(message)) and not message.fuzzy:
                catalogue.add(message.id, message.string, context=message.context)
        buffer = io.BytesIO()
        write_mo(buffer, catalogue)
        target.write_bytes(buffer.getvalue())


# --- check ----------------------------------------------------------------------------------------


def complaints(only: str | None = None) -> list[str]:
    """What is missing or wrong, one sentence each; empty when all is well."""
    wanted, have = gather(only), known()
    found = []
    for area in sorted(set(wanted) | set(have)):
        if not only or area == only:
            found += area_complaints(area, wanted.get(area, {}), have.get(area, {}))
    return found + list(disagreements(have))


def area_complaints(area: str, texts: Texts, have: dict[Key, Message]) -> Iterator[str]:
    """What is wrong with one catalogue."""
    for key in sorted(texts.keys() - have.keys(), key=str):
        yield f"{area}: not in the catalogue (make messages): {key[1]!r}"
    for key in sorted(have.keys() - texts.keys(), key=str):
        yield f"{area}: used nowhere (make messages): {key[1]!r}"
    for key in sorted(texts.keys() & have.keys(), key=str):
        for trouble in troubles(texts[key], have[key]):
            yield f"{area}: {trouble}: {key[1]!r}"


def troubles(many: str | None, message: Message) -> Iterator[str]:
    """What is wrong with one entry."""
    forms = forms_of(message)
    if message.fuzzy:
        yield "marked fuzzy"
    if (many is not None) != isinstance(message.id, tuple | list):
        yield "the code and the catalogue differ about its plural"
    elif not all(form.strip() for form in forms):
        yield "no Polish"
    elif not same_placeholders(message.id, forms):
        yield "the placeholders differ"
    elif any(has_edges(form) != has_edges(key_of(message)[1]) for form in forms):
        yield "begins or ends with another space"


def same_placeholders(text: str | Iterable[str], forms: Forms) -> bool:
    """True if every form names what the text names; the form for one may leave the number out."""
    if isinstance(text, str):
        return set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(forms[0]))
    one, many = (set(PLACEHOLDER.findall(part)) for part in text)
    first, *rest = (set(PLACEHOLDER.findall(form)) for form in forms)
    return first <= one | many and all(names == many for names in rest)


def has_edges(text: str) -> tuple[bool, bool]:
    """Whether white space stands at the beginning and at the end."""
    return text[:1].isspace(), text[-1:].isspace()


def disagreements(have: dict[str, dict[Key, Message]]) -> Iterator[str]:
    """The same text with another Polish elsewhere: Django would show one of them everywhere."""
    seen: dict[Key, tuple[str, Forms]] = {}
    for area, entries in sorted(have.items()):
        for key, message in entries.items():
            first, forms = seen.setdefault(key, (area, forms_of(message)))
            if all(forms) and all(forms_of(message)) and forms != forms_of(message):
                yield f"{area}: {first} says it otherwise; give one a context: {key[1]!r}"


def main() -> int:
    """Run what the command line asks for; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--area", help="one area only")
    parser.add_argument("--check", action="store_true", help="change nothing, say what is wrong")
    parser.add_argument("--compile", action="store_true", help="compile only")
    asked = parser.parse_args()
    if asked.check:
        found = complaints(asked.area)
        print("\n".join(found) if found else "messages: complete")
        return 1 if found else 0
    if not asked.compile:
        update(asked.area)
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
