"""Zips that are no workbook, or that unpack beyond reason: refused before anything opens them."""

import zipfile
import zlib
from io import BytesIO

from polecam.imports.formats import WrongFile

MOST_UNPACKED = 400 << 20
MOST_RATIO = 200
SMALL = 16 << 20
"""Below this much, unpacked, any ratio does."""
MOST_MEMBERS = 5_000
OPEN_SHEET = {"mimetype", "content.xml", "META-INF/manifest.xml"}
"""Members of a sheet of LibreOffice."""
PIECE = 1 << 18
HEADER = 30


def guard_workbook(file: BytesIO) -> None:
    """Look at the list of members, then unpack each, keeping nothing. Raises WrongFile.

    What a member says of its size counts for nothing until it was unpacked: whoever opens the
    workbook afterwards believes the stream, not the list.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, IndexError):
        raise WrongFile("file_damaged") from None
    names = {member.filename for member in members}
    if not any(name.startswith("xl/") for name in names) and not names >= OPEN_SHEET:
        raise WrongFile("file_archive")
    if "xl/workbook.bin" in names:
        raise WrongFile("file_old_workbook")
    if any(member.flag_bits & 1 for member in members):
        raise WrongFile("file_locked")
    content = file.getbuffer()
    packed = sum(member.compress_size for member in members)
    unpacked = sum(member.file_size for member in members)
    overlapping = packed > len(content)
    if len(members) > MOST_MEMBERS or overlapping or _beyond_reason(unpacked, packed):
        raise WrongFile("file_too_large")
    for member in members:
        _unpacks_as_said(content, member)


def _beyond_reason(unpacked: int, packed: int) -> bool:
    return unpacked > MOST_UNPACKED or (unpacked > SMALL and unpacked > MOST_RATIO * packed)


def _unpacks_as_said(content: memoryview, member: zipfile.ZipInfo) -> None:
    if member.compress_type == zipfile.ZIP_STORED:
        return
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise WrongFile("file_damaged")
    start = member.header_offset
    head = content[start : start + HEADER]
    if len(head) < HEADER:
        raise WrongFile("file_damaged")
    start += HEADER + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    stream, size = zlib.decompressobj(-15), 0
    for place in range(start, start + member.compress_size, PIECE):
        piece = bytes(content[place : min(place + PIECE, start + member.compress_size)])
        while piece:
            try:
                size += len(stream.decompress(piece, PIECE))
            except zlib.error:
                raise WrongFile("file_damaged") from None
            if size > member.file_size:
                raise WrongFile("file_too_large")
            piece = stream.unconsumed_tail
