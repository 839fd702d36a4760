"""Where a plan could be played: the detectors see what they should, and nothing else."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from polecam.bonuses.rules import Row
from polecam.insights.simulation_gaming import (
    Cell,
    Thirds,
    bunching,
    floor_of_two,
    look,
    near_edge,
    splitting,
)
from polecam.insights.simulation_terms import Measure, Terms

MONTHS = ("2026-08", "2026-09", "2026-10")
KINDS = ("consent", "meeting", "sale")
ONE = 10_000


def measures():
    return st.builds(
        Measure,
        st.integers(0, 12).map(lambda n: n * 5_000),
        st.integers(0, 5_000_000),
        st.integers(0, 90_000_000),
    )


thirds = st.builds(Thirds, measures(), measures(), measures())
cells = st.lists(
    st.builds(
        Cell,
        st.integers(1, 3),
        st.sampled_from(MONTHS),
        st.dictionaries(st.sampled_from(KINDS), thirds, max_size=3),
        st.sampled_from((2_500, 5_000, 10_000)),
    ),
    max_size=8,
    unique_by=lambda cell: (cell.person_id, cell.month),
)
flat = st.builds(
    Terms,
    kind=st.sampled_from(KINDS),
    base=st.just("count"),
    weight=st.integers(1, 90_000),
)
by_sum = st.builds(
    Terms,
    kind=st.just("sale"),
    base=st.sampled_from(("margin", "value")),
    weight=st.integers(1, 10_000),
)


def bands(base: str, weights: tuple[int, ...], width: int, shape: str, **more) -> Terms:
    steps = tuple(
        Row(n * width, (n + 1) * width if n + 1 < len(weights) else None, weight)
        for n, weight in enumerate(weights)
    )
    return Terms(base=base, shape=shape, steps=steps, **more)


curved = st.builds(
    bands,
    st.sampled_from(("count", "margin")),
    st.lists(st.integers(0, 9_000), min_size=1, max_size=4).map(tuple),
    st.sampled_from((10_000, 35_000, 1_000_000)),
    st.sampled_from(("marginal", "whole", "accelerator")),
)


@given(st.lists(flat.filter(lambda one: one.kind != "sale") | by_sum, max_size=4), cells)
def test_without_bands_floors_and_money_by_count_nothing_is_warned_of(terms, found):
    said = look(terms, found)
    assert (said.splitting, said.bunching, said.near_edge) == (None, None, None)


@given(flat.filter(lambda one: one.kind == "sale"), cells)
def test_money_for_each_sale_pays_splitting_twice(term, found):
    said = splitting([term], found)
    people = {}
    for cell in found:
        paid = term.pays(cell.whole, cell.factor_bp)
        if paid >= 100:
            people[cell.person_id] = people.get(cell.person_id, 0) + paid
    assert (said.sellers if said else 0) == len(people)
    # two roundings of the same exact sum differ by a grosz for each month at most
    assert abs((said.most_grosze if said else 0) - max(people.values(), default=0)) <= 3


@given(flat, cells)
def test_what_pays_each_fact_by_itself_cannot_be_moved_to_advantage(term, found):
    assert bunching([term], found) is None


@given(curved, cells)
def test_moving_days_never_shows_a_loss_as_a_gain(term, found):
    said = bunching([term], found)
    if said:
        assert said.most_grosze >= 100
        assert 1 <= said.sellers <= len({cell.person_id for cell in found})


@given(curved, cells)
def test_one_month_alone_has_no_border(term, found):
    assert bunching([term], [cell for cell in found if cell.month == "2026-09"]) is None


@given(curved, measures(), st.integers(1, 10_000))
def test_a_part_of_a_month_shrinks_the_bands(term, measure, factor):
    """F_k(x) = k F(x / k): k times the measure of a full month pays k times as much."""
    whole = term.tier(measure.of(term.base))
    part = term.tier(measure.of(term.base) * factor, factor * ONE)
    assert abs(part - whole * factor) <= factor


def test_a_whole_band_tempts_to_wait_for_the_next_month():
    """Four sales a month at 50 zl; from six on, 80 zl for each of them."""
    whole = Terms(
        shape="whole", steps=(Row(0, 6 * ONE, 5_000), Row(6 * ONE, None, 8_000)), position=2
    )
    august = Cell(1, "2026-08", {"sale": Thirds(middle=_sales(2), late=_sales(2))})
    september = Cell(1, "2026-09", {"sale": Thirds(early=_sales(1), middle=_sales(3))})
    said = bunching([whole], [august, september])
    # 2 x 50 + 6 x 80 = 580 zl instead of 4 x 50 + 4 x 50 = 400 zl
    assert (said.sellers, said.most_grosze, said.positions) == (1, 18_000, (2,))
    assert splitting([whole], [august]).most_grosze == 8 * 8_000 - 4 * 5_000
    far_apart = replace(september, month="2026-10")
    assert bunching([whole], [august, far_apart]) is None


def test_a_cap_tempts_to_write_the_rest_in_the_next_month():
    capped = Terms(kind="meeting", weight=4_000, cap_grosze=12_000)
    first = Cell(7, "2026-08", {"meeting": Thirds(middle=_sales(3), late=_sales(2))})
    second = Cell(7, "2026-09", {"meeting": Thirds(middle=_sales(1))})
    assert bunching([capped], [first, second]).most_grosze == 8_000


def test_who_ends_just_below_an_edge_is_counted():
    edge = bands("margin", (500, 1_000), 1_000_000, "whole", position=3)
    near = Cell(1, "2026-08", {"sale": Thirds(middle=Measure(ONE, 950_000, 0))})
    said = near_edge([edge], [near])
    assert (said.sellers, said.positions) == (1, (3,))
    assert said.most_grosze == 100_000 - 47_500
    below = Cell(1, "2026-08", {"sale": Thirds(middle=Measure(ONE, 949_999, 0))})
    on_it = Cell(2, "2026-08", {"sale": Thirds(middle=Measure(ONE, 1_000_000, 0))})
    assert near_edge([edge], [below, on_it]) is None
    part_time = Cell(3, "2026-08", {"sale": Thirds(middle=Measure(ONE, 480_000, 0))}, 5_000)
    assert near_edge([edge], [part_time]).sellers == 1


def test_a_band_that_pays_less_is_no_edge_to_reach():
    falling = bands("margin", (1_000, 500), 1_000_000, "marginal")
    near = Cell(1, "2026-08", {"sale": Thirds(middle=Measure(ONE, 990_000, 0))})
    assert near_edge([falling], [near]) is None


def test_a_minimum_for_each_sale_is_money_by_count():
    """14% of margin, at least 120 zl: 500 zl of margin pays 120 zl, as two sales 240 zl."""
    assert floor_of_two(50_000, 1_400, 12_000) == 12_000
    assert floor_of_two(100_000, 1_400, 12_000) == 24_000 - 14_000
    assert floor_of_two(1_000_000, 1_400, 12_000) == 0
    least = Terms(id=5, base="margin", weight=1_400, floor_grosze=12_000)
    cell = Cell(1, "2026-08", {"sale": Thirds(middle=Measure(ONE, 50_000, 0))}, floors={5: 12_000})
    assert splitting([least], [cell]).most_grosze == 12_000


def test_what_needs_a_number_of_sales_can_be_reached_by_splitting():
    needs = Terms(kind="meeting", weight=4_000, needs_kind="sale", needs_least=2)
    cell = Cell(1, "2026-08", {"meeting": Thirds(middle=_sales(3)), "sale": Thirds(_sales(1))})
    assert splitting([needs], [cell]).most_grosze == 12_000


@given(curved, cells)
def test_a_special_action_with_a_window_is_left_out(term, found):
    said = look([replace(term, windowed=True)], found)
    assert (said.splitting, said.bunching, said.near_edge) == (None, None, None)


def _sales(count: int) -> Measure:
    return Measure(count * ONE, count * 400_000, 0)
