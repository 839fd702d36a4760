"""What two colleagues brought each other, as counts and rows: for the two of them, nobody else.

Never a debt and never an amount. Every read begins with one of the two: `person`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet

from polecam.claims.models import CreditShare, Handoff, HandoffKind, HandoffState, ShareReason
from polecam.insights import joint
from polecam.people.models import Person
from polecam.referrals.models import Referral
from polecam.referrals.queries import mine

HANDED, REUSED, COVERED, JOINT = "handed", "reused", "covered", "joint"


@dataclass(frozen=True, slots=True)
class Favour:
    """One thing: a friend handed on, a client who recommended through a colleague, an absence
    covered, or (`by_me` None) a sale made together. `name`: only where the reader may know it."""

    kind: str
    by_me: bool | None
    colleague_id: int
    referral: Referral
    at: datetime
    name: str = ""


@dataclass(slots=True)
class Balance:
    """Everything between the reader and one colleague, the newest first."""

    colleague: Person
    favours: list[Favour] = field(default_factory=list)

    def count(self, *kinds: str, by_me: bool | None) -> int:
        """How many of these kinds in one direction."""
        return sum(one.kind in kinds and one.by_me is by_me for one in self.favours)

    @property
    def given(self) -> int:
        """People the reader brought the colleague."""
        return self.count(HANDED, REUSED, by_me=True)

    @property
    def got(self) -> int:
        """People the colleague brought the reader."""
        return self.count(HANDED, REUSED, by_me=False)

    @property
    def together(self) -> int:
        """Sales made together."""
        return self.count(JOINT, by_me=None)


def balances(person: Person, *, at: datetime) -> list[Balance]:
    """A balance for each colleague with whom there is anything, by name."""
    found = list(_all(person))
    names = _names(person, found, at)
    people = Person.objects.in_bulk({one.colleague_id for one in found})
    grouped: dict[int, Balance] = {}
    for one in sorted(found, key=lambda f: (f.at, f.referral.pk), reverse=True):
        held = grouped.setdefault(one.colleague_id, Balance(people[one.colleague_id]))
        held.favours.append(_named(one, names.get(one.referral.pk, "")))
    return sorted(grouped.values(), key=lambda b: (b.colleague.first_name, b.colleague.last_name))


def with_colleague(person: Person, public_id: str, *, at: datetime) -> Balance | None:
    """The balance between the person and one colleague; None where there is nothing."""
    held = (b for b in balances(person, at=at) if b.colleague.public_id == public_id)
    return next(held, None)


def handed_on() -> QuerySet[Handoff]:
    """Hand-offs between two colleagues that were done."""
    rows = Handoff.objects.filter(
        state__in=(HandoffState.DONE, HandoffState.RETURNED), done_at__isnull=False, bulk=None
    )
    return rows.exclude(kind=HandoffKind.LEAVING).exclude(receiver=None)


def lent() -> QuerySet[CreditShare]:
    """Parts of those whose client recommended somebody through a colleague, and the friend agreed;
    also of the authors themselves."""
    return CreditShare.objects.filter(
        number=1, reason=ShareReason.REUSE, referral__consented_at__isnull=False
    )


def _all(person: Person) -> Iterator[Favour]:
    yield from _handed(person)
    yield from _reused(person)
    yield from _joint(person)


def _handed(person: Person) -> Iterator[Favour]:
    """Hand-offs that were done; the boss's bulk operations are no favours. Whoever covers an
    absence does the favour."""
    rows = handed_on().filter(Q(giver=person) | Q(receiver=person))
    for row in rows.select_related("referral"):
        gave = row.giver_id == person.pk
        other = row.receiver_id if gave else row.giver_id
        cover = row.kind == HandoffKind.ABSENCE
        yield Favour(
            kind=COVERED if cover else HANDED,
            by_me=gave is not cover,
            colleague_id=other or 0,
            referral=row.referral,
            at=row.done_at or row.made_at,
        )


def _reused(person: Person) -> Iterator[Favour]:
    """A client of one who recommended somebody through the other, once that friend agreed."""
    own = Q(person=person) | Q(referral__originator=person)
    for row in lent().filter(own).select_related("referral"):
        author = row.referral.originator_id
        if row.person_id == author:
            continue
        by_me = row.person_id == person.pk
        yield Favour(
            kind=REUSED,
            by_me=by_me,
            colleague_id=author if by_me else row.person_id,
            referral=row.referral,
            at=row.referral.consented_at or row.at,
        )


def _joint(person: Person) -> Iterator[Favour]:
    shared = joint.of_person(person)
    rows = joint.counted().filter(referral__in=list(shared)).select_related("referral")
    for sale in rows:
        for other in shared[sale.referral_id]:
            yield Favour(JOINT, None, other, sale.referral, sale.confirmed_at or sale.reported_at)


def _names(person: Person, found: list[Favour], at: datetime) -> dict[int, str]:
    ids = {one.referral.pk for one in found}
    rows = mine(person, at=at).filter(pk__in=ids, party__isnull=False)
    return dict(rows.values_list("pk", "party__first_name"))


def _named(one: Favour, name: str) -> Favour:
    return Favour(one.kind, one.by_me, one.colleague_id, one.referral, one.at, name)
