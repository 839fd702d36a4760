"""What somebody's portfolio holds, who would get what, and what becomes of the shares.

A bulk hand-off is seen by those who divide portfolios in its branch. What friends have not answered
is neither listed nor counted here: it would tell what clients answered (invariant 21).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from polecam.bonuses.models import Leaver, PlanVersion
from polecam.claims import division
from polecam.claims.models import (
    BulkHandoff,
    BulkItem,
    BulkState,
    BulkWhy,
    Claim,
    CreditShare,
    Handoff,
    HandoffKind,
    HandoffState,
)
from polecam.claims.queries import in_force
from polecam.claims.rules import Part, part_of
from polecam.clients.models import Client
from polecam.organisation import settings
from polecam.people.models import Membership, Person
from polecam.people.permissions import Permission, standing
from polecam.people.queries import team
from polecam.referrals.models import Referral
from polecam.referrals.queries import visible_to as visible_referrals
from polecam.referrals.states import WORKABLE


def visible_to(person: Person) -> QuerySet[BulkHandoff]:
    """Bulk hand-offs of the branches in which the person divides portfolios."""
    branches = standing(person).branches(Permission.DIVIDE_PORTFOLIO)
    return BulkHandoff.objects.filter(branch_id__in=branches)


def find(person: Person, public_id: str) -> BulkHandoff:
    """One bulk hand-off. Raises BulkHandoff.DoesNotExist for anyone else's."""
    return visible_to(person).select_related("giver", "branch", "made_by").get(public_id=public_id)


def clients_of(giver: Person, branch_id: int) -> QuerySet[Client]:
    """Clients of the branch whom the giver looks after."""
    return Client.objects.filter(owner=giver, branch_id=branch_id, party__erased_at=None)


