"""Drafts for the tests of plans: real, random, broken."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from polecam.bonuses.planning.draft import ONE, DraftBand, DraftComponent, DraftVersion

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
START = datetime(2026, 12, 31, 23, 0, tzinfo=UTC)
"""New year's midnight in Warsaw."""
DAY = timedelta(days=1)
MEETING = DraftComponent("meeting", amount_grosze=4_000)
SALE = DraftComponent("sale", base="margin", rate_bp=1_250)


def draft(*components: DraftComponent, **terms: object) -> DraftVersion:
    """A plan that may be published, of these sentences."""
    return replace(DraftVersion(START, components or (MEETING, SALE)), **terms)


def table(*rows: tuple[int, int | None, int], shape: str = "marginal") -> DraftComponent:
    """Meetings paid by rows of (from, until, grosze), borders in whole meetings."""
    bands = tuple(
        DraftBand(lower * ONE, None if upper is None else upper * ONE, amount_grosze=amount)
        for lower, upper, amount in rows
    )
    return DraftComponent("meeting", shape=shape, bands=bands)


rows = st.lists(
    st.tuples(st.integers(0, 8), st.one_of(st.none(), st.integers(0, 8))), min_size=1, max_size=5
)
"""Rows of a table as somebody might type them: few borders, so that they often meet."""

components = st.builds(
    DraftComponent,
    fact_kind=st.sampled_from(("consent", "meeting", "sale", "retained")),
    base=st.sampled_from(("count", "value", "margin")),
    shape=st.sampled_from(("flat", "marginal")),
    amount_grosze=st.integers(0, 3),
    rate_bp=st.integers(0, 3),
    cap_grosze=st.integers(0, 2),
    hold_days=st.one_of(st.none(), st.integers(0, 2)),
    bands=st.lists(
        st.builds(DraftBand, st.integers(0, 3), st.none(), st.integers(0, 2)),
        max_size=3,
        unique_by=lambda band: band.lower,
    ).map(lambda found: tuple(sorted(found, key=lambda band: band.lower))),
)
versions = st.builds(
    DraftVersion,
    valid_from=st.just(START),
    components=st.lists(components, max_size=5).map(tuple),
    hold_days=st.integers(0, 2),
    quality_gate=st.booleans(),
    pool_bp=st.integers(0, 2),
)
