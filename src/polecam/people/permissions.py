"""Who may do what: what the roles of a person permit where, and one `require`."""

from datetime import datetime
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from polecam.kit.errors import NotAllowed
from polecam.organisation import tree
from polecam.organisation.models import Level
from polecam.people.models import Deputy, Membership, Person, Role
from polecam.people.roles import (
    LASTING,
    REGION,
    REGIONAL,
    ROLES,
    SELLING,
    SELLS,
    Permission,
    as_deputy,
    at_doors,
    permits,
    reach,
)
from polecam.store import clock

__all__ = [
    "LASTING",
    "REGION",
    "REGIONAL",
    "ROLES",
    "SELLING",
    "SELLS",
    "Permission",
    "Standing",
    "as_deputy",
    "at_doors",
    "look_again",
    "permits",
    "reach",
    "require",
    "standing",
]


class Standing:
    """A person's current roles and what they permit by place: read once per request.

    `roles`: by place, as `at_doors` calls them, those the person deputises for among them;
    `granted`: permissions, in the places where a role is held first, then in the branch of a team
    one sells in (it is one team: its shared clients, its colleagues), then in those below them;
    `stands_in`: whether they deputise for a manager now.
    """

    def __init__(self, person: Person, at: datetime | None = None) -> None:
        self.person = person
        self.on = tree.today(at or clock.now())
        self.roles: dict[int, set[str]] = {}
        self.granted: dict[int, set[Permission]] = {}
        held = list(self._held()) if person.is_active else []
        reaching = []
        for place, role, level, leads_more, _branch, _deputises in held:
            self.roles.setdefault(place, set()).add(at_doors(role, level))
            self.granted.setdefault(place, set()).update(permits(role, level))
            if leads_more:
                reaching.append((place, reach(role, level)))
        for _place, role, level, _leads_more, branch, _deputises in held:
            if level == Level.TEAM and branch is not None and role in SELLS:
                self.granted.setdefault(branch, set()).update(SELLING)
        self.stands_in = any(deputises for *_rest, deputises in held)
        if self.stands_in:
            for place, level in self._deputy().values_list("branch_id", "branch__level"):
                self.roles.setdefault(place, set()).add(at_doors(Role.MANAGER, level))
                self.granted.setdefault(place, set()).update(as_deputy(level))
                reaching.append((place, as_deputy(level)))
        if any(permitted for _place, permitted in reaching):
            self._reach_down(reaching)

    def _held(self) -> QuerySet[Membership, tuple[int, str, str, bool, int | None, bool]]:
        """Place, role, level of the place, whether anything hangs below, what it hangs below,
        whether they deputise: one query, because every page asks it."""
        placed = tree.placed(self.on)
        below = placed.filter(parent=OuterRef("branch"))
        above = placed.filter(branch=OuterRef("branch")).values("parent_id")[:1]
        return (
            Membership.objects.filter(person=self.person, until=None)
            .order_by("since", "id")
            .values_list(
                "branch_id",
                "role",
                "branch__level",
                Exists(below),
                Subquery(above),
                Exists(self._deputy()),
            )
        )

    def _deputy(self) -> QuerySet[Deputy]:
        return Deputy.objects.filter(
            person=self.person, since__lte=self.on, until__gt=self.on, ended_at=None
        )

    def _reach_down(self, reaching: list[tuple[int, frozenset[Permission]]]) -> None:
        whole = self.history.on(self.on)
        for top, permitted in reaching:
            for place in whole.below([top]) if permitted else ():
                self.granted.setdefault(place, set()).update(permitted)

    @cached_property
    def history(self) -> tree.History:
        """The tree on any day: read once, also for the page that sums by it."""
        return tree.History()

    def branches(self, permission: Permission) -> list[int]:
        """Ids of the branches in which the person has `permission`: their own first."""
        return [branch for branch, granted in self.granted.items() if permission in granted]

    def may(self, permission: Permission, branch: int | None = None) -> bool:
        """Whether the person has `permission` (in `branch`, or anywhere)."""
        if branch is None:
            return any(permission in granted for granted in self.granted.values())
        return permission in self.granted.get(branch, ())

    def only_sums(self, branch: int) -> bool:
        """Whether the person sees sums of a place and nothing of anybody in it: a region's
        manager."""
        granted = self.granted.get(branch, set())
        return bool(granted) and granted <= REGIONAL

    @property
    def home(self) -> int | None:
        """The branch the person belongs to first."""
        return next(iter(self.roles), None)


def standing(person: Person) -> Standing:
    """The person's Standing, cached on the instance for the length of a request."""
    known: Standing | None = person.__dict__.get("_standing")
    if known is None:
        known = person.__dict__["_standing"] = Standing(person)
    return known


def look_again(person: Person) -> None:
    """Their roles changed: the next question about them reads anew."""
    person.__dict__.pop("_standing", None)


def require(by: Person | None, permission: Permission, branch: int | None = None) -> None:
    """Raise NotAllowed unless `by` has `permission` in `branch`. `by` None is the system itself."""
    if by is not None and not standing(by).may(permission, branch):
        raise NotAllowed("not_allowed", permission=str(permission))
