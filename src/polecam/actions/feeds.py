"""Files that another system leaves every night: set up, looked at once, paused, closed."""

from datetime import datetime

from polecam.actions import imports
from polecam.imports import feed_rules as rules
from polecam.imports import feed_sources, stage
from polecam.imports.feed_queries import FOR_A_HUMAN
from polecam.imports.models import Feed, FeedRun, FeedSource, Import, ImportKind, ImportState
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.organisation import settings
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store.tx import action, lock

LONGEST_NAME = 80
MOST_OPEN = 20
KINDS = (ImportKind.CLIENTS, ImportKind.MOMENTS, ImportKind.REFERRALS)
SHARES = (500, 1_000, 2_000, 5_000)
STARTED = (ImportState.QUEUED, ImportState.RUNNING, ImportState.DONE)
HEADINGS_KEPT = 200


def make(
    *,
    by: Person,
    at: datetime,
    name: str,
    branch: Branch,
    kind: str,
    source: str,
    place: str,
    login: str = "",
    hour: int = 3,
    share_bp: int = rules.SHARE_BP,
) -> Feed:
    """Set up a nightly file; its first run comes within a minute and waits for a human.

    `place`: below the operator's folder with a pattern of names, or an https address; `login`: what
    stands in the Authorization header. Raises Refused("feed_name", "feed_kind", "feed_place",
    "feed_address", "feed_no_folder", "feed_login", "feed_hour", "feeds_many"), NotAllowed.
    """
    name, place, login = " ".join(name.split()), place.strip(), login.strip()
    if not 2 <= len(name) <= LONGEST_NAME:
        raise Refused("feed_name", field="name")
    if kind not in KINDS or source not in FeedSource.values or share_bp not in SHARES:
        raise Refused("feed_kind", field="kind")
    if hour not in range(24):
        raise Refused("feed_hour", field="hour")
    _check_place(source, place, login)
    with action():
        require(by, Permission.MANAGE_FEEDS, branch.pk)
        if Feed.objects.filter(closed_at=None).count() >= MOST_OPEN:
            raise Refused("feeds_many")
        feed = Feed(
            name=name, branch=branch, kind=kind, source=source, hour=hour, made_by=by, made_at=at
        )
        feed.options = {"share_bp": share_bp}
        feed.place, feed.login = place, login if source == FeedSource.HTTPS else ""
        feed.save()
        told = {"kind": str(kind), "source": str(source), "hour": hour}
        record("feed.opened", feed, by=by, at=at, branch=branch.pk, data=told)
    return feed


def _check_place(source: str, place: str, login: str) -> None:
    if source == FeedSource.FOLDER:
        if feed_sources.folder() is None:
            raise Refused("feed_no_folder", field="source")
        if rules.place_in_folder(place) is None:
            raise Refused("feed_place", field="place")
        return
    if rules.place_on_the_net(place) is None:
        raise Refused("feed_address", field="place")
    if not rules.login_is_fine(login):
        raise Refused("feed_login", field="login")


def accept(*, by: Person, at: datetime, feed: Feed, run: FeedRun) -> Feed:
    """Take the file that waits, and later ones of the same headings by themselves, read like this.

    What was corrected in the preview counts. Raises Refused("feed_nothing_waits") and as
    imports.start; NotAllowed.
    """
    with action():
        feed, run = _waiting(by, feed, run)
        job = lock(run.job) if run.job else None
        if job is None or (job.state not in STARTED and job.upload.deleted_at):
            raise Refused("feed_nothing_waits")
        if job.state not in STARTED or job.dry_run:
            imports.start(by=by, at=at, job=job)
        adopt(feed, job)
        record("feed.accepted", feed, by=by, at=at, branch=feed.branch_id)
        end(run, feed)
    return feed


