"""What other programs export maps itself: their own headings, in both languages.

Headings as the programs write them; the people are invented.
"""

import pytest

from polecam.imports import columns
from tests.imports.reading import people, read, said

ANNA = ("Anna", "Żurek", "+48600100200", "anna@przyklad.pl")
JAN = ("Jan", "Lis", "+48123456789", "jan@przyklad.pl")

OUTLOOK = (
    "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,"
    "Business Street 2,Business Street 3,Business City,Business State,Business Postal Code,"
    "Business Country/Region,Home Street,Home Street 2,Home Street 3,Home City,Home State,"
    "Home Postal Code,Home Country/Region,Other Street,Other Street 2,Other Street 3,Other City,"
    "Other State,Other Postal Code,Other Country/Region,Assistant's Phone,Business Fax,"
    "Business Phone,Business Phone 2,Callback,Car Phone,Company Main Phone,Home Fax,Home Phone,"
    "Home Phone 2,ISDN,Mobile Phone,Other Fax,Other Phone,Pager,Primary Phone,Radio Phone,"
    "TTY/TDD Phone,Telex,Account,Anniversary,Assistant's Name,Billing Information,Birthday,"
    "Business Address PO Box,Categories,Children,Directory Server,E-mail Address,E-mail Type,"
    "E-mail Display Name,E-mail 2 Address,E-mail 2 Type,E-mail 2 Display Name,E-mail 3 Address,"
    "E-mail 3 Type,E-mail 3 Display Name,Gender,Government ID Number,Hobby,Home Address PO Box,"
    "Initials,Internet Free Busy,Keywords,Language,Location,Manager's Name,Mileage,Notes,"
    "Office Location,Organizational ID Number,Other Address PO Box,Priority,Private,Profession,"
    "Referred By,Sensitivity,Spouse,User 1,User 2,User 3,User 4,Web Page"
)
OUTLOOK_PL = (
    "Tytuł,Imię,Drugie imię,Nazwisko,Sufiks,Firma,Dział,Stanowisko,Adres służbowy - ulica,"
    "Adres służbowy - ulica 2,Adres służbowy - ulica 3,Adres służbowy - miejscowość,"
    "Adres służbowy - województwo,Adres służbowy - kod pocztowy,Adres służbowy - kraj/region,"
    "Adres domowy - ulica,Adres domowy - ulica (2),Adres domowy - ulica (3),"
    "Adres domowy - miejscowość,Adres domowy - województwo,Adres domowy - kod pocztowy,"
    "Adres domowy - kraj/region,Inny adres - ulica,Inny adres - ulica 2,Inny adres - ulica 3,"
    "Inny adres - miejscowość,Inny adres - województwo,Inny adres - kod pocztowy,"
    "Inny adres - kraj/region,Telefon asystenta,Faks służbowy,Telefon służbowy,"
    "Telefon służbowy 2,Wywołanie zwrotne,Telefon w samochodzie,Główny telefon do firmy,"
    "Faks domowy,Telefon domowy,Telefon domowy 2,ISDN,Telefon komórkowy,Inny faks,Inny telefon,"
    "Pager,Telefon podstawowy,Radiotelefon,Telefon TTY/TDD,Teleks,Adres e-mail,Typ e-mail,"
    "Wyświetlana nazwa e-mail,Adres e-mail 2,Rodzaj e-mail 2,Wyświetlana nazwa e-mail 2,"
    "Adres e-mail 3,Rodzaj e-mail 3,Wyświetlana nazwa e-mail 3,Charakter,"
    "Domowa skrzynka pocztowa,Dzieci,Hobby,Imię i nazwisko asystenta,Informacje rozliczeniowe,"
    "Inicjały,Inna skrzynka pocztowa,Internetowe informacje wolny/zajęty,Język,Kategorie,Konto,"
    "Lokalizacja,Lokalizacja biura,Menedżer,Notatki,Numer ewidencyjny w organizacji,"
    "Osoba polecająca,PESEL,Płeć,Priorytet,Prywatne,Przebieg,Rocznica,Serwer adresowy,"
    "Słowa kluczowe,Służbowa skrzynka pocztowa,Strona sieci Web,Urodziny,Użytkownik 1,"
    "Użytkownik 2,Użytkownik 3,Użytkownik 4,Współmałżonek,Zawód"
)
GOOGLE_OLD = (
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,"
    "Family Name Yomi,Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,"
    "Gender,Location,Billing Information,Directory Server,Mileage,Occupation,Hobby,Sensitivity,"
    "Priority,Subject,Notes,Language,Photo,Group Membership,E-mail 1 - Type,E-mail 1 - Value,"
    "E-mail 2 - Type,E-mail 2 - Value,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,"
    "Phone 2 - Value,Organization 1 - Type,Organization 1 - Name"
)
GOOGLE_NEW = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,"
    "Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,"
    "Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,"
    "E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value"
)


