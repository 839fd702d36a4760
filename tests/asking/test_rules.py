"""The ask budget and the never-moments of evidence.md and compliance.md, as properties."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from polecam.asking import rules
from polecam.asking.catalogue import DELIVERED
from polecam.asking.rules import Limits, PastAsk, Rest, Standing, Window, WrongMoment, may_ask

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
OUTCOMES = ["open", "names", "pass_on", "later", "declined"]
days_ago = st.integers(0, 800)
asks = st.lists(
    st.builds(
        PastAsk, on=days_ago.map(lambda n: TODAY - n * DAY), outcome=st.sampled_from(OUTCOMES)
    ),
    max_size=6,
).map(tuple)


@given(asks)
def test_nobody_is_asked_twice_within_the_rest(past):
    """Invariant 18: 90 days between asks, by any seller, for a referral or a reference."""
    answer = may_ask(Standing(asks=past), today=TODAY)
    if any(ask.on > TODAY - 90 * DAY for ask in past):
        assert answer is not None
    if all(ask.on <= TODAY - 365 * DAY for ask in past):
        assert answer is None


@given(asks, st.integers(0, 500))
def test_two_refusals_rest_a_year_one_rests_ninety_days(past, later):
    when = TODAY + later * DAY
    ordered = sorted(past, key=lambda ask: ask.on, reverse=True)
    refusals = []
    for ask in ordered:
        if ask.outcome in ("names", "pass_on"):
            break
        if ask.outcome == "declined":
            refusals.append(ask.on)
    answer = may_ask(Standing(asks=past), today=when)
    if len(refusals) > 1 and when < refusals[0] + 365 * DAY:
        assert answer == Rest.TWO_REFUSALS
    elif past and when < ordered[0].on + 90 * DAY:
        assert answer == Rest.RECENTLY_ASKED
    else:
        assert answer is None


@given(asks)
def test_a_follow_up_is_exempt_from_the_budget_only(past):
    assert may_ask(Standing(asks=past), today=TODAY, follow_up=True) is None
    never = Standing(asks=past, never_ask=True)
    assert may_ask(never, today=TODAY, follow_up=True) == Rest.NEVER_ASK
    objected = Standing(asks=past, objection=True)
    assert may_ask(objected, today=TODAY, follow_up=True) == Rest.OBJECTION
    complaint = Standing(asks=past, wrong=(WrongMoment("complaint", TODAY),))
    assert may_ask(complaint, today=TODAY, follow_up=True) == Rest.COMPLAINT


WRONG = [kind.code for kind in DELIVERED if not kind.good]


@given(st.sampled_from(WRONG), st.integers(0, 400), st.integers(0, 400))
def test_a_wrong_moment_lasts_until_its_end_and_a_complaint_ninety_days_more(kind, since, length):
    start = TODAY - since * DAY
    end = start + length * DAY
    open_one = Standing(wrong=(WrongMoment(kind, start),))
    reason = Rest(kind) if kind in rules.SAID else Rest.WRONG_MOMENT
    assert may_ask(open_one, today=TODAY) == reason
    ended = Standing(wrong=(WrongMoment(kind, start, end),))
    last = end + 90 * DAY if kind == "complaint" else end
    assert (may_ask(ended, today=TODAY) is None) == (last <= TODAY)


def test_a_wrong_moment_ahead_is_not_yet_wrong():
    ahead = Standing(wrong=(WrongMoment("decision_pending", TODAY + DAY),))
    assert may_ask(ahead, today=TODAY) is None
    assert may_ask(ahead, today=TODAY + DAY) == Rest.DECISION_PENDING


def test_not_now_until_a_date_has_no_cause():
    resting = Standing(resting_until=TODAY + DAY)
    assert may_ask(resting, today=TODAY) == Rest.RESTING
    assert may_ask(resting, today=TODAY + DAY) is None


def test_an_ask_that_never_happened_spends_nothing():
    assert may_ask(Standing(asks=(PastAsk(TODAY, "not_asked"),)), today=TODAY) is None


def test_a_yes_between_two_refusals_starts_the_count_again():
    past = (
        PastAsk(TODAY - 300 * DAY, "declined"),
        PastAsk(TODAY - 200 * DAY, "names"),
        PastAsk(TODAY - 100 * DAY, "declined"),
    )
    assert may_ask(Standing(asks=past), today=TODAY) is None


def test_lengths_are_settings():
    limits = Limits(rest_days=30, refusals_rest_days=100, recovery_days=30)
    once = Standing(asks=(PastAsk(TODAY - 30 * DAY, "declined"),))
    assert may_ask(once, today=TODAY, limits=limits) is None
    twice = Standing(asks=tuple(PastAsk(TODAY - n * DAY, "declined") for n in (40, 99)))
    assert may_ask(twice, today=TODAY, limits=limits) == Rest.TWO_REFUSALS


@given(st.builds(Window, st.integers(0, 3), st.integers(0, 90)), st.integers(-40, 120))
def test_a_good_moment_is_fresh_within_its_window_only(window, age):
    on = TODAY - age * DAY
    assert rules.is_fresh(window, on, TODAY) == (-window.before <= age < max(window.after, 1))
    assert 0 <= rules.freshness(window, on, TODAY) <= 1
    assert not rules.is_fresh(None, on, TODAY)


@given(st.integers(0, 10))
def test_a_rating_below_nine_is_no_reason(rating):
    assert rules.is_fresh(Window(0, 14), TODAY, TODAY, rating=rating) == (rating >= 9)


@given(st.sampled_from(list(rules.SkipReason)))
def test_every_reason_to_skip_is_valid_and_passes(reason):
    assert rules.skip_until(reason, TODAY) > TODAY


def test_a_follow_up_lies_ahead_within_a_year():
    assert not rules.follow_up_allowed(TODAY, TODAY)
    assert rules.follow_up_allowed(TODAY + DAY, TODAY)
    assert not rules.follow_up_allowed(TODAY + 366 * DAY, TODAY)
