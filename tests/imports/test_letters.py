"""Letters come back as they were written, or somebody is asked, or the file is refused."""

import os

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from polecam.imports import letters
from polecam.imports.cells import PLACEHOLDERS
from polecam.kit.names import fold
from tests.imports.reading import people, read, refused, said

CAPITALS, SMALL = "ABCĆDEFGHIJKLŁMNOÓPRSŚTUWYZŹŻ", "aąbcćdeęfghijklłmnńoóprsśtuwyzźż"
NAME = st.builds(
    lambda first, rest: first + rest,
    st.sampled_from(CAPITALS),
    st.text(SMALL, min_size=1, max_size=9),
).filter(lambda name: fold(name) not in PLACEHOLDERS)
NAMES = st.lists(st.tuples(NAME, NAME), min_size=1, max_size=8)
EXAMPLES = int(os.environ.get("POLECAM_EXAMPLES", "50"))
DAMAGED = {
    f"utf-8 as {wrong}": lambda text, wrong=wrong: (
        text.encode().decode(wrong, letters.PASSED).encode()
    )
    for wrong in ("cp1250", "cp1252", "iso8859-2", "latin-1", "cp852")
}
WRITTEN = {
    "utf-8": str.encode,
    "utf-8 with mark": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16-le unmarked": lambda text: text.encode("utf-16-le"),
    "utf-16-be unmarked": lambda text: text.encode("utf-16-be"),
    "utf-16-be": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "utf-32": lambda text: text.encode("utf-32"),
    "windows-1250": lambda text: text.encode("cp1250"),
    "iso-8859-2": lambda text: text.encode("iso8859-2"),
    "cp852": lambda text: text.encode("cp852"),
    **DAMAGED,
}


def table(names, separator=";", ends="\r\n"):
    rows = [
        "Imię;Nazwisko;Telefon",
        *(f"{a};{b};{600100200 + n}" for n, (a, b) in enumerate(names)),
    ]
    return ends.join(rows).replace(";", separator) + ends


@settings(max_examples=EXAMPLES)
@given(how=st.sampled_from(sorted(WRITTEN)), names=NAMES)
def test_names_come_back_in_every_letters(how, names):
    """The headings have an ę, as nearly every Polish file; that is enough to be certain."""
    found = said(WRITTEN[how](table(names)))
    expected = [(a, b, f"+48{600100200 + n}", "") for n, (a, b) in enumerate(names)]
    assert [row[:3] for row in found] == [row[:3] for row in expected]


@settings(max_examples=EXAMPLES)
@given(how=st.sampled_from(sorted(WRITTEN)), names=NAMES)
@example(how="cp852", names=[("Ćwik", "Ćma")])
@example(how="utf-8 as iso8859-2", names=[("Aa", "Źa")])
def test_nothing_is_misread_where_nothing_helps(how, names):
    """One name without a heading may fit two tables: then it is asked, or rejected, not guessed."""
    text = "\n".join(f"{a} {b};600100200" for a, b in names) + "\n"
    content = WRITTEN[how](text)
    if code := refused(content):
        assert code == "file_letters"
        return
    reading, rows = read(content)
    for (a, b), (_, row) in zip(names, rows, strict=True):
        assert row[0] == f"{a} {b}" or not reading.sure or letters.garbled(row[0])


def test_excels_unicode_text():
    content = table([("Łucja", "Bąk")], separator="\t").encode("utf-16")
    reading, _ = read(content)
    assert (reading.separator, reading.letters) == ("\t", "utf-16")
    assert said(content) == [("Łucja", "Bąk", "+48600100200", "")]


def test_mazovia_of_old_programs():
    content = table([("Łucja", "Żółć"), ("Święta", "Pąk")]).encode("mazovia")
    assert read(content)[0].letters == "mazovia"
    assert [row[:2] for row in said(content)] == [("Łucja", "Żółć"), ("Święta", "Pąk")]


def test_damage_of_the_old_kind_is_mended():
    """windows-1250 that a western program read and saved again: `Pawe³`."""
    text = table([("Paweł", "Wąs"), ("Małgorzata", "Żak")])
    content = text.encode("cp1250").decode("cp1252", letters.PASSED).encode()
    assert read(content)[0].mend == "cp1250/cp1252"
    assert [row[:2] for row in said(content)] == [("Paweł", "Wąs"), ("Małgorzata", "Żak")]


def test_a_damaged_row_among_good_ones_is_mended_or_rejected():
    rows = table([("Łucja", "Bąk")]) + "Å\u0081ukasz;Å»ak;600100201\r\nPawe³;Nowak;600100202\r\n"
    assert said(rows) == [
        ("Łucja", "Bąk", "+48600100200", ""),
        ("Łukasz", "Żak", "+48600100201", ""),
        ("unreadable", "first_name", "", ""),
    ]


def test_two_tables_that_fit_equally_well_are_a_question():
    content = "Klient;Telefon\nĆwik Jan;600100200\n".encode("cp852")
    reading, _ = read(content)
    assert not reading.sure
    again, rows = read(content, chosen="cp852")
    assert again.sure
    assert rows[1][1][0] == "Ćwik Jan"


def test_a_file_cut_inside_a_letter_rejects_that_row_alone():
    content = table([("Anna", "Nowak"), ("Łucja", "Bąk")]).encode()
    cut = content[: content.rindex("ą".encode()) + 1]
    assert said(cut) == [("Anna", "Nowak", "+48600100200", ""), ("cut_off", "", "", "")]


@pytest.mark.parametrize("ends", ["\n", "\r", "\r\n"])
def test_every_kind_of_line_end_and_all_of_them_together(ends):
    text = table([("Anna", "Nowak")], ends=ends) + "Łucja;Bąk;600100201\rJan;Lis;600100202\n"
    assert [row[0] for row in said(text)] == ["Anna", "Łucja", "Jan"]


def test_a_stray_zero_byte_costs_its_row_and_an_old_end_of_file_none():
    content = table([("Anna", "Nowak")]) + "Ja\0n;Lis;600100201\nEwa;Wilk;600100202\n\x1a"
    assert [row[0] for row in said(content)] == ["Anna", "unreadable", "Ewa"]


def test_signs_of_print_are_no_damage():
    names = ["„Kowal” s.c.", "O’Brien", "Nowak–Bąk", "Café Łódź", "Zoë Müller"]
    rows = "".join(f"{name};600100200\r\n" for name in names)
    for how in ("cp1250", "utf-8"):
        content = f"Imię i nazwisko;Telefon\r\n{rows}".encode(how)
        assert [row[1][0] for row in read(content)[1][1:]] == names
        assert not any(row.problem for row in people(content))


@given(st.binary(min_size=20, max_size=400).map(lambda noise: bytes(b | 0x80 for b in noise)))
def test_noise_is_refused(noise):
    assert refused(noise) or not read(noise)[0].sure or _all_polish(noise)


def _all_polish(noise: bytes) -> bool:
    """Noise may be words by chance; only then it is taken."""
    _, rows = read(noise)
    return not any(letters.garbled(cell) for _, row in rows for cell in row if " " not in cell)
