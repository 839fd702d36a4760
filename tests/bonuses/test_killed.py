"""kill -9 in the middle of a run: run again, and all is there once, as if nothing had happened."""

import os
import signal
import subprocess
import sys
import textwrap
from datetime import timedelta

import pytest
from django.db import connection, connections

from polecam.bonuses import engine
from polecam.bonuses.models import LedgerTransaction, Line
from polecam.bonuses.verify import problems
from polecam.store.tx import action
from tests.bonuses.plans_at_random import MONTHS, Happening, kept, new_sources, publish, write
from tests.bonuses.reference import earned
from tests.bonuses.test_differences import STEPS
from tests.bonuses.test_engine_plans import lines, totals

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPT = """
    import sys, time
    from datetime import UTC, datetime
    import django
    from django.conf import settings
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    if "side" in settings.DATABASES:
        settings.DATABASES["side"]["NAME"] = sys.argv[2]
    django.setup()
    from polecam.bonuses import engine, ledger
    from polecam.store.tx import action

    first, second = sys.argv[3:]
    with action():
        engine.run(engine.of_month(first), at=datetime.now(UTC))

    def hang(first):
        print(first, flush=True)
        time.sleep(60)

    ledger.close = hang  # lines and entries are written, nothing is sealed
    with action():
        engine.run(engine.of_month(second), at=datetime.now(UTC))
"""


def test_killed_in_the_middle_and_run_again(branch, marta, kamil, at):
    version, pays = publish([STEPS], at - timedelta(days=100))
    shared = ((0, 6_667), (1, 3_333))
    for number, month in enumerate((*MONTHS, *MONTHS)):
        one = Happening("meeting", shared, 0, 0, 0, month, number)
        for source, happening in new_sources([one]):
            write(source, happening, [marta, kamil], branch, version)
    side = connections["side"].settings_dict["NAME"] if "side" in connections else ""
    child = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", textwrap.dedent(SCRIPT),
         str(connection.settings_dict["NAME"]), str(side), *MONTHS],
        stdout=subprocess.PIPE,
        env={**os.environ, "POLECAM_ENV": "test"},
    )  # fmt: skip
    assert int(child.stdout.readline()) > 0
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    connection.close()
    assert set(Line.objects.values_list("fact__month", flat=True)) == {MONTHS[0]}
    assert not LedgerTransaction.objects.filter(sealed=False).exists()
    for month in MONTHS:
        with action():
            engine.run(engine.of_month(month), at=at)
    expected = earned(kept(pays))
    assert lines() == expected.lines
    assert totals() == expected.totals
    assert Line.objects.filter(revision=0).count() == Line.objects.count() == 8
    assert list(problems()) == []
