"""Numbers, money and days as both languages write them."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from polecam.web.ui import format as fmt

TODAY = date(2026, 11, 23)
N, H = fmt.NARROW, fmt.HARD


@pytest.fixture(params=["pl", "en"])
def tongue(request):
    with translation.override(request.param), timezone.override("Europe/Warsaw"):
        yield request.param


def test_money(tongue):
    comma = "," if tongue == "pl" else "."
    assert fmt.zl(125_000) == f"1{N}250{N}zł"
    assert fmt.zl(1_250) == f"12{comma}50{N}zł"
    assert fmt.zl(3_849, approx=True) == f"≈{N}38{N}zł"
    assert fmt.zl(3_850, approx=True) == f"≈{N}39{N}zł"
    assert fmt.zl(-50) == f"−0{comma}50{N}zł"
    assert fmt.zl(16_000, plus=True) == f"+160{N}zł"
    assert fmt.zl(0) == f"0{N}zł"
    assert fmt.zl(-20, approx=True) == f"≈{N}0{N}zł"


def test_shares(tongue):
    comma = "," if tongue == "pl" else "."
    assert fmt.percent(4_300) == "43%"
    assert fmt.percent(1_250) == f"12{comma}5%"
    assert fmt.percent(5) == f"0{comma}05%"
    assert fmt.number(-12_345) == f"−12{N}345"
    assert fmt.decimal(2.4) == f"2{comma}4"
    assert fmt.decimal(3.0) == "3"


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_money_reads_back(grosze):
    with translation.override("pl"):
        text = fmt.zl(grosze).removesuffix(f"{N}zł").replace(N, "").replace("−", "-")
    zloty, _, rest = text.partition(",")
    sign = -1 if text.startswith("-") else 1
    assert sign * (abs(int(zloty)) * 100 + int(rest or 0)) == grosze


def test_days_polish():
    with translation.override("pl"):
        assert fmt.day(TODAY, reference=TODAY) == f"23{H}lis"
        assert fmt.day(date(2025, 1, 2), reference=TODAY) == f"2{H}sty{H}2025"
        assert fmt.weekday(TODAY, reference=TODAY) == f"pon.{H}23{H}lis"
        assert fmt.near(TODAY, reference=TODAY) == "dziś"
        assert fmt.near(date(2026, 11, 24), reference=TODAY) == "jutro"
        assert fmt.near(date(2026, 11, 22), reference=TODAY) == "wczoraj"
        assert fmt.near(date(2026, 11, 25), reference=TODAY) == f"śr.{H}25{H}lis"
        assert fmt.near(date(2026, 12, 25), reference=TODAY) == f"25{H}gru"
        assert fmt.in_month("2026-09") == f"we{H}wrześniu"


def test_days_english():
    with translation.override("en"):
        assert fmt.weekday(TODAY, reference=TODAY) == f"Mon{H}23{H}Nov"
        assert fmt.near(date(2026, 11, 24), reference=TODAY) == "tomorrow"
        assert fmt.since(date(2020, 11, 1), reference=TODAY) == f"for 6{H}years"
        assert fmt.ago(date(2026, 3, 1), reference=TODAY) == f"8{H}months ago"


@pytest.mark.parametrize(
    ("start", "since", "ago"),
    [
        (date(2020, 11, 1), f"od 6{H}lat", f"6{H}lat temu"),
        (date(2023, 11, 1), f"od 3{H}lat", f"3{H}lata temu"),
        (date(2004, 11, 1), f"od 22{H}lat", f"22{H}lata temu"),
        (date(2025, 11, 23), "od roku", "rok temu"),
        (date(2026, 3, 20), f"od 8{H}mies.", f"8{H}mies. temu"),
        (date(2026, 11, 20), f"od 3{H}dni", f"3{H}dni temu"),
        (date(2026, 11, 22), f"od 1{H}dnia", "wczoraj"),
        (TODAY, f"od 0{H}dni", "dziś"),
    ],
)
def test_spans(start, since, ago):
    with translation.override("pl"):
        assert fmt.since(start, reference=TODAY) == since
        assert fmt.ago(start, reference=TODAY) == ago


def test_an_instant_is_shown_on_the_organisations_clock():
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    with timezone.override("Europe/Warsaw"), translation.override("pl"):
        assert fmt.clock(late) == "00:30"
        assert fmt.day(late, reference=TODAY) == f"24{H}lis"
        assert fmt.when(late, reference=TODAY) == "jutro, 00:30"


def test_one_letter_words_stay_with_the_next():
    assert fmt.tie("Idę w las i z psem") == f"Idę w{H}las i{H}z{H}psem"
    assert fmt.tie("chronione 90 dni") == f"chronione 90{H}dni"
    assert fmt.tie("do Anny") == "do Anny"
    assert fmt.tie("Żabka a Łódź") == f"Żabka a{H}Łódź"


@given(st.text(max_size=60))
def test_tying_changes_only_spaces(text):
    assert fmt.tie(text).replace(H, " ") == text.replace(H, " ")


def test_lists():
    with translation.override("pl"):
        assert fmt.listed(["Ola", "Kamil", "Ewa"]) == f"Ola, Kamil i{H}Ewa"
    with translation.override("en"):
        assert fmt.listed(["Ola", "Kamil"]) == "Ola and Kamil"
    assert fmt.listed([]) == ""