def leave(*, by: Person, at: datetime, feed: Feed, run: FeedRun) -> Feed:
    """Forget the file that waits; the feed goes on with the next one. Raises as `accept`."""
    with action():
        feed, run = _waiting(by, feed, run)
        if run.job and not run.job.upload.deleted_at:
            imports.cancel(by=by, at=at, job=run.job)
        run.problem = "left"
        record("feed.left", feed, by=by, at=at, branch=feed.branch_id)
        end(run, feed)
    return feed


def _waiting(by: Person, feed: Feed, run: FeedRun) -> tuple[Feed, FeedRun]:
    feed = lock(feed)
    require(by, Permission.MANAGE_FEEDS, feed.branch_id)
    run = FeedRun.objects.select_related("job__upload").get(pk=run.pk, feed=feed)
    if run.done or run.problem not in FOR_A_HUMAN:
        raise Refused("feed_nothing_waits")
    return feed, run


def adopt(feed: Feed, job: Import) -> None:
    """Inner step: from now on files are read as this import was."""
    feed.mapping = job.mapping
    kept = {name: job.options[name] for name in ("owners", "unknown", "aliases") if
            name in job.options}  # fmt: skip
    feed.options = {
        **feed.options,
        "how": kept,
        "headings": headings_of(job),
        "letters": job.options.get("reading", {}).get("letters", ""),
    }
    feed.save(update_fields=["mapping", "options"])


def end(run: FeedRun, feed: Feed) -> None:
    """Inner step: the run is over; what the other side said of the file is remembered for it."""
    run.done = True
    run.save(update_fields=["done", "problem"])
    options = dict(feed.options)
    options["tags"] = options.pop("new_tags", {})
    if run.job and run.problem != "left":
        options["rows"] = run.job.total
    feed.options = options
    feed.save(update_fields=["options"])


def headings_of(job: Import) -> list[str]:
    """The headings of a file; of one without any as many empty ones as it has columns."""
    head = stage.head(job.upload, stage.SAMPLE)
    line = int(job.options.get("header", 1))
    said = next((cells for number, cells in head if number == line), None)
    if said is None:
        return [""] * max((len(cells) for _number, cells in head), default=0)
    return [" ".join(cell.split())[:60] for cell in said[:HEADINGS_KEPT]]


def pause(*, by: Person, at: datetime, feed: Feed) -> Feed:
    """Fetch nothing until it is resumed. Twice is once."""
    return _turn(by, at, feed, "feed.paused", paused_at=at)


def resume(*, by: Person, at: datetime, feed: Feed) -> Feed:
    """Go on from the next hour, or at once if today's has passed."""
    return _turn(by, at, feed, "feed.resumed", paused_at=None)


def close(*, by: Person, at: datetime, feed: Feed) -> Feed:
    """Never fetch it again; where it came from is forgotten, what it brought stays."""
    return _turn(by, at, feed, "feed.closed", closed_at=at)


def _turn(by: Person, at: datetime, feed: Feed, kind: str, **changed: datetime | None) -> Feed:
    with action():
        feed = lock(feed)
        require(by, Permission.MANAGE_FEEDS, feed.branch_id)
        (name, value), = changed.items()  # fmt: skip
        if feed.closed_at is not None or (getattr(feed, name) is None) == (value is None):
            return feed
        setattr(feed, name, value)
        if name == "closed_at":
            feed.place = feed.login = ""
        feed.save(update_fields=[name, "place_sealed", "login_sealed"])
        record(kind, feed, by=by, at=at, branch=feed.branch_id)
    return feed


def run_now(*, by: Person, at: datetime, feed: Feed) -> Feed:
    """Let the worker fetch it within a minute, also when today's run is over.

    Raises Refused("feed_closed"), NotAllowed.
    """
    with action():
        feed = lock(feed)
        require(by, Permission.MANAGE_FEEDS, feed.branch_id)
        if feed.closed_at is not None:
            raise Refused("feed_closed")
        feed.options = {**feed.options, "now": True}
        feed.save(update_fields=["options"])
        day = rules.due_day(at, feed.hour, settings.zone()).isoformat()
        record("feed.wanted", feed, by=by, at=at, branch=feed.branch_id, data={"day": day})
    return feed
