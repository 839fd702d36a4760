"""Rows of a sales file beside reported sales: pure."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from polecam.sales.matching import Match, Sold, contract_key, match

DAY = date(2026, 11, 17)
REPORTED = Sold(
    "s1",
    "U/2026/4000",
    DAY,
    ("ryszard zrebiec", "zrebiec ryszard"),
    "marta zielinska",
    frozenset({"phone-1"}),
)


def row(**more):
    return replace(REPORTED, **({"key": "2", "contract": "", "indexes": frozenset()} | more))


def test_by_contract_however_it_is_written():
    assert contract_key("u-2026 / 4000") == contract_key("U/2026/4000")
    (found,) = match([row(contract="u 2026 4000", on=DAY + timedelta(days=90))], [REPORTED])
    assert found == Match("2", "s1", "contract")


def test_by_phone_then_by_name_with_seller_and_day():
    assert (
        match([row(indexes=frozenset({"phone-1"}), seller_key="")], [REPORTED])[0].how == "contact"
    )
    assert match([row()], [REPORTED])[0].how == "name"
    assert match([row(seller_key="zielinska marta")], [REPORTED])[0].how == "name"
    for wrong in (
        row(seller_key=""),
        row(seller_key="ewa lipiec"),
        row(on=DAY + timedelta(days=8)),
        row(name_keys=("jan lis", "lis jan")),
    ):
        assert match([wrong], [REPORTED])[0].reason == "nothing"


def test_another_contract_of_the_same_person_is_not_this_sale():
    assert match([row(contract="U/2026/9999")], [REPORTED])[0].reason == "other_contract"


def test_several_are_for_a_human():
    twin = replace(REPORTED, key="s2", contract="")
    assert match([row()], [replace(REPORTED, contract=""), twin])[0].reason == "several"
    twice = [row(key="2"), row(key="3")]
    assert {found.reason for found in match(twice, [REPORTED])} == {"several"}


KEYS = st.sampled_from(["", "a", "b", "c"])
SOLD = st.builds(
    Sold,
    key=st.just(""),
    contract=KEYS,
    on=st.dates(DAY, DAY + timedelta(days=40)),
    name_keys=st.tuples(KEYS, KEYS),
    seller_key=KEYS,
    indexes=st.frozensets(KEYS.filter(bool), max_size=2),
)


@given(st.lists(SOLD, max_size=8), st.lists(SOLD, max_size=8))
def test_one_row_one_sale_and_every_row_answered(rows, sales):
    rows = [replace(sold, key=f"r{i}") for i, sold in enumerate(rows)]
    sales = [replace(sold, key=f"s{i}") for i, sold in enumerate(sales)]
    found = match(rows, sales)
    assert [m.line for m in found] == [sold.key for sold in rows]
    taken = [m.sale for m in found if m.sale]
    assert len(taken) == len(set(taken))
    assert all(bool(m.sale) != bool(m.reason) and bool(m.sale) == bool(m.how) for m in found)
