"""The pulse: sampled by chance, inside the limit, nameless; an alert asks a human, no more."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import asks, cards, pulse, pulse_alerts
from polecam.actions import moments as noting
from polecam.asking.models import Ask
from polecam.clients.models import Touch
from polecam.insights import today
from polecam.journal.models import Event
from polecam.kit import wilson
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_bounds, day_of
from polecam.organisation.models import Setting
from polecam.surveys import queries, rules
from polecam.surveys.models import Pulse, PulseAlert, SuggestionPause
from polecam.worker import daily
from tests.cast import ZONE, client, person
from tests.support.threads import at_once
from tests.surveys.support import DAY, a_pulse, agree, an_ask, answers

pytestmark = pytest.mark.django_db
YESTERDAY = 26 * timedelta(hours=1)


@pytest.fixture
def everyone(firm, at):
    """Every ask is sampled."""
    Setting.objects.create(key="pulse_bp", value=10_000, valid_from=at - 90 * DAY, set_at=at)


def code(call) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


# --- whom -----------------------------------------------------------------------------------------


@given(st.integers(0, 10_000), st.lists(st.text(min_size=1, max_size=15), min_size=1, max_size=30))
def test_the_sample_is_fixed_by_the_ask_alone_and_grows_with_the_share(share, names):
    for name in names:
        drawn = queries.drawn(name)
        assert rules.in_sample(drawn, share) == rules.in_sample(drawn, share)
        assert not rules.in_sample(drawn, 0)
        assert rules.in_sample(drawn, 10_000)
        assert not rules.in_sample(drawn, share) or rules.in_sample(drawn, min(share + 1, 10_000))


def test_five_per_cent_are_about_five_per_cent():
    hit = sum(rules.in_sample(queries.drawn(f"ask-{n}"), 500) for n in range(20_000))
    assert 880 <= hit <= 1120


def test_the_answer_to_the_ask_changes_nothing_about_who_is_sampled(branch, marta, at):
    for number in range(60):
        who = agree(client(branch, marta, f"K{number}", "Nowak", at=at), at)
        an_ask(who, marta, at - YESTERDAY, ("declined", "names", "later", "open")[number % 4])
    Setting.objects.create(key="pulse_bp", value=4_000, valid_from=at - 90 * DAY, set_at=at)
    pulse.ask_due(at=at)
    wanted = {
        a.client_id for a in Ask.objects.all() if rules.in_sample(queries.drawn(a.public_id), 4_000)
    }
    assert set(Pulse.objects.values_list("client_id", flat=True)) == wanted


def test_one_to_two_days_later_once(anna, marta, at, everyone):
    agree(anna, at)
    made = an_ask(anna, marta, at - YESTERDAY)
    assert pulse.ask_due(at=made.asked_at + timedelta(hours=23)) == 0
    assert pulse.ask_due(at=at) == 1
    assert pulse.ask_due(at=at + timedelta(hours=1)) == 0
    assert Touch.objects.get().kind == "pulse"
    other = client(anna.branch, marta, "Ewa", "Lis", at=at)
    an_ask(agree(other, at), marta, at - 3 * DAY)
    assert pulse.ask_due(at=at) == 0, "three days on it is too late"


def test_a_night_without_a_worker_is_made_up_for(anna, marta, at, everyone):
    agree(anna, at)
    an_ask(anna, marta, at)
    nights = [at + n * DAY + timedelta(hours=15) for n in range(4)]
    assert [pulse.ask_due(at=night) for night in (nights[0], nights[2], nights[3])] == [0, 1, 0]


def test_only_within_the_limit_and_where_the_client_can_be_reached(anna, marta, at, everyone):
    an_ask(anna, marta, at - YESTERDAY)
    assert pulse.ask_due(at=at) == 0, "no consent and no card"
    cards.open_card(by=marta, at=at, client=anna)
    Touch.objects.create(client=anna, kind="thanks", at=at - DAY)
    assert pulse.ask_due(at=at) == 0, "somebody wrote to them yesterday"
    Touch.objects.all().delete()
    assert pulse.ask_due(at=at) == 1
    assert queries.open_pulse(anna, at) == Pulse.objects.get()


def test_nobody_is_asked_about_what_was_no_ask(anna, marta, at, everyone):
    an_ask(agree(anna, at), marta, at - YESTERDAY, "not_asked")
    assert pulse.ask_due(at=at) == 0


# --- the answer -----------------------------------------------------------------------------------


def test_an_answer_knows_neither_client_nor_ask_nor_hour(anna, marta, at, everyone):
    asked = a_pulse(agree(anna, at), marta, at)
    for free in (False, True):
        pulse.answer(pulse=asked, at=at, free=free)
    asked.refresh_from_db()
    told = Pulse.objects.exclude(pk=asked.pk).get()
    start = day_bounds(day_of(at, ZONE), ZONE)[0]
    assert told.free is False, "the first tap counts, once"
    assert (told.client, told.made_at, told.answered_at) == (None, start, start)
    assert told.ask != asked.ask
    assert (asked.free, asked.answered_at) == (None, start)
    assert queries.open_pulse(anna, at) is None
    assert not Event.objects.filter(kind__startswith="pulse.").exclude(kind="pulse.asked").exists()


def test_an_expired_one_takes_no_answer(anna, marta, at, everyone):
    asked = a_pulse(agree(anna, at), marta, at)
    late = at + 22 * DAY
    assert code(lambda: pulse.answer(pulse=asked, at=late, free=False)) == "survey_over"
    assert not Pulse.objects.filter(free__isnull=False).exists()


@pytest.mark.django_db(transaction=True)
def test_two_devices_are_one_answer(anna, marta, at, everyone):
    asked = a_pulse(agree(anna, at), marta, at)
    assert at_once(*[lambda: pulse.answer(pulse=asked, at=at, free=False)] * 3) == []
    assert Pulse.objects.filter(free=False).count() == 1


# --- when it is worth a word ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("not_free", "of", "loud"),
    [(0, 50, False), (1, 5, False), (2, 5, False), (3, 5, True), (3, 4, False), (6, 20, False),
     (7, 20, True), (20, 100, False), (30, 100, True)],
)  # fmt: skip
def test_one_no_is_chance(not_free, of, loud):
    assert rules.too_many(not_free, of, least=5, share_bp=2_000) == loud


def test_the_wilson_range_is_the_published_one():
    low, high = wilson.interval(15, 148, 1.959964)
    assert (round(low, 4), round(high, 4)) == (0.0624, 0.1605)  # Newcombe 1998, method 3
    assert wilson.interval(0, 0) == (0.0, 1.0)
    assert wilson.interval(0, 10)[0] == 0.0


def test_too_few_answers_raise_nothing(branch, marta, at):
    answers(branch, marta, 0, 4, at=at - 2 * DAY)
    assert pulse_alerts.raise_due(at=at) == 0


def test_answers_of_today_wait_for_the_night(branch, marta, at):
    answers(branch, marta, 0, 9, at=day_bounds(day_of(at, ZONE), ZONE)[0])
    assert pulse_alerts.raise_due(at=at) == 0


def test_a_seller_stands_out_only_by_answers_of_their_own(branch, marta, kamil, at):
    answers(branch, marta, 1, 3, at=at - 2 * DAY)
    answers(branch, kamil, 0, 4, at=at - 2 * DAY)
    assert pulse_alerts.raise_due(at=at) == 1
    alert = PulseAlert.objects.get()
    assert (alert.seller, alert.answers, alert.not_free) == (None, 8, 7)
    answers(branch, kamil, 0, 1, at=at - 2 * DAY)
    assert pulse_alerts.raise_due(at=at) == 1
    assert PulseAlert.objects.get(seller=kamil).answers == 5


def test_the_same_answers_raise_one_alert(branch, marta, tomek, at):
    answers(branch, marta, 2, 6, at=at - 2 * DAY)
    for _night in range(3):
        pulse_alerts.raise_due(at=at)
    alert = PulseAlert.objects.get()
    assert alert.seller == marta
    pulse_alerts.look(by=tomek, at=at, alert=alert)
    pulse_alerts.decide(by=tomek, at=at, alert=alert, decision="talk", why="Porozmawiamy.")
    assert pulse_alerts.raise_due(at=at + DAY) == 0, "they were looked at"
    answers(branch, marta, 0, 5, at=day_bounds(day_of(at, ZONE), ZONE)[0])
    assert pulse_alerts.raise_due(at=at + DAY) == 1, "new ones are new"


@pytest.mark.django_db(transaction=True)
def test_two_workers_raise_it_once(branch, marta, at):
    answers(branch, marta, 0, 6, at=at - 2 * DAY)
    at_once(*[lambda: pulse_alerts.raise_due(at=at)] * 3)
    assert PulseAlert.objects.count() == 1


# --- a human looks, then decides ------------------------------------------------------------------


@pytest.fixture
def alert(branch, marta, at) -> PulseAlert:
    answers(branch, marta, 1, 7, at=at - 2 * DAY)
    pulse_alerts.raise_due(at=at)
    return PulseAlert.objects.get(seller=marta)


def test_nothing_pauses_by_itself(alert, marta, at):
    daily.run_due(at + DAY, worker="w")
    for night in range(30):
        pulse.ask_due(at=at + night * DAY)
        pulse_alerts.raise_due(at=at + night * DAY)
    assert not SuggestionPause.objects.exists()
    assert queries.pause_of(marta, at + 30 * DAY) is None


def test_first_a_look_then_a_decision_with_a_reason(alert, tomek, at):
    def decide(**more):
        return lambda: pulse_alerts.decide(by=tomek, at=at, alert=alert, **more)

    assert code(decide(decision="pause", why="Spokojniej.")) == "pulse_look_first"
    pulse_alerts.look(by=tomek, at=at, alert=alert)
    assert code(decide(decision="pause", why="  ")) == "pulse_why"
    assert code(decide(decision="fire", why="x")) == "pulse_decision"
    assert not SuggestionPause.objects.exists()
    for _twice in range(2):
        decide(decision="pause", why="Spokojniej.")()
    pause = SuggestionPause.objects.get()
    assert (pause.seller, pause.decided_by, pause.alert) == (alert.seller, tomek, alert)
    assert pause.until == day_bounds(day_of(at, ZONE) + 14 * DAY, ZONE)[0]
    assert code(decide(decision="nothing", why="x")) == "pulse_decided"
    kinds = (
        Event.objects.filter(subject=alert.public_id).order_by("id").values_list("kind", flat=True)
    )
    assert [kind.partition(".")[2] for kind in kinds] == ["raised", "looked", "decided"]


@pytest.mark.parametrize("decision", ["nothing", "talk"])
def test_only_a_pause_pauses(alert, marta, tomek, at, decision):
    pulse_alerts.look(by=tomek, at=at, alert=alert)
    pulse_alerts.decide(by=tomek, at=at, alert=alert, decision=decision, why="Przypadek.")
    assert queries.pause_of(marta, at) is None


def test_nobody_can_be_paused_for_a_branch(branch, marta, kamil, tomek, at):
    for seller in (marta, kamil):
        answers(branch, seller, 0, 4, at=at - 2 * DAY)
    pulse_alerts.raise_due(at=at)
    found = pulse_alerts.look(by=tomek, at=at, alert=PulseAlert.objects.get())
    with pytest.raises(Refused, match="pulse_no_seller"):
        pulse_alerts.decide(by=tomek, at=at, alert=found, decision="pause", why="x")


def test_who_may_look(alert, marta, kamil, tomek, ada, irena, at):
    for other in (marta, kamil, ada, irena):
        assert not queries.alerts_for(other).exists()
        with pytest.raises(NotAllowed):
            pulse_alerts.look(by=other, at=at, alert=alert)
    assert queries.alerts_for(tomek).get() == alert


def test_nobody_decides_about_themselves(branch, tomek, ada, at):
    answers(branch, tomek, 0, 6, at=at - 2 * DAY)
    pulse_alerts.raise_due(at=at)
    found = PulseAlert.objects.get(seller=tomek)
    assert not queries.alerts_for(tomek).exists()
    with pytest.raises(NotAllowed):
        pulse_alerts.look(by=tomek, at=at, alert=found)
    other = person(branch, "manager", "Lena", "Bielak", "f", at=at)
    assert queries.alerts_for(ada).get() == queries.alerts_for(other).get() == found


# --- the pause ------------------------------------------------------------------------------------


@pytest.fixture
def pause(alert, tomek, at) -> SuggestionPause:
    pulse_alerts.look(by=tomek, at=at, alert=alert)
    pulse_alerts.decide(by=tomek, at=at, alert=alert, decision="pause", why="Spokojniej.")
    return SuggestionPause.objects.get()


def suggested(who, branch, at) -> int:
    found = today.for_(who, branch, at=at, zone=ZONE, language="pl")
    assert (found.paused is None) == (queries.pause_of(who, at) is None)
    return len(found.suggestions)


def test_today_suggests_nobody_and_everything_can_be_recorded(pause, anna, marta, kamil, tomek, at):
    moment = noting.note_moment(by=marta, at=at, client=anna, kind="praise", on=day_of(at, ZONE))
    assert suggested(marta, anna.branch, at) == 0
    ask = asks.record(by=marta, at=at, client=anna, key="k" * 16, moment=moment)
    assert asks.answer(by=marta, at=at, ask=ask, outcome="pass_on").outcome == "pass_on"
    assert queries.pause_of(kamil, at) is None, "the pause is one person's"


def test_a_pause_ends_by_its_day_or_by_a_word(pause, anna, marta, tomek, alert, at):
    noting.note_moment(by=marta, at=at, client=anna, kind="praise", on=day_of(at, ZONE))
    assert queries.pause_of(marta, pause.until) is None
    pulse_alerts.end_pause(by=tomek, at=at, alert=alert)
    pulse_alerts.end_pause(by=tomek, at=at, alert=alert)
    assert suggested(marta, anna.branch, at) == 1
    assert Event.objects.filter(kind="suggestions.resumed").count() == 1
