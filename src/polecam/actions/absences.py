"""Somebody is away: live referrals go to whoever stands in, and come back by themselves.

What the firm settled once (the usual split of an absence) holds here without asking each time; the
author's floor holds as everywhere.
"""

from datetime import date, datetime

from django.db.models import QuerySet

from polecam.actions import handoff_steps as steps
from polecam.claims import queries as claiming
from polecam.claims.handoffs import queries, rules
from polecam.claims.models import OPEN_HANDOFFS, Claim, Handoff, HandoffKind, HandoffState
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.kit.periods import day_bounds, day_of
from polecam.organisation import settings
from polecam.people import queries as people
from polecam.people.models import Absence, Person
from polecam.people.permissions import Permission, require, standing
from polecam.privacy.queries import active_channels
from polecam.referrals import states
from polecam.referrals.models import Referral
from polecam.store.tx import action, each, lock

WAITING = (HandoffState.ACCEPTED, HandoffState.DONE)


def plan(
    *,
    by: Person,
    at: datetime,
    person: Person,
    since: date,
    until: date,
    cover: Person | None = None,
) -> Absence:
    """`person` is away from `since` until `until` (half-open); `cover` stands in, if anybody.

    Planned by oneself or by the boss. From today on it holds at once. The same again is once.
    Raises Refused ("absence_days", "absence_overlaps", "absence_covers", "cover_away",
    "cover_oneself", "cover_unfit"), NotAllowed.
    """
    today = day_of(at, settings.zone())
    rules.check_days(since, until, today)
    with action():
        branch = _require_planner(by, person)
        for row in sorted({person, cover or person}, key=lambda one: one.pk):
            lock(row)
        twin = Absence.objects.filter(
            person=person, since=since, until=until, cover=cover, ended_at=None
        ).first()
        if twin is not None:
            return twin
        _require_free(person, cover, since, until, branch)
        absence = Absence.objects.create(
            person=person, since=since, until=until, cover=cover, made_by=by, made_at=at
        )
        record(
            "absence.planned",
            absence,
            by=by,
            at=at,
            branch=branch,
            data={
                "person": person.pk,
                "since": since,
                "until": until,
                "cover": cover.pk if cover else None,
            },
        )
    begin_due(at=at)
    return absence


def end(*, by: Person, at: datetime, absence: Absence) -> Absence:
    """ "I am back": what is not won returns now. Before its first day the absence is called off.

    Raises NotAllowed. The same tap twice is once.
    """
    with action():
        branch = _require_planner(by, absence.person)
        absence = lock(absence)
        if absence.ended_at is None:
            over(absence, by=by, at=at, branch=branch)
    return_due(at=at)
    return absence


def keep_up(*, at: datetime) -> int:
    """What the day brings: absences end, referrals return, covers begin; how many things moved."""
    ended = _end_due(at)
    returned = return_due(at=at)
    return ended + returned + begin_due(at=at)


def begin_due(*, at: datetime) -> int:
    """Hand the live referrals of whoever is away to their cover; how many.

    Each in its own short transaction. Also those that become live during the absence; none twice.
    """
    today = day_of(at, settings.zone())
    running = people.away(today).filter(cover__isnull=False).select_related("person", "cover")
    moved = 0
    for absence in list(running.order_by("id")):
        held = Claim.objects.filter(
            holder=absence.person, ended_at=None, since__lte=at, until__gt=at
        )
        settled = Handoff.objects.filter(giver=absence.person, until=_end_of(absence))
        running_too = Handoff.objects.filter(giver=absence.person, state__in=OPEN_HANDOFFS)
        rows = (
            Referral.objects.filter(pk__in=held.values("referral"), state__in=states.WORKABLE)
            .exclude(pk__in=settled.values("referral"))
            .exclude(pk__in=running_too.values("referral"))
            .order_by("id")
        )
        moved += sum(_cover(absence, referral, at=at) for referral in list(rows))
    return moved


def return_due(*, at: datetime) -> int:
    """Give back what an absence that is over had lent; how many came back. Each on its own."""
    due = Handoff.objects.filter(
        kind=HandoffKind.ABSENCE, state__in=WAITING, until__lte=at, ended_at=None
    )
    return each(list(due.order_by("referral", "id")), lambda handoff: _return(handoff, at))


# --- steps ----------------------------------------------------------------------------------------


