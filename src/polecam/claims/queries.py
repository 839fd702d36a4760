"""Who holds what. Contact data are behind claims.contact."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from polecam.claims.models import Claim, CreditShare
from polecam.people.models import Person
from polecam.privacy import queries as privacy
from polecam.referrals.models import Referral


def visible_to(person: Person, *, at: datetime) -> QuerySet[Claim]:
    """Claims the person holds at `at`."""
    return Claim.objects.filter(holder=person, ended_at=None, since__lte=at, until__gt=at)


def active(referral: Referral, *, at: datetime) -> Claim | None:
    """The claim on a referral that is in force at `at`."""
    return Claim.objects.filter(
        referral=referral, ended_at=None, since__lte=at, until__gt=at
    ).first()


def unended(referrals: Iterable[str]) -> QuerySet[Claim]:
    """Claims without an end on these referrals (public ids), oldest first."""
    return Claim.objects.filter(referral__public_id__in=list(referrals), ended_at=None).order_by(
        "since", "id"
    )


def rivals(referral: Referral) -> QuerySet[Claim]:
    """Claims without an end on other referrals of the same friend, proven by phone or address."""
    if referral.party is None:
        return Claim.objects.none()
    others = privacy.same_person(referral.party) - {referral.public_id}
    return unended(others)


@dataclass(frozen=True, slots=True)
class Known:
    """All that may be told of a colleague's claim: since when and until when, never whose."""

    since: datetime
    until: datetime


def known(referral: Referral, *, at: datetime) -> Known | None:
    """Why a second recommendation is locked: "already recommended, since ..., exclusive until"."""
    if not referral.second:
        return None
    held = rivals(referral).filter(until__gt=at).first()
    return Known(held.since, held.until) if held else None


def shares(referral: Referral, *, at: datetime | None = None) -> list[CreditShare]:
    """The set of shares in force, now or at `at`, in the order of person ids.

    A set counts from its own `at` until the next one; the first one has counted from the start.
    """
    rows = list(CreditShare.objects.filter(referral=referral).order_by("number", "person_id"))
    begun = [row.number for row in rows if at is None or row.at <= at]
    number = max(begun, default=rows[0].number if rows else 0)
    return [row for row in rows if row.number == number]


def share_sets(referral: Referral) -> list[list[CreditShare]]:
    """Every set of the referral's shares with its people, oldest first, bigger parts first."""
    rows = CreditShare.objects.filter(referral=referral).select_related("person")
    sets: dict[int, list[CreditShare]] = {}
    for row in rows.order_by("number", "-share_bp", "person"):
        sets.setdefault(row.number, []).append(row)
    return list(sets.values())


def in_force() -> QuerySet[CreditShare]:
    """The shares of every referral's newest set."""
    later = CreditShare.objects.filter(referral=OuterRef("referral"), number__gt=OuterRef("number"))
    return CreditShare.objects.filter(~Exists(later))
