"""Good and wrong moments of a client, noted and closed."""

from datetime import date, datetime, timedelta

from polecam.actions.ownership import require_own
from polecam.asking import kinds
from polecam.asking.kinds import Kind
from polecam.asking.models import Moment, MomentSource
from polecam.clients import checks
from polecam.clients.models import Client
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.store.tx import action, lock

OWN_WAYS = frozenset({MomentSource.HOUSE, MomentSource.SURVEY})
"""What the house itself tells is kept even of a kind that is out of use: Today just ignores it."""


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
    source: str = MomentSource.TAPS,
    source_key: str = "",
) -> Moment:
    """Note a good or wrong moment; the same kind on the same day, still open, is noted once.

    `source_key`: what makes one telling of another system heard once, for good. `by` None: the
    house itself. The client's own seller; a manager only the wrong ones (a complaint reaches the
    boss first). Raises Refused("unknown_moment", "moment_out_of_use", and the codes of
    clients.checks.check_moment), NotAllowed.
    """
    known = _kind(kind, source)
    note = " ".join(note.split())
    today = day_of(at, settings.zone())
    checks.check_moment(kind, on=on, today=today, rating=rating, until=until, note=note)
    with action():
        client = lock(client)
        _require(by, client, wrong=not known.good)
        same = told_before(client, kind, on, source_key)
        if same:
            return same
        moment = Moment.objects.create(
            client=client,
            kind=kind,
            wrong=not known.good,
            source=source,
            source_key=source_key,
            on=on,
            until=until or ends_on(known, on),
            rating=rating,
            note=note,
            appointment_at=appointment_at,
            noted_by=by,
            noted_at=at,
        )
        data = {"client": client.public_id, "kind": kind, "on": on, "source": str(source)}
        record("moment.noted", moment, by=by, at=at, branch=client.branch_id, data=data)
        return moment


def _kind(code: str, source: str) -> Kind:
    known = kinds.read().get(code)
    if known is None:
        raise Refused("unknown_moment", field="kind")
    if not known.used and source not in OWN_WAYS:
        raise Refused("moment_out_of_use", field="kind")
    return known


def told_before(client: Client, kind: str, on: date, source_key: str) -> Moment | None:
    """The moment that this very telling made, or an open one of the same kind and day."""
    if source_key:
        told = Moment.objects.filter(source_key=source_key).first()
        if told:
            return told
    return Moment.objects.filter(client=client, kind=kind, on=on, closed_at=None).first()


def ends_on(kind: Kind, on: date) -> date | None:
    """When a wrong moment of that kind ends by itself; None: somebody closes it."""
    return on + timedelta(days=kind.days) if not kind.good and kind.days else None


def close_moment(*, by: Person | None, at: datetime, moment: Moment) -> Moment:
    """The moment is over (a complaint settled, a decision made); closing twice is closing once."""
    with action():
        client = lock(moment.client)
        moment = lock(moment)
        _require(by, client, wrong=moment.wrong)
        if moment.closed_at is None:
            moment.closed_at = at
            moment.save(update_fields=["closed_at"])
            data = {"client": client.public_id, "kind": moment.kind}
            record("moment.closed", moment, by=by, at=at, branch=client.branch_id, data=data)
        return moment


def _require(by: Person | None, client: Client, *, wrong: bool) -> None:
    if by is None:
        return
    if wrong and standing(by).may(Permission.RECORD_COMPLAINT, client.branch_id):
        return
    require_own(by, client)
