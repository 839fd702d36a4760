"""What people write into cells."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.imports import cells
from polecam.imports.cells import BadCell
from polecam.imports.columns import last_name_first, missing, recognise
from polecam.imports.rejects import neutral
from polecam.kit import emails
from polecam.organisation.currencies import EUR

ANY = st.text(max_size=40)


@pytest.mark.parametrize(
    "said", ["", " ", "brak", "Nie podano", "-", "---", "n/d", "b.d.", "N/A", "?"]
)
def test_placeholders(said):
    assert cells.text(said) == ""
    assert cells.phone(said) == ""
    assert cells.email(said) == ""
    assert cells.day(said) is None
    assert cells.grosze(said) is None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("28.10.2016", date(2016, 10, 28)),
        ("2016-10-28", date(2016, 10, 28)),
        ("2016-10-28T12:30:00", date(2016, 10, 28)),
        ("28-10-2016 r.", date(2016, 10, 28)),
        ("28/10/16", date(2016, 10, 28)),
        ("28 października 2016", date(2016, 10, 28)),
        ("28 paź 2016 r.", date(2016, 10, 28)),
        ("28 October 2016", date(2016, 10, 28)),
        ("Oct 28, 2016", date(2016, 10, 28)),
        ("28th Oct 2016", date(2016, 10, 28)),
        ("28 X 2016", date(2016, 10, 28)),
        ("20161028", date(2016, 10, 28)),
        ("42671", date(2016, 10, 28)),
    ],
)
def test_dates(said, meant):
    assert cells.day(said) == meant


@pytest.mark.parametrize(
    "said", ["31.02.2020", "13/13/2020", "wczoraj", "2020", "0.0.0000", "1.1.1"]
)
def test_no_dates(said):
    with pytest.raises(BadCell, match="date_invalid"):
        cells.day(said)


@pytest.mark.parametrize(
    ("said", "grosze"),
    [
        ("256 274,00 zł", 25_627_400),
        ("6623,42", 662_342),
        ("6623.42", 662_342),
        ("1.234,56", 123_456),
        ("1,234.56", 123_456),
        ("1\u00a0234\u202f567 PLN", 123_456_700),
        ("1,234", 123_400),
        ("500", 50_000),
        ("0,5", 50),
        ("-12,30", -1_230),
        ("1234.5000", 123_450),
    ],
)
def test_money(said, grosze):
    assert cells.grosze(said) == grosze


@pytest.mark.parametrize("said", ["dużo", "12,345.678,9", "1e5", "1.2345.6", "1,23,456", "--5"])
def test_no_money(said):
    with pytest.raises(BadCell, match="amount_invalid"):
        cells.grosze(said)


@pytest.mark.parametrize("said", ["1 234,50 €", "€1,234.50", "1234.50 EUR", "1234,50"])
def test_a_firm_that_counts_in_euros_writes_euros_and_nothing_is_converted(said):
    assert cells.grosze(said, EUR) == 123_450
    with pytest.raises(BadCell, match="amount_invalid"):
        cells.grosze("12 zł", EUR)
    with pytest.raises(BadCell, match="amount_invalid"):
        cells.grosze("12 €")


@given(st.integers(-(10**11), 10**11))
def test_money_as_polish_people_write_it(amount):
    sign, whole, part = "-" if amount < 0 else "", abs(amount) // 100, abs(amount) % 100
    grouped = f"{whole:,}".replace(",", " ")
    assert cells.grosze(f"{sign}{grouped},{part:02} zł") == amount


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("601 673 417", "+48601673417"),
        ("+48691330498", "+48691330498"),
        ("0048 601-673-417", "+48601673417"),
        ("'601673417", "+48601673417"),
        ("tel. 601673417", "+48601673417"),
        ("601673417.0", "+48601673417"),
        ("+44 20 7946 0018", "+442079460018"),
    ],
)
def test_phones(said, number):
    assert cells.phone(said) == number


@pytest.mark.parametrize("said", ["12", "telefon u mamy", "+48 123", "999999999999999999"])
def test_no_phones(said):
    with pytest.raises(BadCell, match="phone_invalid"):
        cells.phone(said)


@given(
    st.from_regex(
        r"[A-Za-z0-9._+-]{1,66}@[A-Za-z0-9.-]{1,20}\.(pl|com|test|local|c)", fullmatch=True
    )
)
def test_plain_addresses_are_read_as_the_library_reads_them(said):
    try:
        read = cells.email(said)
    except BadCell:
        read = ""
    assert read == emails.normal(said)


@given(ANY)
def test_no_text_breaks_a_parser(said):
    for parse in (
        cells.text,
        cells.phone,
        cells.email,
        cells.day,
        cells.grosze,
        cells.person_name,
        cells.person_name_last_first,
    ):
        try:
            parse(said)
        except BadCell:
            continue


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Anna Kowalczyk", ("Anna", "Kowalczyk")),
        ("ANNA KOWALCZYK", ("Anna", "Kowalczyk")),
        ("Kowalczyk, Anna", ("Anna", "Kowalczyk")),
        ("Anna Maria Nowak-Bąk", ("Anna Maria", "Nowak-Bąk")),
        ("Anna", ("Anna", "")),
    ],
)
def test_names(said, name):
    assert cells.person_name(said) == name


def test_names_last_first():
    assert cells.person_name_last_first("Kowalczyk Anna Maria") == ("Anna Maria", "Kowalczyk")
    assert last_name_first(["Źrebiec Ryszard", "Bąk Jan", "Lech Elżbieta"]) is True
    assert last_name_first(["Ryszard Źrebiec", "Jan Bąk"]) is False
    assert last_name_first(["Qwerty Asdf"]) is None


@given(ANY)
def test_formulas_are_quoted_out_and_unquoted_in(said):
    out = neutral(said)
    assert not out or out[0] not in "=@\t\r" or cells.FORMULA_SIGNS.find(out[0]) < 0
    if said[:1] != "'":
        assert cells.unquoted(out) == said


@pytest.mark.parametrize("said", ["+48601673417", "-12,5", "42", "+3.14"])
def test_numbers_are_no_formulas(said):
    assert neutral(said) == said


def test_columns_in_english_below_a_title():
    rows = [
        (1, ["Clients of the branch", "", ""]),
        (3, ["Full name", "Mobile phone", "E-mail address", "Account manager"]),
        (4, ["Nowak Anna", "601223344", "a@nowak.pl", "Kamil Duda"]),
    ]
    guess = recognise(rows, "clients")
    assert guess.header == 3
    assert guess.mapping == {"0": "name_last_first", "1": "phone", "2": "email", "3": "owner"}


def test_columns_without_headings_are_known_by_their_cells():
    guess = recognise([(1, ["Anna Nowak", "601 223 344", "a@nowak.pl"])], "clients")
    assert guess.header == 0
    assert guess.mapping == {"1": "phone", "2": "email"}
    assert missing(guess.mapping, "clients") == ["full_name"]
