"""What surveys and the pulse hold about a client is told to them, and goes with them."""

import pytest

from polecam.actions import pulse, survey_answers
from polecam.organisation.models import Setting
from polecam.surveys import subject
from polecam.surveys.models import Pulse, Survey
from polecam.web.pages.privacy.told import chapters
from tests.surveys.support import DAY, a_pulse, a_survey, agree

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(anna, marta, at) -> Survey:
    """Anna said nine, what helped, and that she did not feel free."""
    Setting.objects.create(key="pulse_bp", value=10_000, valid_from=at - 90 * DAY, set_at=at)
    survey = a_survey(agree(anna, at), marta, at - 40 * DAY)
    survey_answers.answer(survey=survey, at=at - 39 * DAY, score=9)
    survey_answers.tell_what_helped(survey=survey, at=at - 39 * DAY, helped="kept_word")
    pulse.answer(pulse=a_pulse(anna, marta, at), at=at, free=False)
    return survey


def test_export_tells_the_answer_in_words(told, anna):
    export = subject.export(anna.party)
    assert export["surveys"][0]["score"] == 9
    assert "free" not in export["pulses"][0]
    lines = [value for chapter in chapters({"surveys": export}) for item in chapter.items
             for _what, value in item]  # fmt: skip
    assert "9" in lines
    assert "kept_word" not in lines


def test_erased_nothing_knows_them_and_the_answer_nobody_owns_stays(told, anna, at):
    assert subject.erase(anna.party, at) == 2
    assert not Survey.objects.exists()
    assert not Pulse.objects.filter(client=anna).exists()
    assert Pulse.objects.get().free is False
    assert subject.export(anna.party) == {"surveys": [], "pulses": []}


def test_what_was_taken_back_is_not_told(told, anna, at):
    survey_answers.withdraw(survey=told, at=at)
    found = subject.export(anna.party)["surveys"][0]
    assert (found["score"], found["what_helped"]) == (None, "")
    assert found["taken_back_on"] == at.date().isoformat()
