"""The tree of regions, branches and teams: places are renamed, moved, closed; the past stays."""

from datetime import date, datetime

from django.db.models import Q

from polecam.insights.tree_closing import what_stays
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.organisation.models import Branch, Organisation, Placement
from polecam.organisation.queries import is_taken
from polecam.organisation.rules import check_move, is_open
from polecam.organisation.tree import placed, today
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store import tx
from polecam.store.tx import lock


def move(
    *, by: Person | None, at: datetime, branch: Branch, parent: Branch | None, on: date, why: str
) -> Placement | None:
    """Let a place hang below `parent` (None: the firm itself) from the day `on`, today or later.

    Where it stood until then stays on record; what hangs below it goes along. One move may be ahead
    of a place at a time. Returns the new placement (None below the firm). Raises Refused.
    """
    with tx.action():
        branch, day = _held(branch), today(at)
        parent = lock(parent) if parent else None
        require(by, Permission.MANAGE_TREE, branch.pk)
        require(by, Permission.MANAGE_TREE, parent.pk if parent else None)
        if not why.strip():
            raise Refused("move_needs_reason", field="why")
        if not is_open(branch.closed_on, on):
            raise Refused("place_closed", field="on")
        last = placed(on).filter(branch=branch).first()
        check_move(
            on=on,
            today=day,
            level=branch.level,
            now_below=last.parent_id if last else None,
            parent=parent.pk if parent else None,
            parent_level=parent.level if parent else None,
            parent_open=parent is None or is_open(parent.closed_on, on),
            planned=planned(branch, day),
        )
        if last is not None and last.since == on:  # begun this very day: nothing stood there yet
            last.delete()
        elif last is not None:
            last.until = on
            last.save(update_fields=["until"])
        made = None
        if parent is not None:
            made = Placement.objects.create(
                branch=branch,
                parent=parent,
                since=on,
                made_by_id=by.pk if by else None,
                made_at=at,
                why=why.strip()[:200],
            )
        record(
            "branch.moved",
            branch,
            by=by,
            at=at,
            branch=branch.pk,
            data={
                "from": last.parent.public_id if last else None,
                "to": parent.public_id if parent else None,
                "on": on,
            },
            text=why.strip(),
        )
    return made


def take_back(*, by: Person | None, at: datetime, branch: Branch) -> None:
    """A move that is still ahead does not happen. Raises Refused where none is ahead."""
    with tx.action():
        branch, day = _held(branch), today(at)
        require(by, Permission.MANAGE_TREE, branch.pk)
        if not planned(branch, day):
            raise Refused("move_over")
        Placement.objects.filter(branch=branch, since__gt=day).delete()
        Placement.objects.filter(branch=branch, until__gt=day).update(until=None)
        record("branch.stays", branch, by=by, at=at, branch=branch.pk)


def rename(*, by: Person | None, at: datetime, branch: Branch, name: str, city: str = "") -> Branch:
    """Give a place another name or town. Raises Refused for one that is empty or taken."""
    with tx.action():
        branch = _held(branch)
        require(by, Permission.MANAGE_TREE, branch.pk)
        name = " ".join(name.split())[:80]
        if not name:
            raise Refused("name_missing", field="name")
        if is_taken(name, but=branch):
            raise Refused("branch_name_taken", field="name")
        branch.name, branch.city = name, " ".join(city.split())[:60]
        branch.save(update_fields=["name", "city"])
        record("branch.renamed", branch, by=by, at=at, branch=branch.pk)
    return branch


def close(*, by: Person | None, at: datetime, branch: Branch, on: date) -> Branch:
    """Close a place from the day `on`, today or later: nobody and nothing may be left in it.

    Its past stays in every sum. Raises Refused, with what is still there.
    """
    with tx.action():
        branch, day = _held(branch), today(at)
        require(by, Permission.MANAGE_TREE, branch.pk)
        if on < day:
            raise Refused("move_in_past", field="on")
        if branch.closed_on is not None:
            raise Refused("place_closed", field="on")
        left = what_stays(branch, on=on, at=at)
        if left:
            raise Refused("place_not_empty", field="on", left=left)
        branch.closed_on = on
        branch.save(update_fields=["closed_on"])
        record("branch.closed", branch, by=by, at=at, branch=branch.pk, data={"on": on})
    return branch


def keep_open(*, by: Person | None, at: datetime, branch: Branch) -> Branch:
    """A place that closes, or is closed, goes on. Raises Refused where it is open."""
    with tx.action():
        branch = _held(branch)
        require(by, Permission.MANAGE_TREE, branch.pk)
        if branch.closed_on is None:
            raise Refused("place_open")
        branch.closed_on = None
        branch.save(update_fields=["closed_on"])
        record("branch.reopened", branch, by=by, at=at, branch=branch.pk)
    return branch


def planned(branch: Branch, on: date) -> bool:
    """Whether a move of the place is ahead after the day `on`."""
    ahead = Q(since__gt=on) | Q(until__gt=on)
    return Placement.objects.filter(ahead, branch=branch).exists()


def _held(branch: Branch) -> Branch:
    """The place, locked; the firm first, so that the tree changes one step at a time."""
    Organisation.objects.select_for_update(no_key=True).get()
    return lock(branch)
