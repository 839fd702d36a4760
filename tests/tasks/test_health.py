"""What a monitor may ask: it answers without a database, and tells nothing about anybody."""

import json
import logging
import sys
from datetime import UTC, datetime

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from polecam.store import pause
from polecam.store.beats import WORKER, beat
from polecam.web.logs import Lines, Plain, WithoutTokens
from polecam.web.pages.health import views
from polecam.worker import drain, loop

pytestmark = pytest.mark.django_db


def gone(execute, sql, params, many, context):
    raise OperationalError("the database is away")


def test_a_ready_house(client, firm):
    assert client.get(reverse("health:live")).content == b"ok\n"
    answer = client.get(reverse("health:ready"))
    assert (answer.status_code, answer.json()["ready"]) == (200, True)
    assert answer.json()["worker_seconds"] is None
    beat(WORKER, at=datetime.now(UTC))
    assert client.get(reverse("health:ready")).json()["worker_seconds"] < 60


def test_without_a_database_it_lives_but_is_not_ready(client, firm):
    with connection.execute_wrapper(gone):
        assert client.get(reverse("health:live")).status_code == 200
        answer = client.get(reverse("health:ready"))
    assert answer.status_code == 503
    assert answer.json()["database"] == "away"
    assert client.get(reverse("health:ready")).status_code == 200


def test_a_closed_house_is_not_ready(client, firm):
    with pause.closed("upgrade"):
        answer = client.get(reverse("health:ready"))
        assert (answer.status_code, answer.json()["house"]) == (503, "closed")
    assert client.get(reverse("health:ready")).json()["house"] == "open"


def test_an_older_database_is_not_ready(client, firm, monkeypatch):
    monkeypatch.setattr(views, "_steps_missing", lambda: True)
    answer = client.get(reverse("health:ready"))
    assert (answer.status_code, answer.json()["schema"]) == (503, "run polecam upgrade")


def test_figures_are_for_whoever_has_the_token(client, firm, marta, settings):
    path = reverse("health:metrics")
    assert client.get(path).status_code == 404
    settings.METRICS_TOKEN = "a-long-token-for-the-monitor"
    assert client.get(path, headers={"Authorization": "Bearer wrong"}).status_code == 404
    assert client.get(path, headers={"Authorization": "Bearer \u0105"}).status_code == 404
    answer = client.get(path, headers={"Authorization": f"Bearer {settings.METRICS_TOKEN}"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "polecam_worker_seconds -1.0" in text
    assert 'polecam_requests_total{area="health",method="GET",status="404"}' in text
    assert marta.first_name not in text
    assert marta.email not in text


def test_a_working_worker_shows_life(client, firm, at, settings):
    settings.METRICS_TOKEN = "a-long-token-for-the-monitor"
    loop.once(datetime.now(UTC), worker="here")
    drain(at, daily=True)
    text = client.get(
        reverse("health:metrics"), headers={"Authorization": f"Bearer {settings.METRICS_TOKEN}"}
    ).content.decode()
    assert "polecam_worker_seconds -1" not in text
    assert 'polecam_daily_job_failures{job="seal"} 0.0' in text


def test_every_answer_has_a_number_and_a_line_without_an_address(firm, marta, settings, caplog):
    settings.LOG_REQUESTS = True
    browser = Client()
    browser.force_login(marta)
    with caplog.at_level(logging.INFO, logger="polecam.requests"):
        answer = browser.get(f"/clients/{marta.public_id}/?q=Nowak")
    (line,) = [row for row in caplog.records if row.name == "polecam.requests"]
    assert line.fields["request"] == answer["X-Request-ID"]
    assert (line.fields["page"], line.fields["status"]) == ("clients:one", 404)
    said = Lines().format(line)
    assert json.loads(said)["page"] == "clients:one"
    assert "Nowak" not in said
    assert marta.public_id not in said


def test_of_an_error_its_place_is_told_and_not_its_text():
    try:
        try:
            int("anna.nowak@poczta.example")
        except ValueError as error:
            raise RuntimeError("anna.nowak@poczta.example exists") from error
    except RuntimeError:
        record = logging.LogRecord(
            "django.request", 40, "", 0, "Server Error: %s", ("/x/",), sys.exc_info()
        )
    for text in (Plain().format(record), Lines().format(record)):
        assert "RuntimeError from ValueError" in text
        assert "test_health.py" in text
        assert "nowak" not in text


def test_an_address_in_a_message_never_reaches_a_log():
    line = logging.LogRecord("smtp", 30, "", 0, "refused: %s", ("<jan.k@bank.example>",), None)
    assert WithoutTokens().filter(line)
    assert line.getMessage() == "refused: <…>"


@pytest.mark.django_db
def test_before_there_is_a_firm_nothing_is_due(client, at, caplog):
    assert loop.timely.run_due(at) == 0
    assert client.get(reverse("health:ready")).status_code == 200
