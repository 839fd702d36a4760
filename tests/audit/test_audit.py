"""From any balance down to the journal event with its seal; and everything made anew."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client as Http
from django.urls import reverse

from polecam.actions import journal
from polecam.bonuses.models import Line
from polecam.insights import audit, audit_check
from polecam.kit.periods import month_of, next_month, previous_month
from polecam.store import clock, triggers
from tests.bonuses.support import balances
from tests.closing.support import ZONE, close, day, pay, sold, statement, vest

pytestmark = pytest.mark.django_db
NOW = month_of(datetime.now(UTC), ZONE)
SECOND = previous_month(NOW)
START = previous_month(SECOND)
BONUS = 54_500


@pytest.fixture(autouse=True)
def lived_through():
    with clock.injected():
        yield


@pytest.fixture
def paid(anna, marta, plan, pawel, ada):
    """Marta's 545 zł, from the sale to the payment."""
    made = sold(anna, marta, plan, day(START, 1))
    close(START, pawel, ada, number=2)
    pay(START, pawel, number=2)
    vest(SECOND, 28)
    close(SECOND, pawel, ada, number=1)
    pay(SECOND, pawel, number=1)
    return made


def visit(person, address: str):
    http = Http()
    http.force_login(person)
    http.cookies["language"] = "en"
    return http.get(address)


def flat(answer) -> str:
    text = answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")
    return " ".join(text.split())


def test_balances_of_any_month(paid, marta, pawel):
    assert audit.balances_of([marta.pk], START)[marta.pk] == {"expense": -BONUS, "pending": BONUS}
    assert audit.balances_of([marta.pk], SECOND)[marta.pk]["payable"] == BONUS
    last = audit.balances_of([marta.pk], next_month(SECOND))[marta.pk]
    assert {kind: n for kind, n in last.items() if n} == balances(marta)
    assert audit.totals(pawel, SECOND)["payable"] == BONUS


def test_the_way_down(paid, marta, pawel):
    text = flat(visit(pawel, reverse("audit:balances") + f"?m={SECOND}"))
    assert "Zielinska Marta" in text
    assert "545 zł" in text
    account = reverse("audit:account", args=[marta.public_id, "payable"])
    line = Line.objects.select_related("vesting").get()
    way = reverse("audit:transaction", args=[line.vesting.public_id])
    assert way in flat(visit(pawel, f"{account}?m={SECOND}"))
    down = reverse("audit:line", args=[line.public_id])
    assert down in flat(visit(pawel, way))
    text = flat(visit(pawel, down))
    for words in ("The hold ended", "Paid out", "The sale was credited", "not sealed yet"):
        assert words in text, words
    assert "Kowalczyk" not in text
    text = flat(visit(pawel, reverse("audit:statement", args=[statement(marta, SECOND).public_id])))
    assert "Opening + movements = closing" in text
    assert down in text


def test_sealed_events_say_so(paid, pawel, at):
    journal.seal_due(at=at)
    line = audit.lines(pawel).get()
    assert all(found.seal is not None for found in audit.events_of(line))


def test_check_it(paid, pawel, at):
    with clock.injected():
        journal.seal_due(at=at)
    results = list(audit_check.check(SECOND, at))
    assert [(one.code, one.problem) for one in results] == [
        ("lines", ""),
        ("statements", ""),
        ("ledger", ""),
        ("seals", ""),
    ]
    http = Http()
    http.force_login(pawel)
    http.cookies["language"] = "en"
    assert "Everything agrees." in flat(http.post(reverse("audit:check"), {"m": SECOND}))


def test_check_it_names_what_was_changed(paid, marta, pawel, at):
    own = statement(marta, SECOND)
    tampered = own.body.replace(str(BONUS), str(BONUS + 1))
    with triggers.lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE bonuses_statement SET body = %s WHERE id = %s", [tampered, own.pk])
    found = {one.code: one.problem for one in audit_check.check(SECOND, at)}
    assert own.public_id in found["statements"]


def test_others_stay_out(paid, marta, tomek, ada, irena):
    for person in (marta, tomek, ada, irena):
        assert visit(person, reverse("audit:balances")).status_code == 403
