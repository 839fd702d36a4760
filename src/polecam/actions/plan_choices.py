"""A seller takes a newer version of the plan for one claim, having seen what both would bring."""

from datetime import datetime

from polecam.bonuses.models import VersionChoice
from polecam.insights.version_choice import offer
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.people.models import Person
from polecam.referrals.models import Referral
from polecam.store.tx import action, lock


def take_version(
    *, by: Person, at: datetime, referral: Referral, seen: tuple[int, int]
) -> VersionChoice:
    """`by` takes the version in force now for this referral; what is credited already stays.

    Fair among several: whoever shares the referral may choose, as long as nobody else would get
    less; `by` alone may lose by it. `insights.version_choice.offer(person, referral, at)` shows
    both sums (`before`, `after`: versions; `before_grosze`, `after_grosze`, `lines` by step,
    `refusal`: the code that would be refused, or ""). `seen`: the two sums as the page showed
    them. Raises Refused("version_none_newer", "version_sale_confirmed", "version_no_share",
    "version_not_open", "version_others_lose", "version_sums_changed").
    """
    with action():
        referral = lock(referral)
        found = offer(by, referral, at)
        if found is None:
            raise Refused("version_none_newer")
        if found.refusal:
            raise Refused(found.refusal)
        if seen != (found.before_grosze, found.after_grosze):
            raise Refused("version_sums_changed")
        choice = VersionChoice.objects.create(
            referral=referral,
            person=by,
            before=found.before,
            after=found.after,
            before_grosze=found.before_grosze,
            after_grosze=found.after_grosze,
            at=at,
        )
        referral.plan_version_id = found.after.pk
        referral.save(update_fields=["plan_version_id"])
        record(
            "referral.version_taken",
            referral,
            by=by,
            at=at,
            branch=referral.branch_id,
            data={
                "before": found.before.number,
                "after": found.after.number,
                "before_grosze": found.before_grosze,
                "after_grosze": found.after_grosze,
            },
        )
    return choice
