"""Files that no spreadsheet takes for a program, and that come back as they were."""

import csv
import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from polecam.imports import cells, records, rejects
from polecam.imports.cells import BadCell
from polecam.web.ui import format as fmt
from polecam.web.ui import workbooks
from polecam.web.ui.tables import DAY, MONEY, NUMBER, TEXT, Table, as_csv, as_zip

COLUMNS = (("Nazwa", TEXT), ("Ile", NUMBER), ("Kwota", MONEY), ("Dzień", DAY))
ROWS = [("=1+1", 3, -123_405, date(2026, 11, 26)), ("+48600700800", 0, 5, None)]
texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)
risky = st.builds(
    lambda sign, rest: sign + rest, st.sampled_from(["=", "+", "-", "@", "\t", "\r", "'=", "''@"]),
    texts,
)  # fmt: skip


def whole(pieces) -> bytes:
    return b"".join(pieces)


def read(content: bytes) -> list[list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


@pytest.mark.parametrize(
    ("comma", "line"),
    [(True, "'=1+1;3;-1234,05;2026-11-26"), (False, "'=1+1,3,-1234.05,2026-11-26")],
)
def test_csv_in_either_habit(comma, line):
    said = whole(as_csv(Table("x", COLUMNS, ROWS), comma=comma)).decode("utf-8")
    assert said[0] == "\ufeff"
    assert said.splitlines()[1] == line
    assert said.splitlines()[2].startswith("+48600700800")


def test_xlsx_has_types_and_no_formula():
    content = whole(workbooks.as_xlsx([Table("Jeden", COLUMNS, ROWS), Table("Dwa", COLUMNS, [])]))
    one, two = read(content)
    assert one[1] == ["=1+1", 3.0, -1234.05, date(2026, 11, 26)]
    assert one[2][:3] == ["+48600700800", 0.0, 0.05]
    assert two == [[head for head, _kind in COLUMNS]]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_what_one_sheet_cannot_hold_stands_on_the_next(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS", 4)
    rows = [(f"n{n}", n, n, None) for n in range(7)]
    sheets = read(whole(workbooks.as_xlsx([Table("x", COLUMNS, rows)])))
    assert [row[0] for sheet in sheets for row in sheet[1:]] == [f"n{n}" for n in range(7)]
    assert all(sheet[0][0] == "Nazwa" for sheet in sheets)


def test_names_of_sheets_are_what_excel_takes():
    tables = [Table("a/b:c*[d]?" + "e" * 40, COLUMNS, []), Table("", COLUMNS, [])]
    names = CalamineWorkbook.from_filelike(io.BytesIO(whole(workbooks.as_xlsx(tables)))).sheet_names
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert len(set(names)) == 2


def test_a_zip_of_them():
    tables = [("one.csv", Table("a", COLUMNS, ROWS)), ("two.csv", Table("b", COLUMNS, []))]
    with zipfile.ZipFile(io.BytesIO(whole(as_zip(tables, comma=True)))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["one.csv", "two.csv"]
        assert b"'=1+1" in archive.read("one.csv")


def test_a_long_table_comes_in_pieces():
    rows = ((f"imie {n}", n, n, None) for n in range(60_000))
    pieces = [len(piece) for piece in as_csv(Table("x", COLUMNS, rows), comma=True)]
    assert len(pieces) > 10
    assert max(pieces) < 1 << 18


@given(st.lists(texts | risky, min_size=1, max_size=4))
def test_no_cell_of_a_csv_begins_a_formula(said):
    columns = tuple((f"c{n}", TEXT) for n, _cell in enumerate(said))
    content = whole(as_csv(Table("x", columns, [said]), comma=True)).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))
    for cell in rows[1] if len(rows) > 1 else []:
        assert cell[:1] not in set("=@\t\r")
        assert cell[:1] not in set("+-") or rejects.HARMLESS.fullmatch(cell)


@given(texts | risky)
def test_what_was_neutralised_comes_back(said):
    """Through a file and the importer's own reading: as if no apostrophe had ever been there."""

    def meant(cell: str) -> str:
        try:
            return cells.text(cell)
        except BadCell as bad:
            return bad.code

    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow([rejects.neutral(said), "x"])
    found = next(iter(records.rows(records.lines(io.StringIO(out.getvalue(), newline="")), ";")))
    if len(found) == 2 and found[0] != records.BROKEN:
        assert meant(found[0]) == meant(said) or cells.QUOTED.match(said.strip(" "))
    once = rejects.neutral(said)
    assert cells.unquoted(once) == said or once == said


@given(texts | risky)
def test_a_workbook_says_what_was_said(said):
    rows = read(whole(workbooks.as_xlsx([Table("x", (("a", TEXT), ("b", TEXT)), [(said, "x")])])))[
        0
    ]
    kept = workbooks.UNPRINTABLE.sub("", said)
    found = str(rows[1][0])
    assert found.replace("\r\n", "\n").replace("\r", "\n") == kept.replace("\r\n", "\n").replace(
        "\r", "\n"
    )


def test_amounts_have_the_sign_of_the_firms_money():
    def styles(code: str) -> str:
        fmt.use_currency(code)
        try:
            pieces = workbooks.as_xlsx([Table("x", COLUMNS, ROWS)])
        finally:
            fmt.use_currency("PLN")
        with zipfile.ZipFile(io.BytesIO(whole(pieces))) as book:
            return book.read("xl/styles.xml").decode()

    assert 'formatCode="#,##0.00 &quot;€&quot;"' in styles("EUR")
    assert "€" not in styles("PLN")
