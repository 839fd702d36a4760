"""What an ask may bring: the worked example of evidence.md, shrinkage, an honest range."""

from hypothesis import given
from hypothesis import strategies as st

from polecam.asking.rates import Answers
from polecam.bonuses.queries import Rates
from polecam.insights import estimate, evidence, expected
from polecam.insights.estimate import PRIOR_YES, Chances, from_counts, of_ask, of_referral

RATES = Rates(consent_grosze=1_000, meeting_grosze=4_000, sale_bp=1_250)


def test_the_check_of_evidence():
    """V 1,500 -> EV 56.25 zł with the defaults."""
    assert evidence.expected_value(0.30, 1, 0.5, 0.25, 150_000) == 5_625


def test_defaults_can_be_read_aloud():
    """.30 x .50 x (10 + .55 x (40 + .45 x 545)) = 25 zł; a named friend 83 zł; all of it 595 zł."""
    ask = of_ask(Chances(), "praise", RATES)
    assert [step.chance_bp for step in ask.steps] == [3_000, 5_000, 5_500, 4_500]
    assert [step.pays_grosze for step in ask.steps] == [0, 1_000, 4_000, 54_500]
    named = of_referral(Chances(), RATES)
    assert abs(named.grosze - 8_344) <= 5  # rounded at each step, as it is read aloud
    assert ask.grosze == round(0.3 * named.grosze)
    assert named.whole_grosze == 59_500
    assert ask.one_in == 7


def test_a_named_friend_is_worth_the_same_here_and_in_my_referrals():
    likely = expected.from_sums(referrals=40, consents=30, meetings=12, sales=6, margin=3_000_000)
    assert (
        of_referral(Chances(after=likely), RATES).grosze
        == expected.of_referral("captured", RATES, likely).grosze
    )


@given(st.integers(0, 500), st.data())
def test_own_answers_replace_the_default_by_shrinkage(asks, data):
    yes = data.draw(st.integers(0, asks))
    heard = from_counts({"praise": Answers(asks, yes)}, 0)
    mean = heard.yes["praise"].mean
    own = yes / asks if asks else PRIOR_YES.mean
    low, high = sorted((own, PRIOR_YES.mean))
    assert low - 1e-9 <= mean <= high + 1e-9
    one_more = from_counts({"praise": Answers(asks + 1, yes + 1)}, 0).yes["praise"].mean
    assert 0 <= one_more - mean <= 1 / 11 + 1e-9, "never a jump"


@given(st.integers(0, 400), st.integers(1, 12))
def test_the_range_holds_the_figure_and_narrows_with_data(yes, ten):
    few = Chances(from_counts({"praise": Answers(10, 3)}, 0))
    many = Chances(from_counts({"praise": Answers(1_000 * ten, 300 * ten)}, 0))
    for chances in (few, many):
        ask = of_ask(chances, "praise", RATES)
        assert ask.low_grosze <= ask.grosze <= ask.high_grosze
    wide, narrow = of_ask(few, "praise", RATES), of_ask(many, "praise", RATES)
    assert narrow.high_grosze - narrow.low_grosze < wide.high_grosze - wide.low_grosze


def test_the_same_question_gets_the_same_range():
    first = of_ask(Chances(), "praise", RATES)
    estimate._range.cache_clear()
    assert of_ask(Chances(), "praise", RATES) == first


def test_a_plan_without_money_promises_none():
    ask = of_ask(Chances(), "praise", Rates())
    assert (ask.grosze, ask.low_grosze, ask.high_grosze) == (0, 0, 0)
    assert ask.one_in == 0 or ask.one_in >= 1


def test_the_cost_of_winning_otherwise_raises_what_a_win_is_worth():
    plain = estimate.value_per_win(
        436_000, cost_of_client_grosze=0, bonus_grosze=0, business="shop"
    )
    saved = estimate.value_per_win(
        436_000, cost_of_client_grosze=148_000, bonus_grosze=0, business="shop"
    )
    assert plain == 218_000
    assert saved - plain == 148_000
