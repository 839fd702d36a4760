"""Workbooks as people keep them: titles, totals, merged heads, sheets, numbers for phones."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from polecam.imports import columns
from tests.imports.reading import people, read, refused, said

HEAD = ["Imię i nazwisko", "Telefon", "Klient od"]
ANNA, JAN = ("Anna", "Żurek", "+48600100200", ""), ("Jan", "Lis", "+48123456789", "")


def book(fill, **options) -> bytes:
    """A workbook that `fill(book)` writes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, options) as made:
        fill(made)
    return out.getvalue()


def sheet(rows, name="Klienci") -> bytes:
    def fill(made):
        page = made.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)

    return book(fill)


def test_title_rows_empty_columns_and_a_total():
    content = sheet(
        [
            ["Klienci oddziału Podgórze"],
            ["stan na 12.11.2026"],
            [],
            ["", *HEAD],
            ["", "Anna Żurek", "600 100 200", "28.10.2016"],
            ["", "Jan Lis", "12 345 67 89", "1.02.2020"],
            ["", "Razem", 2],
        ]
    )
    assert said(content) == [ANNA, JAN]
    reading, rows = read(content)
    assert reading.left == [(7, "total")]
    assert columns.recognise(rows, "clients").header == 4


def test_a_person_called_like_a_total_is_a_person():
    content = sheet([["Nazwisko", "Imię", "Telefon"], ["Suma", "Jan", 600100200], ["Suma", "", 7]])
    assert [found[:2] for found in said(content)] == [("Jan", "Suma")]


def test_merged_heads_over_two_rows():
    def fill(made):
        page = made.add_worksheet()
        page.merge_range("A1:A2", "Nr klienta")
        page.merge_range("B1:C1", "Osoba")
        page.merge_range("D1:D2", "Telefon")
        page.write_row("B2", ["Imię", "Nazwisko"])
        page.write_row("A3", ["K1", "Anna", "Żurek", 600100200])

    found = people(book(fill))
    assert [(row.number, row.first_name, row.last_name, row.phone) for row in found] == [
        ("K1", "Anna", "Żurek", "+48600100200")
    ]


def test_what_is_merged_downwards_counts_for_each_row():
    def fill(made):
        page = made.add_worksheet()
        page.write_row("A1", ["Opiekun", "Klient"])
        page.merge_range("A2:A3", "Marta Zielińska")
        page.write("B2", "Anna Żurek")
        page.write("B3", "Jan Lis")
        page.write_row("A4", ["", "Ewa Wilk"])

    assert [row.owner for row in people(book(fill))] == ["Marta Zielińska", "Marta Zielińska", ""]


def test_numbers_for_phones_and_serials_for_dates():
    def fill(made):
        day = made.add_format({"num_format": "dd.mm.yyyy"})
        page = made.add_worksheet()
        page.write_row(0, 0, HEAD)
        page.write_row(1, 0, ["Anna Żurek", 600100200.0, 42671])
        page.write_row(2, 0, ["Jan Lis", 48123456789])
        page.write_datetime(2, 2, date(2016, 10, 28), day)
        page.write_row(3, 0, ["Ewa Wilk", "4.86E+10", ""])

    content = book(fill)
    assert said(content) == [ANNA, JAN, ("phone_rounded", "phone", "", "")]
    assert [row.since for row in people(content)][:2] == [date(2016, 10, 28)] * 2


def test_formulas_give_what_they_showed_and_errors_are_nothing():
    def fill(made):
        page = made.add_worksheet()
        page.write_row(0, 0, HEAD)
        page.write_formula(1, 0, '=B9&" "&C9', None, "Anna Żurek")
        page.write(1, 1, "600 100 200")
        page.write(2, 0, "Jan Lis")
        page.write_formula(2, 1, "=VLOOKUP(1,A1:B2,2)", None, "#N/A")
        page.write(3, 0, "Ewa Wilk")
        page.write_formula(3, 1, "=1/0", None, "#DIV/0!")

    assert said(book(fill)) == [ANNA, (*JAN[:2], "", ""), ("Ewa", "Wilk", "", "")]
    assert said("Klient;Telefon\nEwa Wilk;#DZIEL/0!\nJan Lis;#N/D!\n") == [
        ("formula_error", "phone", "", ""),
        (*JAN[:2], "", ""),
    ]


def several(made):
    notes = made.add_worksheet("Notatki")
    notes.write_row(0, 0, ["zadzwonić", "pilne"])
    hidden = made.add_worksheet("Ukryty")
    hidden.write_row(0, 0, HEAD)
    hidden.write_row(1, 0, ["Nie Ja", "600100203"])
    hidden.hide()
    made.add_worksheet("Pusty")
    clients = made.add_worksheet("Klienci")
    clients.write_row(0, 0, HEAD)
    clients.write_row(1, 0, ["Anna Żurek", "600 100 200"])
    notes.activate()


