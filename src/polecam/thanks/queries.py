"""Reads of thanks and of what a client may choose. Seller's lists start from `visible_to`."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value

from polecam.clients.models import Client
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.privacy.models import Telling
from polecam.thanks.models import Occasion, Reward, RewardGrant, Thanks, ThanksChoice

NOTHING = "none"
"""The choice of whoever wants no reward; always possible."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One way of thanks a client may choose: a Side with its reward, or NOTHING without one."""

    choice: str
    reward: Reward | None


def visible_to(person: Person) -> QuerySet[Thanks]:
    """What the person owes or gave, for clients who are not erased; nobody else's."""
    rows = Thanks.objects.filter(seller=person, client__party__erased_at=None)
    return rows if standing(person).may(Permission.THANK) else rows.none()


def owed(person: Person) -> QuerySet[Thanks]:
    """What the person still owes, the earliest first; for a talk only while it may be told."""
    told = Telling.objects.filter(referral=OuterRef("referral__public_id"), withdrawn_at=None)
    rows = visible_to(person).filter(done_at=None, skipped_at=None)
    return rows.filter(~Q(occasion=Occasion.TALKED) | Exists(told)).order_by("due_on", "id")


@dataclass(frozen=True, slots=True)
class Attention:
    """What waits for one person: clients to thank by today, rewards to decide, to hand over."""

    thanks: int = 0
    decide: int = 0
    hand_over: int = 0


def attention(person: Person, today: date) -> Attention:
    """Three counts in one query (the list on Today has a budget)."""
    here = standing(person)
    places = here.branches(Permission.APPROVE_REWARD)
    if not places and not here.may(Permission.THANK):
        return Attention()
    due = owed(person).filter(due_on__lte=today)
    others = RewardGrant.objects.filter(branch_id__in=places).exclude(
        Q(client__owner=person) | Q(referral__originator=person)
    )
    rows = Person.objects.filter(pk=person.pk).values_list(
        _count(due, "client"),
        _count(others.filter(state="asked"), "pk"),
        _count(RewardGrant.objects.filter(branch_id__in=places, state="approved"), "pk"),
    )
    return Attention(*(number or 0 for number in rows.get()))


def _count(rows: QuerySet[Any], what: str) -> Subquery:
    one = rows.order_by().annotate(all=Value(1)).values("all")
    return Subquery(one.annotate(n=Count(what, distinct=True)).values("n"))


def rewards_on(branch_id: int, *, at: datetime) -> bool:
    """Whether the branch gives rewards to clients at all (off unless switched on)."""
    return bool(settings.value("rewards", at=at, branch=branch_id))


def on_anywhere(*, at: datetime, branch: int | None = None) -> bool:
    """Whether rewards are on in a branch; None: in the firm, or any of its branches."""
    past = settings.Past("rewards")
    places = {0, *(row[1] or 0 for row in past.rows)} if branch is None else {branch}
    return any(past.value("rewards", at=at, branch=place) for place in places)


def catalogue(branch_id: int) -> QuerySet[Reward]:
    """Rewards in use in a branch, its own and the firm's, the friend's benefit first."""
    here = Q(branch_id=branch_id) | Q(branch_id=None)
    return Reward.objects.filter(here, ended_at=None).order_by("value_grosze", "id")


def managed_by(person: Person) -> QuerySet[Reward]:
    """Rewards that the person manages: their branches' and the whole firm's.

    Those in use, and ended ones that were asked for and have no tax class yet.
    """
    places = standing(person).branches(Permission.MANAGE_REWARDS)
    asked = RewardGrant.objects.filter(reward=OuterRef("pk"), tax_class="unset")
    rows = Reward.objects.filter(Q(branch_id__in=places) | Q(branch_id=None))
    rows = rows.filter(Q(ended_at=None) | Exists(asked))
    return rows.select_related("branch") if places else rows.none()


def choices_for(client: Client, at: datetime) -> list[Offer]:
    """What a client may choose as thanks, nothing at all as the last; [] where rewards are off.

    A reward that has run out is not offered. Empty, too, where the catalogue is.
    """
    if not rewards_on(client.branch_id, at=at):
        return []
    there = [one for one in catalogue(client.branch_id) if one.stock is None or one.stock > 0]
    ranked = sorted(there, key=lambda one: FIRST.index(one.side))
    return [*(Offer(one.side, one) for one in ranked), Offer(NOTHING, None)] if ranked else []


FIRST = ("friend", "both", "client", "charity")
"""The friend's benefit first (Ryu and Feick 2007; Gershon et al. 2020)."""


def chosen(client: Client) -> ThanksChoice | None:
    """What the client chose, if anything."""
    return ThanksChoice.objects.filter(client=client).select_related("reward").first()


def grants_visible_to(person: Person) -> QuerySet[RewardGrant]:
    """Rewards of the branches in which the person decides or gives; a seller: own clients' only."""
    here = standing(person)
    places = {
        *here.branches(Permission.APPROVE_REWARD),
        *here.branches(Permission.GIVE_REWARD),
        *here.branches(Permission.MANAGE_REWARDS),
    }
    rows = RewardGrant.objects.all()
    own = Q(client__owner=person) if here.may(Permission.THANK) else Q(pk__in=[])
    return rows.filter(Q(branch_id__in=places) | own)
