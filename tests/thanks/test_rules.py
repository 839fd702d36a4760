"""Rules of thanks and rewards, without a database."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from polecam.journal.kinds import KINDS
from polecam.thanks import presets, rules
from polecam.worker.readers import rewards as reward_reader
from polecam.worker.readers import thanks as reader

SALES = {kind for kind in KINDS if kind.startswith(("sale.", "complaint.", "bonus.", "plan."))}
SALES |= {"referral.won", "referral.lost"}


@given(st.sampled_from(sorted(KINDS)), st.booleans(), st.booleans())
def test_an_event_makes_at_most_one_occasion_and_a_sale_none(kind, told, held):
    occasion = rules.owed_for(kind, told=told, held=held)
    assert occasion in ("", rules.RECOMMENDED, rules.TALKED)
    if kind in SALES:
        assert occasion == ""
    if occasion == rules.TALKED:
        assert told
        assert held


def test_no_reader_of_thanks_or_rewards_hears_of_a_sale():
    assert not SALES & (reader.KINDS | reward_reader.KINDS)
    assert len(SALES) > 8  # else the names above have changed


@given(st.dates(max_value=date(9999, 1, 1)), st.integers(1, 30), st.integers(1, 30))
def test_due_within_the_days_and_never_before(day, days, more):
    due = rules.due_on(day, days)
    assert 0 < (due - day).days == days
    assert rules.due_on(day, days + more) > due


@given(
    st.sampled_from(["client", "friend", "both", "charity"]),
    st.booleans(),
)
def test_each_side_once_and_what_is_untold_reaches_no_client(side, told):
    due = rules.due_sides(side, told=told)
    assert len(set(due)) == len(due) <= 2
    assert set(due) <= set(rules.sides(side))
    if not told:
        assert set(due) <= {"friend"}
    else:
        assert due == rules.sides(side)


@given(st.sets(st.integers(1, 40)), st.integers(1, 40), st.integers(1, 10), st.booleans())
def test_many_counts_referrals_not_rewards(rewarded, referral, most, regulated):
    flagged = rules.many(rewarded, referral, most=most, regulated=regulated)
    assert flagged == (regulated and len(rewarded | {referral}) > most)
    if referral in rewarded:  # its second side makes it no second referral
        assert flagged == (regulated and len(rewarded) > most)


@given(st.integers(0, 10**9), st.integers(0, 10**7), st.integers(0, 10**9))
def test_the_cap_of_a_year_is_reached_never_passed(had, more, most):
    assert rules.over_year(had, more, most) == (had + more > most)


@given(st.lists(st.sampled_from(["approved", "refused", "given", "cancelled", "asked"])))
def test_a_reward_is_given_at_most_once_and_only_after_approval(moves):
    state, path = "asked", ["asked"]
    for to in moves:
        if rules.may_move(state, to):
            state = to
            path.append(to)
    assert path.count("given") <= 1
    assert path.count("approved") <= 1
    if "given" in path:
        assert path == ["asked", "approved", "given"]
    assert "asked" not in path[1:]


def test_presets_are_flat_two_sided_and_there_for_every_line_of_business():
    for business in ("bank", "insurance", "real_estate", "telco", "cars", "b2b", "other", "xyz"):
        found = presets.for_business(business)
        assert [one.side for one in found.values()] == ["both", "friend", "charity"]
        for one in found.values():
            assert 0 < one.value_grosze <= 10_000
            assert one.title_pl != one.title_en
