"""The three studies: what each file measures, with the bars of the issue."""

import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from scipy.sparse.csgraph import connected_components

from bench.identity import data, febrl, historical, product
from bench.identity.scores import Finding, Score, of_groups, score


def findings(of: str, got: Score, bars: Score | tuple[None, ...] = (None,) * 3) -> list[Finding]:
    """Precision, recall and F1 as three findings."""
    named = zip(("precision", "recall", "F1"), got, bars, strict=True)
    return [Finding(f"{of}: {name}", float(value), bar) for name, value, bar in named]


def completeness(records: data.Records, pairs: np.ndarray) -> Finding:
    """What the candidates could find at most."""
    right = records.truth[pairs[:, 0]] == records.truth[pairs[:, 1]]
    return Finding("true pairs among the candidates", float(right.sum() / records.true_pairs))


def by_own_rules(records: data.Records, pairs: np.ndarray) -> Iterator[Finding]:
    """The product's rules on the same candidates; told, not judged."""
    for name, got in product.bands(records, pairs).items():
        yield from findings(f"the product's rules, {name}", got)[:2]


def febrl3() -> Iterator[Finding]:
    """5,000 rows, up to six of one person; EM without truth, groups by average linkage."""
    records, _ = data.febrl("febrl3.csv.gz")
    linked = febrl.link(records)
    yield completeness(records, linked.pairs)
    got = of_groups(febrl.people(records, linked), records.truth)
    yield from findings("groups", got, (None, None, 0.998))
    yield from by_own_rules(records, linked.pairs)


def febrl4() -> Iterator[Finding]:
    """5,000 rows and their 5,000 copies; EM without truth, one-to-one assignment."""
    records, side = data.febrl("febrl4a.csv.gz", "febrl4b.csv.gz")
    linked = febrl.link(records, side)
    yield completeness(records, linked.pairs)
    pairs = febrl.one_to_one(linked, side)
    right = (records.truth[pairs[:, 0]] == records.truth[pairs[:, 1]]).sum()
    yield from findings("pairs", score(right, len(pairs), records.true_pairs), (None, None, 0.9995))
    yield from by_own_rules(records, linked.pairs)


def history(more: Path | None = None) -> Iterator[Finding]:
    """Historical people: one half of them trains, the other is linked by itself and judged."""
    records = data.historical()
    half = records.half()
    taught, judged = records.take(half == 0), records.take(half == 1)
    for name, part in (("training", taught), ("test", judged)):
        yield Finding(f"{name} half: rows", len(part))
        yield Finding(f"{name} half: true pairs", part.true_pairs)
    known, test = historical.candidates(taught), historical.candidates(judged)
    thresholds = historical.choose(known, historical.joins(known, historical.unseen_odds(known)))
    model = historical.train(known.columns, known.right)
    odds = historical.log_odds(model, test.columns)
    yield from of_test_half(test, odds, thresholds)
    if more:
        other = historical.candidates(data.historical(more))
        yield from grouped(
            f"{more.name}", other, historical.log_odds(model, other.columns), thresholds
        )
    yield from whole_file(
        records, half, (model, historical.train(test.columns, test.right)), thresholds
    )


def of_test_half(
    test: historical.Candidates, odds: np.ndarray, thresholds: historical.Thresholds
) -> Iterator[Finding]:
    """The judged numbers, the curve, and what pairs alone would give."""
    truth = test.records.truth
    yield completeness(test.records, test.pairs)
    joined = historical.joins(test, odds)
    same = of_groups(historical.at(test, joined, thresholds.same), truth)
    sure = of_groups(historical.at(test, joined, thresholds.sure), truth)
    yield from findings(f"groups from {thresholds.same:+.2f}", same, Score(0.97, 0.88, 0.925))
    yield from findings(f"automatic from {thresholds.sure:+.2f}", sure, (0.995, None, None))
    yield from questions(joined, same, sure, thresholds)
    for stop in historical.STOPS[::4]:
        yield from findings(
            f"curve, {stop:+.2f}", of_groups(historical.at(test, joined, stop), truth)
        )
    yield from findings("connected components, at their best", chained(test, odds))


def questions(
    joined: list, same: Score, sure: Score, thresholds: historical.Thresholds
) -> Iterator[Finding]:
    """What a human would be asked: joins between the two thresholds."""
    asked = sum(thresholds.same <= join.odds < thresholds.sure for join in joined)
    yield Finding("joins done by themselves", sum(join.odds >= thresholds.sure for join in joined))
    yield Finding("joins that a human would be asked about", asked)
    said, surely = (got.recall / got.precision for got in (same, sure))
    if said > surely:
        share = (same.recall - sure.recall) / (said - surely)
        yield Finding("share of the pairs in these questions that are right", share)


def chained(test: historical.Candidates, odds: np.ndarray) -> Score:
    """Groups as connected components over the same pairs, at the threshold that suits them best."""
    count = len(test.records)
    found = []
    for least in np.arange(0, historical.LIMIT, 0.25):
        one, other = test.pairs[odds >= least].T
        graph = sparse.coo_matrix((np.ones(len(one)), (one, other)), shape=(count, count))
        found.append(of_groups(connected_components(graph, directed=False)[1], test.records.truth))
    return max(found, key=lambda got: got.f1)


def whole_file(
    records: data.Records, half: np.ndarray, models: tuple, thresholds: historical.Thresholds
) -> Iterator[Finding]:
    """All rows at once, twice as crowded: each half by the model of the other.

    Pairs across the halves, never one person, by the mean of both.
    """
    whole = historical.candidates(records)
    by_first, by_second = (historical.log_odds(model, whole.columns) for model in models)
    one, other = half[whole.pairs].T
    odds = np.where(one != other, (by_first + by_second) / 2, np.where(one, by_first, by_second))
    yield completeness(records, whole.pairs)
    yield from grouped("whole file", whole, odds, thresholds)


def grouped(
    name: str, found: historical.Candidates, odds: np.ndarray, thresholds: historical.Thresholds
) -> Iterator[Finding]:
    """Scores at both thresholds; judged is only what would happen without a human."""
    joined = historical.joins(found, odds)
    for kind, least, bar in (
        ("groups", thresholds.same, None),
        ("automatic", thresholds.sure, 0.995),
    ):
        got = of_groups(historical.at(found, joined, least), found.records.truth)
        yield from findings(f"{name}, {kind}", got, (bar, None, None))


def measured(study: Callable[..., Iterator[Finding]], *given: object) -> list[Finding]:
    """The findings, with time and the peak memory of this process."""
    started = time.monotonic()
    found = [replace(one, value=float(one.value)) for one in study(*given)]  # numpy's to plain ones
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        *found,
        Finding("seconds", time.monotonic() - started),
        Finding("peak memory, MB", peak),
    ]
