"""Contact cards of 2.1, 3.0 and 4.0 as programs write them: right, or refused by line."""

# ruff: noqa: E501 - a line of the table is a card

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polecam.imports import records
from tests.imports import reading
from tests.imports.reading import people, read, said

CARDS = reading.REAL / "vcard"
ANNA = ("Anna", "Żurek", "+48600100200", "anna@przyklad.pl")


def card(*lines: str, version: str = "3.0", ends: str = "\r\n") -> str:
    return ends.join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def cells(content: bytes | str) -> list[tuple[int, list[str]]]:
    return read(content)[1][1:]


PLAIN = card("N:Żurek;Anna;;;", "FN:Anna Żurek", "TEL:600 100 200", "EMAIL:anna@przyklad.pl")
QUOTED = card(
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=BBur=",
    "ek;Anna;;;",
    "NOTE;ENCODING=QUOTED-PRINTABLE:first=0D=0A=",
    "TEL:not a number of hers=",
    "",
    "TEL;CELL:600100200",
    "EMAIL;INTERNET:anna@przyklad.pl",
    version="2.1",
)
WINDOWS = card(
    "N;CHARSET=windows-1250;ENCODING=QUOTED-PRINTABLE:=AFurek;Anna",
    "TEL;HOME;VOICE:12 345 67 89",
    "TEL;CELL;VOICE:600100200",
    "EMAIL;PREF;INTERNET:anna@przyklad.pl",
    version="2.1",
)
RAW_CHARSET = card(
    "N;CHARSET=ISO-8859-2:Żurek;Anna", "TEL:600100200", "EMAIL:anna@przyklad.pl", version="2.1"
).encode("iso8859-2")
FOLDED = card(
    "N:Żur",
    " ek;An",
    "\tna;;;",
    "item1.TEL;type=CELL;type=pref:600 100",
    "  200",
    'EMAIL;X-ID="a:b;c";TYPE=WORK:anna@przyk',
    " lad.pl",
)
PHOTO = card(
    "PHOTO;ENCODING=BASE64;TYPE=JPEG:/9j/4AAQSkZJRgABAQEAYABg",
    " N:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "/9j/4AAQSkZJRgABAQEAYABgAAD",
    "",
    "N:Żurek;Anna;;;",
    "TEL:600100200",
    "EMAIL:anna@przyklad.pl",
    "PHOTO;ENCODING=b;TYPE=JPEG:" + "A" * 200_000,
    version="2.1",
)
FOUR = card(
    "FN:Anna Żurek",
    "N:Żurek;Anna;;;",
    'TEL;VALUE=uri;TYPE="work,voice";PREF=1:tel:+48-12-345-67-89;ext=102',
    'TEL;VALUE=uri;TYPE="cell":tel:+48-600-100-200',
    "EMAIL;PREF=2:inna@przyklad.pl",
    "EMAIL;PREF=1:anna@przyklad.pl",
    version="4.0",
)
AGENT = card(
    "N:Żurek;Anna",
    "AGENT:",
    "BEGIN:VCARD",
    "VERSION:2.1",
    "N:Obcy;Jan",
    "TEL:700700700",
    "END:VCARD",
    "TEL:600100200",
    "EMAIL:anna@przyklad.pl",
    version="2.1",
)
FAX = card(
    "FN:Anna Żurek",
    "TEL;TYPE=HOME;TYPE=FAX:12 345 67 89",
    "TEL;TYPE=PAGER:12 345 67 88",
    "TEL:600100200",
    "EMAIL:anna@przyklad.pl",
)
LIKE_ANNA = {
    "3.0": PLAIN,
    "utf-16": PLAIN.encode("utf-16"),
    "utf-16 without a mark": PLAIN.encode("utf-16-le"),
    "windows-1250": PLAIN.encode("cp1250"),
    "lone line feeds": PLAIN.replace("\r\n", "\n"),
    "quoted-printable": QUOTED,
    "quoted windows-1250": WINDOWS,
    "raw charset": RAW_CHARSET,
    "folded": FOLDED,
    "photographs": PHOTO,
    "4.0": FOUR,
    "agent": AGENT,
    "fax and pager": FAX,
}


@pytest.mark.parametrize("content", LIKE_ANNA.values(), ids=LIKE_ANNA)
def test_the_same_person_however_she_is_written(content):
    assert said(content) == [ANNA]


