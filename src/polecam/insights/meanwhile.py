"""What happened while somebody was away: told once they are back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from polecam.asking.setbacks import repairs_of
from polecam.claims.models import Handoff, HandoffKind, HandoffState
from polecam.kit.periods import day_bounds, day_of
from polecam.organisation import settings
from polecam.people.models import Absence, Person
from polecam.referrals.models import Meeting, Referral
from polecam.thanks.queries import owed

GREETED = timedelta(days=3)
"""How long somebody is greeted after their return."""


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What there is to know: referrals back, those that went on with the cover, talks held, friends
    who said yes, thanks and repairs that waited."""

    absence: Absence
    back: list[Referral]
    stayed: list[Referral]
    talks: int
    agreed: list[Referral]
    thanks: int
    repairs: int

    def __bool__(self) -> bool:
        lists = (self.back, self.stayed, self.agreed)
        return any(lists) or bool(self.talks or self.thanks or self.repairs)


def returned_from(person: Person, *, at: datetime) -> Absence | None:
    """The absence somebody has just returned from; one query. None: they are away, or long back."""
    rows = Absence.objects.filter(person=person, ended_at__gt=at - GREETED, ended_at__lte=at)
    last = rows.select_related("cover").order_by("-ended_at", "-id").first()
    began = last is not None and last.since <= day_of(last.ended_at or at, settings.zone())
    return last if began else None


def meanwhile(person: Person, absence: Absence, *, at: datetime) -> Meanwhile:
    """What happened from the absence's first day until its end; seven queries."""
    since = day_bounds(absence.since, settings.zone())[0]
    until = absence.ended_at or at
    lent = Handoff.objects.filter(giver=person, kind=HandoffKind.ABSENCE, made_at__gte=since)
    lent = lent.filter(made_at__lte=until).select_related("referral__party").order_by("id")
    rows = list(lent.filter(state__in=(HandoffState.RETURNED, HandoffState.DONE)))
    own = Referral.objects.filter(originator=person, consented_at__gte=since)
    today = day_of(at, settings.zone())
    held = Meeting.objects.filter(held_at__gte=since, held_at__lte=until)
    return Meanwhile(
        absence,
        [row.referral for row in rows if row.state == HandoffState.RETURNED],
        [row.referral for row in rows if row.state == HandoffState.DONE and row.ended_at],
        held.filter(referral__in=[row.referral_id for row in rows]).count(),
        list(own.filter(consented_at__lte=until).select_related("party").order_by("consented_at")),
        owed(person).filter(due_on__lte=today).count(),
        repairs_of(person).filter(client__owner=person).count(),
    )
