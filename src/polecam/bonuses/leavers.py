"""Whom a fact pays once somebody who shares the credit has left the firm (PlanVersion.leaver)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from polecam.bonuses.models import CreditedFact, Leaver, PlanVersion
from polecam.claims.models import Claim
from polecam.people.queries import left
from polecam.referrals.models import Referral


@dataclass(frozen=True, slots=True)
class Inherited:
    """A leaver's part of a fact that somebody else is paid. Ids; basis points."""

    leaver_id: int
    heir_id: int
    share_bp: int


def heir_of(referral: Referral, parts: Mapping[int, int], *, at: datetime | None) -> int | None:
    """Who is paid in a leaver's place: whoever works the referral, or worked it last; else the
    client's owner; else whoever has the biggest part. None when nobody of them is there any more.
    """
    found = [*_candidates(referral), *_by_part(parts)]
    gone = left(found, at=at)
    return next((person for person in found if person not in gone), None)


def paid(
    referral: Referral, version: PlanVersion, parts: Mapping[int, int], *, at: datetime | None
) -> tuple[dict[int, int], list[Inherited]]:
    """`parts` (person id -> basis points) as they are paid at `at`, and what was inherited.

    The sum stays the same. Only where the plan says that a leaver's money goes to whoever works
    the referral on; authorship and the set of shares do not change. Where it goes to the branch
    pool, the fact stays the leaver's, and its lines go there when they vest (`goes_to_pool`).
    """
    if version.leaver != Leaver.HOLDER:
        return dict(parts), []
    gone = left(parts, at=at)
    heir = heir_of(referral, parts, at=at) if gone else None
    if heir is None:
        return dict(parts), []
    kept = {person: share for person, share in parts.items() if person not in gone}
    passed = [Inherited(person, heir, parts[person]) for person in sorted(gone)]
    kept[heir] = kept.get(heir, 0) + sum(one.share_bp for one in passed)
    return kept, passed


def goes_to_pool(person_id: int, facts: Iterable[int]) -> set[int]:
    """Those of a person's facts (ids) whose plan gives a leaver's money to the branch pool, and
    that were confirmed when the person had left already."""
    rows = CreditedFact.objects.filter(pk__in=list(facts), version__leaver=Leaver.POOL)
    return {
        pk
        for pk, confirmed_at in rows.values_list("pk", "confirmed_at")
        if left([person_id], at=confirmed_at)
    }


def paid_people(referral: Referral, parts: Mapping[int, int], *, at: datetime | None) -> set[int]:
    """Ids of everyone whom a fact of this referral would pay: they never confirm it."""
    version = PlanVersion.objects.filter(pk=referral.plan_version_id or 0).first()
    if version is None:
        return set(parts)
    return set(paid(referral, version, parts, at=at)[0])


def _candidates(referral: Referral) -> Iterator[int]:
    claims = Claim.objects.filter(referral=referral).order_by("-since", "-id")
    yield from claims.values_list("holder_id", flat=True)
    client = referral.client
    if client is not None and client.owner_id is not None:
        yield client.owner_id


def _by_part(parts: Mapping[int, int]) -> Iterable[int]:
    return sorted(parts, key=lambda person: (-parts[person], person))
