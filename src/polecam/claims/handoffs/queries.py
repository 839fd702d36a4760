"""Reads of hand-offs. Every list and look-up starts from `visible_to(person)`."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from polecam.claims import queries as claims
from polecam.claims.disputes import queries as disputes
from polecam.claims.handoffs import rules
from polecam.claims.handoffs.rules import ANYONE, Wanted
from polecam.claims.models import (
    OPEN_HANDOFFS,
    Handoff,
    HandoffKind,
    HandoffShare,
    HandoffState,
)
from polecam.claims.rules import Part, part_of
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.people import queries as people
from polecam.people.models import Person, Skill
from polecam.people.permissions import Permission, standing
from polecam.referrals.models import Referral

WITH = ("giver", "receiver", "proposed_by", "referral__originator", "referral__party")
"""What a page about hand-offs needs besides the rows."""


def open_of(referral: Referral) -> Handoff | None:
    """The hand-off of a referral that still runs; there is at most one."""
    running = Handoff.objects.filter(referral=referral, state__in=OPEN_HANDOFFS)
    return running.select_related("giver", "receiver", "proposed_by").first()


def wanted_of(handoff: Handoff) -> Wanted:
    """Whom it would fit."""
    return Wanted(handoff.wanted_language, handoff.wanted_product, handoff.wanted_place)


def parts_of(handoff: Handoff) -> list[Part]:
    """The agreed split; ANYONE stands for whoever accepts."""
    rows = HandoffShare.objects.filter(handoff=handoff).order_by("id")
    return [Part(row.person_id or ANYONE, row.share_bp, row.role) for row in rows]


def in_force(referral: Referral) -> list[Part]:
    """The set of shares in force, as values."""
    return [part_of(share) for share in claims.shares(referral)]


def lowest_floor(referral: Referral, *, at: datetime) -> int:
    """The lowest floor a hand-off of this referral may agree on (basis points)."""
    setting = settings.value("share_floor_bp", at=at, branch=referral.branch_id)
    return rules.lowest_floor(in_force(referral), referral.originator_id, setting)


def floor_waits(referral: Referral, floor_bp: int, *, at: datetime) -> bool:
    """Whether this floor would lift the author's while a dispute runs: nobody puts out of reach
    what is contested."""
    return floor_bp > lowest_floor(referral, at=at) and disputes.running(referral) is not None


def is_lent(referral: Referral, holder: Person, *, at: datetime) -> bool:
    """Whether the holder only stands in for somebody who is away, and gives it back."""
    return Handoff.objects.filter(
        referral=referral,
        receiver=holder,
        kind=HandoffKind.ABSENCE,
        state=HandoffState.DONE,
        until__gt=at,
        ended_at=None,
    ).exists()


def usual(
    referral: Referral, *, giver_id: int, receiver_id: int, kind: str, at: datetime
) -> list[Part]:
    """The usual split of a kind of hand-off (its setting), never below a floor."""
    before = in_force(referral)
    keys = (f"handoff_{kind}_bp", "share_floor_bp")
    set_to = settings.values(*keys, at=at, branch=referral.branch_id)
    author = referral.originator_id
    kept = rules.usual_kept(
        before,
        giver_id=giver_id,
        originator_id=author,
        author_bp=set_to[keys[0]],
        lowest_bp=rules.lowest_floor(before, author, set_to["share_floor_bp"]),
    )
    return rules.split(
        before, giver_id=giver_id, originator_id=author, receiver_id=receiver_id, kept_bp=kept
    )


def colleagues(branch: int, *, at: datetime, but: Iterable[int] = ()) -> QuerySet[Person]:
    """Who could take a referral of the branch now: sells there, and is not away today."""
    today = day_of(at, settings.zone())
    gone = people.away(today).values("person_id")
    return people.team(branch).exclude(pk__in=gone).exclude(pk__in=list(but))


def fitting(wanted: Wanted, branch: int, *, at: datetime, but: Iterable[int] = ()) -> list[Person]:
    """Colleagues who can do everything that is wanted."""
    found = list(colleagues(branch, at=at, but=but))
    known: dict[int, set[tuple[str, str]]] = {}
    rows = Skill.objects.filter(person__in=[person.pk for person in found])
    for person_id, kind, value in rows.values_list("person_id", "kind", "value"):
        known.setdefault(person_id, set()).add((kind, value))
    return [person for person in found if rules.fits(wanted, known.get(person.pk, ()))]


def fits(person: Person, handoff: Handoff, *, at: datetime) -> bool:
    """Whether an offer to whoever fits is open to `person` at `at`."""
    return person.pk in {
        found.pk
        for found in fitting(wanted_of(handoff), handoff.branch_id, at=at, but=[handoff.giver_id])
    }


def for_anyone(person: Person, *, at: datetime) -> list[int]:
    """Keys of the open offers to whoever fits that `person` fits."""
    branches = standing(person).branches(Permission.WORK_REFERRALS)
    if not branches:
        return []
    rows = list(
        Handoff.objects.filter(
            state=HandoffState.OFFERED, receiver=None, branch_id__in=branches, expires_at__gt=at
        ).exclude(giver=person)
    )
    return [row.pk for row in _fitting_of(person, rows, at=at)]


def _fitting_of(person: Person, rows: list[Handoff], *, at: datetime) -> list[Handoff]:
    """Of these offers to whoever fits, those the person fits: none while they are away."""
    if not rows or people.away(day_of(at, settings.zone())).filter(person=person).exists():
        return []
    skills = people.skills(person)
    return [row for row in rows if rules.fits(wanted_of(row), skills)]


def visible_to(person: Person, *, at: datetime) -> QuerySet[Handoff]:
    """Hand-offs whose existence the person may know.

    Giver, receiver, proposer and originator for good, whoever shares in it; and whoever fits, while
    it is offered to anyone. A manager sees a hand-off of the branch on the referral's page.
    """
    own = Q(giver=person) | Q(receiver=person) | Q(proposed_by=person)
    own |= Q(referral__originator=person)
    own |= Q(pk__in=HandoffShare.objects.filter(person=person).values("handoff"))
    anyone = for_anyone(person, at=at)
    return Handoff.objects.filter(own | Q(pk__in=anyone) if anyone else own)


def find(person: Person, public_id: str, *, at: datetime) -> Handoff:
    """One hand-off with what its page needs. Raises Handoff.DoesNotExist for anyone else's."""
    return visible_to(person, at=at).select_related(*WITH, "branch").get(public_id=public_id)


