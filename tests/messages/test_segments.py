"""What a text message costs: GSM-7 and UCS-2, counted as the networks do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.messages.segments import BASIC, EXTENDED, size


@pytest.mark.parametrize(
    ("text", "places", "parts", "wide"),
    [
        ("", 0, 1, False),
        ("a" * 160, 160, 1, False),
        ("a" * 161, 161, 2, False),
        ("a" * 306, 306, 2, False),
        ("a" * 307, 307, 3, False),
        ("ą" * 70, 70, 1, True),
        ("ą" * 71, 71, 2, True),
        ("ą" * 134, 134, 2, True),
        ("ą" * 135, 135, 3, True),
        ("a" * 69 + "ż", 70, 1, True),
        ("€" * 80, 160, 1, False),
        ("€" * 81, 162, 2, False),
        ("a" * 152 + "€" + "a" * 10, 164, 2, False),
        ("é à ò ñ ö", 9, 1, False),
        ("ó", 1, 1, True),
        ("„Dzień dobry”", 13, 1, True),
        ("\U0001f33f" * 35, 70, 1, True),
        ("\U0001f33f" * 36, 72, 2, True),
    ],
)
def test_known_sizes(text, places, parts, wide):
    found = size(text)
    assert (found.places, found.parts, found.wide) == (places, parts, wide)


def test_an_escape_is_not_cut_in_half():
    """153 places: the 153rd would be the first half of a €, so it moves to the next part."""
    assert size("a" * 152 + "€" + "a" * 151).parts == 2
    assert size("a" * 152 + "€" + "a" * 152).parts == 3


def test_the_alphabet_has_its_127_letters_without_the_escape():
    assert len(BASIC) == 127
    assert len(EXTENDED) == 10


@given(st.text(max_size=700))
def test_more_text_never_takes_less(text):
    found = size(text)
    assert found.parts >= 1
    assert size(text + "a").places == found.places + 1
    assert size(text + "a").parts >= found.parts
    assert found.parts <= found.places // (66 if found.wide else 152) + 1
