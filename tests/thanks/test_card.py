"""The card of thanks: it renders, in both languages and sizes, and tells nothing of the friend."""

import json

import pytest
from django.test import Client as Http
from django.urls import reverse
from django.utils import translation

from polecam.web.pages.thanks import cutting, paper
from polecam.web.ui import typeset
from tests.thanks.support import named

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("sheet", ["a6", "a5"])
def test_it_renders_on_two_sides(anna, marta, at, language, sheet):
    row = named(anna, at)
    body = paper.pdf(row, marta, language=language, sheet=sheet, number=2)
    assert body.startswith(b"%PDF-")
    assert b"/Count 2" in body


def test_its_sheet_is_as_large_as_it_says(anna, marta, at):
    """Pixels at 25.4 to the inch are millimetres."""
    row = named(anna, at)
    for sheet, wide in (("a6", 105), ("a5", 210)):
        said = json.dumps(paper.said(row, marta, sheet=sheet, number=1))
        pages = typeset._typesetter(paper.TEMPLATE).compile(
            format="png", ppi=25.4, sys_inputs={"said": said}
        )
        sizes = [(int.from_bytes(p[16:20]), int.from_bytes(p[20:24])) for p in pages]
        assert sizes == [(wide, 148)] * 2


def test_it_holds_the_words_and_nothing_of_the_friend(anna, marta, at):
    row = named(anna, at, first="Zdzisław")
    with translation.override("pl"):
        said = paper.said(row, marta, sheet="a6", number=3)
    assert said["greeting"].replace("\u00a0", " ") == "Pani Anno,"
    assert said["words"].startswith("Bardzo się ucieszyłam.")
    assert "Zdzisław" not in json.dumps(said, ensure_ascii=False)
    with translation.override("en"):
        assert paper.said(row, marta, sheet="a6", number=3)["greeting"] == "Anna,"


def test_markup_in_a_name_is_only_text(anna, marta, at):
    anna.party.set_name('#read("/etc/passwd")', "$x$ *b* \\u{1}")
    anna.party.save()
    row = named(anna, at)
    body = paper.pdf(row, marta, language="en", sheet="a6", number=1)
    assert body.startswith(b"%PDF-")


def test_the_leaf_of_this_trust_is_there_and_no_flower():
    """A flower would be a sale."""
    drawn = cutting.bough()
    assert drawn.count("#e0a021") == 1
    assert "petal" not in drawn
    assert "class=" not in drawn


@pytest.mark.parametrize("query", ["?sheet=a4", "?lang=de", "?sheet=../../x", "?lang="])
def test_unknown_sheets_and_languages_are_not_there(anna, marta, at, query):
    http = Http()
    http.force_login(marta)
    address = reverse("thanks:card", args=[named(anna, at).public_id])
    assert http.get(address + query).status_code == 404
    assert http.get(address)["Content-Type"] == "application/pdf"


def test_a_colleague_prints_no_card_of_hers(anna, kamil, at):
    http = Http()
    http.force_login(kamil)
    assert http.get(reverse("thanks:card", args=[named(anna, at).public_id])).status_code == 404