def row(headings: str, said: dict[str, str]) -> str:
    """A line with what is said under those headings, every cell quoted as exports do."""
    assert set(said) <= set(headings.split(","))
    return ",".join(f'"{said.get(name, "")}"' for name in headings.split(","))


def export(headings: str, *rows: dict[str, str]) -> str:
    lines = [",".join(f'"{name}"' for name in headings.split(","))]
    return "\r\n".join([*lines, *[row(headings, said) for said in rows], ""])


ENGLISH = export(
    OUTLOOK,
    {
        "Title": "mgr",
        "First Name": "Anna",
        "Last Name": "Żurek",
        "Business Phone": "12 345 67 00",
        "Mobile Phone": "600 100 200",
        "E-mail Address": "anna@przyklad.pl",
        "E-mail Type": "SMTP",
        "E-mail Display Name": "Anna Żurek (anna@przyklad.pl)",
        "Government ID Number": "85010112345",
        "Business Fax": "12 345 67 01",
    },
    {
        "First Name": "Jan",
        "Last Name": "Lis",
        "Home Phone": "(12) 345-67-89",
        "E-mail Address": "jan@przyklad.pl",
    },
    {"Company": "Zakład Sosna", "Company Main Phone": "12 345 67 02"},
)
POLISH = export(
    OUTLOOK_PL,
    {
        "Imię": "Anna",
        "Nazwisko": "Żurek",
        "Telefon służbowy": "12 345 67 00",
        "Telefon komórkowy": "600 100 200",
        "Adres e-mail": "anna@przyklad.pl",
        "PESEL": "85010112345",
        "Osoba polecająca": "Ewa Wilk",
    },
    {
        "Imię": "Jan",
        "Nazwisko": "Lis",
        "Telefon domowy": "(12) 345-67-89",
        "Adres e-mail": "jan@przyklad.pl",
    },
    {"Firma": "Zakład Sosna", "Główny telefon do firmy": "12 345 67 02"},
)
FIRM = ("Zakład Sosna", "", "+48123456702", "")


@pytest.mark.parametrize("text", [ENGLISH, POLISH], ids=["English", "Polish"])
@pytest.mark.parametrize("letters", ["cp1250", "utf-8-sig", "utf-8"])
def test_outlook_old_and_new(text, letters):
    assert said(text.encode(letters)) == [ANNA, JAN, FIRM]


def test_outlook_has_ninety_two_columns():
    assert len(OUTLOOK.split(",")) == len(OUTLOOK_PL.split(",")) == 92


def test_google_before_2024():
    text = export(
        GOOGLE_OLD,
        {
            "Name": "Anna Żurek",
            "Given Name": "Anna",
            "Family Name": "Żurek",
            "E-mail 1 - Type": "* Home",
            "E-mail 1 - Value": "anna@przyklad.pl ::: zurek@przyklad.pl",
            "Phone 1 - Type": "Work",
            "Phone 1 - Value": "12 345 67 89 ::: +48 600 100 200",
            "Group Membership": "* myContacts",
        },
        {
            "Name": "Jan Lis",
            "Phone 2 - Value": "12 345 67 89",
            "E-mail 2 - Value": "jan@przyklad.pl",
        },
    )
    assert said(text) == [ANNA, JAN]
    assert [found.spare for found in people(text)] == [2, 0]


def test_google_since_2024():
    text = export(
        GOOGLE_NEW,
        {
            "First Name": "Anna",
            "Last Name": "Żurek",
            "Labels": "* myContacts",
            "E-mail 1 - Label": "* ",
            "E-mail 1 - Value": "anna@przyklad.pl",
            "Phone 1 - Label": "Mobile",
            "Phone 1 - Value": "+48 600 100 200",
        },
        {"Organization Name": "Zakład Sosna", "Phone 1 - Value": "12 345 67 02"},
    )
    assert said(text) == [ANNA, FIRM]


