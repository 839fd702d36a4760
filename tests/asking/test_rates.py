"""Invariant 21: no total, nor any difference of totals, gives away one colleague's answers."""

from collections import Counter, defaultdict

from hypothesis import given
from hypothesis import strategies as st

from polecam.asking import rates, tally
from polecam.asking.models import Ask
from polecam.asking.rates import FEWEST_SELLERS, Row, released

rows = st.lists(
    st.builds(
        lambda month, kind, seller, asks, yes: Row(month, kind, seller, asks, min(asks, yes)),
        st.sampled_from(["2026-08", "2026-09"]),
        st.sampled_from(["praise", "keys", "renewal", ""]),
        st.integers(1, 8),
        st.integers(0, 4),
        st.integers(0, 4),
    ),
    max_size=40,
    unique_by=lambda row: (row.month, row.kind, row.seller),
)


@given(rows)
def test_every_cell_holds_five_sellers_and_a_month_is_whole_or_absent(given_rows):
    cells = released(given_rows)
    counted = [row for row in given_rows if row.asks > 0]
    by_month = defaultdict(set)
    for row in counted:
        by_month[row.month].add(row.seller)
    for cell in cells:
        inside = [r for r in counted if r.month == cell.month and r.kind in cell.kinds]
        assert len({row.seller for row in inside}) >= FEWEST_SELLERS
        assert cell.answers.asks == sum(row.asks for row in inside)
        assert cell.answers.yes == sum(row.yes for row in inside)
    for month, sellers in by_month.items():
        kinds = Counter(k for cell in cells if cell.month == month for k in cell.kinds)
        whole = {row.kind for row in counted if row.month == month}
        assert set(kinds) == (whole if len(sellers) >= FEWEST_SELLERS else set())
        assert all(times == 1 for times in kinds.values())


@given(rows)
def test_answers_of_a_small_branch_never_leave(given_rows):
    few = [row for row in given_rows if row.seller < FEWEST_SELLERS]
    assert released(few) == []


def test_the_open_month_is_not_counted(branch, marta, kamil, tomek, at):
    from tests.cast import person

    others = [person(branch, "seller", name, "Test", "f", at=at) for name in ("Ola", "Ewa", "Iga")]
    for month in ("2026-09", "2026-10"):
        for seller in (marta, kamil, *others):
            ask = Ask(branch=branch, seller=seller, moment_kind="praise")
            tally.count(ask, month, before="open", after="names")
    found = rates.by_kind(branch.pk, since="2026-01", before="2026-10")
    assert found == {"praise": rates.Answers(5, 5)}
