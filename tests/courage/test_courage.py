"""The courage meter: when it asks, what it keeps, what it shows, and how it goes away."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import asks, courage, departures
from polecam.asking import courage as own
from polecam.asking.courage import Said, is_due
from polecam.asking.models import Guess
from polecam.insights import courage as insight
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.store import crypto
from tests import cast

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


@given(st.integers(0, 500), st.integers(2, 50))
def test_the_question_comes_evenly_and_never_twice_running(made, every):
    span = [is_due(number, every) for number in range(made, made + every)]
    assert sum(span) == 1
    assert not (is_due(made, every) and is_due(made + 1, every))


def history(marta, anna, at, answers, percent=30):
    """Marta guesses before the first of these asks; one ask a day, answered at once."""
    start = at - len(answers) * DAY
    courage.guess(by=marta, at=start, client=anna, percent=percent)
    for number, outcome in enumerate(answers):
        when = start + number * DAY + HOUR
        ask = asks.record(by=marta, at=when, client=anna, key=f"h{number}")
        asks.answer(by=marta, at=when, ask=ask, outcome=outcome)


def test_it_is_due_before_each_fourth_ask_until_something_is_said(marta, anna, at):
    assert not own.due(marta, every=4)
    for number in range(3):
        asks.record(by=marta, at=at - (9 - number) * DAY, client=anna, key=str(number))
    assert own.due(marta, every=4)
    courage.guess(by=marta, at=at - DAY, client=anna, percent=0)
    assert not own.due(marta, every=4), "put aside: it does not come back at once"
    for number in range(3, 7):
        asks.record(by=marta, at=at + number * HOUR, client=anna, key=str(number))
    assert own.due(marta, every=4)


def test_no_thanks_is_for_good_until_it_is_taken_back(marta, at):
    assert own.due(marta, every=2) is False
    courage.choose(by=marta, at=at, asked=False)
    assert not own.wants(marta)
    courage.choose(by=marta, at=at, asked=True)
    assert own.wants(marta)


def test_a_guess_meets_the_ask_of_its_client_alone(marta, branch, anna, at):
    ewa = cast.client(branch, marta, "Ewa", "Nowak", at=at)
    courage.guess(by=marta, at=at - HOUR, client=anna, percent=30)
    asks.record(by=marta, at=at, client=ewa, key="a")
    assert Guess.objects.get().ask is None
    ask = asks.record(by=marta, at=at, client=anna, key="b")
    assert Guess.objects.get().ask == ask
    assert own.heard(marta) == [], "no answer yet"
    asks.answer(by=marta, at=at, ask=ask, outcome="pass_on")
    assert own.heard(marta) == [Said(30, "pass_on", at)]


def test_changed_before_the_ask_the_last_word_counts(marta, anna, at):
    courage.guess(by=marta, at=at - 2 * HOUR, client=anna, percent=30)
    courage.guess(by=marta, at=at - HOUR, client=anna, percent=70)
    assert Guess.objects.count() == 1
    ask = asks.record(by=marta, at=at, client=anna, key="a")
    asks.answer(by=marta, at=at, ask=ask, outcome="declined")
    assert [said.percent for said in own.heard(marta)] == [70]


def test_what_never_met_its_ask_is_forgotten(marta, branch, anna, at):
    ewa = cast.client(branch, marta, "Ewa", "Nowak", at=at)
    courage.guess(by=marta, at=at - 20 * DAY, client=anna, percent=30)
    courage.guess(by=marta, at=at, client=ewa, percent=50)
    assert Guess.objects.count() == 1


def test_an_ask_taken_back_shows_no_guess(marta, anna, at):
    courage.guess(by=marta, at=at - HOUR, client=anna, percent=30)
    ask = asks.record(by=marta, at=at, client=anna, key="a")
    asks.answer(by=marta, at=at, ask=ask, outcome="pass_on")
    asks.undo(by=marta, at=at, ask=ask)
    assert own.heard(marta) == []


def test_a_mistaken_tap_does_not_cost_the_guess(marta, anna, at):
    """Taken back and asked after all: what was expected stands beside what was heard."""
    courage.guess(by=marta, at=at - HOUR, client=anna, percent=30)
    asks.undo(by=marta, at=at, ask=asks.record(by=marta, at=at, client=anna, key="a"))
    again = asks.record(by=marta, at=at + HOUR, client=anna, key="b")
    asks.answer(by=marta, at=at + HOUR, ask=again, outcome="declined")
    assert own.heard(marta) == [Said(30, "declined", at + HOUR)]


def test_wrong_steps_and_other_peoples_clients_are_refused(marta, kamil, anna, at):
    for wrong in (-1, 20, 100, 5):
        with pytest.raises(Refused, match="unknown_guess"):
            courage.guess(by=marta, at=at, client=anna, percent=wrong)
    with pytest.raises(NotAllowed):
        courage.guess(by=kamil, at=at, client=anna, percent=30)
    assert not Guess.objects.exists()


def test_an_ask_waits_for_no_guess(marta, anna, at):
    assert asks.record(by=marta, at=at, client=anna, key="a").pk


@given(
    st.lists(st.sampled_from(own.STEPS), max_size=30),
    st.lists(st.sampled_from(["names", "pass_on", "agreed", "later", "declined"]), max_size=60),
)
def test_the_figures_are_what_they_say(guesses, outcomes):
    meter = insight.measured([Said(one, "later", NOW) for one in guesses], outcomes)
    yes = sum(outcome in ("names", "pass_on", "agreed") for outcome in outcomes)
    assert (meter.yes, meter.answers, meter.guesses) == (yes, len(outcomes), len(guesses))
    assert meter.enough == (len(outcomes) >= 8 and len(guesses) >= 2)
    assert meter.missing == max(0, 8 - len(outcomes))
    assert 0 <= meter.low <= meter.heard <= meter.high <= 100 or not outcomes
    if guesses:
        assert min(guesses) <= meter.thought <= max(guesses)


def test_only_asks_since_the_first_guess_are_beside_it(marta, anna, at):
    old = asks.record(by=marta, at=at - 40 * DAY, client=anna, key="old")
    asks.answer(by=marta, at=at - 40 * DAY, ask=old, outcome="declined")
    history(marta, anna, at, ["pass_on"] * 4 + ["declined"] * 4)
    meter = insight.meter(marta)
    assert (meter.answers, meter.yes, meter.heard) == (8, 4, 50)
    assert not meter.enough, "one guess alone is no figure"


def test_all_goes_when_the_seller_wishes_or_leaves(marta, kamil, branch, anna, ada, at):
    ewa = cast.client(branch, kamil, "Ewa", "Nowak", at=at)
    courage.guess(by=marta, at=at, client=anna, percent=30)
    courage.guess(by=kamil, at=at, client=ewa, percent=30)
    courage.forget(by=marta, at=at)
    assert [guess.seller for guess in Guess.objects.all()] == [kamil]
    departures.leave(by=ada, at=at, person=kamil)
    assert not Guess.objects.exists()


def test_the_journal_hears_nothing_of_it(marta, anna, at):
    courage.guess(by=marta, at=at, client=anna, percent=30)
    courage.choose(by=marta, at=at, asked=False)
    courage.forget(by=marta, at=at)
    assert not Event.objects.exists()


# --- sealed ---------------------------------------------------------------------------------------


def test_only_the_sellers_own_key_opens_a_row(marta, kamil, anna, at):
    courage.guess(by=marta, at=at, client=anna, percent=90)
    row = Guess.objects.get()
    place = own.PLACE.format(row.public_id)
    assert crypto.unseal_for(f"courage:{marta.public_id}", row.said_sealed, place).startswith("90:")
    for other in (f"courage:{kamil.public_id}", marta.public_id, "", "courage:"):
        with pytest.raises(crypto.Unreadable):
            crypto.unseal_for(other, row.said_sealed, place)
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(row.said_sealed, place)
    Guess.objects.update(seller=kamil)
    assert own.heard(kamil) == []
    assert list(own._waiting(kamil)) == [], "a row given to somebody else stays shut"


def test_no_size_tells_a_guess(marta, anna, at):
    sizes = set()
    for percent in (own.NOT_NOW, *own.STEPS):
        courage.guess(by=marta, at=at, client=anna, percent=percent)
        sizes.add(len(Guess.objects.get().said_sealed))
    assert len(sizes) == 1


names = st.text("abcdefghjkmnpqrstuvwxyz23456789", min_size=15, max_size=15)


@given(names, names, st.text(min_size=1, max_size=30))
def test_any_two_owners_are_strangers(one, other, text):
    """Invariant 21: with another seller's key the stored column is noise."""
    sealed = crypto.seal_for(one, text, "place")
    assert crypto.unseal_for(one, sealed, "place") == text
    if one != other:
        with pytest.raises(crypto.Unreadable):
            crypto.unseal_for(other, sealed, "place")
    with pytest.raises(crypto.Unreadable):
        crypto.unseal_for(one, sealed, "elsewhere")


def test_a_new_contact_key_opens_what_the_old_one_sealed(settings, marta, anna, at):
    settings.CONTACT_KEYS = ["1:old-secret"]
    courage.guess(by=marta, at=at, client=anna, percent=30)
    settings.CONTACT_KEYS = ["1:old-secret", "2:new-secret"]
    assert [percent for _row, _client, percent in own._waiting(marta)] == [30]
