"""Whose turn it is when a colleague's exclusivity ended without a sale."""

from datetime import datetime

from django.db.models import QuerySet

from polecam.actions import claims
from polecam.actions.one_claim import may_be_led
from polecam.parties import groups
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.privacy import queries as privacy
from polecam.referrals import states
from polecam.referrals.models import Referral
from polecam.store.tx import action, lock, lock_keys

WITHOUT_SALE = frozenset({"expired", "lost"})
"""Ends of a claim after which the friend is free for whoever else they agreed to talk to."""


def pass_on(*, at: datetime, referral: Referral) -> Referral | None:
    """The oldest further recommendation of the friend of `referral` takes the claim, if there is
    one whose friend's consent still counts. Returns its referral. Twice is once.

    The consent was credited when it was given, once for the person; nothing is credited again.
    """
    if referral.party is None or not further(referral).exists():
        return None
    with action():
        keys = {key for p in groups.of(referral.party) for key in (p.phone_index, p.email_index)}
        lock_keys(keys - {""})
        for waiting in further(referral):
            following = lock(waiting)
            seller = named(following, at=at)
            if seller is None or not may_be_led(following, seller, at=at):
                continue
            if claims.make(following, holder=seller, at=at) is not None:
                following.second = False
                following.save(update_fields=["second"])
                return following
    return None


def further(referral: Referral) -> QuerySet[Referral]:
    """Further recommendations of the same friend that may still be worked, oldest first."""
    if referral.party is None:
        return Referral.objects.none()
    same = privacy.same_person(referral.party) - {referral.public_id}
    rows = Referral.objects.filter(public_id__in=same, second=True, state__in=states.WORKABLE)
    return rows.order_by("consented_at", "pk")


def named(referral: Referral, *, at: datetime) -> Person | None:
    """The seller whom the friend's consent names, if they still work referrals here."""
    consent = privacy.active(referral.public_id, at=at).select_related("receiver").last()
    if consent is None:
        return None
    works = standing(consent.receiver).may(Permission.WORK_REFERRALS)
    return consent.receiver if works else None
