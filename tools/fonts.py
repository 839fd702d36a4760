"""Make the web fonts: one small file a face for English and Polish, and a font of blank spaces.

The packages on npm split a face by script: "ł" and "a" come from two files, so no kerning reaches
across them and a Polish page loads both. Here the Polish letters are put into the Latin file; what
neighbours' names need goes into a second one.
"""

from __future__ import annotations

import sys
import unicodedata
from copy import deepcopy
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.varLib.instancer import instantiateVariableFont

POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"
ASCII = "".join(map(chr, range(0x20, 0x7F)))
# no-break space, quotes, dashes, arrows and signs that sentences and sums of both languages use
SIGNS = "\u00a0\u2009\u2011§©«»°±·×÷½„”“‘’‚–—…•€‰′″←↑→↓≈≠≤≥−∞✓"
WANTED = set(map(ord, ASCII + POLISH + SIGNS))
# Names of neighbours (Müller, Novák) come from a second file, loaded only by a page that shows one.
REST = set(range(0xC0, 0x250)) - WANTED
KEPT_FEATURES = ["calt", "ccmp", "kern", "liga", "locl", "lnum", "mark", "mkmk", "pnum", "tnum"]

FACES = {
    "onest.woff2": ("onest", "normal", ["latin-ext", "math", "symbols"]),
    "poltawski.woff2": ("poltawski-nowy", "normal", ["latin-ext"]),
    "poltawski-italic.woff2": ("poltawski-nowy", "italic", ["latin-ext"]),
}
PAPER = {"onest": ("onest.woff2", (400, 600)), "poltawski": ("poltawski.woff2", (600,))}
"""What printed pages are set in: the typesetter wants plain faces, a file for each weight."""
FIXED_TIME = 3_786_912_000  # 2024-01-01 in seconds since 1904
SPACE_WIDTH = 205  # of 1000: the gap of "1 250 zł" in the mockups
SPACES = {0x2009: "thin", 0x202F: "nnbsp"}


def build_fonts(packages: Path, target: Path) -> list[Path]:
    """Write every face and the spaces font into `target`; return their paths."""
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for name, (family, style, extra_scripts) in FACES.items():
        files = packages / family / "files"
        font = TTFont(files / f"{family}-latin-wght-{style}.woff2", lazy=False)
        font.ensureDecompiled(recurse=True)  # tables read later would count the borrowed glyphs
        for script in extra_scripts:
            donor = files / f"{family}-{script}-wght-{style}.woff2"
            if donor.exists():
                borrow_missing(font, TTFont(donor))
        rest = deepcopy(font)
        written.append(save(subset(font, WANTED), target / name))
        written.append(save(subset(rest, REST), target / name.replace(".", "-rest.")))
    written.append(save(spaces_font(), target / "polecam-spaces.woff2"))
    return [*written, *paper_fonts(target)]


def paper_fonts(target: Path) -> list[Path]:
    """The faces of printed pages, out of the web's own."""
    written = []
    for name, (source, weights) in PAPER.items():
        for weight in weights:
            font = instantiateVariableFont(TTFont(target / source), {"wght": weight})
            for ident in (4, 6):  # the full and the PostScript name, without which it is not found
                font["name"].setName(f"{name.title()}-{weight}", ident, 3, 1, 0x409)
            written.append(save(font, target / f"paper-{name}-{weight}.ttf", flavor=None))
    return written


def borrow_missing(font: TTFont, donor: TTFont) -> None:
    """Copy the wanted characters that `font` lacks from another subset of the same face."""
    have, offered = font.getBestCmap(), donor.getBestCmap()
    for code in sorted(WANTED | REST):
        if code not in have and code in offered:
            glyph_name = offered[code]
            copy_glyph(font, donor, glyph_name)
            for table in font["cmap"].tables:
                if table.isUnicode():
                    table.cmap[code] = glyph_name
            kern_like_its_base(font, code, glyph_name)
    # The advance deltas of the borrowed glyphs stand in gvar; an HVAR without them would be wrong.
    if "HVAR" in font:
        del font["HVAR"]


def copy_glyph(font: TTFont, donor: TTFont, name: str) -> None:
    """Copy one glyph with its variations, and first the parts that it is composed of."""
    if name in font.getReverseGlyphMap():
        return
    glyph = donor["glyf"][name]
    for part in glyph.getComponentNames(donor["glyf"]):
        copy_glyph(font, donor, part)
    font["glyf"][name] = deepcopy(glyph)  # also appends the name to the glyph order
    font.setGlyphOrder(font["glyf"].glyphOrder)
    font["hmtx"][name] = donor["hmtx"][name]
    if name in donor["gvar"].variations:
        font["gvar"].variations[name] = deepcopy(donor["gvar"].variations[name])
    if hasattr(font, "_reverseGlyphOrderDict"):
        del font._reverseGlyphOrderDict


def kern_like_its_base(font: TTFont, code: int, name: str) -> None:
    """Put a letter with a mark into the kerning classes of its plain letter ("ł" with "l")."""
    base_char = {"ł": "l", "Ł": "L"}.get(chr(code)) or unicodedata.normalize("NFD", chr(code))[0]
    base = font.getBestCmap().get(ord(base_char))
    if base is None or base == name:
        return
    for pair in class_kerning(font):
        for classes in (pair.ClassDef1.classDefs, pair.ClassDef2.classDefs):
            if base in classes:
                classes[name] = classes[base]
        if base in pair.Coverage.glyphs and name not in pair.Coverage.glyphs:
            pair.Coverage.glyphs.append(name)


def class_kerning(font: TTFont) -> list:
    """Every class-based kerning subtable (PairPos format 2), extension wrappers taken off."""
    found = []
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            table = getattr(subtable, "ExtSubTable", subtable)
            if type(table).__name__ == "PairPos" and table.Format == 2:
                found.append(table)
    return found


def subset(font: TTFont, codes: set[int]) -> TTFont:
    """Keep these characters only; returns the same font."""
    options = Options()
    options.layout_features = KEPT_FEATURES
    options.hinting = False
    options.name_IDs = [1, 2, 13, 14]  # the family and its licence
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    return font


def spaces_font() -> TTFont:
    """A font of two blank glyphs: neither face has the narrow space that money is written with."""
    names = [".notdef", *SPACES.values()]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(SPACES)
    glyphs = {name: TTGlyphPen(None).glyph() for name in names}
    glyphs[".notdef"] = box()  # browsers refuse a font whose outlines are all empty
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(names, (SPACE_WIDTH, 0)))
    builder.setupHorizontalHeader(ascent=970, descent=-305)
    builder.setupOS2(sTypoAscender=970, sTypoDescender=-305, usWinAscent=970, usWinDescent=305)
    builder.setupNameTable({"familyName": "Polecam Spaces", "styleName": "Regular"})
    builder.setupPost(keepGlyphNames=False)
    # The same bytes for the same source: dates would change the file, and its hashed name, daily.
    builder.font["head"].created = builder.font["head"].modified = FIXED_TIME
    return builder.font


def box() -> Glyph:
    """The sign for a character that is not there."""
    pen = TTGlyphPen(None)
    pen.moveTo((40, 0))
    for corner in ((40, 700), (165, 700), (165, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


def save(font: TTFont, path: Path, flavor: str | None = "woff2") -> Path:
    """Write (as WOFF2) without a new time stamp."""
    font.recalcTimestamp = False
    font.flavor = flavor
    font.save(path)
    return path


if __name__ == "__main__":
    for made in build_fonts(Path(sys.argv[1]), Path(sys.argv[2])):
        print(f"{made.name:28} {made.stat().st_size:6} bytes")
