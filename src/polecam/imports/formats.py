"""What an uploaded file is, told by its content alone. What is no table of people is refused."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from polecam.imports import letters
from polecam.imports.letters import Letters

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
REFUSED: dict[bytes, str] = {
    b"%PDF": "file_pdf",
    **dict.fromkeys((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"), "file_picture"),
    **dict.fromkeys((b"{\\rtf",), "file_document"),
    **dict.fromkeys(
        (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF"), "file_archive"
    ),
    **dict.fromkeys((b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"SQLite format 3"), "file_program"),
}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_PARTS = {
    "EncryptedPackage": "file_locked",
    "WordDocument": "file_document",
    "PowerPoint Document": "file_document",
}
ZIPPED = {
    b"word/": "file_document",
    b"ppt/": "file_document",
    b"application/vnd.oasis.opendocument.text": "file_document",
    b"application/vnd.oasis.opendocument.presentation": "file_document",
    b"xl/workbook.bin": "file_old_workbook",
}
WEB = re.compile(
    r"\s*<(?:!doctype|html|head|meta|table|style|body|\?xml|[a-z]+[ >:/])", re.IGNORECASE
)
DATA = re.compile(r"\s*[\[{]\s*[\"\[{\]}]")
CARD = re.compile(r"\s*BEGIN\s*:\s*VCARD\b", re.IGNORECASE)
CALENDAR = re.compile(r"\s*BEGIN\s*:\s*VCALENDAR\b", re.IGNORECASE)
CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a")) + b"\x7f"
CONTROL = re.compile("[\\x00-\\x08\\x0e-\\x19\\x1b-\\x1f\\x7f]")
MOST_CONTROLS = 0.002
"""Of all signs: more of them are no text."""


class WrongFile(Exception):
    """The file cannot be imported; `code` names why (its sentence: web.ui.refusals_files)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


TEXTLESS = Letters("")


@dataclass(frozen=True)
class Format:
    """`kind` is csv, vcard or workbook; `letters` of a text."""

    kind: str
    letters: Letters = TEXTLESS


def detect(blocks: Iterator[bytes], chosen: str = "") -> Format:
    """Look at the content, never at the name; `chosen`: the one-byte letters somebody chose.

    Raises WrongFile.
    """
    first = next(blocks, b"")
    if not first.strip():
        raise WrongFile("file_empty")
    if first.startswith(b"PK\x03\x04"):
        return _zipped(first)
    if first.startswith(OLD_OFFICE):
        raise WrongFile(_old_office(first))
    for head, code in REFUSED.items():
        if first.startswith(head):
            raise WrongFile(code)
    encoding = _wide(first)
    found = _in_wide(chain([first], blocks), encoding) if encoding else None
    if found is None:
        found = _in_bytes(chain([first], blocks))
    if chosen in letters.SINGLE and found.encoding in letters.SINGLE:
        found = Letters(chosen)
    return Format(_kind_of_text(first, found), found)


def _zipped(first: bytes) -> Format:
    for part, code in ZIPPED.items():
        if part in first[:4096] or (part.endswith(b"/") and part in first):
            raise WrongFile(code)
    return Format("workbook")


def _old_office(first: bytes) -> str:
    return next(
        (code for part, code in OLD_PARTS.items() if part.encode("utf-16-le") in first),
        "file_old_workbook",
    )


def _kind_of_text(first: bytes, found: Letters) -> str:
    head = first[:2048].decode(found.encoding, "replace").lstrip("\ufeff")
    if WEB.match(head):
        raise WrongFile("file_web")
    if DATA.match(head):
        raise WrongFile("file_data")
    if CALENDAR.match(head):
        raise WrongFile("file_calendar")
    return "vcard" if CARD.match(head) else "csv"


def _wide(first: bytes) -> str:
    """The two- or four-byte letters that the mark or the pattern of zeros betrays."""
    for mark, encoding in MARKS[1:]:
        if first.startswith(mark):
            return encoding
    sample = first[: 4096 & ~3]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    many, few = len(sample) * 0.15, len(sample) * 0.01
    found = "utf-16-le" if odd > many else "utf-16-be" if even > many else ""
    text = sample.decode(found, "replace") if found and min(odd, even) <= few else ""
    return found if text and not CONTROL.search(text) else ""


class _Survey:
    """Counts what a text must not have, and keeps words with letters beyond ASCII."""

    def __init__(self) -> None:
        self.signs = self.controls = 0
        self.words: set[bytes] = set()

    def note(self, block: bytes) -> None:
        self.signs += len(block)
        self.controls += len(block) - len(block.translate(None, CONTROLS))
        if len(self.words) < letters.MOST_WORDS and not block.isascii():
            self.words.update(letters.words_of(block))

    def check(self) -> None:
        if self.controls > max(self.signs * MOST_CONTROLS, 1):
            raise WrongFile("file_kind")


def _in_wide(blocks: Iterator[bytes], encoding: str) -> Letters:
    survey, lost = _Survey(), 0
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for block in blocks:
        text = decoder.decode(block)
        lost += text.count("\ufffd")
        survey.note(text.encode("utf-8", "replace"))
    survey.check()
    if lost > survey.signs * MOST_CONTROLS + 1:
        raise WrongFile("file_letters")
    words = [word.decode("utf-8", "replace") for word in survey.words]
    if sum(map(_strange, words)) * 2 > len(words):
        raise WrongFile("file_letters")
    return Letters(encoding, _mend(words))


def _mend(words: list[str]) -> str:
    mend = letters.mend_of(words)
    if mend is None:
        raise WrongFile("file_letters")
    return mend


def _strange(word: str) -> bool:
    """Of a script that no client's name here is written in: a sign of misread bytes."""
    return any(
        sign >= "\u0590" and sign.isalpha() and not "\u1e00" <= sign < "\u2000" for sign in word
    )


def _in_bytes(blocks: Iterator[bytes]) -> Letters:
    """UTF-8 where it decodes, or nearly; else the one-byte set that gives words."""
    strict = codecs.getincrementaldecoder("utf-8")()
    lenient = codecs.getincrementaldecoder("utf-8")("replace")
    survey, good, broken, wide = _Survey(), True, 0, 0
    for block in blocks:
        survey.note(block)
        if good:
            try:
                strict.decode(block)
            except UnicodeDecodeError:
                good = False
        if not block.isascii():
            decoded = lenient.decode(block)
            broken += decoded.count("\ufffd")
            wide += sum(map(decoded.count, letters.POLISH))
    survey.check()
    if good or wide > broken:
        words = [word.decode("utf-8", "replace") for word in survey.words]
        return Letters("utf-8-sig", _mend(words))
    found = letters.of_words(survey.words)
    if found is None:
        raise WrongFile("file_letters")
    return found
