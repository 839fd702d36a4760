"""What is to be settled when somebody leaves, and what of it is: one list before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet, Subquery, Sum, Value

from polecam.bonuses.models import Account, AccountKind, Leaver, Line, LineState, PlanVersion
from polecam.claims.models import (
    OPEN_HANDOFFS,
    RUNNING_DISPUTES,
    BulkHandoff,
    BulkState,
    Claim,
    Dispute,
    Handoff,
    HandoffState,
)
from polecam.clients.models import Client
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.organisation.models import Branch
from polecam.people.models import Absence, Deputy, Membership, Person, PlannedMove, Role, Welcome
from polecam.people.permissions import Permission, standing
from polecam.referrals.models import Referral
from polecam.referrals.states import WORKABLE
from polecam.signin.models import Session


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of each thing hangs on somebody."""

    clients: int = 0
    led: int = 0
    authored: int = 0
    offers: int = 0
    friends: int = 0
    disputes: int = 0
    decides: int = 0
    deputising: int = 0
    covers: int = 0
    away: int = 0
    moves: int = 0
    invitations: int = 0
    sessions: int = 0


@dataclass(frozen=True, slots=True)
class Money:
    """What the firm still owes, and what comes back: grosze; the last day on which a hold ends."""

    pending: int
    payable: int
    disputed: int
    receivable: int
    lines: int
    last_day: date | None

    @property
    def settled(self) -> bool:
        """Nothing is open on either side."""
        return not (self.pending or self.payable or self.disputed or self.receivable)


@dataclass(frozen=True, slots=True)
class Settling:
    """Everything about one person who leaves or has left."""

    counts: Counts
    money: Money
    rules: list[str]
    draft: BulkHandoff | None
    headless: list[Branch]
    only_admin: bool

    @property
    def work_settled(self) -> bool:
        """Nobody's clients and nothing led is left with them."""
        return not (self.counts.clients or self.counts.led)


def of(person: Person, *, at: datetime) -> Settling:
    """What hangs on `person`; six queries."""
    led = [m for m in _held(person) if m.role == Role.MANAGER]
    return Settling(
        counts(person, at=at),
        money(person, at=at),
        rules(person),
        BulkHandoff.objects.filter(giver=person, state__in=_LIVE).order_by("-id").first(),
        headless(person, led),
        _only_admin(person),
    )


_LIVE = (BulkState.DRAFT, BulkState.RUNNING)


def counts(person: Person, *, at: datetime) -> Counts:
    """How much of each thing hangs on somebody; one query."""
    today = day_of(at, settings.zone())
    offered = Handoff.objects.filter(state__in=OPEN_HANDOFFS)
    mine = Q(raised_by=person) | Q(disputeparty__person=person)
    rows: dict[str, QuerySet] = {
        "clients": Client.objects.filter(owner=person, party__erased_at=None),
        "led": Claim.objects.filter(
            holder=person, ended_at=None, until__gt=at, referral__state__in=WORKABLE
        ),
        "authored": Referral.objects.filter(originator=person),
        "offers": offered.filter(Q(giver=person) | Q(receiver=person)),
        "friends": Handoff.objects.filter(giver=person, state=HandoffState.ACCEPTED),
        "disputes": Dispute.objects.filter(mine, state__in=RUNNING_DISPUTES),
        "decides": Dispute.objects.filter(decider=person, state__in=RUNNING_DISPUTES),
        "deputising": Deputy.objects.filter(person=person, until__gt=today, ended_at=None),
        "covers": Absence.objects.filter(cover=person, ended_at=None, until__gt=today),
        "away": Absence.objects.filter(person=person, ended_at=None, until__gt=today),
        "moves": PlannedMove.objects.filter(person=person, done_at=None, cancelled_at=None),
        "invitations": Welcome.objects.filter(
            invited_by=person, accepted_at=None, withdrawn_at=None, expires_at__gt=at
        ),
        "sessions": Session.objects.filter(person=person, ended_at=None),
    }
    found = Person.objects.filter(pk=person.pk).values_list(*(_count(q) for q in rows.values()))
    return Counts(**{key: n or 0 for key, n in zip(rows, found.get(), strict=True)})


def _count(rows: QuerySet) -> Subquery:
    one = rows.order_by().annotate(all=Value(1)).values("all")
    return Subquery(one.annotate(n=Count("pk", distinct=True)).values("n"))


def money(person: Person, *, at: datetime) -> Money:
    """The balances of somebody's accounts, and until when holds run; two queries."""
    kinds = (
        AccountKind.PENDING, AccountKind.PAYABLE, AccountKind.DISPUTED, AccountKind.RECEIVABLE,
    )  # fmt: skip
    rows = Account.objects.filter(person=person, unit="PLN", kind__in=kinds).order_by()
    sums = dict(rows.values_list("kind").annotate(Sum("balance")))
    held = Line.objects.filter(person=person, state__in=(LineState.PENDING, LineState.PAYABLE))
    seen = held.aggregate(lines=Count("pk"), last=Max("vests_at"))
    last = day_of(seen["last"], settings.zone()) if seen["last"] else None
    pending, payable, disputed, receivable = (int(sums.get(kind, 0)) for kind in kinds)
    return Money(pending, payable, disputed, -receivable, seen["lines"], last)


def rules(person: Person) -> list[str]:
    """What the plans of referrals still under way say of a leaver's money (Leaver), each once."""
    share = Q(creditshare__person=person) | Q(originator=person)
    open_ones = Referral.objects.filter(share, state__in=WORKABLE).values("plan_version_id")
    found = PlanVersion.objects.filter(pk__in=open_ones).order_by()
    return sorted(set(found.values_list("leaver", flat=True))) or [Leaver.SELLER]


def _held(person: Person) -> list[Membership]:
    return list(Membership.objects.filter(person=person, until=None).select_related("branch"))


def headless(person: Person, led: Sequence[Membership]) -> list[Branch]:
    """Places that nobody else leads; none where the person leads nothing."""
    if not led:
        return []
    places = {m.branch_id: m.branch for m in led}
    others = Membership.objects.filter(
        branch_id__in=places, role=Role.MANAGER, until=None, person__is_active=True
    ).exclude(person=person)
    known = set(others.values_list("branch_id", flat=True))
    return [place for pk, place in places.items() if pk not in known]


def _only_admin(person: Person) -> bool:
    admins = Membership.objects.filter(role=Role.ADMIN, until=None, person__is_active=True)
    return set(admins.values_list("person_id", flat=True)) == {person.pk}


def sees_amounts(reader: Person, person: Person) -> bool:
    """Whether the reader sees the amounts of every place where `person` works, or worked last."""
    rows = list(Membership.objects.filter(person=person).values_list("branch", "until"))
    here = {place for place, until in rows if until is None}
    last = max((until for _place, until in rows if until), default=None)
    places = here or {place for place, until in rows if until == last}
    who = standing(reader)
    return bool(places) and all(who.may(Permission.SEE_AMOUNTS, place) for place in places)


def leavers(reader: Person) -> QuerySet[Person]:
    """Who left, of the places whose people the reader manages or whose amounts they see; the
    latest first."""
    who = standing(reader)
    places = {*who.branches(Permission.MANAGE_PEOPLE), *who.branches(Permission.SEE_AMOUNTS)}
    rows = Person.objects.filter(is_active=False, memberships__branch_id__in=places)
    return rows.annotate(left_at=Max("memberships__until")).order_by("-left_at", "id").distinct()
