"""A seller's own if-then plan: "when a client praises us, I say ...".

These acts leave no event: the journal is read by others, and what somebody means to say is theirs
alone (Gollwitzer & Sheeran: a plan with its moment works; shown to others it would be a promise).
"""

from datetime import datetime

from polecam.actions import words_checks
from polecam.asking.models import IfThenPlan
from polecam.asking.plans import LONGEST
from polecam.kit.errors import NotAllowed, Refused
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.referrals.rules import holds_contact
from polecam.store.tx import action, lock


def plan(*, by: Person, at: datetime, kind: str, then: str) -> IfThenPlan:
    """ "When `kind` ("" = any good moment), I say `then`"; it takes the place of an older one.

    Stored sealed. Raises Refused("plan_empty", "words_too_long", "words_with_contact",
    "unknown_moment"), NotAllowed.
    """
    then = " ".join(then.split())
    words_checks.require_place(words_checks.Place(kind))
    if not then:
        raise Refused("plan_empty", field="then")
    if len(then) > LONGEST:
        raise Refused("words_too_long", field="then", longest=LONGEST)
    if holds_contact(then):
        raise Refused("words_with_contact", field="then")
    with action():
        require(by, Permission.ASK)
        lock(by)
        IfThenPlan.objects.filter(seller=by, moment_kind=kind, ended_at=None).update(ended_at=at)
        made = IfThenPlan(seller=by, moment_kind=kind, made_at=at)
        made.then = then
        made.save()
    return made


def drop(*, by: Person, at: datetime, plan: IfThenPlan) -> None:
    """Nothing is kept of the plan (`at`: when). Raises NotAllowed for anyone else's."""
    with action():
        found = lock(plan)
        if found.seller_id != by.pk:
            raise NotAllowed("not_your_plan")
        IfThenPlan.objects.filter(pk=found.pk, made_at__lte=at).delete()
