"""The boss confirms that somebody made a colleague ready to ask for recommendations."""

from datetime import datetime

from polecam.actions.own_facts import credit_alone
from polecam.bonuses.models import Coaching, FactKind
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.people.queries import team
from polecam.store.tx import action, lock


def confirm(
    *, by: Person, at: datetime, branch: Branch, mentor: Person, colleague: Person
) -> Coaching:
    """`mentor` made `colleague` ready; both sell in the branch. Once for each two people.

    Nobody confirms their own coaching. Raises Refused("coaching_oneself", "coaching_own",
    "coaching_stranger", "coached_before"), NotAllowed.
    """
    if mentor.pk == colleague.pk:
        raise Refused("coaching_oneself", field="colleague")
    with action():
        require(by, Permission.CONFIRM_COACHING, branch.pk)
        if by.pk in (mentor.pk, colleague.pk):
            raise Refused("coaching_own", field="mentor")
        here = set(team(branch.pk).values_list("pk", flat=True))
        for person, field in ((mentor, "mentor"), (colleague, "colleague")):
            if person.pk not in here:
                raise Refused("coaching_stranger", field=field)
        lock(mentor)  # two confirmations at once: the second finds the first
        if Coaching.objects.filter(mentor=mentor, colleague=colleague).exists():
            raise Refused("coached_before", field="colleague")
        coaching = Coaching.objects.create(
            branch=branch, mentor=mentor, colleague=colleague, confirmed_by=by, at=at
        )
        data = {"mentor": mentor.pk, "colleague": colleague.pk}
        record("coaching.confirmed", coaching, by=by, at=at, branch=branch.pk, data=data)
        credit_alone(
            kind=FactKind.COACHED,
            person=mentor,
            branch_id=branch.pk,
            source=coaching,
            at=at,
            by=by,
        )
    return coaching
