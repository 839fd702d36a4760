"""One ask budget for a person: all records, sellers, branches and both kinds of ask."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import asks, clients, parties, referrals
from polecam.actions.setup import set_setting
from polecam.asking import budget, cooling, queries
from polecam.asking.cooling import Why
from polecam.asking.models import Ask, Moment, MomentTally
from polecam.asking.rules import Limits, PastAsk, Rest, Standing, WrongMoment, may_ask
from polecam.insights import tallies
from polecam.insights import today as insight
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of
from polecam.organisation.models import Branch
from polecam.privacy.models import Suppression
from polecam.referrals.models import StageTally
from tests import cast
from tests.asking.reference import Life, free_days

ZONE = "Europe/Warsaw"
DAY = timedelta(days=1)
TODAY = date(2026, 11, 23)
OUTCOMES = ["open", "names", "pass_on", "agreed", "later", "declined", "not_asked"]

past_days = st.integers(0, 700).map(lambda n: TODAY - n * DAY)
lives = st.builds(
    Life,
    asks=st.lists(
        st.tuples(past_days, st.sampled_from(OUTCOMES)), max_size=7, unique_by=lambda ask: ask[0]
    ),
    complaints=st.lists(
        st.tuples(past_days, st.integers(0, 120)).map(
            lambda c: (c[0], c[0] + c[1] * DAY if c[1] else None)
        ),
        max_size=2,
    ),
    never_from=st.none() | past_days,
)


def split(life: Life, records: int) -> list[Standing]:
    """The same life, its asks and complaints dealt out to several records of the person."""
    return [
        Standing(
            never_ask=life.never_from is not None and number == records - 1,
            asks=tuple(PastAsk(on, said) for on, said in life.asks[number::records]),
            wrong=tuple(
                WrongMoment("complaint", on, end) for on, end in life.complaints[number::records]
            ),
        )
        for number in range(records)
    ]


@given(lives, st.integers(1, 3))
def test_the_rules_agree_with_a_day_by_day_reference(life, records):
    """Invariant 18: 90 days, a year after two refusals, 90 after a complaint, never: whichever
    record, seller or kind of ask it was."""
    person = cooling.together(split(life, records))
    free = free_days(life, TODAY, TODAY + DAY)
    assert (may_ask(person, today=TODAY) is None) == (TODAY in free)


@given(lives, st.integers(30, 200), st.integers(90, 500), st.integers(30, 200))
def test_lengths_that_a_firm_chose_hold_as_well(life, rest, two, recovery):
    limits = Limits(rest, two, recovery)
    free = free_days(life, TODAY, TODAY + DAY, rest=rest, two=two, recovery=recovery)
    person = cooling.together(split(life, 2))
    assert (may_ask(person, today=TODAY, limits=limits) is None) == (TODAY in free)


@given(lives)
def test_the_day_that_is_told_is_the_day_on_which_that_reason_ends(life):
    person = cooling.together(split(life, 1))
    rest = may_ask(person, today=TODAY)
    if rest is None:
        return
    told = cooling.explained(person, rest, today=TODAY, limits=Limits())
    assert told.rest == rest
    if told.until is not None:
        assert told.until > TODAY
        assert may_ask(person, today=told.until - DAY) is not None
        assert may_ask(person, today=told.until) != rest


@pytest.fixture
def elsewhere(firm, at) -> Branch:
    return Branch.objects.create(name="Oddział Krowodrza", created_at=at - 300 * DAY)


@pytest.fixture
def olga(elsewhere, at):
    return cast.person(elsewhere, "seller", "Olga", "Bielak", "f", at=at)


@pytest.fixture
def two_records(anna, elsewhere, olga, ada, at):
    """Anna is Marta's client here and Olga's in another branch: one person."""
    other = cast.client(elsewhere, olga, "Anna", "Kowalczyk", at=at)
    parties.join(by=ada, at=at, one=anna.party, other=other.party)
    anna.party.refresh_from_db()
    other.party.refresh_from_db()
    return anna, other


def rests(client, at) -> bool:
    return client.pk in budget.rests([client], at=at, zone=ZONE)


def test_an_ask_in_one_branch_rests_the_person_in_the_other(two_records, marta, olga, at):
    here, there = two_records
    asks.record(by=olga, at=at - DAY, client=there, key="a")
    assert rests(here, at)
    assert asks.record(by=marta, at=at, client=here, key="b").inside_rest


def test_a_refusal_to_each_of_two_sellers_makes_two(two_records, marta, olga, at):
    here, there = two_records
    for client, seller, days in ((here, marta, 300), (there, olga, 150)):
        ask = asks.record(by=seller, at=at - days * DAY, client=client, key=f"k{days}")
        asks.answer(by=seller, at=at - days * DAY, ask=ask, outcome="declined")
    assert rests(here, at), "a year from the second"
    assert rests(there, at)
    assert not rests(here, at + 216 * DAY)


def test_never_ask_under_one_record_holds_under_all(two_records, olga, at):
    here, there = two_records
    clients.never_ask(by=None, at=at, client=there)
    assert rests(here, at)


def test_the_strictest_branch_decides(two_records, olga, elsewhere, at):
    here, there = two_records
    set_setting(
        by=None, at=at - 200 * DAY, key="ask_rest_days", value=180, branch=elsewhere, why="Spokój"
    )
    asks.record(by=olga, at=at - 120 * DAY, client=there, key="a")
    assert rests(here, at)


def test_today_leaves_a_person_alone_whom_another_branch_asked(
    two_records, marta, olga, branch, at
):
    here, there = two_records
    Moment.objects.create(client=here, kind="praise", on=day_of(at, ZONE), noted_at=at)

    def suggested():
        page = insight.for_(marta, branch, at=at, zone=ZONE, language="pl")
        return [found.client for found in page.suggestions]

    assert suggested() == [here]
    for days in (300, 150):
        ask = asks.record(by=olga, at=at - days * DAY, client=there, key=f"k{days}")
        asks.answer(by=olga, at=at - days * DAY, ask=ask, outcome="declined")
    assert suggested() == []


def test_a_follow_up_waits_while_another_record_says_never(two_records, marta, branch, at):
    here, there = two_records
    first = asks.record(by=marta, at=at - 30 * DAY, client=here, key="a")
    due = day_of(at, ZONE)
    asks.answer(by=marta, at=at - 30 * DAY, ask=first, outcome="later", later_on=due)
    assert insight.for_(marta, branch, at=at, zone=ZONE, language="pl").follow_ups
    clients.never_ask(by=None, at=at, client=there)
    assert not insight.for_(marta, branch, at=at, zone=ZONE, language="pl").follow_ups


# --- references -----------------------------------------------------------------------------------


def test_an_ask_for_a_reference_spends_the_same_budget(marta, anna, at):
    first = asks.record(by=marta, at=at - 10 * DAY, client=anna, key="a", for_reference=True)
    asks.answer(by=marta, at=at - 10 * DAY, ask=first, outcome="agreed")
    assert not first.inside_rest
    assert asks.record(by=marta, at=at, client=anna, key="b").inside_rest
    assert queries.asked_in_last_week(marta, at) == 1, "a leaf for each"


def test_it_counts_in_no_funnel_of_referrals(marta, anna, at):
    for number, outcome in enumerate(("agreed", "declined", "not_asked")):
        when = at - number * 100 * DAY
        ask = asks.record(by=marta, at=when, client=anna, key=str(number), for_reference=True)
        asks.answer(by=marta, at=when, ask=ask, outcome=outcome)
    gone = asks.record(by=marta, at=at, client=anna, key="gone", for_reference=True)
    asks.undo(by=marta, at=at, ask=gone)
    assert not StageTally.objects.exclude(asks=0).exists()
    assert not MomentTally.objects.exclude(asks=0).exists()
    assert list(tallies.problems(ZONE)) == []


def test_each_kind_of_ask_has_its_own_answers(marta, anna, at):
    reference = asks.record(by=marta, at=at, client=anna, key="a", for_reference=True)
    referral = asks.record(by=marta, at=at, client=anna, key="b")
    for ask, wrong in ((reference, "names"), (reference, "pass_on"), (referral, "agreed")):
        with pytest.raises(Refused, match="unknown_answer"):
            asks.answer(by=marta, at=at, ask=ask, outcome=wrong)
    with pytest.raises(Refused, match="ask_of_another_client"):
        referrals.capture(by=marta, at=at, client=anna, ask=reference, first_name="Piotr", key="c")


def test_a_date_named_for_one_kind_does_not_excuse_the_other(marta, anna, at):
    first = asks.record(by=marta, at=at - 30 * DAY, client=anna, key="a", for_reference=True)
    due = day_of(at, ZONE)
    asks.answer(by=marta, at=at - 30 * DAY, ask=first, outcome="later", later_on=due)
    other = asks.record(by=marta, at=at, client=anna, key="b")
    assert other.inside_rest
    assert other.continues is None
    again = asks.record(by=marta, at=at, client=anna, key="c", for_reference=True)
    assert again.continues == first
    assert not again.inside_rest


# --- who learns what ------------------------------------------------------------------------------


def test_own_ask_is_told_with_its_day_a_colleagues_is_not(marta, kamil, anna, at):
    anna.shared = True
    anna.save()
    asks.record(by=marta, at=at - 10 * DAY, client=anna, key="a")
    day = day_of(at - 10 * DAY, ZONE)
    mine = budget.why(marta, anna, at=at, zone=ZONE)
    assert mine == Why(Rest.RECENTLY_ASKED, day, day + 90 * DAY)
    assert budget.why(kamil, anna, at=at, zone=ZONE) == Why()


histories = st.lists(
    st.tuples(st.integers(1, 340), st.sampled_from(["open", "names", "declined", "later"])),
    min_size=1,
    max_size=3,
    unique_by=lambda ask: ask[0],
)


@given(theirs=histories, mine=histories | st.just([]))
def test_what_colleagues_heard_changes_no_word_of_the_answer(marta, kamil, anna, at, theirs, mine):
    """Invariant 21: beside the bare fact of a rest, the answer is made of one's own asks alone."""
    with transaction.atomic():
        save = transaction.savepoint()
        anna.shared = True
        anna.save()
        for seller, history in ((marta, mine), (kamil, theirs)):
            for days, outcome in history:
                Ask.objects.create(
                    client=anna, seller=seller, branch_id=anna.branch_id,
                    asked_at=at - days * DAY, outcome=outcome,
                )  # fmt: skip
        told = budget.why(marta, anna, at=at, zone=ZONE)
        rested = rests(anna, at)
        Ask.objects.filter(seller=kamil).delete()
        alone = budget.why(marta, anna, at=at, zone=ZONE)
        transaction.savepoint_rollback(save)
    assert (told is not None) == rested
    assert told == alone or (alone is None and told in (None, Why())), "never more than a rest"


