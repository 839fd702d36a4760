"""A file is never silently garbage: known people come out, or it is refused, or the row is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polecam.imports import columns, letters
from tests.imports.reading import people, refused
from tests.imports.test_workbooks import HEAD, open_sheet, sheet

PEOPLE = [
    ("Łucja", "Bąk", "+48600100200", "lucja@przyklad.pl"),
    ("Żaneta", "Świątek", "+48600100201", "zaneta@przyklad.pl"),
    ("Józef", "Zając", "+48600100202", "jozef@przyklad.pl"),
    ("Agnieszka", "Źrebiec", "+48600100203", "aga@przyklad.pl"),
]
TABLE = "Imię;Nazwisko;Telefon;E-mail\r\n" + "".join(
    f"{first};{last};{phone};{email}\r\n" for first, last, phone, email in PEOPLE
)
CARDS = "".join(
    f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{last};{first};;;\r\nTEL:{phone}\r\nEMAIL:{email}\r\n"
    "END:VCARD\r\n"
    for first, last, phone, email in PEOPLE
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1250", "iso8859-2", "cp852")
KNOWN = {value for person in PEOPLE for value in person} | {""}


def safe(content: bytes) -> None:
    """Whoever comes out of it is one of the people, whole, or their row is refused."""
    if refused(content):
        return
    for row in people(content):
        said = (row.first_name, row.last_name, row.phone, row.email)
        assert row.problem or said[:2] == ("", "") or any(_is(said, known) for known in PEOPLE), (
            said
        )


def _is(said: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """The known name; a number or address that was lost is lost, not another one."""
    return said[:2] == known[:2] and all(
        mine in {"", theirs} for mine, theirs in zip(said[2:], known[2:], strict=True)
    )


@settings(max_examples=40)
@given(
    st.sampled_from([TABLE, CARDS]),
    st.sampled_from(ENCODINGS),
    st.integers(0, 400),
)
def test_cut_off_anywhere(text, encoding, at):
    """But for its last cell, which nothing tells from a shorter one, and which nobody else has."""
    content = text.encode(encoding)
    at = min(at, len(content))
    if refused(content[:at]):
        return
    rows = people(content[:at])
    for row in rows[:-1] if text == TABLE else rows:
        said = (row.first_name, row.last_name, row.phone, row.email)
        assert row.problem or any(_is(said, known) for known in PEOPLE), said
    if rows and not rows[-1].problem:
        last = rows[-1]
        assert any(last.first_name == known[0] and last.phone == known[2] for known in PEOPLE)


@settings(max_examples=40)
@given(st.sampled_from([TABLE, CARDS]), st.sampled_from(ENCODINGS), st.sampled_from(ENCODINGS))
def test_read_by_one_table_and_saved_by_another(text, wrong, right):
    """The commonest accident: the result is mended, or refused, or the rows are."""
    safe(text.encode(right).decode(wrong, "replace").encode("utf-8"))


@settings(max_examples=40)
@given(st.sampled_from(ENCODINGS), st.sampled_from(ENCODINGS))
def test_two_halves_in_different_letters(first, second):
    """As of two files put together by hand."""
    lines = TABLE.splitlines(keepends=True)
    content = "".join(lines[:3]).encode(first) + "".join(lines[3:]).encode(second)
    if refused(content):
        return
    for row in people(content):
        plain = row.first_name in KNOWN and row.last_name in KNOWN
        assert row.problem or plain, (row.first_name, row.last_name)


@settings(max_examples=6)
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=30))
@pytest.mark.parametrize("content", [sheet([HEAD[:2], ["Łucja Bąk", "600 100 200"]]), open_sheet()])
def test_a_damaged_workbook_is_refused_or_right(content, at, noise):
    at %= len(content)
    damaged = content[:at] + noise + content[at + len(noise) :]
    if refused(damaged):
        return
    for row in people(damaged):
        name = f"{row.first_name} {row.last_name}"
        assert row.problem or name in {"Łucja Bąk", "Anna Żurek"} or not letters.garbled(name)


@settings(max_examples=100)
@given(st.binary(max_size=400))
def test_any_bytes_are_refused_or_taken_without_a_broken_letter(content):
    if refused(content):
        return
    for row in people(content):
        assert row.problem or not letters.garbled(f"{row.first_name} {row.last_name}")


@settings(max_examples=100)
@given(st.lists(st.lists(st.text(max_size=8), max_size=5), min_size=1, max_size=5))
def test_any_rows_have_columns_for_every_kind(rows):
    numbered = list(enumerate(rows, 1))
    for kind in columns.FIELDS:
        guess = columns.recognise(numbered, kind)
        assert guess.header in {0, *range(1, len(rows) + 1)}
        assert columns.better_kind(numbered, kind) in {"", *columns.FIELDS}
