"""The pages of a closing, from the checklist to the file."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client as Http
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from polecam.actions import payroll_formats, receivables
from polecam.bonuses.closing.columns import COLUMNS
from polecam.bonuses.models import Line, PayrollFormat, PayrollMonth, Settlement
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import month_of, next_month, previous_month
from polecam.people.models import Engagement
from polecam.store import clock
from tests.bonuses.support import balances
from tests.cast import ZONE
from tests.closing.support import close, day, pay, sold, statement, vest, void

pytestmark = pytest.mark.django_db
LAST = previous_month(month_of(datetime.now(UTC), ZONE))
BEFORE = previous_month(LAST)
BONUS = 54_500


@pytest.fixture
def two_months(anna, marta, plan, pawel, ada):
    """Marta sold two months ago: that month is paid, the last one waits to be closed."""
    with clock.injected():
        made = sold(anna, marta, plan, day(BEFORE, 1))
        close(BEFORE, pawel, ada, number=2)
        pay(BEFORE, pawel, number=3)
        vest(LAST, 28)
    return made


def http_of(person) -> Http:
    http = Http()
    http.force_login(person)
    http.cookies["language"] = "en"
    return http


def flat(answer) -> str:
    text = answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")
    return " ".join(text.split())


def test_from_the_checklist_to_the_payment(two_months, marta, pawel, ada):
    payroll, admin = http_of(pawel), http_of(ada)
    page = reverse("payroll:closing", args=[LAST])
    payroll.get(page)
    with CaptureQueriesContext(connection) as asked:
        text = flat(payroll.get(page))
    assert len(asked) <= 12
    for words in (
        "Every month before is closed.",
        "Statements are not published yet.",
        "No dispute holds money back.",
        "Ask for the closing",
    ):
        assert words in text, words
    step = {
        name: reverse(f"payroll:{name}", args=[LAST]) for name in ("publish", "ask", "close", "pay")
    }
    assert payroll.post(step["publish"]).status_code == 303
    assert "1 statement is published." in flat(payroll.get(page))
    assert payroll.post(step["ask"]).status_code == 303
    text = flat(payroll.get(page))
    assert "You asked for the closing. Somebody else closes it" in text
    payroll.post(step["close"])
    assert PayrollMonth.objects.get(month=LAST).state == "asked"
    text = flat(admin.get(page))
    assert "Close the month" in text
    assert "Zielinska" not in text
    admin.post(step["close"])
    assert statement(marta, LAST).state == "locked"
    assert admin.post(step["pay"]).status_code == 403
    assert "545 zł gross as paid" in flat(payroll.get(page))
    payroll.post(step["pay"])
    assert balances(marta)["paid"] == BONUS
    assert "Zielinska Marta" in flat(payroll.get(reverse("payroll:people", args=[LAST])))
    assert "paid" in flat(payroll.get(reverse("payroll:months")))


def test_a_refusal_is_said_on_the_page(two_months, pawel):
    now = month_of(datetime.now(UTC), ZONE)
    answer = http_of(pawel).post(reverse("payroll:ask", args=[now]), follow=True)
    assert "This month still runs." in flat(answer)


def test_sums_from_elsewhere_are_compared_and_not_kept(two_months, pawel, ada):
    with clock.injected():
        close(LAST, pawel, ada, number=1)
    answer = http_of(pawel).post(
        reverse("payroll:compare", args=[LAST]), {"people": "1", "lines": "2", "payout": "545.00"}
    )
    text = flat(answer)
    assert text.count("the same here") == 2
    assert "here: 1" in text


def test_the_file_by_the_firms_columns(two_months, marta, pawel, ada):
    with clock.injected():
        close(LAST, pawel, ada, number=1)
    type(marta).objects.filter(pk=marta.pk).update(last_name="=2+5")
    http = http_of(pawel)
    places = {"place_payout": "2", "place_last_name": "1", "place_tax_class": "3"}
    answer = http.post(reverse("payroll:columns"), {**places, "class_employment": "P-01"})
    assert answer.status_code == 303
    answer = http.get(reverse("payroll:file", args=[LAST, "csv"]))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows == [
        ["Last name", "To be paid, gross", "Tax class"],
        ["'=2+5", "545.00", "P-01"],
    ]
    answer = http.get(reverse("payroll:file", args=[LAST, "xlsx"]))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    assert sheet.to_python()[1] == ["=2+5", 545.0, "P-01"]
    assert http.get(reverse("payroll:file", args=[LAST, "pdf"])).status_code == 404


def test_every_column_has_a_head_and_a_cell(two_months, pawel, ada):
    with clock.injected():
        close(LAST, pawel, ada, number=1)
        payroll_formats.set_format(
            by=pawel, at=day(LAST, 2), columns=COLUMNS, tax_classes={"employment": "x"}
        )
    answer = http_of(pawel).get(reverse("payroll:file", args=[LAST, "csv"]))
    heads, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert len(heads) == len(row) == len(set(heads)) == len(COLUMNS)


def test_columns_that_are_refused(pawel, ada, at):
    given = {"at": at, "tax_classes": {}}
    for columns in ([], ["last_name", "last_name"], ["salary"]):
        with pytest.raises(Refused):
            payroll_formats.set_format(by=pawel, columns=columns, **given)
    with pytest.raises(Refused):
        payroll_formats.set_format(
            by=pawel, at=at, columns=["payout"], tax_classes={"b2b": "=cmd|x"}
        )
    with pytest.raises(NotAllowed):
        payroll_formats.set_format(by=ada, columns=["payout"], **given)
    answer = http_of(pawel).post(reverse("payroll:columns"), {})
    assert answer.status_code == 422
    assert not PayrollFormat.objects.exists()


def test_a_debt_is_settled_on_the_page(two_months, marta, pawel, ada):
    with clock.injected():
        close(LAST, pawel, ada, number=1)
        pay(LAST, pawel, number=1)
        void(two_months, day(next_month(LAST), 1))
    http = http_of(pawel)
    assert "no agreement to netting" in flat(http.get(reverse("payroll:owed")))
    page = reverse("payroll:settle", args=[marta.public_id])
    typed = {"way": "netted", "amount": "45.00", "why": "agreed on the phone"}
    answer = http.post(page, typed)
    assert answer.status_code == 422
    assert "Without this person’s own written agreement" in flat(answer)
    assert http.post(page, {**typed, "way": "repaid"}).status_code == 303
    assert Settlement.objects.get().amount_grosze == 4_500
    receivables.agree(by=marta, at=datetime.now(UTC), limit_grosze=10_000)
    assert "agreed to netting, 100 zł left" in flat(http.get(reverse("payroll:owed")))


def test_engagements(marta, pawel, ada, branch):
    for person in (pawel, ada):
        assert "not noted" in flat(http_of(person).get(reverse("payroll:engagements")))
    http = http_of(pawel)
    page = reverse("payroll:engage", args=[marta.public_id])
    since = f"{LAST}-01"
    assert http.post(page, {"kind": "b2b", "percent": "50", "since": since}).status_code == 303
    made = Engagement.objects.get()
    assert (made.kind, made.full_time_bp) == ("b2b", 5_000)
    assert http.post(page, {"kind": "b2b", "percent": "0", "since": since}).status_code == 422
    end = reverse("payroll:disengage", args=[marta.public_id])
    assert http.post(end, {"until": since}).status_code == 422
    assert http.post(end, {"until": f"{LAST}-20"}).status_code == 303
    assert Engagement.objects.get().until is not None


def test_budgets_of_queries(two_months, marta, pawel, ada):
    """At most twelve, with an argument, too (the house counts the other pages)."""
    with clock.injected():
        close(LAST, pawel, ada, number=1)
        pay(LAST, pawel, number=1)
    receivables.agree(by=marta, at=datetime.now(UTC), limit_grosze=10_000)
    line = Line.objects.select_related("paying").get()
    own = statement(marta, LAST).public_id
    now = month_of(datetime.now(UTC), ZONE)
    for address in (
        *(reverse("payroll:closing", args=[month]) for month in (BEFORE, LAST, now)),
        reverse("payroll:people", args=[LAST]),
        reverse("payroll:corrections", args=[LAST]),
        reverse("payroll:settle", args=[marta.public_id]),
        reverse("payroll:engage", args=[marta.public_id]),
        reverse("audit:account", args=[marta.public_id, "payable"]),
        reverse("audit:transaction", args=[line.paying.public_id]),
        reverse("audit:line", args=[line.public_id]),
        reverse("audit:statement", args=[own]),
    ):
        http = http_of(pawel)
        http.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert http.get(address).status_code == 200, address
        assert len(asked) <= 12, f"{address}: {len(asked)}"


def test_sellers_and_bosses_stay_out(two_months, marta, tomek):
    for person in (marta, tomek):
        for name in ("payroll:months", "payroll:owed", "payroll:engagements", "payroll:columns"):
            assert http_of(person).get(reverse(name)).status_code == 403
