"""Workbooks made to hurt are refused, with the right word, before or while they are opened."""

import io
import struct
import zipfile

import pytest

from polecam.files import intake, vault
from polecam.imports import bombs, formats, stage
from polecam.imports import workbook as child
from tests.imports.support import CLIENTS, workbook

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def refused(content: bytes) -> str:
    """The code with which it is refused; nothing is left of it."""
    raw, target = intake.seal([content]), "staged"
    with pytest.raises(formats.WrongFile) as error, vault.SealedWriter(target) as writer:
        stage.rewrite(raw, writer)
    assert not vault.path_of(target).exists()
    vault.remove(raw)
    return error.value.code


def members(**changed: bytes) -> dict[str, bytes]:
    """The parts of a small good workbook, some of them exchanged."""
    with zipfile.ZipFile(io.BytesIO(workbook(CLIENTS))) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    return found | changed


def zipped(parts: dict[str, bytes], how=zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_ratio_beyond_reason():
    assert refused(zipped(members(**{"xl/sharedStrings.xml": b" " * (60 << 20)}))) == (
        "file_too_large"
    )


def test_more_than_may_ever_be_unpacked(monkeypatch):
    """In the middle of the ratio, but too much of it."""
    content = io.BytesIO(zipped(members(**{"xl/media/x.bin": bytes(range(256)) * 40_000})))
    monkeypatch.setattr(bombs, "MOST_UNPACKED", 10_000_000)
    with pytest.raises(formats.WrongFile, match="file_too_large"):
        bombs.guard_workbook(content)


def test_a_member_that_lies_about_its_size():
    honest = zipped(members(**{"xl/worksheets/sheet1.xml": b"\0" * (8 << 20)}))
    true, said = struct.pack("<I", 8 << 20), struct.pack("<I", 4_000)
    assert true in honest
    assert refused(honest.replace(true, said)) == "file_too_large"


def test_members_that_overlap():
    """One stream named by many members, as the quadratic bombs do."""
    content = zipped(members(**{"xl/a.xml": bytes(range(256)) * 4_000}), zipfile.ZIP_STORED)
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        one = archive.getinfo("xl/a.xml")
        for number in range(50):
            twin = zipfile.ZipInfo(f"xl/b{number}.xml")
            for name in ("header_offset", "file_size", "compress_size", "CRC", "compress_type"):
                setattr(twin, name, getattr(one, name))
            archive.filelist.append(twin)
            archive.NameToInfo[twin.filename] = twin
        archive._didModify = True
    assert refused(out.getvalue()) == "file_too_large"


def test_very_many_members():
    parts = {f"xl/{number}.xml": b"" for number in range(bombs.MOST_MEMBERS + 1)}
    assert refused(zipped(parts)) == "file_too_large"


def test_a_zip_in_a_zip_is_no_table():
    assert refused(zipped({"inside.xlsx": workbook(CLIENTS)})) == "file_archive"


def test_entities_are_never_unfolded():
    bomb = HEAD + '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    for number, name in enumerate("bcdefghi"):
        bomb += f'<!ENTITY {name} "{"&" + "abcdefghi"[number] + ";" * 1}{"&a;" * 9}">'
    bomb += f']><sst xmlns="{MAIN}"><si><t>&i;</t></si></sst>'
    found = zipped(members(**{"xl/sharedStrings.xml": bomb.encode()}))
    raw = intake.seal([found])
    with vault.SealedWriter("staged") as writer:
        try:
            stage.rewrite(raw, writer)
        except formats.WrongFile:
            return
    assert writer.size < 100_000


def test_a_sheet_that_claims_to_be_endless():
    """Two cells at the far corners: sixteen thousand million empty ones between them."""
    sheet = (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    found = refused(zipped(members(**{"xl/worksheets/sheet1.xml": sheet.encode()})))
    assert found in {"file_too_large", "workbook_too_large"}


def test_more_memory_than_the_child_may_have(monkeypatch):
    strings = "".join(f"<si><t>{n:09}</t></si>" for n in range(300_000))
    bomb = f'{HEAD}<sst xmlns="{MAIN}">{strings}</sst>'
    content = zipped(members(**{"xl/sharedStrings.xml": bomb.encode()}))
    monkeypatch.setattr(child, "MEMORY", 40 << 20)
    assert refused(content) == "workbook_too_large"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n" + b"x" * 100,
        b"\x89PNG\r\n\x1a\n" + b"x" * 100,
        b"\xff\xd8\xff\xe0" + b"x" * 100,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100,
        b"PK\x03\x04" + b"x" * 100,
        b"",
    ],
)
def test_wrong_kinds(content):
    assert refused(content).startswith("file_")
