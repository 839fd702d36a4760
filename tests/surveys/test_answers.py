"""An answer, what follows from it, and how all of it goes again when the client takes it back."""

from datetime import timedelta

import pytest

from polecam.actions import clients, departures, repairs, survey_answers, surveys
from polecam.asking import setbacks
from polecam.asking.models import Ask, Moment, Repair
from polecam.clients.models import Touch
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation.models import Setting
from polecam.surveys.models import Survey
from tests.cast import client
from tests.support.threads import at_once
from tests.surveys.support import DAY, a_survey, agree

pytestmark = pytest.mark.django_db


def code(call) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def say(survey: Survey, score: int, at) -> Survey:
    return survey_answers.answer(survey=survey, at=at, score=score)


# --- what follows ---------------------------------------------------------------------------------


@pytest.mark.parametrize("score", [9, 10])
def test_a_high_score_is_a_good_moment_once_and_never_an_ask(anna, marta, at, score):
    survey = a_survey(anna, marta, at)
    for _twice in range(2):
        say(survey, score, at)
    moment = Moment.objects.get(client=anna)
    assert (moment.kind, moment.wrong, moment.source) == ("high_rating", False, "survey")
    assert moment.rating == 9, "nine and ten look alike to the owner"
    assert not Ask.objects.exists()
    assert not Repair.objects.exists()


@pytest.mark.parametrize("score", [0, 6])
def test_a_low_score_is_a_task_for_the_owner_and_a_wrong_moment(anna, marta, kamil, at, score):
    survey = a_survey(anna, marta, at)
    anna.owner = kamil
    anna.save()
    for _twice in range(2):
        say(survey, score, at)
    repair = Repair.objects.get()
    assert (repair.owner, repair.reason) == (kamil, "low_rating")
    assert (repair.moment.kind, repair.moment.wrong) == ("complaint", True)
    assert not Ask.objects.exists()


@pytest.mark.parametrize("score", [7, 8])
def test_seven_and_eight_call_for_nothing(anna, marta, at, score):
    say(a_survey(anna, marta, at), score, at)
    assert not Moment.objects.exists()
    assert not Repair.objects.exists()


def test_a_changed_answer_changes_what_follows(anna, marta, at):
    survey = a_survey(anna, marta, at)
    for score, good, repair in ((10, 1, 0), (3, 0, 1), (8, 0, 0), (9, 1, 0), (2, 0, 1)):
        say(survey, score, at)
        assert Moment.objects.filter(kind="high_rating").count() == good
        assert Repair.objects.count() == repair
        assert Moment.objects.filter(kind="complaint").count() == repair


def test_a_low_score_for_one_who_left_waits_for_the_next_owner(anna, marta, kamil, tomek, ada, at):
    survey = a_survey(anna, marta, at)
    departures.leave(by=ada, at=at, person=marta)
    say(survey, 3, at)
    clients.assign(by=tomek, at=at, client=anna, owner=kamil)
    assert [repair.client for repair in setbacks.repairs_of(kamil)] == [anna]


def test_without_an_owner_nobody_asks_at_least(anna, marta, at):
    survey = a_survey(anna, marta, at)
    Survey.objects.update(owner=None)
    anna.owner = None
    anna.save()
    say(Survey.objects.get(), 1, at)
    assert not Repair.objects.exists()
    assert Moment.objects.get(source_key=f"survey:{survey.public_id}:poor").wrong


# --- taken back -----------------------------------------------------------------------------------


@pytest.mark.parametrize("score", [2, 10])
def test_taken_back_it_is_deleted_with_all_that_followed(anna, marta, at, score):
    survey = say(a_survey(anna, marta, at), score, at)
    survey_answers.tell_what_helped(survey=survey, at=at, helped="clear")
    for _twice in range(2):
        survey_answers.withdraw(survey=survey, at=at)
    survey.refresh_from_db()
    assert (survey.score, survey.helped, survey.answered_at) == (None, "", None)
    assert not Moment.objects.exists()
    assert not Repair.objects.exists()
    assert code(lambda: say(survey, 10, at)) == "survey_over", "a replayed tap brings nothing back"
    assert Event.objects.filter(kind="survey.withdrawn").count() == 1


def test_what_somebody_acted_on_stays(anna, marta, at):
    survey = say(a_survey(anna, marta, at), 10, at)
    Ask.objects.create(
        client=anna, seller=marta, branch=anna.branch, moment=Moment.objects.get(), asked_at=at
    )
    survey_answers.withdraw(survey=survey, at=at)
    assert Moment.objects.get().closed_at == at, "it is no reason to ask any more"
    assert Ask.objects.get().moment is not None


def test_a_repair_that_was_done_stays_done(anna, marta, at):
    survey = say(a_survey(anna, marta, at), 3, at)
    repairs.finish(by=marta, at=at, repair=Repair.objects.get())
    survey_answers.withdraw(survey=survey, at=at)
    assert Repair.objects.get().done_at == at


def test_a_repair_that_was_there_before_stays(anna, marta, at):
    survey = a_survey(anna, marta, at)
    repairs.begin(by=marta, at=at, client=anna, reason="annoyed")
    say(survey, 3, at)
    survey_answers.withdraw(survey=survey, at=at)
    assert Repair.objects.get().reason == "annoyed"


