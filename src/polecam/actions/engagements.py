"""On what footing somebody works here and for what part of full time, from a day of the firm on."""

from datetime import date, datetime

from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.people.models import Engagement, EngagementKind, Membership, Person
from polecam.people.permissions import Permission, require, standing
from polecam.store.tx import action, lock

FULL_TIME_BP = 10_000


def engage(
    *,
    by: Person | None,
    at: datetime,
    person: Person,
    kind: str,
    since: date,
    full_time_bp: int = FULL_TIME_BP,
) -> Engagement:
    """From `since` on the person works as `kind` for `full_time_bp` of full time.

    What ran until then ends on that day; the same terms again change nothing. Never one's own.
    Raises Refused("engagement_kind", "engagement_part", "engagement_backwards", "person_left"),
    NotAllowed.
    """
    if kind not in EngagementKind.values:
        raise Refused("engagement_kind", field="kind")
    if not 0 < full_time_bp <= FULL_TIME_BP:
        raise Refused("engagement_part", field="full_time_bp")
    with action():
        _require(by, person)
        person = lock(person)
        if not person.is_active:
            raise Refused("person_left")
        last = Engagement.objects.filter(person=person).order_by("-since").first()
        if last is not None:
            if last.until is None and (last.kind, last.full_time_bp) == (kind, full_time_bp):
                return last
            if since <= last.since or (last.until is not None and since < last.until):
                raise Refused("engagement_backwards", field="since")
            if last.until is None:
                _end(last, since, by=by, at=at)
        made = Engagement.objects.create(
            person=person, kind=kind, full_time_bp=full_time_bp, since=since, made_by=by
        )
        _tell("engagement.begun", made, by=by, at=at)
    return made


def end(*, by: Person | None, at: datetime, person: Person, until: date) -> Engagement:
    """The running engagement ends on `until` (the first day without it). Never one's own.

    Raises Refused("engagement_none", "engagement_backwards"), NotAllowed.
    """
    with action():
        _require(by, person)
        person = lock(person)
        running = Engagement.objects.filter(person=person, until=None).first()
        if running is None:
            raise Refused("engagement_none")
        if until <= running.since:
            raise Refused("engagement_backwards", field="until")
        return _end(running, until, by=by, at=at)


def _require(by: Person | None, person: Person) -> None:
    """Whoever manages engagements in a branch where the person works or worked last."""
    if by is None:
        return
    if by.pk == person.pk:
        raise Refused("engagement_own")
    places = Membership.objects.filter(person=person).values_list("branch_id", flat=True)
    allowed = set(standing(by).branches(Permission.MANAGE_ENGAGEMENTS)) & set(places)
    require(by, Permission.MANAGE_ENGAGEMENTS, min(allowed, default=0))


def _end(row: Engagement, until: date, *, by: Person | None, at: datetime) -> Engagement:
    row.until = until
    row.save(update_fields=["until"])
    _tell("engagement.ended", row, by=by, at=at)
    return row


def _tell(kind: str, row: Engagement, *, by: Person | None, at: datetime) -> None:
    """Its kind and part are personal: they stay in the row."""
    data = {"person": row.person_id, "since": row.since, "until": row.until}
    record(kind, row, by=by, at=at, data=data)