def _require_planner(by: Person, person: Person) -> int:
    """The branch in which the absence counts. Raises NotAllowed for a colleague or a stranger."""
    home = standing(person).home
    if home is None:
        raise Refused("person_left", field="person")
    if by.pk == person.pk:
        require(by, Permission.WORK_REFERRALS, home)
    else:
        require(by, Permission.PLAN_ABSENCE, home)
        require(person, Permission.WORK_REFERRALS, home)
    return home


def _require_free(
    person: Person, cover: Person | None, since: date, until: date, branch: int
) -> None:
    if _absences(since, until).filter(person=person).exists():
        raise Refused("absence_overlaps", field="since")
    if _absences(since, until).filter(cover=person).exists():
        raise Refused("absence_covers", field="since")
    if cover is None:
        return
    if cover.pk == person.pk:
        raise Refused("cover_oneself", field="cover")
    if not people.team(branch).filter(pk=cover.pk).exists():
        raise Refused("cover_unfit", field="cover")
    if _absences(since, until).filter(person=cover).exists():
        raise Refused("cover_away", field="cover")


def _absences(since: date, until: date) -> QuerySet[Absence]:
    """Absences that share a day with these and were not ended."""
    return Absence.objects.filter(since__lt=until, until__gt=since, ended_at=None)


def _end_due(at: datetime) -> int:
    today = day_of(at, settings.zone())
    due = list(Absence.objects.filter(until__lte=today, ended_at=None).order_by("id"))
    for absence in due:
        with action():
            locked = lock(absence)
            if locked.ended_at is None:
                over(locked, by=None, at=at, branch=standing(locked.person).home)
    return len(due)


def over(absence: Absence, *, by: Person | None, at: datetime, branch: int | None) -> None:
    """Inner step: end an absence; what it lent is due back from this moment."""
    lent = Handoff.objects.filter(
        giver=absence.person, kind=HandoffKind.ABSENCE, until=_end_of(absence), ended_at=None
    )
    lent.filter(until__gt=at).update(until=at)
    absence.ended_at = at
    absence.save(update_fields=["ended_at"])
    record(
        "absence.ended",
        absence,
        by=by,
        at=at,
        branch=branch,
        data={"person": absence.person_id},
    )


def _end_of(absence: Absence) -> datetime:
    """The instant at which the day of return begins, in the firm's zone."""
    return day_bounds(absence.until, settings.zone())[0]


def _cover(absence: Absence, referral: Referral, *, at: datetime) -> bool:
    """One referral goes to the cover, unless it was offered to somebody or asked about before."""
    if absence.cover is None:
        return False
    until = _end_of(absence)
    with action():
        referral = lock(referral)
        claim = claiming.active(referral, at=at)
        if claim is None or claim.holder_id != absence.person_id:
            return False
        if referral.state not in states.WORKABLE or queries.open_of(referral) is not None:
            return False
        if Handoff.objects.filter(
            referral=referral, giver=absence.person, kind=HandoffKind.ABSENCE, until=until
        ).exists():
            return False
        if not active_channels(referral.public_id, at=at):
            return False
        if not queries.colleagues(referral.branch_id, at=at).filter(pk=absence.cover.pk).exists():
            return False
        handoff = _lend(absence, referral, until, at=at)
        steps.fix(handoff, referral, by=None, at=at)
    return True


def _lend(absence: Absence, referral: Referral, until: datetime, *, at: datetime) -> Handoff:
    """The boss may plan the absence; what moves by it is not theirs to read."""
    handoff = Handoff(
        referral=referral,
        branch_id=referral.branch_id,
        giver=absence.person,
        receiver=absence.cover,
        proposed_by=absence.person,
        kind=HandoffKind.ABSENCE,
        floor_bp=steps.lowest_floor(referral, at=at),
        state=HandoffState.OFFERED,
        made_at=at,
        expires_at=until,
        until=until,
    )
    handoff.save()
    parts = queries.usual(
        referral,
        giver_id=absence.person_id,
        receiver_id=absence.cover_id or 0,
        kind=HandoffKind.ABSENCE,
        at=at,
    )
    steps.write_split(handoff, parts)
    return handoff


def _return(handoff: Handoff, at: datetime) -> bool:
    with action():
        referral, handoff = steps.locked(handoff)
        if handoff.ended_at is not None or handoff.until is None or handoff.until > at:
            return False
        if handoff.state == HandoffState.ACCEPTED:
            steps.close(handoff, referral, HandoffState.EXPIRED, by=None, at=at)
            return False
        return steps.give_back(handoff, referral, at=at)
