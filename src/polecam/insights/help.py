"""Help given to colleagues in a period, as counts: the pool of a branch may be divided by it."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from polecam.bonuses.models import Coaching
from polecam.claims.models import HandoffKind
from polecam.insights.favours import handed_on, lent
from polecam.organisation.tree import today, within


def given(
    branch_id: int, people: Iterable[int], *, since: datetime, until: datetime
) -> Counter[int]:
    """How often each of these people (ids) helped a colleague of the branch or its teams, from
    `since` until `until` (half-open).

    A friend handed on and accepted, an absence covered, a client lent whose recommendation came
    through a colleague, a colleague made ready: each counts once.
    """
    wanted = set(people)
    found: Counter[int] = Counter()
    inside = within(branch_id, today(until))
    handed = handed_on().filter(branch__in=inside, done_at__gte=since, done_at__lt=until)
    for kind, giver, receiver in handed.values_list("kind", "giver", "receiver"):
        found[receiver if kind == HandoffKind.ABSENCE else giver] += 1
    shared = lent().filter(
        referral__branch__in=inside,
        referral__consented_at__gte=since,
        referral__consented_at__lt=until,
    )
    shared = shared.exclude(person=F("referral__originator"))
    found.update(shared.values_list("person", flat=True))
    coached = Coaching.objects.filter(branch__in=inside, at__gte=since, at__lt=until)
    found.update(coached.values_list("mentor", flat=True))
    return Counter({person: count for person, count in found.items() if person in wanted})
