"""The people of the demo whose place one may take, and the visitors whose page one may see."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.http import HttpRequest

from polecam.people.models import Membership, Person, Role
from polecam.referrals import links
from polecam.referrals.models import Referral, State
from polecam.web.demo import personas_allowed

OFFICE = (Role.ADMIN, Role.DPO, Role.PAYROLL)


@dataclass(frozen=True, slots=True)
class Visitor:
    """A client or a friend: first name and the public page that waits for them."""

    name: str
    path: str
    friend: bool


@dataclass(slots=True)
class Cast:
    """Two main people, two visitors, and everyone else."""

    seller: Person | None = None
    manager: Person | None = None
    visitors: list[Visitor] = field(default_factory=list)
    office: list[Person] = field(default_factory=list)

    @property
    def people(self) -> list[Person]:
        """All who sign in."""
        return [p for p in (self.seller, self.manager, *self.office) if p is not None]


def cast(request: HttpRequest) -> Cast | None:
    """The cast; None outside a demo on this machine."""
    if not personas_allowed(request):
        return None
    found = Cast(visitors=visitors(datetime.now(UTC)))
    rows = (
        Membership.objects.filter(until=None, person__is_active=True)
        .select_related("person")
        .order_by("id")
    )
    for row in rows:
        if row.role == Role.SELLER:
            found.seller = found.seller or row.person
        elif row.role == Role.MANAGER:
            found.manager = found.manager or row.person
        elif row.role in OFFICE:
            found.office.append(row.person)
    return found


def visitors(at: datetime) -> list[Visitor]:
    """The client and the friend of the newest referral that still waits for an answer."""
    waiting = (
        Referral.objects.filter(
            state__in=[State.CAPTURED, State.INVITED],
            invitation__expires_at__gt=at,
            invitation__expired_at=None,
            party__isnull=False,
        )
        .select_related("invitation__client__party", "party")
        .order_by("-id")
        .first()
    )
    if waiting is None or waiting.invitation is None or waiting.party is None:
        return []
    return [
        Visitor(
            waiting.invitation.client.party.first_name,
            links.client_path(waiting.invitation),
            friend=False,
        ),
        Visitor(waiting.party.first_name, links.friend_path(waiting.invitation), friend=True),
    ]
