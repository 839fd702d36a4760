"""Figures in Prometheus' text form: how requests go, and how the house is doing."""

import os
from collections.abc import Iterator
from datetime import datetime

from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from polecam.insights.house import House, house

SEVERAL = "PROMETHEUS_MULTIPROC_DIR"
"""Set by `polecam serve`: web processes write into one folder, and any of them tells all."""
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

requests = Counter("polecam_requests", "Requests answered.", ["area", "method", "status"])
seconds = Histogram("polecam_request_seconds", "Time of an answer.", ["area"], buckets=SECONDS)


def text(at: datetime) -> bytes:
    """Everything at `at`, as Prometheus reads it."""
    of_house = CollectorRegistry()
    of_house.register(_OfHouse(house(at)))
    return generate_latest(of_house) + generate_latest(_of_requests())


def _of_requests() -> CollectorRegistry:
    if SEVERAL not in os.environ:
        return REGISTRY
    several = CollectorRegistry()
    multiprocess.MultiProcessCollector(several)  # type: ignore[no-untyped-call]
    return several


class _OfHouse(Collector):
    def __init__(self, found: House) -> None:
        self.found = found

    def collect(self) -> Iterator[Metric]:
        """Prometheus' protocol."""
        found = self.found
        yield _one("journal_events", "Number of the newest entry of the journal.", found.events)
        yield _one("put_aside", "Entries that a reader gave up on.", found.put_aside)
        yield _age("worker_seconds", "Since the worker's last sign of life.", found)
        yield _one("copy_seconds", "Since the last whole copy began; -1: none.", _copy_age(found))
        days = found.sealed_on.toordinal() if found.sealed_on else 0
        yield _one("sealed_day", "Last sealed day, as a number of days.", days)
        behind = {reader.name: reader.behind for reader in found.readers}
        yield _many("reader_behind", "Entries before a reader.", "reader", behind)
        failing = {reader.name: reader.failures for reader in found.readers}
        yield _many("reader_failures", "Failures in a row.", "reader", failing)
        jobs = {job.name: job.done_on.toordinal() if job.done_on else 0 for job in found.jobs}
        yield _many("daily_job_day", "Day a daily job was last done for.", "job", jobs)
        wrong = {job.name: job.failures for job in found.jobs}
        yield _many("daily_job_failures", "Failures in a row.", "job", wrong)
        yield _many("messages", "Messages on their way.", "state", found.messages)
        yield _many("imports", "Imports on their way.", "state", found.imports)


def _one(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(f"polecam_{name}", what, value=value)


def _many(name: str, what: str, label: str, values: dict[str, int]) -> Metric:
    family = GaugeMetricFamily(f"polecam_{name}", what, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


def _age(name: str, what: str, found: House) -> Metric:
    seen = found.worker_seen_at
    return _one(name, f"{what} -1: never.", (found.at - seen).total_seconds() if seen else -1)


def _copy_age(found: House) -> float:
    return (found.at - found.copy.began_at).total_seconds() if found.copy else -1
