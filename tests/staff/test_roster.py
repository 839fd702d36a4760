"""Lists as people really paste them: any order, headings or none, Polish or English."""

import io

import pytest
import xlsxwriter

from polecam.imports import roster
from polecam.imports.formats import WrongFile
from polecam.imports.roster import Listed, of_file, of_text, role_of

JAN = Listed("jan@firma.pl", "Jan", "Kowalski")
ANNA = Listed("anna@firma.pl", "Anna", "Lis")


@pytest.mark.parametrize(
    "pasted",
    [
        "jan@firma.pl\tJan\tKowalski\nanna@firma.pl\tAnna\tLis\n",
        "Jan Kowalski <jan@firma.pl>\nAnna Lis <anna@firma.pl>",
        "Jan Kowalski <jan@firma.pl>; Anna Lis <anna@firma.pl>",
        "Jan Kowalski <jan@firma.pl>, Anna Lis <anna@firma.pl>",
        '"Kowalski, Jan" <jan@firma.pl>; "Lis, Anna" <anna@firma.pl>;',
        "Imię;Nazwisko;E-mail\nJan;Kowalski;jan@firma.pl\nAnna;Lis;anna@firma.pl",
        "E-mail Address,Last Name,First Name\njan@firma.pl,Kowalski,Jan\nanna@firma.pl,Lis,Anna",
        "Nazwisko i imię\tAdres e-mail\nKowalski Jan\tjan@firma.pl\nLis Anna\tanna@firma.pl",
        "Lista\n\nImię\tNazwisko\tMail\nJan\tKowalski\tjan@firma.pl\nAnna\tLis\tmailto:anna@firma.pl",
        "Kowalski\tJan\tjan@firma.pl\nLis\tAnna\tanna@firma.pl",
        "Jan Kowalski\tjan@firma.pl\nAnna Lis\tanna@firma.pl",
    ],
)
def test_the_same_two_people(pasted):
    assert of_text(pasted) == [JAN, ANNA]


def test_addresses_alone():
    assert of_text("jan@firma.pl\n\n anna@firma.pl ;\n") == [
        Listed("jan@firma.pl"), Listed("anna@firma.pl"),
    ]  # fmt: skip
    assert [one.email for one in of_text("a@f.pl; b@f.pl; c@f.pl")] == [
        "a@f.pl",
        "b@f.pl",
        "c@f.pl",
    ]


def test_branch_role_and_language_in_any_order():
    text = (
        "Rola;Oddział;Język;E-mail;Imię i nazwisko\nDoradczyni;Podgórze;angielski;ola@f.pl;Ola Pik"
    )
    (one,) = of_text(text)
    assert one == Listed("ola@f.pl", "Ola", "Pik", "Podgórze", "Doradczyni", "en")
    (same,) = of_text("Ola Pik\tola@f.pl\tDoradczyni\tPodgórze")
    assert (same.first_name, same.branch, role_of(same.role)) == ("Ola", "Podgórze", "seller")


def test_each_line_may_have_a_sign_of_its_own_between_its_parts():
    found = of_text("Jan Kot\tjan@x.pl\tseller\nKamil Wilk;kamil@x.pl;szef\nOla Lis, ola@x.pl\n")
    assert [(one.first_name, one.last_name, one.email, one.role) for one in found] == [
        ("Jan", "Kot", "jan@x.pl", "seller"),
        ("Kamil", "Wilk", "kamil@x.pl", "szef"),
        ("Ola", "Lis", "ola@x.pl", ""),
    ]


def test_a_wrong_address_stays_as_it_was_typed():
    assert [one.email for one in of_text("jan(at)firma.pl@\nanna@firma")][1:] == ["anna@firma"]


@pytest.mark.parametrize(
    ("word", "role"),
    [("Kierowniczka oddziału", "manager"), ("IOD", "dpo"), ("Płace", "payroll"),
     ("Szef", "manager"), ("admin", "admin"), ("doradca", "seller"), ("kosmonauta", "")],
)  # fmt: skip
def test_roles_in_the_words_of_the_house(word, role):
    assert role_of(word) == role


def test_a_workbook_and_letters_of_windows():
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    rows = [
        ("Imię", "Nazwisko", "E-mail"),
        ("Jan", "Kowalski", "jan@firma.pl"),
        ("Anna", "Lis", "anna@firma.pl"),
    ]
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    assert of_file(stream.getvalue()) == [JAN, ANNA]
    text = "Imię;Nazwisko;E-mail\nŁucja;Żak;lucja@firma.pl\n"
    for letters in ("cp1250", "utf-8-sig", "utf-16"):
        assert of_file(text.encode(letters)) == [Listed("lucja@firma.pl", "Łucja", "Żak")], letters


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 x", b"x" * (roster.MOST_BYTES + 1)])
def test_what_is_no_list_is_refused(content):
    with pytest.raises(WrongFile):
        of_file(content)


def test_nothing_and_noise():
    assert of_text("") == of_text("\n \t\n") == []
    assert len(of_text("\n".join(f"a{n}@f.pl" for n in range(500)))) == roster.MOST + 1
