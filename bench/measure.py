"""Measure one database: fill it, walk the main pages, compare with the floor, judge the budgets."""

import argparse
import json
import math
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import django

django.setup()

from django.conf import settings
from django.db import connections
from django.http import HttpResponse
from django.test import Client as TestClient
from django.urls import reverse

from bench.browser import Answer, Browser, Form
from bench.floor import Recorder, copy_database, replay
from bench.server import Server, serving
from bench.world import build, open_asks
from polecam.asking.models import Ask
from polecam.people.models import Person

RESULTS = Path(__file__).resolve().parent / "results"
ROUNDS = 200
WARM_UP = 20
PEOPLE = 20
TURNS = 5
QUERIES = 12  # a page, at most


@dataclass
class Finding:
    """One number; `budget` None means that it is told, not judged."""

    name: str
    value: float
    unit: str
    budget: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the budget holds."""
        return self.budget is None or self.value <= self.budget

    def __str__(self) -> str:
        told = f"  {self.name:46} {self.value:10.1f} {self.unit:10}"
        if self.budget is None:
            return told
        return f"{told} <= {self.budget:g}  {'' if self.kept else 'OVER'}"


class Bench:
    """The measured people and what was found."""

    def __init__(self, sellers: list[Person]) -> None:
        self.sellers = sellers
        self.findings: list[Finding] = []

    def find(self, name: str, value: float, unit: str, budget: float | None = None) -> None:
        """Keep and tell one number."""
        self.findings.append(Finding(name, value, unit, budget))
        print(self.findings[-1], flush=True)

    def browser(self, person: Person, server: Server) -> Browser:
        """A browser in which this person is signed in."""
        client = TestClient(HTTP_HOST="localhost")
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        return Browser(server.port, {name: client.cookies[name].value})

    # --- pages ------------------------------------------------------------------------------------

    def page(self, name: str, path: str, server: Server, **budgets: float) -> None:
        """Open a page as twenty sellers in turn; latency, CPU per request, queries."""
        browsers = [self.browser(person, server) for person in self.sellers[1 : PEOPLE + 1]]
        rounds = [browsers[n % PEOPLE] for n in range(ROUNDS)]
        for browser in rounds[:WARM_UP]:
            expect(browser.get(path), 200)
        times, cpu = self.timed(server, [lambda b=b: expect(b.get(path), 200) for b in rounds])
        self.find(f"{name}: p50", statistics.median(times), "ms")
        self.find(f"{name}: p95", percentile(times, 95), "ms", budgets.get("p95"))
        self.find(f"{name}: CPU", cpu, "ms/request", budgets.get("cpu"))
        client = TestClient(HTTP_HOST="localhost")
        client.force_login(self.sellers[1])
        client.get(path)
        asked = Recorder().during(lambda: client.get(path))
        self.find(f"{name}: queries", len(asked), "", QUERIES)

    def timed(self, server: Server, calls: list[Callable[[], Answer]]) -> tuple[list[float], float]:
        """Milliseconds of each call, and the server's CPU milliseconds a call."""
        before = server.cpu_seconds()
        times = [call().seconds * 1000 for call in calls]
        return times, (server.cpu_seconds() - before) * 1000 / len(calls)

    # --- capture ----------------------------------------------------------------------------------

    def capture(self, server: Server) -> None:
        """Record a referral through HTTP, and its bare statements on a copy."""
        heard = ROUNDS // 4
        asks = iter(open_asks(self.sellers[:PEOPLE], heard + WARM_UP + ROUNDS))
        recorder, copies = Recorder(), copy_database()
        for ask in islice(asks, heard):
            self.capture_in_process(ask, recorder)
        browsers = {person.pk: self.browser(person, server) for person in self.sellers[:PEOPLE]}
        forms = [capture_form(browsers[ask.seller_id], ask) for ask in asks]
        calls = [lambda f=form: expect(f[0].post(f[1], f[2]), 303, 302) for form in forms]
        for call in calls[:WARM_UP]:
            call()
        # In turns, so that whatever else the machine does weighs on both alike.
        bare, times, cpu = [], [], []
        for turn in range(TURNS):
            # In the order they were heard: later ones name the ids of earlier ones.
            part = slice(turn * heard // TURNS, (turn + 1) * heard // TURNS)
            bare += replay(recorder.requests[part], copies)
            some, spent = self.timed(server, calls[WARM_UP + turn :: TURNS])
            times += some
            cpu.append(spent)
        floor = statistics.median(bare)
        self.find("capture: statements", statistics.median(map(len, recorder.requests)), "")
        self.find("capture: its bare statements", floor, "ms")
        self.find("capture: p50", statistics.median(times), "ms")
        self.find("capture: CPU", statistics.median(cpu), "ms/request", 12)
        self.find("capture: times the bare statements", statistics.median(times) / floor, "x", 6)

    def capture_in_process(self, ask: Ask, recorder: Recorder) -> None:
        """The same through Django's test client, which lets the statements be heard."""
        client = TestClient(HTTP_HOST="localhost")
        client.force_login(ask.seller)
        path = reverse("capture:sheet", args=[ask.public_id])
        fields = filled(Form(path, client.get(path).content.decode()))
        recorder.during(lambda: expect_redirect(client.post(path, fields)))

    # --- the whole --------------------------------------------------------------------------------

    def load(self, server: Server, path: str) -> None:
        """Four people at once for five seconds: the rate and the price of a request."""
        before, until = server.cpu_seconds(), time.monotonic() + 5

        def walk(number: int) -> int:
            browser, count = self.browser(self.sellers[number], server), 0
            while time.monotonic() < until:
                expect(browser.get(path), 200)
                count += 1
            return count

        with ThreadPoolExecutor(4) as people:
            total = sum(people.map(walk, range(4)))
        self.find("Today, four at once: rate", total / 5, "/s")
        cpu = (server.cpu_seconds() - before) * 1000 / max(total, 1)
        self.find("Today, four at once: CPU", cpu, "ms/request")

    def weight(self, server: Server, path: str) -> None:
        """Bytes of a first visit to Today."""
        total, parts = self.browser(self.sellers[1], server).weigh(path)
        self.find("first load of Today, compressed", total / 1000, "KB", 150)
        for name, size in parts:
            self.find(f"  {name.rpartition('/')[2] or name}", size / 1000, "KB")


def capture_form(browser: Browser, ask: Ask) -> tuple[Browser, str, dict[str, str]]:
    """The sheet of an ask, filled in, ready to be sent."""
    path = reverse("capture:sheet", args=[ask.public_id])
    return browser, path, filled(Form(path, expect(browser.get(path), 200).text))


def filled(form: Form) -> dict[str, str]:
    """A client who names a friend."""
    if not form.fields:
        raise RuntimeError(f"no form that posts to {form.wanted}")
    return form.fields | {"outcome": "names", "first_name": "Piotr", "need": ""}


def expect(answer: Answer, *statuses: int) -> Answer:
    """The answer, if it is what was to come."""
    if answer.status not in statuses:
        raise RuntimeError(f"status {answer.status}, expected {statuses}: {answer.text[:500]}")
    return answer


def expect_redirect(answer: HttpResponse) -> None:
    """Stop if the form came back instead."""
    if answer.status_code not in {302, 303}:
        raise RuntimeError(f"status {answer.status_code}: {answer.content.decode()[:2000]}")


def percentile(values: list[float], share: int) -> float:
    """The value below which `share` per cent lie."""
    return sorted(values)[math.ceil(len(values) * share / 100) - 1]


def main() -> int:
    """Fill, measure, judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("database")
    parser.add_argument("--clients", type=int, required=True)
    parser.add_argument("--referrals", type=int, required=True)
    asked = parser.parse_args()
    print(f"\n{asked.database}: {asked.clients:,} clients, {asked.referrals:,} referrals")
    started = time.monotonic()
    polecam = Path(sys.executable).with_name("polecam")
    subprocess.run([polecam, "init"], check=True, stdout=subprocess.DEVNULL)
    bench = Bench(build(asked.clients, asked.referrals))
    print(f"  filled in {time.monotonic() - started:.0f} s")
    today, clients = reverse("today:today"), reverse("clients:list")
    connections.close_all()
    with serving() as server:
        bench.page("Today", today, server, p95=60)
        bench.page("clients, a list of 50", clients, server, cpu=8)
        bench.page("my referrals", reverse("referrals:list"), server, cpu=8)
        bench.load(server, today)
        bench.weight(server, today)
        bench.find("memory of the server process", server.anonymous_mb(), "MB", 180)
    with serving() as server:
        bench.capture(server)
    RESULTS.mkdir(exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    report = {
        "database": asked.database,
        "clients": asked.clients,
        "referrals": asked.referrals,
        "findings": [asdict(finding) for finding in bench.findings],
    }
    (RESULTS / f"{stamp}-{asked.database}.json").write_text(json.dumps(report, indent=2))
    over = [finding.name for finding in bench.findings if not finding.kept]
    print(f"  over budget: {', '.join(over)}" if over else "  every budget kept")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
