"""E-mail addresses: the public test set with every deviation explained, and what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import emails as bench
from polecam.kit import emails


@pytest.mark.skipif(not bench.FILE.exists(), reason="isemail_tests.xml is not on this machine")
def test_every_deviation_from_the_public_test_set_is_listed_with_its_reason():
    found = bench.vectors()
    assert len(found) > 150
    assert bench.table(found) in bench.PAGE.read_text(encoding="utf-8"), (
        "stale: python -m bench.emails --write"
    )
    for one in found:
        if one.got:
            assert one.got == emails.normal(one.got), "what is kept is kept as it is"
            assert not {"\r", "\n", "\t", "\0"} & set(one.got)


def test_the_page_lists_a_reason_in_every_row():
    page = bench.PAGE.read_text(encoding="utf-8")
    rows = page[page.index(bench.BEGIN) :].split("|---|---|---|---|\n")[1].split("\n\n")[0]
    assert len(rows.splitlines()) > 20
    for row in rows.splitlines():
        assert row.rstrip(" |").rpartition("| ")[2].startswith(("refused: ", "taken: "))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" jan@firma.pl\r\n", "jan@firma.pl"),
        ("Jan.Kowalski@FIRMA.pl", "Jan.Kowalski@firma.pl"),
        ("żółw@łódka.pl", "żółw@łódka.pl"),
        ("jan@bu\u0308cher.example", "jan@bücher.example"),
        ("jan@xn--bcher-kva.example", "jan@bücher.example"),
        ('"jan nowak"@firma.pl', '"jan nowak"@firma.pl'),
        ('"jan"@firma.pl', "jan@firma.pl"),
        ("a" * 64 + "@firma.pl", "a" * 64 + "@firma.pl"),
        ("a" * 65 + "@firma.pl", ""),
        ('"' + "a " * 31 + '"@firma.pl', '"' + "a " * 31 + '"@firma.pl'),
        ('"' + "a " * 32 + '"@firma.pl', ""),
        ("a@" + "b" * 63 + ".pl", "a@" + "b" * 63 + ".pl"),
        ("a@" + "b" * 64 + ".pl", ""),
        ("a@" + "b.c" * 90 + ".pl", ""),
        ("jan@firma", ""),
        ("jan@[127.0.0.1]", ""),
        ("Jan <jan@firma.pl>", ""),
        ("jan@firma.pl, ola@firma.pl", ""),
        ("jan@firma.pl\r\nBcc: ola@firma.pl", ""),
        ("jan@-firma.pl", ""),
        ("jan(comment)@firma.pl", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_what_people_type(typed, kept):
    assert emails.normal(typed) == kept


@given(st.text(max_size=80))
def test_nothing_that_is_kept_can_break_a_header(typed):
    kept = emails.normal(typed)
    assert emails.normal(kept) == kept
    assert not {"\r", "\n", "\0"} & set(kept)
    assert kept == "" or kept.count("@") >= 1
