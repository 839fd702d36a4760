"""What a new value of a setting would change, counted before it is saved.

Every setting says from which value to which, where it would hold and how many people and clients
that concerns; some say more, each by the rows that the rule itself reads. Counted as of now, also
for a day to come.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet

from polecam.asking.models import Ask, Outcome
from polecam.claims.models import Claim
from polecam.clients.models import Client, Touch
from polecam.organisation import settings
from polecam.organisation.models import Branch, Setting
from polecam.organisation.tree import today, tree
from polecam.people.models import Person
from polecam.people.queries import selling
from polecam.surveys.models import Survey

AT_ONCE = frozenset(
    {
        "ask_rest_days",
        "refusals_rest_days",
        "recovery_days",
        "contact_rest_days",
        "contacts_a_year",
        "survey_every_days",
        "weekly_goal",
        "team_goal_asks",
        "monitoring_notice",
        "bank_secrecy",
        "client_may_be_named",
        "quiet_from",
        "quiet_until",
        "words_test",
        "guess_every",
        "payday",
        "cost_of_client_grosze",
        "undo_minutes",
    }
)
"""Settings that count for everything from their day on; the rest only for what begins then."""


@dataclass(frozen=True, slots=True)
class Effect:
    """From `before` to `after` in `places` (how many), where `people` ask and `clients` are.

    `own`: places below with a value of their own, which keep it. `counted`: what more is known, as
    (code, how many). `at_once`: whether it counts for what went before as well.
    """

    key: str
    before: object
    after: object
    places: int
    own: int
    people: int
    clients: int
    at_once: bool
    counted: tuple[tuple[str, int], ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing would change."""
        return self.before == self.after


def effect(
    key: str, after: object, *, place: Branch | None, starts: datetime, at: datetime
) -> Effect:
    """What changes where `key` gets the value `after` for `place` (None: the firm) from `starts`
    on; None at a place: what holds above it."""
    before = settings.value(key, at=starts, branch=place)
    if after is None and place is not None:
        after = settings.inherited(key, at=starts, branch=place)
    inside, own = _reached(key, place, starts)
    clients = Client.objects.filter(branch__in=inside, party__erased_at=None)
    more = COUNTED.get(key)
    counted = more(inside, before, after, at) if more and before != after else ()
    return Effect(
        key=key,
        before=before,
        after=after,
        places=len(inside),
        own=own,
        people=selling(inside).values("person").distinct().count(),
        clients=clients.count(),
        at_once=key in AT_ONCE,
        counted=tuple((code, n) for code, n in counted if n),
    )


def _reached(key: str, place: Branch | None, starts: datetime) -> tuple[list[int], int]:
    """Ids of the places in which the value would hold, and how many below have their own."""
    whole = tree(today(starts))
    if place is None:
        ids = list(Branch.objects.filter(closed_on=None).values_list("pk", flat=True))
        tops = [one for one in ids if one not in whole.parents]
    else:
        tops = [place.pk]
    rows = Setting.objects.filter(key=key, valid_from__lte=starts, branch__isnull=False)
    said = dict(rows.order_by("valid_from", "id").values_list("branch_id", "value"))
    inside, own, waiting = [], 0, list(tops)
    while waiting:
        one = waiting.pop()
        if said.get(one) is not None and (place is None or one != place.pk):
            own += 1
            continue
        inside.append(one)
        waiting += whole.children.get(one, ())
    return inside, own


Counted = list[tuple[str, int]]


def _between(last: QuerySet, before: object, after: object, at: datetime) -> Counted:
    """How many whose `last` (a datetime) lies between the two rests come back, or rest again."""
    if not isinstance(before, int) or not isinstance(after, int):
        return []
    early, late = (at - timedelta(days=days) for days in (max(before, after), min(before, after)))
    n = last.filter(last__gt=early, last__lte=late).count()
    return [("come_back" if after < before else "rest_again", n)]


def _asked(inside: list[int], before: object, after: object, at: datetime) -> Counted:
    made = Ask.objects.filter(client__branch__in=inside, undone_at=None, asked_at__lte=at)
    made = made.exclude(outcome=Outcome.NOT_ASKED)
    return _between(made.values("client").annotate(last=Max("asked_at")), before, after, at)


def _touched(inside: list[int], before: object, after: object, at: datetime) -> Counted:
    rows = Touch.objects.filter(client__branch__in=inside, at__lte=at)
    return _between(rows.values("client").annotate(last=Max("at")), before, after, at)


def _surveyed(inside: list[int], before: object, after: object, at: datetime) -> Counted:
    rows = Survey.objects.filter(client__branch__in=inside, made_at__lte=at)
    return _between(rows.values("client").annotate(last=Max("made_at")), before, after, at)


def _often(inside: list[int], before: object, after: object, at: datetime) -> Counted:
    if not isinstance(before, int) or not isinstance(after, int):
        return []
    rows = Touch.objects.filter(
        client__branch__in=inside, at__gt=at - timedelta(days=365), at__lte=at
    )
    low, high = sorted((before, after))
    n = rows.values("client").annotate(n=Count("pk")).filter(n__gte=low, n__lt=high).count()
    return [("reach_limit" if after < before else "may_again", n)]


def _without_goal(inside: list[int], _b: object, _a: object, _at: datetime) -> Counted:
    asking = selling(inside).values("person")
    return [("no_own_goal", Person.objects.filter(pk__in=asking, weekly_goal=None).count())]


def _claimed(inside: list[int], _b: object, _a: object, at: datetime) -> Counted:
    held = Claim.objects.filter(Q(until__gt=at), ended_at=None, referral__branch__in=inside)
    return [("claims_keep", held.count())]


COUNTED: dict[str, Callable[[list[int], object, object, datetime], Counted]] = {
    "ask_rest_days": _asked,
    "contact_rest_days": _touched,
    "contacts_a_year": _often,
    "survey_every_days": _surveyed,
    "weekly_goal": _without_goal,
    "exclusivity_days": _claimed,
    "contact_secures_days": _claimed,
    "claim_work": _claimed,
    "claim_expiry": _claimed,
}
