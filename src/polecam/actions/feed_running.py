"""The worker's side of feeds: fetch, look, import; or say in one word why not.

Killed anywhere, the next try goes on: a run knows its import as soon as there is one, and what was
fetched last counts as fetched only once its run is over.
"""

from copy import copy
from datetime import datetime

from polecam.actions import imports
from polecam.actions.feeds import adopt, end, headings_of
from polecam.files import vault
from polecam.imports import feed_rules as rules
from polecam.imports import feed_sources
from polecam.imports.feed_queries import FOR_A_HUMAN, keeper, last_taken
from polecam.imports.feed_sources import Fetched, NoFile
from polecam.imports.models import Feed, FeedRun, Import, ImportState
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.organisation import settings
from polecam.store.faults import point
from polecam.store.tx import action, each, lock

LOOKED_AT = 2_000
"""Rows of a file that are tried out before it is taken."""


def run_due(*, at: datetime) -> int:
    """Try every feed whose hour has come, or whose file is to be tried again; how many."""
    feeds = Feed.objects.filter(closed_at=None).select_related("branch", "made_by").order_by("id")
    return each(list(feeds), lambda feed: _run_if_due(feed, at))


def anything_due(at: datetime) -> bool:
    """Whether `run_due` would find something to do."""
    zone = settings.zone()
    return any(
        _due(feed, _run_of(feed, at, zone), at) for feed in Feed.objects.filter(closed_at=None)
    )


def _run_of(feed: Feed, at: datetime, zone: str) -> FeedRun | None:
    day = rules.due_day(at, feed.hour, zone)
    return FeedRun.objects.filter(feed=feed, day=day).select_related("job__upload").first()


def _due(feed: Feed, run: FeedRun | None, at: datetime) -> bool:
    if feed.closed_at is not None:
        return False
    going = run is not None and not run.done and not run.problem and run.at + rules.LEASE > at
    if going:
        return False
    if feed.options.get("now"):
        return True
    if feed.paused_at is not None or (run is not None and (run.done or _waits(run))):
        return False
    if run is None or not run.problem:
        return True
    again = rules.next_try(run.at, run.tries)
    return again is not None and again <= at


def _waits(run: FeedRun) -> bool:
    return run.problem in FOR_A_HUMAN


def _run_if_due(feed: Feed, at: datetime) -> int:
    taken = _take(feed, at)
    if taken is None:
        return 0
    feed, run = taken
    try:
        _try(feed, run, at)
    except NoFile as no:
        _in_vain(feed, run, no.code, at)
    except Refused as refused:
        _in_vain(feed, run, refused.code, at)
    return 1


def _take(feed: Feed, at: datetime) -> tuple[Feed, FeedRun] | None:
    """Begin today's run, or its next try, if nobody else has."""
    zone = settings.zone()
    if not _due(feed, _run_of(feed, at, zone), at):
        return None
    with action():
        feed = lock(feed)
        run = _run_of(feed, at, zone)
        if not _due(feed, run, at):
            return None
        if run is None:
            run = FeedRun(feed=feed, day=rules.due_day(at, feed.hour, zone), tries=0, at=at)
        elif run.done or _waits(run):  # asked for by hand: the day begins anew
            run.tries, run.job, run.digest, run.done = 0, None, "", False
        run.tries, run.at, run.problem = run.tries + 1, at, ""
        run.save()
        feed.options = {name: kept for name, kept in feed.options.items() if name != "now"}
        feed.save(update_fields=["options"])
    return feed, run


def _try(feed: Feed, run: FeedRun, at: datetime) -> None:
    job = run.job
    if job is None or _is_lost(job):
        fetched = feed_sources.fetch(feed, at=at)
        if fetched is None or _same(feed, fetched):
            _over(feed, run, "same")
            return
        job = _previewed(feed, run, fetched, at)
    point("feeds.previewed", feed.kind)
    if job.state != ImportState.PREVIEW:
        _over(feed, run, "")
        return
    why, seen = _why_wait(feed, job, at)
    if why:
        _hold(feed, run, job, why, seen, at)
        return
    _start(feed, job, at)
    point("feeds.started", feed.kind)
    with action():
        feed, run = lock(feed), lock(run)
        told = {"rows": job.total}
        record("feed.ran", feed, by=None, at=at, branch=feed.branch_id, data=told)
        end(run, feed)


