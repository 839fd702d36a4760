"""How warm a recommendation is: did the client only think of the friend, or tell them already?"""

from datetime import datetime

from polecam.journal.record import record
from polecam.kit.errors import NotAllowed, Refused
from polecam.people.models import Person
from polecam.referrals import states
from polecam.referrals.models import Referral, Warmth
from polecam.store.tx import action, lock


def set_warmth(*, by: Person, at: datetime, referral: Referral, warmth: str) -> Referral:
    """Note how far the client went: `asked`, `told`, `waits`, or "" (not known).

    Whoever brought the referral knows it. Raises Refused("unknown_warmth", "referral_ended"),
    NotAllowed.
    """
    if warmth and warmth not in Warmth.values:
        raise Refused("unknown_warmth", field="warmth")
    with action():
        referral = lock(referral)
        if referral.originator_id != by.pk:
            raise NotAllowed("not_your_referral")
        if referral.state in states.ENDED:
            raise Refused("referral_ended")
        if referral.warmth != warmth:
            referral.warmth = warmth
            referral.save(update_fields=["warmth"])
            record(
                "referral.warmth",
                referral,
                by=by,
                at=at,
                branch=referral.branch_id,
                data={"warmth": str(warmth)},
            )
    return referral
