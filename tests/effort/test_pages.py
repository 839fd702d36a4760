"""One's own time in the browser's words: noted, measured, undone; opened by its seller alone."""

import re

import pytest
from django.test import Client as Browser
from django.urls import reverse

from polecam.actions import effort
from polecam.effort.models import SourceIncome, TimeEntry, Timer
from polecam.kit.periods import month_of
from tests.cast import ZONE

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, marta):
    client.force_login(marta)
    return client


def post(browser, name, typed=None, **query):
    address = reverse(f"effort:{name}") + "".join(f"?{k}={v}" for k, v in query.items())
    answer = browser.post(address, typed or {})
    assert answer.status_code == 303
    return answer


def test_one_tap_a_timer_and_undo(signed_in, marta):
    post(signed_in, "log", {"source": "referral", "effort": "easy", "minutes": "15"})
    post(signed_in, "start", {"source": "cold_call"})
    page = signed_in.get(reverse("effort:mine")).content.decode()
    assert reverse("effort:stop") in page  # still there after a reload
    post(signed_in, "stop", {"effort": "hard"})
    last, first = TimeEntry.objects.order_by("-id")
    assert (last.source, last.grade, last.effort) == ("cold_call", "timed", "hard")
    signed_in.post(reverse("effort:take_back", args=[last.public_id]))
    assert TimeEntry.objects.get() == first


def test_a_timer_is_dropped(signed_in):
    post(signed_in, "start", {"source": "advert"})
    post(signed_in, "drop")
    assert not Timer.objects.exists()
    assert not TimeEntry.objects.exists()


@pytest.mark.parametrize("typed", [{}, {"source": "x", "minutes": "5"}, {"source": "other"},
                                   {"source": "other", "minutes": "9999"}])  # fmt: skip
def test_bad_input_notes_nothing_and_says_so(signed_in, typed):
    post(signed_in, "log", typed)
    post(signed_in, "start", {"source": "nope"})
    assert not TimeEntry.objects.exists()
    assert "messages" in signed_in.get(reverse("effort:mine")).content.decode()


def test_other_income_is_told_for_a_month(signed_in, marta, at):
    month = month_of(at, ZONE)
    post(signed_in, "income", {"walk_in": "850,50", "advert": ""}, m=month)
    assert SourceIncome.objects.get().amount_grosze == 85_050
    below = signed_in.post(f"{reverse('effort:income')}?m={month}", {"walk_in": "-1"})
    assert below.status_code == 422
    post(signed_in, "income", {"walk_in": "5"}, m="2999-01")
    assert SourceIncome.objects.get().amount_grosze == 85_050
    assert "850,50" in signed_in.get(reverse("effort:mine")).content.decode()


def test_the_card_says_what_an_hour_is_worth(signed_in, marta, at):
    effort.log_time(by=marta, at=at, source="advert", minutes=60)
    effort.tell_income(
        by=marta, at=at, source="advert", month=month_of(at, ZONE), amount_grosze=5_800
    )
    card = signed_in.get(reverse("effort:card")).content.decode()
    assert "<html" not in card
    assert "58" in card
    for span in ("month", "year", "nonsense"):
        assert signed_in.get(reverse("effort:mine"), {"span": span}).status_code == 200


def test_an_income_that_cannot_be_read_stays_as_typed(signed_in):
    answer = signed_in.post(reverse("effort:income"), {"advert": "osiemset", "cold_call": "120"})
    assert answer.status_code == 422
    assert 'value="osiemset"' in answer.content.decode()
    assert 'value="120"' in answer.content.decode()


def test_it_is_taken_along_and_erased(signed_in, marta, kamil, at):
    effort.log_time(by=marta, at=at, source="referral", minutes=17)
    effort.log_time(by=kamil, at=at, source="referral", minutes=43)
    table = signed_in.get(reverse("effort:export")).content.decode("utf-8-sig")
    assert ";17;" in table
    assert ";43;" not in table
    post(signed_in, "forget")
    assert TimeEntry.objects.get().person == kamil


def test_no_role_reads_anyone_elses(marta, kamil, tomek, ada, irena, pawel, at):
    """As the notebook: not the boss, not the admin, not payroll, not the officer."""
    entry = effort.log_time(by=marta, at=at, source="cold_call", minutes=47, effort="hard")
    for other in (kamil, tomek, ada, irena, pawel):
        browser = Browser()
        browser.force_login(other)
        back = browser.post(reverse("effort:take_back", args=[entry.public_id]))
        assert back.status_code in (403, 404)
        for name in ("effort:mine", "effort:card", "effort:export", "evidence:mine"):
            answer = browser.get(reverse(name))
            assert answer.status_code in (200, 403)
            assert not re.search(r"\b47\b[ \u00a0]?(min|;)|;47;", answer.content.decode())
    assert TimeEntry.objects.get() == entry
