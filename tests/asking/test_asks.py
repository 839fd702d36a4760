"""Asking and what came of it, through the actions, on the database."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import asks
from polecam.asking import queries
from polecam.asking.models import Ask, FollowUp, MomentTally, Outcome
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of
from polecam.referrals.models import StageTally

ZONE = "Europe/Warsaw"
DAY = timedelta(days=1)


def leaves(seller, at):
    return queries.asked_in_last_week(seller, at)


def test_a_leaf_counts_at_once_and_whatever_the_answer(marta, anna, at):
    ask = asks.record(by=marta, at=at, client=anna, key="a")
    assert leaves(marta, at) == 1
    asks.answer(by=marta, at=at, ask=ask, outcome="declined")
    assert leaves(marta, at) == 1
    assert leaves(marta, at + 8 * DAY) == 0


def test_the_same_form_twice_is_one_ask_and_other_words_are_refused(marta, anna, branch, at):
    from tests.cast import client

    other = client(branch, marta, "Ewa", "Nowak", at=at)
    first = asks.record(by=marta, at=at, client=anna, key="a")
    assert asks.record(by=marta, at=at, client=anna, key="a") == first
    with pytest.raises(Refused, match="key_reused"):
        asks.record(by=marta, at=at, client=other, key="a")
    assert Ask.objects.count() == 1
    assert StageTally.objects.get().asks == 1


def test_what_happened_is_recordable_inside_the_rest_and_flagged(marta, anna, at):
    early = at - 10 * DAY
    assert not asks.record(by=marta, at=early, client=anna, key="a").inside_rest
    assert asks.record(by=marta, at=at, client=anna, key="b").inside_rest


def test_later_opens_exactly_one_follow_up_that_continues_the_ask(marta, anna, at):
    start = at - 40 * DAY
    first = asks.record(by=marta, at=start, client=anna, key="a")
    due = day_of(at, ZONE)
    asks.answer(by=marta, at=start, ask=first, outcome="later", later_on=due)
    asks.answer(by=marta, at=start, ask=first, outcome="later", later_on=due)
    assert FollowUp.objects.count() == 1
    assert [f.ask for f in queries.follow_ups_due(marta, due)] == [first]
    assert not queries.follow_ups_due(marta, due - DAY)
    second = asks.record(by=marta, at=at, client=anna, key="b")
    assert second.continues == first
    assert not second.inside_rest, "the client named this date: exempt (invariant 18)"
    assert not queries.follow_ups_due(marta, due)


def test_a_follow_up_needs_a_day_ahead(marta, anna, at):
    ask = asks.record(by=marta, at=at, client=anna, key="a")
    for wrong in (None, day_of(at, ZONE), day_of(at, ZONE) + 400 * DAY):
        with pytest.raises(Refused, match="follow_up_date"):
            asks.answer(by=marta, at=at, ask=ask, outcome="later", later_on=wrong)
    ask.refresh_from_db()
    assert ask.outcome == Outcome.OPEN


def test_a_colleague_neither_asks_nor_reads_nor_answers(marta, kamil, tomek, anna, at):
    """Invariant 21: the answer to an ask is read by its asker alone, not even by the boss."""
    with pytest.raises(NotAllowed):
        asks.record(by=kamil, at=at, client=anna, key="a")
    ask = asks.record(by=marta, at=at, client=anna, key="a")
    asks.answer(by=marta, at=at, ask=ask, outcome="declined")
    for other in (kamil, tomek):
        assert not queries.visible_to(other).exists()
        with pytest.raises(Ask.DoesNotExist):
            queries.find(other, ask.public_id)
        with pytest.raises(NotAllowed):
            asks.answer(by=other, at=at, ask=ask, outcome="names")
        with pytest.raises(NotAllowed):
            asks.undo(by=other, at=at, ask=ask)


def test_the_journal_never_tells_an_answer(marta, anna, at):
    for number, outcome in enumerate(["names", "pass_on", "later", "declined"]):
        when = at - number * DAY
        ask = asks.record(by=marta, at=when, client=anna, key=str(number))
        asks.answer(
            by=marta, at=when, ask=ask, outcome=outcome, later_on=day_of(when, ZONE) + 5 * DAY
        )
    answered = Event.objects.filter(kind="ask.answered")
    assert answered.count() == 4
    assert {str(event.data) for event in answered} == {"{}"}


def test_a_shared_client_may_be_asked_by_anyone_of_the_branch(kamil, anna, at):
    anna.shared = True
    anna.save()
    assert asks.record(by=kamil, at=at, client=anna, key="a").seller == kamil


def test_undo_takes_everything_back_within_ten_minutes(marta, anna, at):
    ask = asks.record(by=marta, at=at, client=anna, key="a")
    asks.answer(by=marta, at=at, ask=ask, outcome="names")
    with pytest.raises(Refused, match="undo_too_late"):
        asks.undo(by=marta, at=at + timedelta(minutes=11), ask=ask)
    asks.undo(by=marta, at=at + timedelta(minutes=10), ask=ask)
    asks.undo(by=marta, at=at + timedelta(minutes=10), ask=ask)
    anna.refresh_from_db()
    assert anna.last_asked_at is None
    assert leaves(marta, at) == 0
    assert StageTally.objects.get().asks == 0
    tally = MomentTally.objects.get()
    assert (tally.asks, tally.yes) == (0, 0)
    assert Event.objects.filter(kind="ask.undone").count() == 1


def test_not_asked_after_all_gives_the_leaf_back(marta, anna, at):
    ask = asks.record(by=marta, at=at, client=anna, key="a")
    asks.answer(by=marta, at=at, ask=ask, outcome="not_asked")
    anna.refresh_from_db()
    assert anna.last_asked_at is None, "the client does not rest for nothing"
    assert leaves(marta, at) == 0
    assert StageTally.objects.get().asks == 0
    assert not MomentTally.objects.exists()


def test_a_skip_is_one_and_keeps_its_reason_to_itself(marta, anna, at):
    first = asks.skip(by=marta, at=at, client=anna, reason="not_comfortable")
    assert asks.skip(by=marta, at=at, client=anna, reason="not_comfortable") == first
    event = Event.objects.get(kind="ask.skipped")
    assert "not_comfortable" not in str(event.data)
    with pytest.raises(Refused, match="unknown_reason"):
        asks.skip(by=marta, at=at, client=anna, reason="lazy")


def test_the_own_goal_is_journalled_without_its_number(marta, at):
    asks.set_goal(by=marta, at=at, asks=7)
    marta.refresh_from_db()
    assert marta.weekly_goal == 7
    assert Event.objects.get(kind="goal.set").data == {}
    with pytest.raises(Refused, match="goal_out_of_range"):
        asks.set_goal(by=marta, at=at, asks=0)


steps = st.lists(
    st.tuples(
        st.integers(0, 200), st.sampled_from(["names", "pass_on", "later", "declined", "open"])
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda step: step[0],
)


@given(steps)
def test_counters_equal_what_the_rows_say(marta, anna, at, steps):
    """Whatever happens, is answered or is taken back: the counters follow (both databases)."""
    from django.db import transaction

    with transaction.atomic():
        save = transaction.savepoint()
        for number, (days, outcome) in enumerate(steps):
            when = at - days * DAY
            ask = asks.record(by=marta, at=when, client=anna, key=f"k{number}")
            if outcome != "open":
                later = day_of(when, ZONE) + 30 * DAY
                asks.answer(by=marta, at=when, ask=ask, outcome=outcome, later_on=later)
            if number % 2:
                asks.undo(by=marta, at=when, ask=ask)
        kept = Ask.objects.filter(undone_at=None)
        assert sum(row.asks for row in StageTally.objects.all()) == kept.count()
        answers = kept.exclude(outcome="open")
        assert sum(row.asks for row in MomentTally.objects.all()) == answers.count()
        yes = answers.filter(outcome__in=["names", "pass_on"]).count()
        assert sum(row.yes for row in MomentTally.objects.all()) == yes
        anna.refresh_from_db()
        newest = max((ask.asked_at for ask in kept), default=None)
        assert anna.last_asked_at == newest
        transaction.savepoint_rollback(save)


def test_a_follow_up_stands_again_when_its_ask_is_taken_back(marta, anna, at):
    start, due = at - 40 * DAY, day_of(at, ZONE)
    first = asks.record(by=marta, at=start, client=anna, key="a")
    asks.answer(by=marta, at=start, ask=first, outcome="later", later_on=due)
    second = asks.record(by=marta, at=at, client=anna, key="b")
    assert not queries.follow_ups_due(marta, due)
    asks.undo(by=marta, at=at, ask=second)
    assert [row.ask for row in queries.follow_ups_due(marta, due)] == [first]


def test_the_counters_pass_the_recount_of_verify(marta, anna, at):
    from polecam.insights import tallies

    for number, outcome in enumerate(["declined", "pass_on", "not_asked"]):
        when = at - number * DAY
        ask = asks.record(by=marta, at=when, client=anna, key=f"v{number}")
        asks.answer(by=marta, at=when, ask=ask, outcome=outcome)
    gone = asks.record(by=marta, at=at, client=anna, key="gone")
    asks.undo(by=marta, at=at, ask=gone)
    assert list(tallies.problems(ZONE)) == []
