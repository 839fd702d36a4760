"""A referral under way, and the people around it: the beginning of every hand-off."""

from datetime import date, datetime, timedelta

from polecam.actions import handoff_answers, handoff_friend, handoffs
from polecam.claims.handoffs.queries import in_force
from polecam.claims.models import Claim, Handoff, HandoffShare
from polecam.kit.periods import day_of
from polecam.people.models import Absence, Person, Skill
from polecam.privacy.models import Consent
from polecam.referrals.models import Referral
from tests.privacy.friend import answer, capture, say_yes
from tests.referrals.growing import consented

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
ZONE = "Europe/Warsaw"


def branch_wide(client, *, at: datetime, **more: object) -> Referral:
    """A friend whose consent named the branch: no further word of theirs is needed."""
    referral = consented(client, at=at, **more)
    Consent.objects.filter(referral=referral.public_id).update(names_branch=True)
    return referral


def offered(referral: Referral, giver: Person, receiver: Person | None, at: datetime, **more):
    """An offer of kind "product" with the usual split, unless said otherwise."""
    values = {"kind": "product"} | more
    return handoffs.offer(by=giver, at=at, referral=referral, receiver=receiver, **values)


def taken(handoff: Handoff, by: Person, at: datetime) -> Handoff:
    """Accepted."""
    return handoff_answers.accept(by=by, at=at, handoff=handoff)


def friend_says(handoff: Handoff, yes: bool, at: datetime, **more: object) -> Handoff:
    """The friend's own POST."""
    referral = Referral.objects.get(pk=handoff.referral_id)
    consent = Consent.objects.filter(referral=referral.public_id).order_by("pk").first()
    return handoff_friend.answer_handoff(consent=consent, at=at, handoff=handoff, yes=yes, **more)


def parts(referral: Referral) -> dict[str, int]:
    """The shares in force by first name."""
    people = {p.pk: p.first_name for p in Person.objects.all()}
    return {people[p.person_id]: p.share_bp for p in in_force(referral)}


def floors(referral: Referral) -> dict[str, int]:
    """The floors in force by first name."""
    people = {p.pk: p.first_name for p in Person.objects.all()}
    return {people[p.person_id]: p.floor_bp for p in in_force(referral) if p.floor_bp}


def holder(referral: Referral) -> Person:
    """Who has it."""
    return Claim.objects.get(referral=referral, ended_at=None).holder


def can(person: Person, kind: str, value: str) -> None:
    """A skill."""
    Skill.objects.create(person=person, kind=kind, value=value)


def today(at: datetime) -> date:
    """The day in the firm's zone."""
    return day_of(at, ZONE)


def an_offer(
    referral: Referral, giver: Person, receiver: Person, *, at: datetime
) -> tuple[Handoff, Absence]:
    """One offer that waits, and one absence ahead, written straight into the tables."""
    handoff = Handoff.objects.create(
        referral=referral,
        branch=referral.branch,
        giver=giver,
        receiver=receiver,
        proposed_by=giver,
        kind="product",
        floor_bp=3_000,
        made_at=at,
        expires_at=at + 2 * DAY,
    )
    HandoffShare.objects.create(handoff=handoff, person=giver, role="introducer", share_bp=6_000)
    HandoffShare.objects.create(handoff=handoff, person=receiver, role="closer", share_bp=4_000)
    ahead = today(at) + 30 * DAY
    absence = Absence.objects.create(
        person=giver, since=ahead, until=ahead + DAY, made_by=giver, made_at=at
    )
    return handoff, absence


__all__ = ["DAY", "HOUR", "MINUTE", "answer", "capture", "consented", "say_yes"]
