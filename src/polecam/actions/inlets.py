"""Doors by which other systems tell of moments: made and closed by an admin, heard if signed.

Whoever tells learns only that it was heard: whether there is such a client is counted for the
admin and said to nobody else.
"""

import secrets
from datetime import date, datetime

from polecam.actions.moments import note_moment
from polecam.asking import kinds
from polecam.asking.inlet_rules import Told
from polecam.asking.kinds import Kind
from polecam.asking.models import Inlet, InletKind, Moment, MomentSource
from polecam.asking.queries import objected
from polecam.asking.spelled import Spelled
from polecam.clients.checks import FARTHEST, LOWEST_GOOD_RATING, NEEDS_END, RATED
from polecam.clients.models import Client
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store.crypto import keyed
from polecam.store.tx import action, lock

SECRET_BYTES = {InletKind.WEBHOOK: 32, InletKind.EMAIL: 16}
SOURCES = {InletKind.WEBHOOK: MomentSource.WEBHOOK, InletKind.EMAIL: MomentSource.EMAIL}
LONGEST_NAME = 80
MOST_OPEN = 20


def make(
    *, by: Person, at: datetime, kind: str, name: str, branch: Branch | None
) -> tuple[Inlet, str]:
    """Open an inlet for a branch, or for the whole firm; with its secret, which is shown once.

    Raises Refused("inlet_kind", "inlet_name", "inlets_many"), NotAllowed.
    """
    name = " ".join(name.split())
    if kind not in InletKind.values:
        raise Refused("inlet_kind", field="kind")
    if not 2 <= len(name) <= LONGEST_NAME:
        raise Refused("inlet_name", field="name")
    with action():
        require(by, Permission.MANAGE_INLETS, branch.pk if branch else None)
        if Inlet.objects.filter(closed_at=None).count() >= MOST_OPEN:
            raise Refused("inlets_many")
        secret = secrets.token_hex(SECRET_BYTES[InletKind(kind)])
        inlet = Inlet(kind=kind, name=name, branch=branch, made_by=by, made_at=at)
        inlet.secret = secret
        inlet.save()
        where = branch.pk if branch else None
        record("inlet.opened", inlet, by=by, at=at, branch=where, data={"kind": str(kind)})
    return inlet, secret


def close(*, by: Person, at: datetime, inlet: Inlet) -> Inlet:
    """Hear nothing through it any more; what it told stays. Closing twice is closing once."""
    with action():
        inlet = lock(inlet)
        require(by, Permission.MANAGE_INLETS, inlet.branch_id)
        if inlet.closed_at is None:
            inlet.closed_at, inlet.secret = at, ""
            inlet.save(update_fields=["closed_at", "secret_sealed"])
            record("inlet.closed", inlet, by=by, at=at, branch=inlet.branch_id, data={})
    return inlet


def hear(*, at: datetime, inlet: Inlet, told: Told) -> None:
    """Note what a signed telling says; the same event again changes nothing, its first word stands.

    Raises Refused("telling_kind", "telling_kind_unused", "telling_day", "telling_field",
    "telling_closed"), all of them before anybody looks for the client.
    """
    today = day_of(at, settings.zone())
    kind, on = _kind(told), told.on or today
    if not today - FARTHEST <= on <= today:
        raise Refused("telling_day", field="on")
    until, rating = _until(told, kind, on), _rating(told, kind)
    key = f"inlet:{keyed('inlet-event', inlet.public_id, told.event)[:56]}"
    with action():
        inlet = lock(inlet)
        if inlet.closed_at is not None:
            raise Refused("telling_closed")
        inlet.used_at = at
        if not Moment.objects.filter(source_key=key).exists():
            client = _client(inlet, told.client)
            if client is None:
                inlet.unmatched += 1
            else:
                inlet.accepted += 1
                note_moment(
                    by=None,
                    at=at,
                    client=client,
                    kind=kind.code,
                    on=on,
                    until=until,
                    rating=rating,
                    source=SOURCES[InletKind(inlet.kind)],
                    source_key=key,
                )
        inlet.save(update_fields=["used_at", "accepted", "unmatched"])


def _kind(told: Told) -> Kind:
    kind = Spelled(kinds.read()).find(told.kind)
    if kind is None:
        raise Refused("telling_kind", field="kind")
    if not kind.used:
        raise Refused("telling_kind_unused", field="kind")
    return kind


def _until(told: Told, kind: Kind, on: date) -> date | None:
    """The end of a wrong moment; a good one has none."""
    if kind.good:
        return None
    late = told.until is not None and not on < told.until <= on + FARTHEST
    if late or (told.until is None and kind.code == NEEDS_END):
        raise Refused("telling_field", field="until")
    return told.until


def _rating(told: Told, kind: Kind) -> int | None:
    if kind.code != RATED:
        return told.rating
    if told.rating is not None and told.rating < LOWEST_GOOD_RATING:
        raise Refused("telling_field", field="rating")
    return told.rating or LOWEST_GOOD_RATING


def _client(inlet: Inlet, number: str) -> Client | None:
    """The one client of that number within the inlet's reach who may be noted at all."""
    rows = Client.objects.filter(number=number, party__erased_at=None)
    if inlet.branch_id:
        rows = rows.filter(branch_id=inlet.branch_id)
    found = list(rows.annotate(objected=objected("party"))[:2])
    if len(found) != 1:
        return None
    client = found[0]
    quiet = client.never_ask_at is not None or client.objected
    return None if quiet else client