def missed(person: Person, public_id: str, *, at: datetime) -> bool:
    """Whether this was an offer to whoever fits, open to the person until somebody took it."""
    branches = standing(person).branches(Permission.WORK_REFERRALS)
    row = Handoff.objects.filter(public_id=public_id, branch_id__in=branches).first()
    return bool(row and row.receiver_id and wanted_of(row) and fits(person, row, at=at))


def waiting_for(person: Person, *, at: datetime) -> list[Handoff]:
    """What waits for the person's word: offers to them or to whoever fits, the boss's proposals.

    One query, where no offer to whoever fits is open.
    """
    branches = standing(person).branches(Permission.WORK_REFERRALS)
    offered = Q(state=HandoffState.OFFERED, receiver=person)
    proposed = Q(state=HandoffState.PROPOSED, giver=person)
    anyone = Q(state=HandoffState.OFFERED, receiver=None, branch_id__in=branches)
    rows = Handoff.objects.filter(offered | proposed | anyone, expires_at__gt=at)
    found = list(rows.select_related(*WITH).order_by("expires_at", "id"))
    open_ones = [row for row in found if row.receiver_id is None and row.giver_id != person.pk]
    fit = {row.pk for row in _fitting_of(person, open_ones, at=at)}
    return [
        row
        for row in found
        if row.receiver_id == person.pk
        or row.pk in fit
        or (row.state == HandoffState.PROPOSED and row.giver_id == person.pk)
    ]


def for_friend(referral: Referral, *, at: datetime) -> Handoff | None:
    """The hand-off that waits for the friend's own word."""
    return (
        Handoff.objects.filter(
            referral=referral, state=HandoffState.ACCEPTED, friend_at=None, expires_at__gt=at
        )
        .select_related("giver", "receiver")
        .first()
    )
