"""Names in either order, with titles and capitals; firms; several numbers in a cell."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polecam.imports import cells, footers, persons
from polecam.imports.cells import BadCell
from polecam.imports.columns import orders
from polecam.kit import phones
from tests.imports.reading import said


@pytest.mark.parametrize(
    ("cell", "last_first", "name"),
    [
        ("mgr inż. Anna Kowalska", False, ("Anna", "Kowalska")),
        ("Pani Anna Kowalska", False, ("Anna", "Kowalska")),
        ("dr hab. n. med. Jan Lis", False, ("Jan", "Lis")),
        ("Kowalska Anna, mgr", True, ("Anna", "Kowalska")),
        ("Anna Kowalska-Nowak", False, ("Anna", "Kowalska-Nowak")),
        ("Anna Kowalska - Nowak", False, ("Anna", "Kowalska-Nowak")),
        ("Anna Nowak Kowalska", False, ("Anna", "Nowak Kowalska")),
        ("Anna Maria Nowak", False, ("Anna Maria", "Nowak")),
        ("Nowak Kowalska Anna", True, ("Anna", "Nowak Kowalska")),
        ("NOWAK ANNA MARIA", True, ("Anna Maria", "Nowak")),
        ("ŻUREK-BĄK ŁUCJA", True, ("Łucja", "Żurek-Bąk")),
        ("McDonald John", True, ("John", "McDonald")),
        ("Kowalczyk, Anna", False, ("Anna", "Kowalczyk")),
        ("Pan", False, ("Pan", "")),
        ("Budimex S.A.", False, ("Budimex S.A.", "")),
        ("P.H.U. Kowal Jan Kowalski", False, ("P.H.U. Kowal Jan Kowalski", "")),
        ("Zakład Stolarski Jan Lis sp. z o.o.", True, ("Zakład Stolarski Jan Lis sp. z o.o.", "")),
    ],
)
def test_names(cell, last_first, name):
    assert cells.person_name(cell, last_first=last_first) == name


def test_a_long_firm_goes_on_in_the_second_field():
    name = "Przedsiębiorstwo Produkcyjno-Handlowo-Usługowe „Kowal i Syn” spółka z o.o. w Krakowie"
    first, last = cells.person_name(name)
    assert f"{first} {last}" == name
    assert len(first) <= persons.MOST_FIRST


def test_the_order_is_decided_by_the_file():
    backward = "Klient;Telefon\nKowalska Anna;600100200\nXymena Adam;600100201\nLis Jan;600100202\n"
    names = [("Anna", "Kowalska"), ("Adam", "Xymena"), ("Jan", "Lis")]
    assert [row[:2] for row in said(backward)] == names
    forward = "Nazwisko i imię;Telefon\nAnna Kowalska;600100200\nJan Lis;600100202\n"
    assert [row[:2] for row in said(forward)] == [("Anna", "Kowalska"), ("Jan", "Lis")]
    assert orders(["Kowalska Anna", "Anna Kowalska", "Qwe Asd"]) == (1, 1)


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("600 100 200, 12 345 67 89; w. 5", ["+48600100200", "+48123456789"]),
        ("12 345 67 89 wew. 12; 600100200", ["+48600100200", "+48123456789"]),
        ("(12) 345-67-89 / 600-100-200", ["+48600100200", "+48123456789"]),
        ("12/345 67 89", ["+48123456789"]),
        ("tel.: 600 100 200 (mąż)", ["+48600100200"]),
        ("dom 12 345 67 89, kom. 600100200", ["+48600100200", "+48123456789"]),
        ("600100200 lub 600100201", ["+48600100200", "+48600100201"]),
        ("600100200 600100201", ["+48600100200", "+48600100201"]),
        ("600 100 200 ::: +44 20 7946 0018", ["+48600100200", "+442079460018"]),
        ("0600100200", ["+48600100200"]),
        ("0-12 345 67 89", ["+48123456789"]),
        ("48600100200", ["+48600100200"]),
        ("48123456789", ["+48123456789"]),
        ("0048 600 100 200", ["+48600100200"]),
        ("600100200,0", ["+48600100200"]),
        ("4.8600100200E+10", ["+48600100200"]),
        ("4,8600100200E10", ["+48600100200"]),
        ("600\u00a0100\u00a0200", ["+48600100200"]),
    ],
)
def test_numbers(cell, numbers):
    assert cells.phones(cell) == numbers


@pytest.mark.parametrize("cell", ["4.86E+10", "4,86E+10", "6.001E+08"])
def test_a_rounded_number_is_no_number(cell):
    with pytest.raises(BadCell, match="phone_rounded"):
        cells.phone(cell)


MOBILE = st.integers(500_000_000, 519_999_999).map(lambda n: f"+48{n}").filter(phones.e164)
LANDLINE = st.integers(123_000_000, 123_999_999).map(lambda n: f"+48{n}").filter(phones.e164)


def written(number: str, how: int) -> str:
    plain = number.removeprefix("+48")
    grouped = f"{plain[:3]} {plain[3:6]} {plain[6:]}"
    landline = f"({plain[:2]}) {plain[2:5]}-{plain[5:7]}-{plain[7:]}"
    return [plain, grouped, number, f"0048 {grouped}", landline][how]


@settings(max_examples=200)
@given(
    st.lists(st.tuples(MOBILE | LANDLINE, st.integers(0, 4)), min_size=1, max_size=4),
    st.sampled_from([", ", "; ", " / ", " lub ", " ::: ", "\n", " | "]),
)
def test_every_number_of_a_cell_is_found_the_mobile_first(several, between):
    cell = between.join(written(number, how) for number, how in several)
    given = list(dict.fromkeys(number for number, _ in several))
    found = cells.phones(cell)
    assert sorted(found) == sorted(given)
    mobiles = [number for number in given if number.startswith("+485")]
    assert found[: len(mobiles)] == mobiles


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("a@x.pl; b@x.pl", ["a@x.pl", "b@x.pl"]),
        ("a@x.pl ::: b@x.pl", ["a@x.pl", "b@x.pl"]),
        ("Anna Żurek <anna@przyklad.pl>", ["anna@przyklad.pl"]),
        ("praca: a@x.pl, dom: b@x.pl.", ["a@x.pl", "b@x.pl"]),
        ("mailto:a@x.pl", ["a@x.pl"]),
    ],
)
def test_addresses(cell, found):
    assert cells.addresses(cell) == found


@pytest.mark.parametrize(
    "cells_", [["Razem", "12"], ["", "Suma:", "1 200,00 zł"], ["Total", "", "3"]]
)
def test_totals_are_no_people(cells_):
    assert footers.why(cells_) == "total"


@pytest.mark.parametrize(
    "cells_", [["Suma", "Jan", "600100200"], ["Suma Jan", "1"], ["Anna", "Razem"], ["Totalny Jan"]]
)
def test_people_are_no_totals(cells_):
    assert footers.why(cells_) == ""
