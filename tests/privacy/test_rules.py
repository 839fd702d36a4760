"""The clocks of Art. 14 and of retention, as plain arithmetic."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from polecam.privacy.rules import masked, notice_due, unanswered_until

instants = st.integers(1_577_836_800, 1_893_456_000).map(
    lambda second: datetime.fromtimestamp(second, UTC)
)


@given(captured=instants, contact=st.none() | instants, days=st.integers(1, 60))
def test_the_notice_is_never_later_than_a_month_nor_the_first_contact(captured, contact, days):
    due = notice_due(captured, contact)
    assert due <= captured + timedelta(days=30)
    assert contact is None or due <= contact
    assert unanswered_until(captured, days) <= notice_due(captured, None)


@given(number=st.from_regex(r"\+48[5-8]\d{8}", fullmatch=True))
def test_a_hint_gives_away_three_digits(number):
    assert masked(number) == f"••• {number[-3:]}"
    assert masked("jan.kowalski@firma.pl") == "j•••@firma.pl"
    assert masked("") == ""