def _is_lost(job: Import) -> bool:
    """Whether its file must be fetched once more."""
    forgotten = job.state == ImportState.PREVIEW and job.upload.deleted_at is not None
    return forgotten or job.state == ImportState.FAILED


def _start(feed: Feed, job: Import, at: datetime) -> None:
    """As the file was read when a human looked at it: its letters, its columns, its owners."""
    by, how = keeper(feed), feed.options.get("how", {})
    known = feed.options.get("letters", "")
    if known and not job.options.get("reading", {}).get("sure", True):
        job = imports.adjust(
            by=by, at=at, job=job, mapping=feed.mapping,
            owners=how.get("owners", "spread"), unknown=how.get("unknown", "spread"),
            aliases=how.get("aliases", {}), choice=imports.Choice(letters=known),
        )  # fmt: skip
    imports.start(by=by, at=at, job=job, mapping=feed.mapping, **how)


def _same(feed: Feed, fetched: Fetched) -> bool:
    """The very file of last time: nothing happens."""
    last = last_taken(feed)
    if last is None or last.digest != fetched.digest:
        return False
    vault.remove(fetched.raw)
    return True


def _previewed(feed: Feed, run: FeedRun, fetched: Fetched, at: datetime) -> Import:
    """The file on its preview, tied to its run before anything else."""
    job = imports.preview(
        by=keeper(feed), at=at, branch=feed.branch, kind=feed.kind, filename=fetched.filename,
        raw=fetched.raw,
    )  # fmt: skip
    with action():
        locked, run_now = lock(feed), lock(run)
        run_now.job, run_now.digest = job, fetched.digest
        run_now.save(update_fields=["job", "digest"])
        locked.options = {**locked.options, "new_tags": fetched.tags}
        locked.save(update_fields=["options"])
    feed.options, run.job, run.digest = locked.options, job, fetched.digest
    return job


def _why_wait(feed: Feed, job: Import, at: datetime) -> tuple[str, dict[str, object]]:
    """Why a human shall look first, and what they are shown; "" to go on."""
    if not feed.mapping:
        return "first", {}
    before, now = feed.options.get("headings", []), headings_of(job)
    if before != now:
        return "headings", {
            "missing": [one for one in before if one not in now],
            "new": [one for one in now if one not in before],
            "moved": sorted(before) == sorted(now),
        }
    trial = copy(job)
    trial.mapping, trial.options = feed.mapping, {**job.options, **feed.options.get("how", {})}
    step = max(1, job.total // LOOKED_AT)
    outcome = imports.forecast(trial, at=at, most=LOOKED_AT, every=step)
    rows = outcome.created + outcome.updated + outcome.unchanged + len(outcome.rejected)
    sample = rules.Sample(rows, len(outcome.rejected), outcome.updated)
    last = int(feed.options.get("rows", 0))
    share = int(feed.options.get("share_bp", rules.SHARE_BP))
    why = rules.held(sample, total=job.total, before=last, share_bp=share)
    return why, {
        "rows": rows,
        "rejected": sample.rejected,
        "changed": sample.changed,
        "total": job.total,
        "before": last,
    }


def _hold(
    feed: Feed, run: FeedRun, job: Import, why: str, seen: dict[str, object], at: datetime
) -> None:
    with action():
        feed, run = lock(feed), lock(run)
        run.problem = why
        run.save(update_fields=["problem"])
        feed.options = {**feed.options, "seen": seen}
        feed.save(update_fields=["options"])
        record("feed.held", feed, by=None, at=at, branch=feed.branch_id, data={"why": why})


def _over(feed: Feed, run: FeedRun, problem: str) -> None:
    with action():
        feed, run = lock(feed), lock(run)
        run.problem = problem
        if run.job and not feed.mapping:
            adopt(feed, run.job)
        if problem == "same":  # nothing new was learnt of the file
            feed.options = {**feed.options, "new_tags": feed.options.get("tags", {})}
        end(run, feed)


def _in_vain(feed: Feed, run: FeedRun, code: str, at: datetime) -> None:
    """Note why; the keeper hears of it at the third try, and of the last one."""
    with action():
        feed, run = lock(feed), lock(run)
        run.problem = code[:40]
        run.save(update_fields=["problem"])
        if run.tries in {rules.TOLD_AT, rules.TRIES}:
            data = {"why": code, "tries": run.tries}
            record("feed.failed", feed, by=None, at=at, branch=feed.branch_id, data=data)