HUBSPOT = {
    "English": "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,"
    "Primary Associated Company ID,Last Activity Date,Lead Status,Create Date",
    "English, by object": "Record ID - Contact,First Name,Last Name,Email,Phone Number,"
    "Contact owner,Lead Status",
    "Polish": "ID rekordu,Imię,Nazwisko,E-mail,Numer telefonu,Właściciel kontaktu,Status leada",
}


@pytest.mark.parametrize("headings", HUBSPOT.values(), ids=HUBSPOT)
def test_hubspot(headings):
    text = f"{headings}\n101,Anna,Żurek,anna@przyklad.pl,+48600100200,Marta Zielińska,New\n"
    assert said(text) == [ANNA]
    assert people(text)[0].number == "101"
    assert people(text)[0].owner == "Marta Zielińska"


FOOTER = (
    '\r\n\r\n"Grand Totals (2 records)"\r\n\r\n"Confidential Information - Do Not Distribute"\r\n'
    '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\r\n'
)
SALESFORCE = (
    '"Salutation","First Name","Last Name","Title","Account Name","Phone","Mobile","Email",'
    '"Account Owner"\r\n"Ms.","Anna","Żurek","CEO","Sosna","12 345 67 00","600 100 200",'
    '"anna@przyklad.pl","Marta Zielińska"\r\n"","Jan","Lis","","Sosna","12 345 67 89","",'
    '"jan@przyklad.pl","Kamil Duda"\r\n'
)


@pytest.mark.parametrize("letters", ["iso8859-2", "utf-8", "cp1250"])
def test_a_salesforce_report_with_its_footer(letters):
    content = (SALESFORCE + FOOTER).encode(letters)
    assert said(content) == [ANNA, JAN]
    reading, _ = read(content)
    assert [why for _, why in reading.left] == ["total", "report", "report"]


def test_a_grouped_report_leaves_its_subtotals_out():
    text = "First Name,Last Name,Amount\nAnna,Żurek,100\nSubtotal,,100\nJan,Lis,200\nTotal,,300\n"
    assert [found[:2] for found in said(text)] == [("Anna", "Żurek"), ("Jan", "Lis")]


PIPEDRIVE = {
    "English": "Person - Name,Person - ID,Person - Organization,Person - Email - Work,"
    "Person - Email - Home,Person - Phone - Work,Person - Phone - Mobile,Person - Owner",
    "Polish": "Osoba - Nazwa,Osoba - ID,Osoba - Organizacja,Osoba - E-mail - Praca,"
    "Osoba - E-mail - Dom,Osoba - Telefon - Praca,Osoba - Telefon - Komórka,Osoba - Właściciel",
}


@pytest.mark.parametrize("headings", PIPEDRIVE.values(), ids=PIPEDRIVE)
def test_pipedrive(headings):
    text = (
        f"{headings}\n"
        "Anna Żurek,7,Sosna,anna@przyklad.pl,,12 345 67 00,600 100 200,Marta Zielińska\n"
        "Jan Lis,8,Sosna,,jan@przyklad.pl,12 345 67 89,,Kamil Duda\n"
    )
    assert said(text) == [ANNA, JAN]
    assert [found.number for found in people(text)] == ["7", "8"]
    assert people(text)[0].owner == "Marta Zielińska"


LIVESPACE = {
    "Polish": "Imię;Nazwisko;Stanowisko;Firma;E-mail;Telefon;Opiekun;Źródło",
    "English": "Name;Last name;Position;Company name;E-mail;Phone;Owner;Source",
    "English, plainly": "First name;Last name;Position;Company;Email;Phone;Owner;Source",
}


@pytest.mark.parametrize("headings", LIVESPACE.values(), ids=LIVESPACE)
def test_livespace(headings):
    text = f"{headings}\nAnna;Żurek;Prezes;Sosna;anna@przyklad.pl;600100200;Marta Zielińska;WWW\n"
    assert said(text) == [ANNA]
    assert people(text)[0].owner == "Marta Zielińska"


def test_numbers_that_are_no_telephones_are_never_taken_for_one():
    for heading in ("PESEL", "NIP", "REGON", "Nr konta", "Faks"):
        rows = [(1, ["Klient", heading]), (2, ["Anna Żurek", "850101123"]), (3, ["Jan Lis", "1"])]
        assert columns.recognise(rows, "clients").mapping == {"0": "full_name"}


def test_excel_says_its_separator():
    assert said("sep=|\nKlient|Telefon\nAnna Żurek|600100200\n") == [(*ANNA[:3], "")]
