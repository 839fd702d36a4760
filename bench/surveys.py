"""Ten thousand answers at once: nothing lost, nothing doubled, and at what price.

    python -m bench.surveys [--database sqlite|postgres] [--answers 10000]

Every link is answered from two devices at the same moment, by eight threads. Afterwards the tables
are counted: one answer, one event and one consequence for each link. The price of one answer is
told as a ratio to its own bare statements, replayed on a copy of the database in the same run.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

from bench.__main__ import ROOT, postgres_database

THREADS = 8
HEARD, TURN = 200, 20
RATIO = 8
"""An answer may cost so many times its bare statements."""


def measure(answers: int) -> int:
    """Fill the empty database, answer, count; 1 when something is lost, doubled or too dear."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    for alias in settings.DATABASES:
        call_command("migrate", database=alias, verbosity=0)
    asked = ask_all(answers + HEARD)
    ratio = price(asked[:HEARD])
    started, worked = time.perf_counter(), time.process_time()
    answer_at_once(asked[HEARD:])
    passed, busy = time.perf_counter() - started, time.process_time() - worked
    rate, cpu = answers / passed, busy * 1000 / answers
    print(f"  {answers} links, each twice: {passed:.1f} s, {rate:.0f}/s, CPU {cpu:.1f} ms a link")
    wrong = problems(asked)
    for line in wrong:
        print(f"  WRONG {line}")
    print("" if wrong else "  nothing lost, nothing doubled", flush=True)
    return int(bool(wrong) or ratio > RATIO)


def score_of(pk: int) -> int:
    """What the holder of a link says."""
    return pk % 11


def ask_all(count: int) -> list[int]:
    """Surveys that wait, one a client; their ids."""
    from bench.world import build
    from polecam.clients.models import Client
    from polecam.surveys.models import Survey

    build(count, 0, branches=4, in_branch=12)
    now = datetime.now(UTC)
    rows = Client.objects.order_by("pk").values_list("pk", "owner_id", "branch_id")
    surveys = Survey.objects.bulk_create(
        (
            Survey(
                client_id=client,
                owner_id=owner,
                branch_id=branch,
                way="email",
                made_at=now,
                expires_at=now + timedelta(days=21),
            )
            for client, owner, branch in rows
        ),
        batch_size=2_000,
    )
    return [survey.pk for survey in surveys]


def answer(pk: int) -> None:
    """As the page does it: the link's row, then the one action."""
    from polecam.actions import survey_answers
    from polecam.surveys.models import Survey
    from polecam.web.pages.answers.doors import patiently

    survey = Survey.objects.select_related("client__party", "branch").get(pk=pk)
    said = {"survey": survey, "at": datetime.now(UTC), "score": score_of(pk)}
    patiently(lambda: survey_answers.answer(**said))


def price(some: list[int]) -> float:
    """Median of one answer against the median of its bare statements, in turns."""
    from bench.floor import Recorder, copy_database, replay

    recorder, copies, times, floors = Recorder(), copy_database(), [], []
    for start in range(0, len(some), TURN):
        part = some[start : start + TURN]
        heard = [recorder.during(lambda pk=pk: timed(pk, times)) for pk in part]
        floors += replay(heard, copies)
    statements = statistics.median(len(each) for each in recorder.requests)
    whole, bare = statistics.median(times), statistics.median(floors)
    print(
        f"  one answer {whole:.2f} ms, its {statements:.0f} statements bare {bare:.2f} ms: "
        f"{whole / bare:.1f} times{'' if whole / bare <= RATIO else f'  OVER {RATIO}'}",
        flush=True,
    )
    return whole / bare


def timed(pk: int, times: list[float]) -> None:
    """Answer and keep the milliseconds."""
    started = time.perf_counter()
    answer(pk)
    times.append((time.perf_counter() - started) * 1000)


def answer_at_once(pks: list[int]) -> None:
    """Each link from two devices at the same moment. Raises what an answer raised."""
    from django.db import connections

    def some(part: list[int]) -> None:
        try:
            for pk in part:
                answer(pk)
        finally:
            connections.close_all()

    twice = [pk for pk in pks for _device in "ab"]
    parts = [twice[start::THREADS] for start in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(some, parts))


def problems(pks: list[int]) -> list[str]:
    """What the tables say against one answer, one event, one consequence a link."""
    from polecam.asking.models import Moment, Repair
    from polecam.journal.models import Event
    from polecam.surveys.models import Survey

    said = [score_of(pk) for pk in pks]
    kept = list(Survey.objects.order_by("pk").values_list("score", flat=True))
    told = Moment.objects.filter(source="survey")
    expected = {
        "answers": (kept, said),
        "events": (Event.objects.filter(kind="survey.answered").count(), len(pks)),
        "changes": (Event.objects.filter(kind="survey.changed").count(), 0),
        "good moments": (told.filter(wrong=False).count(), sum(one >= 9 for one in said)),
        "wrong moments": (told.filter(wrong=True).count(), sum(one <= 6 for one in said)),
        "repairs": (Repair.objects.count(), sum(one <= 6 for one in said)),
    }
    return [f"{name}: {found} instead of {wanted}" for name, (found, wanted) in expected.items()
            if found != wanted]  # fmt: skip


def run(database: str, answers: int) -> int:
    """Measure in a process and a home of its own."""
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="polecam-bench-"))
        url = stack.enter_context(postgres_database()) if database == "postgres" else ""
        print(f"Surveys, {answers} answers, {database}", flush=True)
        return subprocess.call(
            [sys.executable, "-m", "bench.surveys", "--inside", f"--answers={answers}"],
            cwd=ROOT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "polecam.settings",
                "POLECAM_ENV": "development",
                "POLECAM_HOME": home,
                "POLECAM_LOG_LEVEL": "WARNING",
                "DATABASE_URL": url,
            },
        )


def main() -> int:
    """Both databases, or the one that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=["sqlite", "postgres"])
    parser.add_argument("--answers", type=int, default=10_000)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        return measure(asked.answers)
    databases = [asked.database] if asked.database else ["sqlite", "postgres"]
    return max(run(database, asked.answers) for database in databases)


if __name__ == "__main__":
    sys.exit(main())