def test_of_several_sheets_the_visible_one_with_people_is_read():
    content = book(several)
    reading, _ = read(content)
    assert (reading.sheet, reading.sheets) == ("Klienci", ["Notatki"])
    assert said(content) == [ANNA]
    again, rows = read(content, sheet="Notatki")
    assert (again.sheet, rows) == ("Notatki", [(1, ["zadzwonić", "pilne"])])


def test_rows_have_the_numbers_of_the_spreadsheet():
    content = sheet([[], [], HEAD, [], ["Anna Żurek", "600 100 200"]])
    assert [line for line, _ in read(content)[1]] == [3, 5]


def test_a_workbook_with_macros_is_a_workbook():
    with zipfile.ZipFile(io.BytesIO(sheet([HEAD, ["Anna Żurek", "600 100 200"]]))) as plain:
        parts = {name: plain.read(name) for name in plain.namelist()}
    kind = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    usual = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(usual, kind)
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    assert said(zipped(parts)) == [ANNA]


OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    "<office:spreadsheet><table:table table:name='Klienci'>{rows}</table:table>"
    "</office:spreadsheet></office:body></office:document-content>"
)


def zipped(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def open_sheet(kind="spreadsheet") -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(
        f"<table:table-row>{''.join(cell.format(one) for one in row)}</table:table-row>"
        for row in (HEAD[:2], ["Anna Żurek", "600 100 200"])
    )
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": OPEN.format(rows=rows),
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:'
            'opendocument:xmlns:manifest:1.0"/>',
        }
    )


def test_a_sheet_of_libreoffice_is_read():
    assert said(open_sheet()) == [ANNA]


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
WRONG = {
    "a PDF": (b"%PDF-1.7 ...", "file_pdf"),
    "a picture": (b"\x89PNG\r\n\x1a\n...", "file_picture"),
    "a photograph": (b"\xff\xd8\xff\xe0...", "file_picture"),
    "a document": (zipped({"[Content_Types].xml": "x", "word/document.xml": "x"}), "file_document"),
    "a presentation": (zipped({"ppt/presentation.xml": "x"}), "file_document"),
    "an open document": (open_sheet("text"), "file_document"),
    "rich text": (b"{\\rtf1\\ansi ...", "file_document"),
    "an archive": (zipped({"klienci.csv": "Klient;Telefon\n"}), "file_archive"),
    "another archive": (b"7z\xbc\xaf\x27\x1c...", "file_archive"),
    "a packed file": (b"\x1f\x8b\x08...", "file_archive"),
    "a program": (b"MZ\x90\x00...", "file_program"),
    "a database": (b"SQLite format 3\x00...", "file_program"),
    "a web page": (b"<html><body><table><tr><td>Anna</td></tr></table>", "file_web"),
    "a web page after a mark": (b"\xef\xbb\xbf\r\n <!DOCTYPE html>", "file_web"),
    "XML": (b'<?xml version="1.0"?><clients/>', "file_web"),
    "JSON": (b'[{"name": "Anna"}]', "file_data"),
    "JSON in UTF-16": ('{"clients": []}'.encode("utf-16"), "file_data"),
    "a calendar": (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "file_calendar"),
    "nothing": (b"", "file_empty"),
    "blanks": (b" \r\n \n", "file_empty"),
    "only separators": (b";;;\n;;;\n", "file_empty"),
    "an old workbook": (OLD + "Workbook".encode("utf-16-le"), "file_old_workbook"),
    "an old document": (OLD + "WordDocument".encode("utf-16-le"), "file_document"),
    "a locked workbook": (OLD + "EncryptedPackage".encode("utf-16-le"), "file_locked"),
    "a binary workbook": (
        zipped({"xl/workbook.bin": b"x", "[Content_Types].xml": "x"}),
        "file_old_workbook",
    ),
    "zeros": (bytes(4000), "file_kind"),
    "noise": (bytes(range(256)) * 20, "file_kind"),
}


@pytest.mark.parametrize(("content", "code"), WRONG.values(), ids=WRONG)
def test_what_is_no_table_is_refused_by_its_name(content, code):
    assert refused(content) == code


@pytest.mark.parametrize("code", sorted({code for _, code in WRONG.values()}))
def test_every_refusal_has_its_sentence(code):
    from polecam.kit.errors import Refused
    from polecam.web.ui.refusals import sentence_of

    assert code not in str(sentence_of(Refused(code)))
