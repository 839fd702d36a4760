"""How a nightly file and its runs are said."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.imports.feed_queries import FOR_A_HUMAN
from polecam.imports.feed_words import why
from polecam.imports.models import Feed, FeedRun, FeedSource, Import, ImportKind, ImportState
from polecam.imports.reasons import PROBLEMS
from polecam.web.pages.feeds.forms import KINDS


@dataclass(frozen=True, slots=True)
class Line:
    """One run: its day, what came of it, how it looks, the import it began."""

    day: date
    said: str
    tone: str
    mark: str
    url: str


def place(feed: Feed) -> str:
    """Where it lies, without what may be a key: of an address host and path alone."""
    said = str(feed.place)
    if feed.source == FeedSource.FOLDER or not said:
        return said
    parts = urlsplit(said)
    return f"{parts.hostname}{parts.path}" + ("?…" if parts.query else "")


def kind(feed: Feed) -> str:
    """What its rows are."""
    return str(dict(KINDS)[ImportKind(feed.kind)])


def state(feed: Feed, last: FeedRun | None) -> tuple[str, str]:
    """(a word, the tone of its chip)."""
    if feed.closed_at is not None:
        return _("closed"), ""
    if feed.paused_at is not None:
        return _("paused"), ""
    if last is None:
        return _("first run in a minute"), "chaber"
    if last.problem in FOR_A_HUMAN and not last.done:
        return _("waits for you"), "honey"
    return (_("works"), "leaf") if last.done else (_("needs a look"), "honey")


def line(run: FeedRun) -> Line:
    """A run in words."""
    url = reverse("imports:one", args=[run.job.public_id]) if run.job else ""
    if run.done and run.job and run.problem != "left":
        said, fine = _outcome(run.job)
        return Line(run.day, said, "leaf" if fine else "honey", "circle-check", url)
    if run.done:
        return Line(run.day, why(run.problem), "", "circle-check", url)
    if not run.problem:
        return Line(run.day, _("On its way."), "chaber", "clock", url)
    said = why(run.problem)
    if run.problem not in FOR_A_HUMAN and run.tries > 1:
        tries = ngettext("%(n)s try.", "%(n)s tries.", run.tries) % {"n": run.tries}
        said = f"{said} {tries}"
    return Line(run.day, said, "honey", "circle-alert", url)


def _outcome(job: Import) -> tuple[str, bool]:
    if job.state == ImportState.FAILED:
        return str(PROBLEMS.get(job.problem, "")) or _("The import stopped."), False
    said = _("new %(created)s, changed %(updated)s, unchanged %(unchanged)s, rejected %(rejected)s")
    counts = {
        "created": job.created,
        "updated": job.updated,
        "unchanged": job.unchanged,
        "rejected": job.rejected,
    }
    return said % counts, True


def seen(feed: Feed, run: FeedRun) -> list[str]:
    """What a human should know of the file that waits, in sentences."""
    found, told = feed.options.get("seen", {}), []
    if run.problem == "headings":
        for name, text in (("missing", _("Missing: %(them)s")), ("new", _("New: %(them)s"))):
            them = ", ".join(one or _("(no heading)") for one in found.get(name, []))
            told += [text % {"them": them}] if them else []
        if found.get("moved"):
            told.append(_("The same headings in another order."))
    elif run.problem == "held_shrunk":
        told.append(
            _("%(total)s rows; last time there were %(before)s.")
            % {"total": found.get("total", 0), "before": found.get("before", 0)}
        )
    elif run.problem in {"held_rejects", "held_changes"}:
        told.append(
            _("Of %(rows)s rows looked at %(rejected)s would be rejected, %(changed)s changed.")
            % {name: found.get(name, 0) for name in ("rows", "rejected", "changed")}
        )
    return told
