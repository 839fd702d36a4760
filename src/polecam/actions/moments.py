"""Good and wrong moments of a client, noted and closed."""

from datetime import date, datetime

from polecam.actions.ownership import require_own
from polecam.asking.models import WRONG_MOMENTS, Moment, MomentKind
from polecam.clients import checks
from polecam.clients.models import Client
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.store.tx import action, lock


def note_moment(
    *,
    by: Person | None,
    at: datetime,
    client: Client,
    kind: str,
    on: date,
    rating: int | None = None,
    until: date | None = None,
    note: str = "",
    appointment_at: datetime | None = None,
) -> Moment:
    """Note a good or wrong moment; the same kind on the same day, still open, is noted once.

    The client's own seller; a manager only the wrong ones (a complaint reaches the boss first).
    Raises Refused("unknown_moment", and the codes of clients.checks.check_moment), NotAllowed.
    """
    if kind not in MomentKind.values:
        raise Refused("unknown_moment", field="kind")
    note = " ".join(note.split())
    today = day_of(at, settings.zone())
    checks.check_moment(kind, on=on, today=today, rating=rating, until=until, note=note)
    with action():
        client = lock(client)
        _require(by, client, kind)
        same = Moment.objects.filter(client=client, kind=kind, on=on, closed_at=None).first()
        if same:
            return same
        moment = Moment.objects.create(
            client=client,
            kind=kind,
            on=on,
            until=until,
            rating=rating,
            note=note,
            appointment_at=appointment_at,
            noted_by=by,
            noted_at=at,
        )
        data = {"client": client.public_id, "kind": kind, "on": on}
        record("moment.noted", moment, by=by, at=at, branch=client.branch_id, data=data)
        return moment


def close_moment(*, by: Person | None, at: datetime, moment: Moment) -> Moment:
    """The moment is over (a complaint settled, a decision made); closing twice is closing once."""
    with action():
        client = lock(moment.client)
        moment = lock(moment)
        _require(by, client, moment.kind)
        if moment.closed_at is None:
            moment.closed_at = at
            moment.save(update_fields=["closed_at"])
            data = {"client": client.public_id, "kind": moment.kind}
            record("moment.closed", moment, by=by, at=at, branch=client.branch_id, data=data)
        return moment


def _require(by: Person | None, client: Client, kind: str) -> None:
    if by is None:
        return
    if kind in WRONG_MOMENTS and standing(by).may(Permission.RECORD_COMPLAINT, client.branch_id):
        return
    require_own(by, client)
