"""Letters that stumble Python's own parser: read as far as they can be, never an error of ours."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.asking import inlet_mail
from polecam.kit.errors import Refused
from polecam.messages import dsn

TOKEN = "a" * 32
GOOD = (
    f"To: polecam+{TOKEN}@firma.pl\nMessage-ID: <1@x>\nAuto-Submitted: no\n"
    "Subject: K-10: pochwala\n"
)
DAMAGED = ("Cc: group:;,x@y, <", "Cc: <", "Cc: a@b(", 'To: "x', "To: g:,")


def read(raw: bytes) -> None:
    """As `polecam mail-in` does before it looks into the database."""
    message = inlet_mail.parsed(raw)
    inlet_mail.tokens(message)
    told = inlet_mail.told(message)
    (told.client + told.kind + told.event).encode()


@pytest.mark.parametrize("line", DAMAGED)
def test_a_damaged_header_does_not_stop_the_others(line):
    message = inlet_mail.parsed(f"{GOOD}{line}\n\n".encode())
    assert TOKEN in inlet_mail.tokens(message)
    assert inlet_mail.told(message).client == "K-10"


def test_half_a_character_is_no_text():
    message = inlet_mail.parsed(GOOD.replace("K-10", "=?utf-8?q?K=ED=A0=80?=").encode() + b"\n")
    with suppress(Refused):
        assert inlet_mail.told(message).client.encode()


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(GOOD)),
            st.sampled_from(
                ["<", ">", "@", '"', ";", ":", ",", "(", "g:;", "=?", "?=", "\\", "\n"]
            ),
        ),
        max_size=6,
    )
)
def test_whatever_is_cut_or_added(marks):
    raw = GOOD
    for place, mark in marks:
        raw = raw[:place] + mark + raw[place:]
    with suppress(Refused):
        read(f"{raw}\nK-1: pochwala".encode())


def test_a_notification_with_a_damaged_reference_is_none_of_ours():
    head = b"Content-Type: multipart/report; boundary=q\nIn-Reply-To: <a\nTo: <\n"
    raw = head + b"References: <@\n\n--q--"
    assert dsn.read(raw) == []
