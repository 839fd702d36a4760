"""A process that dies in the middle of closing or paying (kill -9): run again, nothing twice."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest
from django.db import connection, connections

from polecam.actions import closing, paying
from polecam.bonuses.models import LedgerTransaction, PayrollMonth, Statement
from polecam.bonuses.verify import problems
from polecam.journal.models import Event
from polecam.kit.periods import next_month
from tests.bonuses.support import balances
from tests.cast import person
from tests.closing.support import START, close, day, pay, sold, statement, vest

pytestmark = pytest.mark.django_db(transaction=True)
SECOND = next_month(START)
THIRD = next_month(SECOND)
BONUS = 54_500
SCRIPT = """
    import sys, time
    from datetime import datetime
    import django
    from django.conf import settings
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    if "side" in settings.DATABASES:
        settings.DATABASES["side"]["NAME"] = sys.argv[2]
    django.setup()
    from polecam.actions import closing, paying
    from polecam.people.models import Person
    from polecam.store import clock

    what, who, at, month, most = sys.argv[3:8]
    done = 0

    def slowly(real):
        def call(*args, **kwargs):
            global done
            found = real(*args, **kwargs)
            done += 1
            if done > int(most):
                print("here", flush=True)
                time.sleep(60)
            return found
        return call

    paying.record = slowly(paying.record)
    closing.record_many = slowly(closing.record_many)
    module = closing if what == "close" else paying
    with clock.injected():
        getattr(module, what)(
            by=Person.objects.get(pk=who), at=datetime.fromisoformat(at), month=month
        )
"""


def killed(what: str, who, at, month: str, *, most: int) -> None:
    """Begin in a process of its own, and kill it in the middle of what comes after `most`."""
    side = connections["side"].settings_dict["NAME"] if "side" in connections else ""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", textwrap.dedent(SCRIPT),
         str(connection.settings_dict["NAME"]), str(side), what, str(who.pk), at.isoformat(), month,
         str(most)],
        stdout=subprocess.PIPE,
        env={**os.environ, "POLECAM_ENV": "test"},
    )  # fmt: skip
    try:
        assert process.stdout.readline() == b"here\n"
        process.send_signal(signal.SIGKILL)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
def sellers(branch, anna, marta, kamil, plan, pawel, ada, at):
    """Five sellers with 545 zł each, payable, in a month that is asked to be closed."""
    found = [marta, kamil]
    found += [person(branch, "seller", f"Ola{n}", "Nowak", "f", at=at) for n in range(3)]
    for one in found:
        sold(anna, one, plan, day(START, 5))
    close(START, pawel, ada)
    pay(START, pawel)
    vest(SECOND)
    closing.ask(by=pawel, at=day(THIRD, 3), month=SECOND)
    return found


def test_closing_and_paying(sellers, pawel, ada):
    asked = list(Statement.objects.order_by("id").values_list("body", flat=True))
    killed("close", ada, day(THIRD, 4), SECOND, most=0)
    assert PayrollMonth.objects.get(month=SECOND).state == "asked"
    assert not Statement.objects.filter(payroll_month__month=SECOND, state="locked").exists()
    closing.close(by=ada, at=day(THIRD, 4), month=SECOND)
    assert list(Statement.objects.order_by("id").values_list("body", flat=True)) == asked

    killed("pay", pawel, day(THIRD, 10), SECOND, most=2)
    own = [statement(one, SECOND).state for one in sellers]
    assert own == ["paid", "paid", "locked", "locked", "locked"]
    assert paying.pay(by=pawel, at=day(THIRD, 10), month=SECOND) == 3
    assert paying.pay(by=pawel, at=day(THIRD, 10), month=SECOND) == 0
    for one in sellers:
        assert balances(one) == {"expense": -BONUS, "paid": BONUS}
    assert LedgerTransaction.objects.filter(kind="pay").count() == 5
    assert PayrollMonth.objects.get(month=SECOND).state == "paid"
    assert list(problems()) == []


def test_asked_twice_is_asked_once(sellers, pawel):
    """The answer to the asking was lost, and the form is sent again."""
    told = Event.objects.filter(kind="payroll_month.asked", data__month=SECOND)
    first = PayrollMonth.objects.get(month=SECOND)
    closing.ask(by=pawel, at=day(THIRD, 3), month=SECOND)
    assert told.count() == 1
    assert PayrollMonth.objects.get(month=SECOND).digest == first.digest
