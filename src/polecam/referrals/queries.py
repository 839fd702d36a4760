"""Reads of referrals. Every list and look-up starts from `visible_to(person)` or `mine(person)`."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from polecam.kit.periods import day_bounds, day_of
from polecam.organisation import settings
from polecam.parties import groups
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.people.rules import notice_in_force
from polecam.referrals.models import Grant, Meeting, Referral
from polecam.store.clock import now

DEPTH = 3
"""How many clients up the line of recommendations one referral's page looks."""
LINE = [f"client{'__introduced_by' * up}__party" for up in range(DEPTH + 1)]


def granted_to(person: Person, at: datetime) -> QuerySet[Grant]:
    """Grants of `person` that are valid at `at`."""
    valid = Q(until=None) | Q(until__gt=at)
    return Grant.objects.filter(valid, person=person, since__lte=at)


def mine(person: Person, *, at: datetime | None = None) -> QuerySet[Referral]:
    """What the person brought, holds or helps with; without the branch a manager oversees.

    The few grants are read first, so that a long list runs along one index.
    """
    at = at or now()
    granted = list(granted_to(person, at).values_list("referral_id", flat=True))
    own = Q(originator=person)
    return Referral.objects.filter(own | Q(pk__in=granted) if granted else own)


def _told_since(branches: list[int], at: datetime) -> dict[int, datetime]:
    """By branch: when the day of its monitoring notice began, where two weeks have passed since."""
    if not branches:
        return {}
    past, zone = settings.Past("monitoring_notice"), settings.zone()
    found = {}
    for branch in branches:
        given = past.value("monitoring_notice", at=at, branch=branch)
        notice = date.fromisoformat(str(given)[:10]) if given else None
        if notice is not None and notice_in_force(notice, day_of(at, zone)):
            found[branch] = day_bounds(notice, zone)[0]
    return found


def overseen(person: Person, *, at: datetime | None = None) -> QuerySet[Referral]:
    """Named activity a manager may see: after the notice, of sellers who acknowledged this one.

    Only from the friend's consent on: before it a referral would tell the answer to an ask, which
    its asker alone may know (invariant 21).
    """
    at = at or now()
    here = Q()
    for branch, since in _told_since(standing(person).branches(Permission.SEE_NAMED), at).items():
        here |= Q(branch_id=branch, originator__notice_acknowledged_at__gte=since)
    if not here:
        return Referral.objects.none()
    return Referral.objects.filter(
        here, consented_at__isnull=False, originator__notice_acknowledged_at__lte=at
    )


def visible_to(person: Person, *, at: datetime | None = None) -> QuerySet[Referral]:
    """Every referral whose existence the person may know (domain.md, who sees what).

    The originator for good; holder and assistant while their grant is valid; a manager what
    `overseen` allows. Names and stages only: contact data have their own door.
    """
    at = at or now()
    own = Q(originator=person) | Q(pk__in=granted_to(person, at).values("referral"))
    if standing(person).branches(Permission.SEE_NAMED):
        own |= Q(pk__in=overseen(person, at=at).values("pk"))
    return Referral.objects.filter(own)


def find(person: Person, public_id: str, *, at: datetime | None = None) -> Referral:
    """One referral with what its page needs. Raises Referral.DoesNotExist for anyone else's.

    `client_joined`: the recommender stands in the table under several records.
    """
    return (
        visible_to(person, at=at)
        .annotate(client_joined=groups.joined("client__party"))
        .select_related("party", "originator", "branch", "invitation", "ask", *LINE)
        .get(public_id=public_id)
    )


def meetings_to_confirm(person: Person) -> QuerySet[Meeting]:
    """Held meetings waiting for someone else's word, in the branches where `person` confirms."""
    return (
        Meeting.objects.filter(
            referral__branch_id__in=standing(person).branches(Permission.CONFIRM),
            held_at__isnull=False,
            confirmed_at=None,
        )
        .exclude(set_by=person)
        .exclude(referral__originator=person)
    )
