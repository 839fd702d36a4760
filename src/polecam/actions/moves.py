"""Somebody moves to another branch on a day: planned, told, taken back, carried out by itself.

What happened in the old branch stays counted there. What they lead they finish themselves, wherever
they sit; clients go along, or stay and are dealt out in the draft of a bulk hand-off.
"""

from contextlib import suppress
from datetime import date, datetime

from polecam.actions import portfolio, roles, thanks_owed
from polecam.clients.models import Client
from polecam.insights import portfolio as holdings
from polecam.journal.record import record, record_many
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_bounds, day_of
from polecam.organisation import settings
from polecam.organisation.models import Branch
from polecam.people import duties, staff
from polecam.people.models import Person, PlannedMove, Role, WithClients
from polecam.people.permissions import Permission, require
from polecam.people.rules import soon
from polecam.store.tx import action, each, lock


def plan(
    *,
    by: Person | None,
    at: datetime,
    person: Person,
    origin: Branch,
    target: Branch,
    role: str,
    on: date,
    clients: str = WithClients.STAY,
) -> PlannedMove:
    """From the day `on` the person has `role` in `target` instead of what they do in `origin`.

    Of today it holds at once. The same again is once. Raises Refused ("role_unknown",
    "choice_unknown", "person_left", "move_same", "branch_closed", "move_day", "move_from_nowhere",
    "move_planned", "move_after_leaving"), NotAllowed, also for oneself.
    """
    today = day_of(at, settings.zone())
    with action():
        for branch in (origin, target):
            require(by, Permission.MANAGE_PEOPLE, branch.pk)
        target = lock(target)  # it closes before this, or sees that somebody comes
        person = roles.locked(person, by=by)
        known = staff.moves_ahead(person).filter(origin=origin).first()
        if known is not None and _same(known, target, role, on, clients):
            return known
        _check(person, origin, target, role, on, clients, today)
        if known is not None:
            raise Refused("move_planned")
        move = PlannedMove.objects.create(
            person=person, origin=origin, target=target, role=role, on=on, clients=clients,
            made_by=by, made_at=at,
        )  # fmt: skip
        data = {"person": person.pk, "to": target.pk, "role": role, "on": on, "clients": clients}
        record("move.planned", move, by=by, at=at, branch=origin.pk, data=data)
        if on == today:
            _carry_out(move, person, at=at)
    return move


def cancel(*, by: Person | None, at: datetime, move: PlannedMove) -> PlannedMove:
    """Everything stays as it is. Twice is once. Raises Refused("move_over") once it was carried
    out, NotAllowed, also for oneself."""
    with action():
        for branch in (move.origin_id, move.target_id):
            require(by, Permission.MANAGE_PEOPLE, branch)
        if by is not None and by.pk == move.person_id:
            raise NotAllowed("own_role")
        lock(move.person)
        move = lock(move)
        if move.done_at is not None:
            raise Refused("move_over")
        if move.cancelled_at is None:
            _cancel(move, by=by, at=at)
    return move


def carry_out_due(*, at: datetime) -> int:
    """Moves whose day has come: dated at its beginning, also when nobody worked for days. One of
    somebody whose last day came first, or who does nothing there any more, is taken back."""
    today = day_of(at, settings.zone())
    due = PlannedMove.objects.filter(on__lte=today, done_at=None, cancelled_at=None)
    return each(list(due.select_related("person").order_by("on", "id")), lambda m: _due(m, at))


# --- steps ----------------------------------------------------------------------------------------


def _same(move: PlannedMove, target: Branch, role: str, on: date, clients: str) -> bool:
    return (move.target_id, move.role, move.on, move.clients) == (target.pk, role, on, clients)


