"""Many at once: counted before, asked once, within every limit; e-mails go to those who agreed."""

import pytest
from django.core import mail

from polecam.actions import repairs, survey_rounds
from polecam.clients.models import Client, ClientConsent, Touch
from polecam.insights.survey_reach import may_be_asked
from polecam.kit.errors import NotAllowed, Refused
from polecam.messages.models import Message
from polecam.privacy.models import Suppression
from polecam.surveys import links
from polecam.surveys.models import Survey, SurveyRound
from polecam.worker import drain
from tests.cast import client
from tests.support.threads import at_once
from tests.surveys.support import DAY, a_survey, agree, many

pytestmark = pytest.mark.django_db


def test_the_count_beforehand_is_who_is_asked(branch, marta, tomek, at):
    rests, objects, lately, touched, unhappy, quiet, free, longest = many(branch, marta, 8, at=at)
    client(branch, marta, "Nigdy", "Zgody", at=at)
    rests.resting_until = (at + DAY).date()
    rests.save()
    Suppression.objects.create(kind="email", index=objects.party.email_index, at=at)
    Survey.objects.create(
        client=lately, branch=branch, way="link", made_at=at - 100 * DAY, expires_at=at - 90 * DAY
    )
    Survey.objects.create(
        client=free, branch=branch, way="link", made_at=at - 300 * DAY, expires_at=at - 290 * DAY
    )
    Touch.objects.create(client=touched, kind="thanks", at=at - 3 * DAY)
    repairs.begin(by=marta, at=at, client=unhappy, reason="annoyed")
    ClientConsent.objects.filter(client=quiet).update(withdrawn_at=at)
    assert list(may_be_asked(branch, at=at)) == [longest, free]
    going = survey_rounds.begin(by=tomek, at=at, branch=branch, wanted=10)
    assert survey_rounds.work_off(going=going, at=at) == 2
    assert set(Survey.objects.filter(round=going).values_list("client", flat=True)) == {
        longest.pk,
        free.pk,
    }
    going.refresh_from_db()
    assert (going.finished_at, going.stopped_at) == (at, None)


def test_twice_is_one_round_and_one_survey_each(branch, marta, tomek, ada, at):
    many(branch, marta, 5, at=at)
    going = survey_rounds.begin(by=tomek, at=at, branch=branch, wanted=3)
    assert survey_rounds.begin(by=ada, at=at, branch=branch, wanted=5) == going
    for _twice in range(2):
        drain(at)
    assert Survey.objects.filter(round=going).count() == Touch.objects.count() == 3
    assert Message.objects.filter(kind="survey").count() == len(mail.outbox) == 3
    assert survey_rounds.work_off(going=going, at=at) == 0
    assert SurveyRound.objects.count() == 1


def test_each_message_has_its_own_link_and_the_way_to_stop(branch, marta, tomek, at):
    survey_rounds.begin(by=tomek, at=at, branch=branch, wanted=len(many(branch, marta, 2, at=at)))
    drain(at)
    for survey in Survey.objects.all():
        body = next(m.body for m in mail.outbox if m.to == [survey.client.party.email])
        assert links.survey_url(survey) in body
        assert links.stop_url(survey.client) in body
        assert survey.client.party.last_name not in body


def test_stopped_it_asks_nobody_else(branch, marta, tomek, at):
    many(branch, marta, 3, at=at)
    going = survey_rounds.begin(by=tomek, at=at, branch=branch, wanted=3)
    for _twice in range(2):
        survey_rounds.stop(by=tomek, at=at, going=going)
    drain(at)
    assert not Survey.objects.exists()
    assert survey_rounds.begin(by=tomek, at=at, branch=branch, wanted=1) != going


def test_an_interrupted_round_goes_on_where_it_was(branch, marta, tomek, at, monkeypatch):
    many(branch, marta, 6, at=at)
    going = survey_rounds.begin(by=tomek, at=at, branch=branch, wanted=6)
    made, real = [], survey_rounds.surveys.make

    def dies(*args, **more):
        made.append(1)
        if len(made) == 4:
            raise SystemExit("the machine stopped")
        return real(*args, **more)

    monkeypatch.setattr(survey_rounds.surveys, "make", dies)
    with pytest.raises(SystemExit):
        survey_rounds.work_off(going=going, at=at)
    assert Survey.objects.count() == 3
    assert survey_rounds.work_off(going=going, at=at) == 3
    assert Survey.objects.values("client").distinct().count() == 6


def test_one_client_who_cannot_be_asked_keeps_no_other_waiting(
    branch, marta, tomek, at, monkeypatch
):
    many(branch, marta, 4, at=at)
    going = survey_rounds.begin(by=tomek, at=at, branch=branch, wanted=4)
    broken, real = Client.objects.order_by("id").first(), survey_rounds.surveys.make

    def make(who, *args, **more):
        if who == broken:
            raise RuntimeError("a damaged row")
        return real(who, *args, **more)

    monkeypatch.setattr(survey_rounds.surveys, "make", make)
    with pytest.raises(RuntimeError):
        survey_rounds.work_off(going=going, at=at)
    assert set(Survey.objects.values_list("client", flat=True)) == set(
        Client.objects.exclude(pk=broken.pk).values_list("pk", flat=True)
    )
    going.refresh_from_db()
    assert going.finished_at is None, "it is tried again, and stands among what an admin looks at"


@pytest.mark.django_db(transaction=True)
def test_two_workers_ask_nobody_twice_and_nobody_too_many(branch, marta, tomek, at):
    many(branch, marta, 12, at=at)
    going = survey_rounds.begin(by=tomek, at=at, branch=branch, wanted=8)
    assert at_once(*[lambda: survey_rounds.work_off(going=going, at=at)] * 3) == []
    assert Survey.objects.filter(round=going).count() == Touch.objects.count() == 8


def test_who_may(branch, marta, irena, tomek, at):
    for other in (marta, irena):
        with pytest.raises(NotAllowed):
            survey_rounds.begin(by=other, at=at, branch=branch, wanted=1)
    for wanted in (0, 2_001):
        with pytest.raises(Refused, match="round_number"):
            survey_rounds.begin(by=tomek, at=at, branch=branch, wanted=wanted)


def test_no_message_after_the_client_took_the_consent_back(anna, marta, at):
    a_survey(agree(anna, at), marta, at, "email")
    ClientConsent.objects.update(withdrawn_at=at)
    drain(at)
    assert not mail.outbox
