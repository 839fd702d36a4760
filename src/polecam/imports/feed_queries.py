"""Reads of feeds. Every list and look-up starts from `visible_to(person)`."""

from django.db.models import QuerySet

from polecam.imports.models import Feed, FeedRun, ImportState
from polecam.people.models import Membership, Person, Role
from polecam.people.permissions import Permission, standing

FOR_A_HUMAN = ("first", "headings", "held_shrunk", "held_rejects", "held_changes")
"""Problems of a run whose file lies there and waits until somebody has looked at it."""


def visible_to(person: Person) -> QuerySet[Feed]:
    """Feeds into the branches whose feeds the person manages."""
    branches = standing(person).branches(Permission.MANAGE_FEEDS)
    return Feed.objects.filter(branch_id__in=branches).select_related("branch", "made_by")


def find(person: Person, public_id: str) -> Feed:
    """One feed. Raises Feed.DoesNotExist for anyone else's."""
    return visible_to(person).get(public_id=public_id)


def runs(feed: Feed, count: int = 30) -> QuerySet[FeedRun]:
    """Its last runs, the newest first."""
    rows = FeedRun.objects.filter(feed=feed).select_related("job", "job__upload")
    return rows.order_by("-day")[:count]


def waiting(feed: Feed) -> FeedRun | None:
    """The run whose file waits for a human, if the last one does."""
    last = runs(feed, 1).first()
    if last is None or last.done or last.job is None or last.problem not in FOR_A_HUMAN:
        return None
    return None if last.job.upload.deleted_at else last


def keeper(feed: Feed) -> Person | None:
    """Who hears of the feed and in whose name it imports: whoever made it, else an admin of the
    branch, else nobody."""
    for person in (feed.made_by, *_admins(feed.branch_id)):
        if person and person.is_active:
            may = standing(person)
            if may.may(Permission.MANAGE_FEEDS, feed.branch_id):
                return person
    return None


def _admins(branch_id: int) -> list[Person]:
    rows = Membership.objects.filter(role=Role.ADMIN, until=None, person__is_active=True)
    rows = rows.select_related("person").order_by("since", "id")
    return [row.person for row in sorted(rows, key=lambda row: row.branch_id != branch_id)]


def last_taken(feed: Feed) -> FeedRun | None:
    """The last run that ended with a file; one whose import failed does not count."""
    rows = FeedRun.objects.filter(feed=feed, done=True).exclude(digest="")
    return rows.exclude(job__state=ImportState.FAILED, problem="").order_by("-day").first()