def led_by(giver: Person, branch_id: int, *, at: datetime) -> QuerySet[Claim]:
    """Claims under which the giver leads referrals of the branch, without those a colleague has
    accepted already."""
    accepted = Handoff.objects.filter(giver=giver, state=HandoffState.ACCEPTED)
    return Claim.objects.filter(
        holder=giver,
        ended_at=None,
        until__gt=at,
        referral__branch_id=branch_id,
        referral__state__in=WORKABLE,
    ).exclude(referral__in=accepted.values("referral"))


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much somebody looks after, in all branches."""

    clients: int
    led: int


def holdings(giver: Person, *, at: datetime) -> Holdings:
    """Clients somebody owns and referrals they lead."""
    led = Claim.objects.filter(
        holder=giver, ended_at=None, until__gt=at, referral__state__in=WORKABLE
    )
    owned = Client.objects.filter(owner=giver, party__erased_at=None)
    return Holdings(owned.count(), led.count())


def receivers(giver: Person, branch_id: int) -> QuerySet[Person]:
    """Who may take something over: everyone else who sells in the branch."""
    return team(branch_id).exclude(pk=giver.pk)


@dataclass(frozen=True, slots=True)
class Left:
    """What somebody who no longer works here still has in a branch."""

    person_id: int
    branch_id: int
    clients: int = 0
    led: int = 0


def leavers(person: Person) -> list[tuple[int, int, bool]]:
    """Who worked in the branches where the person divides portfolios, and is there no more: their
    id, the branch, whether they work elsewhere in the firm."""
    branches = standing(person).branches(Permission.DIVIDE_PORTFOLIO)
    if not branches:
        return []
    still = Membership.objects.filter(
        person=OuterRef("person"), branch=OuterRef("branch"), until=None
    )
    held = Membership.objects.filter(~Exists(still), branch_id__in=branches).order_by()
    return list(held.values_list("person_id", "branch_id", "person__is_active").distinct())


def left_behind(
    person: Person, *, at: datetime, gone: Sequence[tuple[int, int, bool]] | None = None
) -> list[Left]:
    """Leavers (`gone`, if known) whose clients or referrals in the person's branches wait.

    Of whoever moved to another branch only clients: what they lead they finish themselves.
    """
    found = leavers(person) if gone is None else gone
    if not found:
        return []
    branches = standing(person).branches(Permission.DIVIDE_PORTFOLIO)
    places = {(who, where) for who, where, _elsewhere in found}
    moved = sorted({who for who, _where, _elsewhere in found})
    left = sorted({who for who, _where, elsewhere in found if not elsewhere})
    owned = Client.objects.filter(branch_id__in=branches, owner__in=moved, party__erased_at=None)
    led = Claim.objects.filter(
        referral__branch_id__in=branches,
        holder__in=left,
        ended_at=None,
        until__gt=at,
        referral__state__in=WORKABLE,
    )
    clients = owned.order_by().values_list("owner_id", "branch_id").annotate(Count("pk"))
    claims = led.order_by().values_list("holder_id", "referral__branch_id").annotate(Count("pk"))
    counted = {(who, where): count for who, where, count in clients}
    leading = {(who, where): count for who, where, count in claims}
    return [
        Left(who, where, counted.get((who, where), 0), leading.get((who, where), 0))
        for who, where in sorted((counted.keys() | leading.keys()) & places)
    ]


@dataclass(frozen=True, slots=True)
class Through:
    """A referral through a client, as a manager sees it: what another adviser does not change."""

    name: str
    author: str
    leader: str
    until: datetime | None


def through(client: Client, person: Person, *, at: datetime, limit: int = 12) -> list[Through]:
    """The newest referrals through this client that the person may see, from the consent on."""
    rows = visible_referrals(person, at=at).filter(client=client, consented_at__isnull=False)
    some = list(rows.select_related("party", "originator").order_by("-consented_at")[:limit])
    held = Claim.objects.filter(referral__in=some, ended_at=None, until__gt=at)
    claims = {claim.referral_id: claim for claim in held.select_related("holder")}
    found = []
    for referral in some:
        claim = claims.get(referral.pk)
        found.append(
            Through(
                referral.party.first_name if referral.party else "—",
                referral.originator.full_name,
                claim.holder.full_name if claim else "",
                claim.until if claim else None,
            )
        )
    return found


# --- a draft, and what it would do ----------------------------------------------------------------


def totals(bulk: BulkHandoff) -> list[tuple[int | None, int, int]]:
    """(receiver's id or None, clients, referrals) of a bulk hand-off."""
    rows = (
        BulkItem.objects.filter(bulk=bulk)
        .order_by()
        .values_list("receiver_id")
        .annotate(Count("client"), Count("referral"))
    )
    return sorted(rows, key=lambda row: (row[0] is None, row[0] or 0))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a bulk hand-off is: things that move, and those that are where they belong."""

    whole: int
    done: int


def progress(bulk: BulkHandoff) -> Progress:
    """Items done of those that are to be done: moved, or (undoing) back again."""
    wanted = BulkItem.objects.filter(bulk=bulk, receiver__isnull=False)
    found = wanted.aggregate(whole=Count("pk"), moved=Count("pk", filter=Q(moved=True)))
    back = bulk.state in (BulkState.UNDOING, BulkState.UNDONE)
    return Progress(found["whole"], found["whole"] - found["moved"] if back else found["moved"])


@dataclass(frozen=True, slots=True)
class Effect:
    """One referral of a bulk hand-off: shares before and after, who is paid in a leaver's place."""

    item: BulkItem
    referral: Referral
    before: list[Part]
    after: list[Part]
    heir_id: int | None = None


def effects(bulk: BulkHandoff, items: Sequence[BulkItem], *, at: datetime) -> list[Effect]:
    """What becomes of the shares of these items' referrals; the very rule the run applies."""
    referrals = [item.referral for item in items if item.referral is not None]
    sets = _sets(referrals)
    leavers = leaver_rules(referrals)
    limits = leaving_limits(bulk.branch_id, at=at)
    found = []
    for item in items:
        referral = item.referral
        if referral is None:
            continue
        before = sets.get(referral.pk, [])
        after, heir = before, None
        if bulk.why == BulkWhy.LEAVING and item.receiver_id is not None:
            rule = leavers.get(referral.plan_version_id, Leaver.SELLER)
            after = after_leaving(before, referral, rule, bulk.giver_id, item.receiver_id, limits)
            mine = any(part.person_id == bulk.giver_id for part in before)
            heir = item.receiver_id if rule == Leaver.HOLDER and mine else None
        found.append(Effect(item, referral, before, after, heir))
    return found


def leaving_limits(branch_id: int, *, at: datetime) -> tuple[int, int]:
    """What an author keeps who left, and the floor: basis points, from the settings."""
    keys = (f"handoff_{HandoffKind.LEAVING}_bp", "share_floor_bp")
    values = settings.values(*keys, at=at, branch=branch_id)
    return values[keys[0]], values[keys[1]]


def leaver_rules(referrals: Iterable[Referral]) -> dict[int | None, str]:
    """What each plan version (by id) of these referrals says of somebody who left."""
    ids = {referral.plan_version_id or 0 for referral in referrals}
    return dict(PlanVersion.objects.filter(pk__in=ids).values_list("pk", "leaver"))


def after_leaving(
    before: Sequence[Part],
    referral: Referral,
    leaver: str,
    giver_id: int,
    receiver_id: int,
    limits: tuple[int, int],
) -> list[Part]:
    """The set of shares once the receiver works on; see claims.division."""
    author_bp, floor_bp = limits
    return division.shares_after_leaving(
        before,
        leaver=leaver,
        giver_id=giver_id,
        originator_id=referral.originator_id,
        receiver_id=receiver_id,
        author_bp=author_bp,
        floor_bp=floor_bp,
    )


def _sets(referrals: Sequence[Referral]) -> dict[int, list[Part]]:
    rows: QuerySet[CreditShare] = in_force().filter(referral__in=[r.pk for r in referrals])
    found: dict[int, list[Part]] = {}
    for row in rows.order_by("referral_id", "person_id"):
        found.setdefault(row.referral_id, []).append(part_of(row))
    return found
