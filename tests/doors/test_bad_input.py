"""What cannot be meant, in addresses and fields: told calmly, never an error of ours."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from polecam.bonuses.planning.draft import DraftComponent
from polecam.kit.periods import MONTH
from polecam.web.pages.payroll.columns import _ordered
from polecam.web.pages.plans import readers, reshape
from polecam.web.pages.plans.choosing import SUM
from polecam.web.pages.plans.typed import rule_of
from polecam.web.pages.referrals.forms import DayField
from tests.plans_pages.support import http

NO_MONTHS = ("2026-13", "0000-00", "0000-01", "0001-01", "2026-01\n", "२०२६-०१", "x")
LONG = "9" * 5_000


@pytest.mark.parametrize("month", NO_MONTHS)
def test_what_is_no_month(month):
    assert MONTH.match(month) is None


def test_a_number_too_long_to_be_one():
    assert _ordered({"email": "1", "last_name": LONG, "first_name": "²"})[0] == "email"
    assert not SUM.fullmatch("--5")
    rule = rule_of(DraftComponent("sale", shape="marginal"))
    rule.rows = [{"lower": "1", "upper": LONG, "pay": "5"}]
    assert reshape._next(rule) == LONG


def test_a_moment_that_was_never_seen():
    assert readers.moment("2026-13-45T00:00:00+00:00") is None
    assert readers.moment("") is None


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_no_clock_reckons_with(day):
    with pytest.raises(ValidationError):
        DayField().clean(day)


@pytest.mark.django_db
def test_the_pages_say_so(branch, plan, marta, tomek, ada, pawel):
    for month in ("0000-01", "0001-01", "2026-01\n"):
        assert http(marta).get(reverse("money:mine"), {"m": month}).status_code == 200
        assert http(pawel).get(reverse("audit:balances"), {"m": month}).status_code == 200
    admin = http(ada)
    covers = reverse("plans:covers", args=[plan.plan.public_id])
    typed = {"whom": marta.public_id, "since": "9999-12-31"}
    answer = admin.post(covers, typed)
    assert answer.status_code == 422
    assert "9999-12-31" in answer.content.decode()
    entered = {"value": "5", "source": "x", "starts": "9999-12-31"}
    ask = reverse("evidence:parameter", args=["ask_minutes"])
    assert http(tomek).post(ask, entered).status_code == 422


@pytest.mark.django_db
def test_a_name_too_long_is_told_where_it_was_typed(plan, ada):
    rename = reverse("plans:rename", args=[plan.plan.public_id])
    answer = http(ada).post(rename, {"name": "Plan " * 40})
    assert answer.status_code == 422
    assert "Plan Plan Plan" in answer.content.decode()
    assert http(ada).post(rename, {"name": "a\x00b"}).status_code == 422
    plan.plan.refresh_from_db()
    assert plan.plan.name == "Plan 2026"