def test_escapes_are_read_as_signs():
    text = card(r"N:Nowak\, de domo Lis;Ewa;;;", r"ORG:Kowal\; Syn\\Wnuk\, s.c.;Dział", "TEL:1")
    assert cells(text)[0][1][:4] == ["Ewa", "Nowak, de domo Lis", "", "Kowal; Syn\\Wnuk, s.c."]


def test_a_firms_card_is_the_firm():
    by_org = card("ORG:Zakład Stolarski Sosna;", "TEL:12 345 67 89")
    by_apple = card(
        "N:;;;;",
        "FN:Sosna Sp. z o.o.",
        "ORG:Sosna Sp. z o.o.;",
        "X-ABShowAs:COMPANY",
        "TEL:600100200",
    )
    by_kind = card("KIND:org", "FN:Gmina Lipowa", "TEL:600100201", version="4.0")
    assert said(by_org + by_apple + by_kind) == [
        ("Zakład Stolarski Sosna", "", "+48123456789", ""),
        ("Sosna Sp. z o.o.", "", "+48600100200", ""),
        ("Gmina Lipowa", "", "+48600100201", ""),
    ]


def test_fn_alone_and_n_alone_and_neither():
    text = card("FN:mgr Anna Maria Żurek") + card("N:Lis;Jan") + card("TEL:600100200")
    assert said(text) == [
        ("Anna Maria", "Żurek", "", ""),
        ("Jan", "Lis", "", ""),
        ("missing", "full_name", "", ""),
    ]


def test_a_forgotten_end_a_stray_line_and_a_file_cut_off():
    text = (
        "BEGIN:VCARD\nN:Lis;Jan\nTEL:600100200\n"
        + card("N:Wilk;Ewa", "TEL:600100201", ends="\n")
        + "what is this\n"
        + "BEGIN:VCARD\nN:Bąk;Ola\nTEL:60010"
    )
    assert said(text) == [
        ("Jan", "Lis", "+48600100200", ""),
        ("Ewa", "Wilk", "+48600100201", ""),
        ("broken_row", "", "", ""),
        ("cut_off", "", "", ""),
    ]
    assert [line for line, _ in cells(text)] == [1, 4, 9, 10]


def test_letters_that_a_card_does_not_name_are_told_or_marked():
    certain = card("N;ENCODING=QUOTED-PRINTABLE:Bry=B3a;=A3ucja", version="2.1")
    assert [row[:2] for row in said(certain)] == [("Łucja", "Bryła")]
    wrong = card("N;CHARSET=x-none;ENCODING=QUOTED-PRINTABLE:=8F=90=91;Jan", version="2.1")
    assert said(wrong)[0][0] in {"unreadable", "Jan"}
    assert said(wrong)[0][:2] != ("Jan", "Źę")


NAME = st.text("aąbcćłńóśźżAĘŁŚŻ;,\\ -", min_size=1, max_size=12).filter(str.strip)


@settings(max_examples=60)
@given(first=NAME, last=NAME, at=st.integers(1, 60), version=st.sampled_from(["3.0", "4.0"]))
def test_what_a_proper_writer_folds_comes_back(first, last, at, version):
    def escaped(text):
        return "".join(f"\\{sign}" if sign in "\\;," else sign for sign in text)

    line = f"N:{escaped(last)};{escaped(first)};;;"
    folded = [line[:at]] + [f" {line[n : n + at]}" for n in range(at, len(line), at)]
    row = cells(card(*[part for part in folded if part.strip() or part]))[0][1]
    assert row[:2] == [" ".join(first.split()), " ".join(last.split())]


@settings(max_examples=60)
@given(st.data())
def test_a_card_cut_or_damaged_anywhere_is_right_or_refused(data):
    """Whatever is lost, Anna is Anna with her number, or that row is refused."""
    text = (PLAIN + card("N:Lis;Jan", "TEL:600100201")).encode()
    cut = data.draw(st.integers(0, len(text)))
    for row in people(text[:cut]) if text[:cut].strip() else []:
        if not row.problem:
            assert (row.first_name, row.last_name) in {("Anna", "Żurek"), ("Jan", "Lis")}
            assert row.phone in {"+48600100200", "+48600100201"}


# --- real files of real programs -------------------------------------------------------------------

