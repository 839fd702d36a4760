"""The seller who gave a client a link has it, too: what the client said is not behind it."""

import json
from datetime import timedelta

import pytest

from polecam.actions import survey_answers
from polecam.surveys import links
from polecam.surveys.models import Pulse, Survey
from tests.surveys.support import a_survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(anna, marta, at) -> Survey:
    return a_survey(anna, marta, at)


@pytest.fixture
def pulse(anna, marta, at) -> Pulse:
    return Pulse.objects.create(
        ask="a" * 15, client=anna, seller=marta, branch=anna.branch, made_at=at,
        expires_at=at + timedelta(days=9),
    )  # fmt: skip


def test_no_answer_stands_on_the_card_nor_in_its_copy(visitor, path, survey, at):
    survey_answers.answer(survey=survey, at=at, score=4)
    survey_answers.tell_what_helped(survey=survey, at=at, helped="listened")
    told = json.loads(visitor.post(f"{path}me/copy/").content)
    assert told["surveys"] == {"surveys": [{"asked_on": survey.made_at.date().isoformat()}]}
    page = visitor.get(f"{path}me/").content.decode()
    assert "0 do 10" not in page
    assert "wysłuchał" not in page


def test_what_a_pulse_knows_of_the_client_does_not_stand_there_either(visitor, path, pulse):
    told = json.loads(visitor.post(f"{path}me/copy/").content)
    assert "pulses" not in told.get("surveys", {})


def test_an_employees_browser_reads_nothing_of_the_client(visitor, path, marta, survey):
    visitor.force_login(marta)
    assert visitor.get(f"{path}me/").status_code == 409
    assert visitor.post(f"{path}me/copy/").status_code == 409
    assert visitor.get(links.survey_url(survey)).status_code == 409
    assert visitor.post(links.survey_url(survey), {"score": "10"}).status_code == 409
    survey.refresh_from_db()
    assert survey.score is None


def test_nobody_says_in_a_clients_place_that_they_felt_free(visitor, path, marta, pulse):
    assert "/p/" in visitor.get(path).content.decode()
    visitor.force_login(marta)
    assert "/p/" not in visitor.get(path).content.decode()
    assert visitor.post(links.pulse_url(pulse), {"free": "yes"}).status_code == 409
    assert not Pulse.objects.filter(free__isnull=False).exists()
    visitor.logout()
    assert visitor.post(links.pulse_url(pulse), {"free": "no"}).status_code == 303
    assert Pulse.objects.get(free__isnull=False).free is False


@pytest.mark.parametrize("how", ["another owner", "left"])
def test_a_former_advisers_link_tells_nothing_of_the_client(
    visitor, path, anna, marta, kamil, at, how
):
    anna.product = "Kredyt na mieszkanie"
    anna.save()
    assert "Kredyt na mieszkanie" in visitor.get(f"{path}me/").content.decode()
    if how == "left":
        marta.is_active = False
        marta.save(update_fields=["is_active"])
    else:
        anna.owner = kamil
        anna.save()
    page = visitor.get(f"{path}me/")
    assert page.status_code == 200
    assert "Kredyt na mieszkanie" not in page.content.decode()
    assert json.loads(visitor.post(f"{path}me/copy/").content).keys() == {"card"}
    assert visitor.get(path).status_code == 200, "their switches stay in reach"
