"""The friend allows that their client learns that they talked, or takes that back. No more."""

from datetime import datetime

from polecam.journal.record import record
from polecam.keeping import erased
from polecam.privacy import wordings
from polecam.privacy.models import Consent, Telling
from polecam.referrals.models import Referral
from polecam.store import tx


def code_for(client_first: str) -> str:
    """The wording of the box: with the client's first name where the page may show it."""
    return "telling" if client_first else "telling_unnamed"


def answered(referral: Referral, *, allowed: bool, named: str, language: str, at: datetime) -> None:
    """Inner step of the friend's answer, under the referral's lock: as the box was left.

    `named`: the client's first name as the page showed it, or "". An answer given anew counts
    instead of the one before.
    """
    withdraw(referral, at=at)
    if not allowed or referral.party is None:
        return
    words = wordings.current(code_for(named), language, at=at)
    Telling.objects.create(
        party=referral.party, referral=referral.public_id, wording=words, given_at=at
    )
    record("telling.given", referral, by=None, at=at, branch=referral.branch_id)


def withdraw(referral: Referral, *, at: datetime) -> bool:
    """Inner step, under the referral's lock: it no longer counts. Whether it did."""
    rows = Telling.objects.filter(referral=referral.public_id, withdrawn_at=None)
    if not rows.update(withdrawn_at=at):
        return False
    erased.note(erased.TELLING, referral.public_id)
    record("telling.withdrawn", referral, by=None, at=at, branch=referral.branch_id)
    return True


def take_back(*, consent: Consent, at: datetime) -> bool:
    """The friend takes it back by their own link: one step, without a reason. Twice is once."""
    with tx.action():
        referral = tx.lock(Referral.objects.get(public_id=consent.referral))
        return withdraw(referral, at=at)