def test_an_objection_elsewhere_is_a_rest_without_a_reason(marta, anna, at):
    anna.party.set_phone("+48601223344")
    anna.party.save()
    Suppression.objects.create(kind="phone", index=anna.party.phone_index, at=at)
    assert budget.why(marta, anna, at=at, zone=ZONE) == Why()
    assert asks.record(by=marta, at=at, client=anna, key="a").inside_rest


# --- never ask, and back --------------------------------------------------------------------------


def test_only_the_clients_own_seller_notes_that_they_may_be_asked_again(
    marta, kamil, tomek, ada, irena, pawel, anna, at
):
    anna.shared = True
    anna.save()
    clients.never_ask(by=None, at=at - DAY, client=anna)
    for other in (kamil, tomek, ada, irena, pawel):
        with pytest.raises(NotAllowed):
            clients.ask_again(by=other, at=at, client=anna)
    anna.refresh_from_db()
    assert rests(anna, at)
    clients.ask_again(by=marta, at=at, client=anna)
    clients.ask_again(by=marta, at=at, client=anna)
    anna.refresh_from_db()
    assert anna.never_ask_at is None
    event = Event.objects.get(kind="client.may_ask")
    assert (event.by_id, event.at, event.data) == (marta.pk, at, {})


def test_an_objection_is_taken_back_by_no_note(marta, anna, at):
    anna.party.set_phone("+48601223344")
    anna.party.save()
    clients.never_ask(by=None, at=at, client=anna)
    Suppression.objects.create(kind="phone", index=anna.party.phone_index, at=at)
    with pytest.raises(Refused, match="objection_stands"):
        clients.ask_again(by=marta, at=at, client=anna)


def test_a_record_that_came_in_barred_has_no_word_to_take_back(marta, anna, at):
    anna.never_ask_at = at
    anna.save()
    with pytest.raises(Refused, match="objection_stands"):
        clients.ask_again(by=marta, at=at, client=anna)


def test_no_other_act_ever_clears_never_ask(marta, tomek, kamil, anna, at):
    clients.never_ask(by=None, at=at - DAY, client=anna)
    clients.assign(by=tomek, at=at, client=anna, owner=kamil)
    clients.share(by=tomek, at=at, client=anna, shared=True)
    clients.rest_until(by=kamil, at=at, client=anna, until=None)
    clients.change(
        by=kamil, at=at, client=anna, first_name="Anna", last_name="Nowak", phone="", email=""
    )
    with pytest.raises(Refused, match="undo_late"):
        clients.undo_never_ask(by=kamil, at=at, client=anna)
    anna.refresh_from_db()
    assert anna.never_ask_at == at - DAY
