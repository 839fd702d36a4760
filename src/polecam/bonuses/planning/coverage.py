"""Whom a plan covers: the nearest assignment wins, down to the plan that covers everybody."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from polecam.bonuses.models import Acknowledgement, PlanVersion
from polecam.organisation.tree import line, today
from polecam.people.models import Membership, Person


def version_in_force(
    person: Person | None, branch_id: int, at: datetime, *, above: Sequence[int] | None = None
) -> PlanVersion | None:
    """The published version that holds at `at` for what `person` does in a branch.

    Nearest first: assigned to the person; to a role they have there, in that branch, then in each
    place above it, then in the firm; to the branch; the branch's own plan; the same of each place
    above it; assigned to the firm; the firm's own plan. So a branch's plan covers its teams, a
    region's its branches, unless something nearer does. A plan without a version in force yet is
    passed over. `person` None: what holds for the branch as such. `above`: as if it hung below
    places, the nearest first.
    """
    rows = PlanVersion.objects.filter(published_at__lte=at, valid_from__lte=at)
    nearness = _nearness(person, branch_id, at, above=above)
    rows = rows.annotate(nearness=nearness).filter(nearness__gt=0)
    return rows.order_by("-nearness", "-valid_from", "-id").first()


def holding(person: Person, branch_id: int, at: datetime) -> list[PlanVersion]:
    """The version in force for the person at `at`, then those known by then that will follow it.

    Each has `is_read`: whether the person has acknowledged it. One query.
    """
    read = Acknowledgement.objects.filter(version=OuterRef("pk"), person=person)
    rows = PlanVersion.objects.filter(published_at__lte=at).annotate(
        nearness=_nearness(person, branch_id, at),
        nearness_ahead=_nearness(person, branch_id, at, ahead=True),
        is_read=Exists(read),
    )
    rows = rows.filter(nearness_ahead__gt=0).select_related("plan").order_by("valid_from", "id")
    found = {row.pk: row.__dict__ | {"row": row} for row in rows}
    best = max(
        (known for known in found.values() if known["nearness"] and known["valid_from"] <= at),
        key=lambda known: (known["nearness"], known["valid_from"], known["id"]),
        default=None,
    )
    least = best["nearness"] if best else 0
    return [
        known["row"]
        for known in found.values()
        if known is best or (known["valid_from"] > at and known["nearness_ahead"] >= least)
    ]


def _nearness(
    person: Person | None,
    branch_id: int,
    at: datetime,
    *,
    ahead: bool = False,
    above: Sequence[int] | None = None,
) -> Case:
    """How near a version's plan is to the person at `at`; 0: it does not cover them.

    `ahead`: assignments that begin later count too.
    """
    live = Q(plan__assignment__until=None) | Q(plan__assignment__until__gt=at)
    live &= Q(plan__assignment__isnull=False)
    if not ahead:
        live &= Q(plan__assignment__since__lte=at)
    anybody = live & Q(plan__assignment__person=None)
    everybody = anybody & Q(plan__assignment__role="")
    firm = Q(plan__assignment__branch=None)
    whole = Q(plan__covers_all=True)
    places = line(branch_id, today(at)) if above is None else [[one] for one in (branch_id, *above)]
    ranks: list[tuple[Q, int]] = []
    if person is not None:
        role = anybody & Q(plan__assignment__role__in=_roles(person, branch_id, at))
        ranks.append((live & Q(plan__assignment__person=person), 20))
        ranks += [
            (role & Q(plan__assignment__branch__in=ids), 19 - n) for n, ids in enumerate(places)
        ]
        ranks.append((role & firm, 16))
    for n, ids in enumerate(places):
        ranks.append((everybody & Q(plan__assignment__branch__in=ids), 15 - 2 * n))
        ranks.append((whole & Q(plan__branch__in=ids), 14 - 2 * n))
    ranks += [(everybody & firm, 2), (whole & Q(plan__branch=None), 1)]
    return Case(
        *(When(which, then=Value(rank)) for which, rank in ranks),
        default=Value(0),
        output_field=IntegerField(),
    )


def _roles(person: Person, branch_id: int, at: datetime) -> QuerySet[Membership, str]:
    rows = Membership.objects.filter(person=person, branch=branch_id, since__lte=at)
    return rows.filter(Q(until=None) | Q(until__gt=at)).values_list("role", flat=True)
