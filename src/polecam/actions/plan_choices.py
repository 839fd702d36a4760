"""A seller takes a newer version of the plan for one claim, having seen what both would bring."""

from datetime import datetime

from polecam.bonuses.models import VersionChoice
from polecam.people.models import Person
from polecam.referrals.models import Referral


def take_version(
    *, by: Person, at: datetime, referral: Referral, seen: tuple[int, int]
) -> VersionChoice:
    """`by` takes the version in force now for this referral; what is credited already stays.

    `insights.version_choice.offer(person, referral, at) -> Offer | None` shows both sums
    (`before`, `after`: versions; `before_grosze`, `after_grosze`, `lines` by kind of fact,
    `refusal`: the code that would be refused, or ""). `seen`: the two sums as the page showed
    them. Raises Refused("version_none_newer", "version_sale_confirmed", "version_no_share",
    "version_others_lose", "version_sums_changed").
    """
    raise NotImplementedError
