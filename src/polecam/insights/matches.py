"""Pairs of records that may be one person, and joins made: who may look at which, and how much.

A manager sees pairs within one branch of theirs; whatever spans branches goes to an admin, who sees
names alone. Contact data have no place here: of a phone or an address a reader learns only whether
it is the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from polecam.clients.models import Client
from polecam.parties import groups
from polecam.parties.models import Match, MatchState, Merge, Party
from polecam.people.models import Membership, Person, Role
from polecam.people.permissions import Permission, standing
from polecam.referrals import queries as referrals
from polecam.referrals.models import Referral

ORDER = ("-score_bp", "pk")
"""The clearest pairs first."""


def _branch_of(party: str) -> Coalesce:
    """The branch a record belongs to: the client's, else that of its first referral."""
    clients = Client.objects.filter(party=OuterRef(party)).order_by("pk")
    brought = Referral.objects.filter(party=OuterRef(party)).order_by("pk")
    return Coalesce(Subquery(clients.values("branch")[:1]), Subquery(brought.values("branch")[:1]))


def _scoped(rows: QuerySet[Any], person: Person, one: str, other: str) -> QuerySet[Any]:
    here = standing(person)
    own = set(here.branches(Permission.SEE_BRANCH_CLIENTS))
    own &= set(here.branches(Permission.JOIN_RECORDS))
    rows = rows.filter(**{f"{one}__erased_at": None, f"{other}__erased_at": None}).alias(
        branch_one=_branch_of(f"{one}_id"), branch_other=_branch_of(f"{other}_id")
    )
    seen = Q(branch_one__in=own, branch_other=F("branch_one"))
    if here.may(Permission.JOIN_RECORDS) and here.may(Permission.MANAGE_PEOPLE):
        led = Membership.objects.filter(role=Role.MANAGER, until=None, person__is_active=True)
        inside = Q(branch_one=F("branch_other"), branch_one__in=led.values("branch"))
        seen |= ~inside | Q(branch_one=None) | Q(branch_other=None)
    return rows.filter(seen)


def visible_to(person: Person) -> QuerySet[Match]:
    """Pairs that are this person's to look at: open and answered ones."""
    if not standing(person).may(Permission.JOIN_RECORDS):
        return Match.objects.none()
    return _scoped(Match.objects.all(), person, "one", "other")


def open_to(person: Person) -> QuerySet[Match]:
    """Pairs that wait for this person's answer, the clearest first."""
    return visible_to(person).filter(state=MatchState.OPEN).order_by(*ORDER)


def joins_visible_to(person: Person) -> QuerySet[Merge]:
    """Standing joins that this person may part again, the newest first."""
    if not standing(person).may(Permission.JOIN_RECORDS):
        return Merge.objects.none()
    rows = Merge.objects.filter(undone_at=None)
    return _scoped(rows, person, "kept", "merged").order_by("-at", "-pk")


def parted_visible_to(person: Person) -> QuerySet[Match]:
    """Pairs of which a human said "two people", the newest first."""
    rows = visible_to(person).filter(state=MatchState.DIFFERENT, decided_by__isnull=False)
    return rows.order_by("-decided_at", "-pk")


def find(person: Person, public_id: str) -> Match:
    """One pair with both records. Raises Match.DoesNotExist for what is not theirs to see."""
    return visible_to(person).select_related("one", "other").get(public_id=public_id)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pair stands among those that wait: the `number`-th of `total`, and who follows."""

    number: int
    total: int
    later: str


def place_of(person: Person, match: Match) -> Place:
    """Progress, and the public id of the next pair ("" at the end)."""
    ids = list(open_to(person).values_list("pk", "public_id"))
    keys = [pk for pk, _ in ids]
    if match.pk not in keys:
        return Place(0, len(keys), "")
    at = keys.index(match.pk)
    return Place(at + 1, len(keys), ids[at + 1][1] if at + 1 < len(ids) else "")


@dataclass(frozen=True, slots=True)
class Record:
    """One record as a reader of a pair may see it.

    `client` with owner and branch, and `referral` with its branch, only where the reader oversees
    the branch; `stage`: the referral's state, only where they may know of it. `others`: how many
    more records are joined to this one.
    """

    party: Party
    is_client: bool
    client: Client | None = None
    referral: Referral | None = None
    stage: str = ""
    others: int = 0

    @property
    def name(self) -> str:
        """A client's whole name, a friend's first name."""
        return self.party.full_name if self.is_client else self.party.first_name


def records(
    person: Person, parties: Sequence[Party], *, at: datetime, stages: bool = True
) -> dict[int, Record]:
    """The records of these parties, by id, as `person` may see them: few queries for any many."""
    ids = [party.pk for party in parties]
    overseen = set(standing(person).branches(Permission.SEE_BRANCH_CLIENTS))
    clients = {
        client.party_id: client
        for client in Client.objects.filter(party__in=ids)
        .select_related("owner", "branch")
        .order_by("-pk")
    }
    brought = {
        referral.party_id: referral
        for referral in Referral.objects.filter(party__in=ids)
        .select_related("branch")
        .order_by("-pk")
    }
    told = set(
        referrals.visible_to(person, at=at)
        .filter(pk__in=[referral.pk for referral in brought.values()])
        .values_list("pk", flat=True)
        if overseen and stages
        else ()
    )
    heads = {groups.head(party) for party in parties}
    counted = Party.objects.filter(same_as__in=heads).values_list("same_as").annotate(n=Count("pk"))
    others = dict(counted)
    made = {}
    for party in parties:
        client, referral = clients.get(party.pk), brought.get(party.pk)
        seen = referral if referral and referral.branch_id in overseen else None
        made[party.pk] = Record(
            party=party,
            is_client=client is not None,
            client=client if client and client.branch_id in overseen else None,
            referral=seen,
            stage=seen.state if seen and seen.pk in told else "",
            others=others.get(groups.head(party), 0),
        )
    return made
