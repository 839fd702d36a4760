"""A seller's own goal in money, sealed. It leaves no event: the journal is read by others."""

from datetime import datetime

from polecam.effort.models import MoneyGoal
from polecam.kit.errors import Refused
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store.tx import action

LEAST, MOST = 100, 10_000_000


def set_money_goal(*, by: Person, at: datetime, amount_grosze: int | None) -> MoneyGoal | None:
    """What referrals are to bring in a month, in gross grosze; None forgets it.

    Raises Refused("money_goal_out_of_range") outside 1 to 100,000 zł, NotAllowed.
    """
    if amount_grosze is not None and not LEAST <= amount_grosze <= MOST:
        raise Refused("money_goal_out_of_range", field="goal")
    with action():
        require(by, Permission.ASK)
        known = MoneyGoal.objects.select_for_update(no_key=True).filter(person=by).first()
        if amount_grosze is None:
            if known is not None:
                known.delete()
            return None
        goal = known or MoneyGoal(person=by)
        goal.amount, goal.set_at = str(amount_grosze), at
        goal.save()
        return goal
