"""What a seller is told of somebody recommended before: little, blindly, and only once opened."""

from dataclasses import dataclass
from datetime import datetime

from polecam.claims import queries
from polecam.claims.queries import Known
from polecam.journal.models import Event
from polecam.kit.periods import day_bounds, day_of
from polecam.people.models import Person
from polecam.referrals.models import Referral

READ, STAYS = "referral.notice_read", "referral.stays"


@dataclass(frozen=True, slots=True)
class Notice:
    """`opened`: by this reader today; only then `known` is looked up. `stays`: they chose to."""

    opened: bool
    stays: bool
    known: Known | None


def notice(person: Person, referral: Referral, *, at: datetime, zone: str) -> Notice | None:
    """The notice of a further recommendation as `person` finds it today; None when it is none."""
    if not referral.second:
        return None
    rows = Event.objects.filter(
        subject_type="referral",
        subject=referral.public_id,
        kind__in=(READ, STAYS),
        by_id=person.pk,
    ).values_list("kind", "at")
    today = day_bounds(day_of(at, zone), zone)[0]
    opened = any(kind == READ and when >= today for kind, when in rows)
    stays = any(kind == STAYS for kind, _ in rows)
    return Notice(opened, stays, queries.known(referral, at=at) if opened else None)