REAL = """\
John_Doe_BLACK_BERRY.vcf|john|Doe|+96123456789|
John_Doe_EVOLUTION.vcf|John|Doe|905-666-1234; 905-555-1234|john.doe@ibm.com
John_Doe_GMAIL.vcf|John|Doe|905-555-1234; 905-666-1234|john.doe@ibm.com
John_Doe_IPHONE.vcf|John|Doe|905-555-1234; 905-666-1234; 905-777-1234; 905-222-1234|john.doe@ibm.com
John_Doe_MAC_ADDRESS_BOOK.vcf|John|Doe|905-555-1234; 905-777-1234; 905-666-1234; 905-222-1234|john.doe@ibm.com
John_Doe_MS_OUTLOOK.vcf|John|Doe|(905) 555-1234; (905) 666-1234|john.doe@ibm.cm
fullcontact.vcf|FirstName|LastName|555-555-1113; 555-555-1114; …; 555-555-1119|home@example.com; work@example.com; …; custom@example.com
gmail-list.vcf|Arnold|Smith||asmithk@gmail.com
gmail-list.vcf|Chris|Beatle||chrisy55d@yahoo.com
gmail-list.vcf|Doug|White||dwhite@gmail.com
gmail-single.vcf|Greg|Dartmouth|555 555 1111; 555 555 2222|gdartmouth@hotmail.com
gmail-single2.vcf|VCard|Test|5555551115; 5555551111; …; 5555551121|email@example.com; homeemail@example.com; …; customcategory@example.com
outlook-2003.vcf|John|Doe|MobilePhone; BusinessPhone; HomePhone|jdoe@hotmail.com
outlook-2007.vcf|Michael|Angstadt|(111) 555-4444; (111) 555-1111; (111) 555-2222|mike.angstadt@gmail.com
rfc2426-example.vcf|Frank|Dawson|+1-919-676-9515|Frank_Dawson@Lotus.com; fdawson@earthlink.net
rfc2426-example.vcf|Tim|Howes|+1-415-937-3419|howes@netscape.com
rfc6350-example.vcf|Simon|Perreault|+1-418-262-6501; +1-418-656-9254 ext. 102|simon.perreault@viagenie.ca
"""


@pytest.mark.parametrize(
    "name",
    [
        "N:\ue00099999999999\ue001;Anna",
        "N;ENCODING=QUOTED-PRINTABLE;CHARSET=undefined:Kowal=C5=84;Anna",
        "N;ENCODING=QUOTED-PRINTABLE;CHARSET=a\x00b:Kowal=C5=84;Anna",
        "N;ENCODING=QUOTED-PRINTABLE;CHARSET=zlib:Kowal=C5=84;Anna",
    ],
)
def test_a_card_made_to_hurt_is_a_card_like_any_other(name):
    _, row = next(iter(cells(card(name, "TEL:601202303"))))
    assert row[0] == "Anna"


def test_a_line_costs_its_length_whatever_it_holds():
    for bad in (" ", '"x" ', ";", ';"', "a;"):  # each took minutes when what was read was read anew
        line = f"TEL;{bad * (records.LONGEST_LINE // len(bad))}"[: records.LONGEST_LINE - 2]
        folded = ["  " + " " * 4000] * 20
        assert cells(card("N:Nowak;Anna", line, *folded, "TEL:601202303"))[0][1][0] == "Anna"


@pytest.mark.skipif(not CARDS.exists(), reason="the real cards are not on this machine")
@pytest.mark.parametrize("name", sorted({line.split("|")[0] for line in REAL.splitlines()}))
def test_every_card_of_real_programs(name):
    content = (CARDS / name).read_bytes()
    found = [
        (first or full.split()[0], last or full.split()[-1], _short(phones), _short(emails))
        for _, (first, last, full, _firm, phones, emails) in cells(content)
    ]
    lines = [line.split("|") for line in REAL.splitlines()]
    assert found == [tuple(rest) for file, *rest in lines if file == name]
    for row in people(content):  # taken as they are, or refused for a number that is none in Poland
        assert row.problem in {"", "phone_invalid"}
        assert row.problem or row.email or row.phone
        assert not records.trouble(row.cells)


def _short(several: str) -> str:
    """At most the first two and the last."""
    found = several.split("; ")
    return "; ".join([*found[:2], "…", found[-1]] if len(found) > 4 else found)
