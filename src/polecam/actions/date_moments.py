"""Moments that come by a date: rules changed by the admin, applied every night."""

from collections.abc import Sequence
from datetime import date, datetime

from polecam.actions.moments import ends_on
from polecam.asking import kinds
from polecam.asking.dates import day_for, days_up_to, met_by
from polecam.asking.kinds import Kind
from polecam.asking.models import DateField, DateRule, Moment, MomentSource
from polecam.asking.queries import objected
from polecam.clients.models import Client
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store import tx

CHUNK = 500
FARTHEST_DAYS = 730


def change_rule(
    *, by: Person, at: datetime, rule: DateRule, offset_days: int, used: bool
) -> DateRule:
    """So many days after (before: negative) the date, and whether it is used at all.

    Raises Refused("date_rule_offset"), NotAllowed.
    """
    if abs(offset_days) > FARTHEST_DAYS or (
        rule.counts_from == DateField.SINCE and offset_days < 0
    ):
        raise Refused("date_rule_offset", field="days")
    with tx.action():
        require(by, Permission.EDIT_MOMENTS)
        rule = tx.lock(rule)
        if (rule.offset_days, rule.used) == (offset_days, used):
            return rule
        rule.offset_days, rule.used, rule.made_by, rule.made_at = offset_days, used, by, at
        rule.save(update_fields=["offset_days", "used", "made_by", "made_at"])
        data = {"kind": rule.kind, "days": offset_days, "used": used}
        record("date_rule.changed", rule, by=by, at=at, data=data)
    return rule


def note_due(*, at: datetime) -> int:
    """Note what the dates of the last week bring, in chunks; how many moments are new.

    May run twice: each date of a rule is heard once. A kind out of use makes none. A rule that
    fails keeps no other waiting.
    """
    today = day_of(at, settings.zone())
    days, known = days_up_to(today), kinds.read()

    def apply(rule: DateRule) -> int:
        kind = known.get(rule.kind)
        return _apply(rule, kind, days, at) if kind is not None and kind.used else 0

    return tx.each(DateRule.objects.filter(used=True).order_by("id"), apply)


def _apply(rule: DateRule, kind: Kind, days: list[date], at: datetime) -> int:
    new, last = 0, 0
    while True:
        rows = met_by(rule, days).filter(pk__gt=last).order_by("pk")
        chunk = list(rows.annotate(objected=objected("party"))[:CHUNK])
        if not chunk:
            return new
        new += _note(rule, kind, chunk, days, at)
        last = chunk[-1].pk


def _note(
    rule: DateRule, kind: Kind, clients: Sequence[Client], days: list[date], at: datetime
) -> int:
    """One transaction and one event a chunk: a hundred thousand dates are no such many events."""
    wanted = {}
    for client in clients:
        on = day_for(rule, client, days)
        if on is not None and not client.objected:  # type: ignore[attr-defined]
            wanted[f"date:{rule.public_id}:{client.public_id}:{on.toordinal()}"] = (client, on)
    with tx.action():
        rule = tx.lock(rule)
        told = Moment.objects.filter(source_key__in=wanted).values_list("source_key", flat=True)
        new = {key: place for key, place in wanted.items() if key not in set(told)}
        Moment.objects.bulk_create(
            Moment(
                client=client,
                kind=kind.code,
                wrong=not kind.good,
                source=MomentSource.DATE,
                source_key=key,
                on=on,
                until=ends_on(kind, on),
                noted_at=at,
            )
            for key, (client, on) in new.items()
        )
        if new:
            data = {"kind": kind.code, "moments": len(new)}
            record("date_rule.applied", rule, by=None, at=at, data=data)
    return len(new)
