"""What an uploaded file is: CSV in which letters, or a workbook. Everything else is refused."""

import codecs
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

MOST_UNPACKED = 400 * 1024 * 1024
MOST_RATIO = 200
POLISH_LETTERS = set("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
REFUSED_HEADS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class WrongFile(Exception):
    """The file cannot be imported; `code` names why (its sentence: web.ui.refusals)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Format:
    """`kind` is csv or xlsx; `encoding` is Python's name of the letters of a CSV."""

    kind: str
    encoding: str = ""


def detect(blocks: Iterator[bytes]) -> Format:
    """Look at the content, never at the name. Raises WrongFile."""
    first = next(blocks, b"")
    if not first.strip():
        raise WrongFile("file_empty")
    if first.startswith(b"PK\x03\x04"):
        return Format("xlsx")
    if first.startswith(OLD_OFFICE):
        raise WrongFile("file_old_workbook")
    if first.startswith(REFUSED_HEADS):
        raise WrongFile("file_kind")
    for mark, encoding in MARKS:
        if first.startswith(mark):
            return Format("csv", encoding)
    return Format("csv", _letters(first, blocks))


def _letters(first: bytes, rest: Iterator[bytes]) -> str:
    """UTF-8 where it decodes; else windows-1250 or ISO-8859-2, by the Polish letters it gives."""
    strict = codecs.getincrementaldecoder("utf-8")()
    lenient = codecs.getincrementaldecoder("utf-8")("replace")
    good, broken, wide, latin = True, 0, 0, 0
    for block in _chain(first, rest):
        if b"\x00" in block:
            raise WrongFile("file_kind")
        if good:
            try:
                strict.decode(block)
            except UnicodeDecodeError:
                good = False
        if not block.isascii():
            decoded = lenient.decode(block)
            broken += decoded.count("\ufffd")
            wide += sum(map(decoded.count, POLISH_LETTERS))
            latin += _leaning(block)
    if good or wide > broken:
        return "utf-8"
    return "iso8859-2" if latin > 0 else "cp1250"


def _leaning(block: bytes) -> int:
    """More Polish letters in ISO-8859-2 than in windows-1250: above zero."""
    iso = sum(map(block.count, b"\xb1\xb6\xbc\xa1\xa6\xac"))
    windows = sum(map(block.count, b"\xb9\x9c\x9f\xa5\x8c\x8f"))
    return iso - windows


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def guard_workbook(file: BinaryIO | io.BytesIO) -> None:
    """Refuse zips that are no workbook, that are locked, or that unpack beyond reason.

    Raises WrongFile.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, IndexError):
        raise WrongFile("file_damaged") from None
    if not any(member.filename.startswith("xl/") for member in members):
        raise WrongFile("file_kind")
    if any(member.flag_bits & 1 for member in members):
        raise WrongFile("file_locked")
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if unpacked > MOST_UNPACKED or (unpacked > 1 << 24 and unpacked // packed > MOST_RATIO):
        raise WrongFile("file_too_large")
