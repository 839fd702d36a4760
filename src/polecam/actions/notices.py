"""Opening the blind notice about somebody recommended before, and what its reader chooses."""

from datetime import datetime

from polecam.claims.notices import READ, STAYS, Notice, notice
from polecam.journal.record import record
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.referrals.models import Referral
from polecam.store.limits import count_hit
from polecam.store.tx import action, lock

A_DAY = 86_400
MOST_A_DAY = 20
"""Notices one seller may open in a day: nobody has so many friends recommended twice."""


def read(*, by: Person, at: datetime, referral: Referral) -> None:
    """Open the notice of one's own further recommendation: journalled once a day.

    Raises Refused: "not_further", "notice_often" beyond MOST_A_DAY; NotAllowed for another's.
    """
    if not _of(by, at, referral).opened and _too_often(by, at):
        raise Refused("notice_often")
    with action():
        referral = lock(referral)
        if not _of(by, at, referral).opened:
            record(READ, referral, by=by, at=at, branch=referral.branch_id)


def stay(*, by: Person, at: datetime, referral: Referral) -> None:
    """Choose to stay as a further recommendation; once is enough. Raises as `read`."""
    with action():
        referral = lock(referral)
        if not _of(by, at, referral).stays:
            record(STAYS, referral, by=by, at=at, branch=referral.branch_id)


def _of(by: Person, at: datetime, referral: Referral) -> Notice:
    require(by, Permission.WORK_REFERRALS)
    if referral.originator_id != by.pk:
        raise NotAllowed("not_your_referral")
    found = notice(by, referral, at=at, zone=settings.zone())
    if found is None:
        raise Refused("not_further")
    return found


def _too_often(by: Person, at: datetime) -> bool:
    return count_hit("notice", by.public_id, A_DAY, at=at) > MOST_A_DAY
