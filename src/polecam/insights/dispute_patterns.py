"""What keeps coming up: the same cause or the same two people, as something to settle for good.

Counts of cases, never of who was right; people are named only after the monitoring notice, and
never those who do not know of each other.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from polecam.claims.disputes import queries
from polecam.claims.disputes.rules import PATTERN_DAYS, PATTERN_TIMES
from polecam.claims.models import Dispute, DisputeAbout, DisputeParty, Handoff
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.people.rules import may_be_named


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause (`reason`, and the kind of hand-off it was about, if any), and how often."""

    reason: str
    handoff: str
    times: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who differ again and again; `people` is empty where they may not be named."""

    people: tuple[Person, ...]
    reason: str
    times: int


@dataclass(frozen=True, slots=True)
class Patterns:
    """What came up at least twice in half a year, most often first."""

    causes: list[Cause]
    pairs: list[Pair]


def patterns(person: Person, *, at: datetime) -> Patterns:
    """Of the branches in which `person` decides disputes."""
    who = standing(person)
    branches = [one for one in who.branches(Permission.DECIDE_DISPUTE) if not who.only_sums(one)]
    since = at - timedelta(days=PATTERN_DAYS)
    rows = list(
        Dispute.objects.filter(branch__in=branches, raised_at__gt=since).order_by("raised_at", "id")
    )
    return Patterns(_causes(rows), _pairs(rows, at=at))


def _causes(rows: list[Dispute]) -> list[Cause]:
    kinds = _kinds_of_handoff(rows)
    times: dict[tuple[str, str], int] = defaultdict(int)
    for dispute in rows:
        times[dispute.reason, kinds.get(dispute.pk, "")] += 1
    found = [Cause(*key, count) for key, count in times.items() if count >= PATTERN_TIMES]
    return sorted(found, key=lambda one: (-one.times, one.reason, one.handoff))


def _kinds_of_handoff(rows: list[Dispute]) -> dict[int, str]:
    """Dispute -> kind of the hand-off it was raised from, else of the referral's last one that was
    done before."""
    handed = Handoff.objects.filter(referral__in=[row.referral_id for row in rows])
    done = list(handed.order_by("made_at", "id"))
    found = {}
    for dispute in rows:
        own = [h for h in done if h.public_id == dispute.subject]
        before = [
            h
            for h in done
            if h.referral_id == dispute.referral_id and h.done_at and h.done_at <= dispute.raised_at
        ]
        if dispute.about == DisputeAbout.HANDOFF and own:
            found[dispute.pk] = str(own[0].kind)
        elif before:
            found[dispute.pk] = str(before[-1].kind)
    return found


def _pairs(rows: list[Dispute], *, at: datetime) -> list[Pair]:
    sides: dict[int, set[int]] = defaultdict(set)
    parties = DisputeParty.objects.filter(dispute__in=rows, before_bp__gt=0)
    for dispute_id, person_id in parties.values_list("dispute_id", "person_id"):
        sides[dispute_id].add(person_id)
    times: dict[tuple[int, int], list[Dispute]] = defaultdict(list)
    for dispute in rows:
        if queries.is_blind(dispute):
            continue
        for other in sides[dispute.pk] - {dispute.raised_by_id}:
            first, second = sorted((dispute.raised_by_id, other))
            times[first, second].append(dispute)
    often = {pair: some for pair, some in times.items() if len(some) >= PATTERN_TIMES}
    people = Person.objects.in_bulk({person for pair in often for person in pair})
    named = _named(people.values(), at=at) if people else set()
    found = [
        Pair(
            tuple(people[one] for one in pair) if set(pair) <= named else (),
            some[-1].reason,
            len(some),
        )
        for pair, some in often.items()
    ]
    return sorted(found, key=lambda one: -one.times)


def _named(people: Iterable[Person], *, at: datetime) -> set[int]:
    given = settings.value("monitoring_notice", at=at)
    announced = date.fromisoformat(str(given)[:10]) if given else None
    zone = settings.zone()
    return {
        person.pk
        for person in people
        if may_be_named(announced, person.notice_acknowledged_at, at, zone)
    }