# --- bad input ------------------------------------------------------------------------------------


def test_a_closed_link_takes_no_answer_but_gives_one_back(anna, marta, at):
    survey = say(a_survey(anna, marta, at - 30 * DAY), 10, at - 30 * DAY)
    assert code(lambda: say(survey, 2, at)) == "survey_over"
    survey_answers.withdraw(survey=survey, at=at)
    survey.refresh_from_db()
    assert survey.score is None


@pytest.mark.parametrize("score", [-1, 11, 99])
def test_a_number_off_the_scale_is_refused(anna, marta, at, score):
    survey = a_survey(anna, marta, at)
    assert code(lambda: say(survey, score, at)) == "survey_score"
    survey.refresh_from_db()
    assert survey.score is None


def test_what_helped_comes_after_the_number(anna, marta, at):
    survey = a_survey(anna, marta, at)

    def tell(what):
        return lambda: survey_answers.tell_what_helped(survey=survey, at=at, helped=what)

    assert code(tell("clear")) == "survey_score"
    say(survey, 8, at)
    assert code(tell("<script>")) == "survey_helped"
    tell("quick")()
    survey.refresh_from_db()
    assert survey.helped == "quick"


def test_no_event_tells_an_answer(anna, marta, at):
    survey = say(a_survey(anna, marta, at), 7, at)
    survey_answers.tell_what_helped(survey=survey, at=at, helped="clear")
    told = Event.objects.filter(subject=survey.public_id).exclude(kind="survey.asked")
    assert {event.kind for event in told} == {"survey.answered", "survey.completed"}
    assert all(event.data == {} for event in told)


# --- who may be asked -----------------------------------------------------------------------------


def test_twice_is_one_survey_and_one_contact(anna, marta, at):
    first = a_survey(anna, marta, at)
    assert a_survey(anna, marta, at + timedelta(hours=1), "qr") == first
    assert Touch.objects.get().kind == "survey"


def test_the_contact_limit_is_shared(anna, marta, at):
    Touch.objects.create(client=anna, kind="thanks", at=at - DAY)
    assert code(lambda: a_survey(anna, marta, at)) == "survey_rests"
    assert not Survey.objects.exists()


def test_a_client_who_rests_is_left_in_peace(anna, marta, at):
    anna.resting_until = (at + 9 * DAY).date()
    anna.save()
    assert code(lambda: a_survey(anna, marta, at)) == "survey_rests"


def test_not_while_something_is_to_be_put_right(anna, marta, at):
    repairs.begin(by=marta, at=at, client=anna, reason="annoyed")
    assert code(lambda: a_survey(anna, marta, at)) == "survey_rests"


def test_not_more_often_than_the_firm_says(anna, marta, at):
    say(a_survey(anna, marta, at - 100 * DAY), 8, at - 99 * DAY)
    assert code(lambda: a_survey(anna, marta, at)) == "survey_lately"
    Setting.objects.create(key="survey_every_days", value=60, valid_from=at - DAY, set_at=at)
    assert a_survey(anna, marta, at).score is None


def test_an_email_needs_a_consent(anna, marta, at):
    assert code(lambda: a_survey(anna, marta, at, "email")) == "survey_not_agreed"
    agree(anna, at)
    assert a_survey(anna, marta, at, "email").way == "email"


def test_only_ones_own_client(anna, kamil, tomek, at):
    for stranger in (kamil, tomek):
        with pytest.raises(NotAllowed):
            surveys.ask(by=stranger, at=at, client=anna, way="link")


# --- at once --------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_devices_at_the_same_moment_are_one_answer(anna, marta, at):
    survey = a_survey(anna, marta, at)
    again = Survey.objects.get(pk=survey.pk)
    assert at_once(lambda: say(survey, 10, at), lambda: say(again, 10, at)) == []
    assert Moment.objects.count() == 1
    assert Event.objects.filter(kind="survey.answered").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_devices_that_disagree_leave_one_answer_and_what_follows_from_it(anna, marta, at):
    survey = a_survey(anna, marta, at)
    calls = [lambda s=score: say(Survey.objects.get(), s, at) for score in (10, 1, 9, 4)]
    assert at_once(*calls) == []
    survey.refresh_from_db()
    assert Moment.objects.filter(kind="high_rating").exists() == (survey.score >= 9)
    assert Repair.objects.exists() == (survey.score <= 6)
    assert Event.objects.filter(kind="survey.answered").count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_lose_and_double_nothing(branch, marta, at):
    asked = [a_survey(client(branch, marta, f"K{n}", "Nowak", at=at), marta, at) for n in range(24)]
    calls = [lambda s=s, n=n: say(s, n % 11, at) for n, s in enumerate(asked) for _twice in "ab"]
    assert at_once(*calls) == []
    kept = list(Survey.objects.order_by("id").values_list("score", flat=True))
    assert kept == [n % 11 for n in range(24)]
    assert Moment.objects.filter(kind="high_rating").count() == sum(score >= 9 for score in kept)
    assert Repair.objects.count() == sum(score <= 6 for score in kept)
    assert Event.objects.filter(kind="survey.answered").count() == 24
