"""Any bytes: read right or clearly refused, never a crash."""

import csv
import io
from contextlib import suppress
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.files import intake, vault
from polecam.files.models import Upload
from polecam.imports import columns, formats, records, stage
from polecam.imports.clients import parse
from polecam.kit.errors import Refused
from polecam.store.crypto import Unreadable
from polecam.store.fields import new_public_id
from tests.imports.support import CLIENTS, SALES, now, workbook

LETTERS = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=20
)
CELL = st.text("abcąęłżŹ 0123456789.,-@+=\"'\n;\t", max_size=12)


def staged(content: bytes) -> list[stage.Row]:
    """Through the vault and the stage, as an upload goes."""
    raw, name = intake.seal([content]), new_public_id()
    try:
        with vault.SealedWriter(name) as target:
            stage.rewrite(raw, target)
        return list(stage.rows(Upload(public_id=name)))
    finally:
        vault.remove(raw)
        vault.remove(name)


@given(st.binary(max_size=600))
def test_any_bytes_are_read_or_refused(content):
    try:
        rows = staged(content)
    except formats.WrongFile:
        return
    lines = [line for line, _ in rows]
    assert lines == sorted(set(lines))
    guess = columns.recognise(rows[:60], "clients")
    for line, cells in rows:
        row = parse(line, cells, guess.mapping, today=now().date())
        assert row.line == line


@pytest.mark.parametrize("head", [b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b'"'])
@given(rest=st.binary(max_size=200))
def test_bytes_that_pretend(head, rest):
    with suppress(formats.WrongFile):
        staged(head + rest)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=6))
def test_what_a_proper_writer_writes_comes_back(rows):
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    read = list(records.rows(io.StringIO(out.getvalue(), newline=""), ";"))
    assert read == rows


@given(st.text('ab;"\n', max_size=120))
def test_a_broken_row_never_swallows_the_file(text):
    good = "\n".join(f"x{n};y{n}" for n in range(records.MOST_LINES + 5))
    read = list(records.rows(io.StringIO(f"{text}\n{good}\n", newline=""), ";"))
    last = records.MOST_LINES + 4
    assert [f"x{last}", f"y{last}"] in read


def test_a_forgotten_quote_costs_one_row():
    rows = staged(b'Klient;Telefon\n"Anna Nowak;601223344\nJan Lis;601223345\nEwa Wilk;601223346\n')
    assert rows[1][1][0] == records.BROKEN
    assert [cells for _, cells in rows[2:]] == [["Jan Lis", "601223345"], ["Ewa Wilk", "601223346"]]
    assert [line for line, _ in rows] == [1, 2, 3, 4]


def test_lines_are_those_of_a_spreadsheet():
    rows = staged(b'a;b\n\n"1\n2";x\nz;w\n')
    assert [line for line, _ in rows] == [1, 3, 4]


def test_an_endless_line_is_cut():
    rows = staged(b"Klient;Telefon\n" + b"x" * 300_000 + b"\nAnna;1\n")
    assert rows[1][1][0] == records.BROKEN
    assert rows[2][1] == ["Anna", "1"]


def test_one_foreign_byte_does_not_turn_utf8_into_gibberish():
    content = CLIENTS.encode() + b"K9;Za\xb3ek;601223344;;;;\n"
    assert any("Stanisław" in "".join(cells) for _, cells in staged(content))


@pytest.mark.parametrize(
    ("first", "letters"),
    [("Źdźbło", "cp1250"), ("Źdźbło", "iso8859-2"), ("Źdźbło", "utf-8"), ("Źdźbło", "utf-16-le")],
)
def test_letters(first, letters):
    mark = b"\xff\xfe" if letters == "utf-16-le" else b""
    rows = staged(mark + f"Imię;Telefon\n{first};1\n".encode(letters))
    assert rows[1][1][0] == first


def test_a_workbook_reads_as_its_text():
    plain = [cells for _, cells in staged(SALES.encode())]
    assert [cells for _, cells in staged(workbook(SALES))] == plain


def test_a_zip_bomb_is_refused():
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (60 << 20))
    with pytest.raises(formats.WrongFile, match="file_too_large"):
        staged(out.getvalue())


def test_a_zip_that_is_no_workbook_is_refused():
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", b"x")
    with pytest.raises(formats.WrongFile, match="file_document"):
        staged(out.getvalue())


# --- the vault ----------------------------------------------------------------------------------


@given(st.lists(st.binary(max_size=4000), max_size=6))
def test_the_vault_gives_back_what_it_took(chunks):
    name = intake.seal(chunks)
    try:
        assert b"".join(vault.blocks(name)) == b"".join(chunks)
        assert vault.stream(name).read() == b"".join(chunks)
    finally:
        vault.remove(name)


def test_blocks_cannot_be_cut_off_swapped_or_renamed(settings):
    name = intake.seal([bytes([65 + n]) * vault.BLOCK for n in range(3)])
    path = vault.path_of(name)
    whole = path.read_bytes()
    assert b"A" * 100 not in whole
    size = len(whole) // 3
    for damaged in (whole[: size * 2], whole[size : size * 2] + whole[:size] + whole[size * 2 :]):
        path.write_bytes(damaged)
        with pytest.raises(Unreadable):
            list(vault.blocks(name))
    path.write_bytes(whole)
    other = path.rename(vault.path_of("other"))
    with pytest.raises(Unreadable):
        list(vault.blocks("other"))
    other.unlink()


def test_too_much_leaves_nothing(monkeypatch):
    numbers = count()
    monkeypatch.setattr(vault, "LIMIT", 4 * vault.BLOCK)
    with pytest.raises(vault.TooLarge):
        intake.seal(b"x" * vault.BLOCK for _ in iter(lambda: next(numbers) < 5, False))
    assert not list(vault.path_of("x").parent.glob("*"))


def test_refusals_have_codes(branch, tomek, at):
    from tests.imports.support import upload

    with pytest.raises(Refused, match="file_empty"):
        upload(tomek, branch, b"", at=at)
    with pytest.raises(Refused, match="file_kind"):
        upload(tomek, branch, b"\x00\x00\x00", at=at)