def _check(
    person: Person, origin: Branch, target: Branch, role: str, on: date, clients: str, today: date
) -> None:
    if role not in Role.values:
        raise Refused("role_unknown", field="role")
    if clients not in WithClients.values:
        raise Refused("choice_unknown", field="clients")
    if origin.pk == target.pk:
        raise Refused("move_same", field="target")
    if target.closed_on is not None and target.closed_on <= on:
        raise Refused("branch_closed", field="target")
    if not soon(on, today):
        raise Refused("move_day", field="on")
    here = [m.role for m in roles.held_by(person) if m.branch_id == origin.pk]
    if not duties.ended_by_move(here, role):
        raise Refused("move_from_nowhere", field="role")
    leaving = staff.departure_of(person)
    if leaving is not None and leaving.on <= on:
        raise Refused("move_after_leaving", field="on")


def _cancel(move: PlannedMove, *, by: Person | None, at: datetime) -> None:
    move.cancelled_at = at
    move.save(update_fields=["cancelled_at"])
    record("move.cancelled", move, by=by, at=at, branch=move.origin_id)


def cancel_all(person: Person, *, by: Person | None, at: datetime) -> int:
    """Inner step of leaving: no move of the person comes any more; how many."""
    found = [lock(move) for move in staff.moves_ahead(person)]
    for move in found:
        _cancel(move, by=by, at=at)
    return len(found)


def _due(move: PlannedMove, at: datetime) -> int:
    with action():
        person = lock(move.person)
        move = lock(move)
        if move.done_at is not None or move.cancelled_at is not None:
            return 0
        if not _still_moves(move, person):
            _cancel(move, by=None, at=at)
            return 0
        _carry_out(move, person, at=at)
    return 1


def _still_moves(move: PlannedMove, person: Person) -> bool:
    leaving = staff.departure_of(person)
    if not person.is_active or (leaving is not None and leaving.on <= move.on):
        return False
    here = [m.role for m in roles.held_by(person) if m.branch_id == move.origin_id]
    return bool(duties.ended_by_move(here, move.role))


def _carry_out(move: PlannedMove, person: Person, *, at: datetime) -> None:
    """The new role before the old one ends: nobody is nowhere, and the firm keeps its admin."""
    since = min(max(day_bounds(move.on, settings.zone())[0], move.made_at), at)
    held = roles.held_by(person)
    ending = duties.ended_by_move(
        [m.role for m in held if m.branch_id == move.origin_id], move.role
    )
    if not any(m.branch_id == move.target_id and m.role == move.role for m in held):
        roles.begin(person, move.target_id, move.role, by=None, at=at, since=since)
    for membership in held:
        if membership.branch_id == move.origin_id and membership.role in ending:
            roles.finish(membership, by=None, at=at, until=since)
    person.__dict__.pop("_standing", None)
    along = _take_along(move, at=at) if move.clients == WithClients.ALONG else 0
    _deal_out(move, person, at=at)
    move.done_at = at
    move.save(update_fields=["done_at"])
    data = {"person": person.pk, "to": move.target_id, "role": move.role, "clients": along}
    record("move.done", move, by=None, at=at, branch=move.origin_id, data=data)


def _take_along(move: PlannedMove, *, at: datetime) -> int:
    """Their clients belong to the new branch, but for those it knows already by their number."""
    known = Client.objects.filter(branch=move.target).exclude(number="").values("number")
    own = holdings.clients_of(move.person, move.origin_id).exclude(number__in=known)
    rows = own.select_for_update(of=("self",), no_key=True).order_by("pk")
    found = dict(rows.values_list("pk", "public_id"))
    Client.objects.filter(pk__in=found).update(branch=move.target, updated_at=at)
    thanks_owed.go_with(found)
    data = {"before": move.origin_id, "move": move.public_id}
    told = [(public_id, data) for public_id in found.values()]
    record_many("client.moved", "client", told, by=None, at=at, branch=move.target_id)
    return len(found)


def _deal_out(move: PlannedMove, person: Person, *, at: datetime) -> None:
    """Clients who stay: a division among the colleagues, for the boss to look at and to run."""
    if not holdings.clients_of(person, move.origin_id).exists():
        return
    to = list(holdings.receivers(person, move.origin_id))
    with suppress(Refused):
        portfolio.draft(by=None, at=at, giver=person, branch=move.origin, to=to)
